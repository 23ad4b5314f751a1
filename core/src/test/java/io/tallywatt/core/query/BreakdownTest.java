package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.query.Breakdown.OfDelivery;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.TestClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakdownTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate AUTUMN = LocalDate.of(2024, 10, 27);

    private final InMemoryStore store = new InMemoryStore(new TestClock(Instant.parse("2024-11-01T00:00:00Z")));
    private final Answers answers = new Answers(store);

    private Delivery take(GivenDocument document) {
        return store.take(document).delivery();
    }

    private static Series meter(int number) {
        return Series.meterConsumption("M" + number);
    }

    @Test
    void partsOfATotalAddUpToItWhateverThePartsAreBy() {
        GivenDocument first = GivenDocument.of("first.csv").in(LONDON);
        for (int m = 1; m <= 9; m++) {
            int wh = m;
            first.with(
                    meter(m),
                    Blocks.filled(
                            AUTUMN,
                            LONDON,
                            "PT30M",
                            i -> i == 3 ? "-" : i == 4 ? "e0.5" : i == 5 ? "i-1" : "0.00" + wh));
        }
        Delivery a = take(first);
        Delivery b = take(GivenDocument.of("second.csv")
                .in(LONDON)
                .receivedAt(Instant.parse("2024-11-01T01:00:00Z"))
                .with(meter(1), Blocks.filled(AUTUMN, LONDON, "PT30M", i -> i < 10 ? "1" : "-")));

        Breakdown why = answers.breakdown(AUTUMN, null);
        assertThat(why.total()).isEqualTo(answers.total(AUTUMN, null));
        BigDecimal byQuality = why.qualities().stream()
                .map(Breakdown.OfQuality::energyKwh)
                .filter(e -> e != null)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal byDelivery =
                why.deliveries().stream().map(OfDelivery::energyKwh).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(byQuality).isEqualByComparingTo(why.total().total());
        assertThat(byDelivery).isEqualByComparingTo(why.total().total());
        assertThat(why.qualities())
                .extracting(q -> q.quality() + " " + q.intervals())
                .containsExactly("ACTUAL 426", "ESTIMATED 8", "INVALID 8", "MISSING 8");
        assertThat(why.qualities().stream()
                        .filter(q -> q.quality() == Quality.INVALID || q.quality() == Quality.MISSING))
                .allMatch(q -> q.energyKwh() == null);
        assertThat(why.deliveries())
                .extracting(d -> d.delivery() + " " + d.name() + " " + d.blocks())
                .containsExactly(a.id() + " first.csv 8", b.id() + " second.csv 1");
        assertThat(why.deliveryCount()).isEqualTo(2);
    }

    @Test
    void theShapeOfADayOfTwentyFiveHoursHasFiftySteps() {
        GivenDocument document = GivenDocument.of("a").in(LONDON);
        for (int m = 1; m <= 10; m++) {
            int wh = m;
            document.with(
                    meter(m), Blocks.filled(AUTUMN, LONDON, "PT30M", i -> i == 2 && wh <= 4 ? "-" : "0." + (100 + wh)));
        }
        document.with(meter(11), Blocks.filled(AUTUMN, LONDON, "PT1H", i -> "5"));
        take(document);

        Breakdown.Profile profile = answers.breakdown(AUTUMN, null).profile();
        assertThat(profile.seconds()).isEqualTo(1800);
        assertThat(profile.zone()).isEqualTo("Europe/London");
        assertThat(profile.meters()).isEqualTo(10);
        assertThat(profile.others()).as("those that are read by the hour").isEqualTo(1);
        assertThat(profile.steps()).hasSize(50);
        Breakdown.Step first = profile.steps().getFirst();
        assertThat(first.interval().start()).isEqualTo(Instant.parse("2024-10-26T23:00:00Z"));
        assertThat(first.mean()).isEqualByComparingTo("0.1055");
        assertThat(first.q10()).isEqualByComparingTo("0.101");
        assertThat(first.q25()).isEqualByComparingTo("0.103");
        assertThat(first.q75()).isEqualByComparingTo("0.108");
        assertThat(first.q90()).isEqualByComparingTo("0.109");
        Breakdown.Step third = profile.steps().get(2);
        assertThat(third.meters()).isEqualTo(6);
        assertThat(third.mean()).as("of those that have a reading").isEqualByComparingTo("0.1075");
    }

    @Test
    void historyIsWhatTheTotalWasAsOfEachInstantAtWhichItChanged() {
        take(GivenDocument.of("a").in(LONDON).with(meter(1), Blocks.filled(AUTUMN, LONDON, "PT1H", i -> "1")));
        take(GivenDocument.of("other day")
                .in(LONDON)
                .receivedAt(Instant.parse("2024-11-01T01:00:00Z"))
                .with(meter(1), Blocks.filled(AUTUMN.plusDays(1), LONDON, "PT1H", i -> "1")));
        Delivery more = take(GivenDocument.of("b")
                .in(LONDON)
                .receivedAt(Instant.parse("2024-11-01T02:00:00Z"))
                .with(meter(2), Blocks.filled(AUTUMN, LONDON, "PT1H", i -> "2")));
        store.withdraw(more.id());

        List<Total> history = answers.breakdown(AUTUMN, null).history();
        assertThat(history)
                .extracting(t -> t.total().stripTrailingZeros().toPlainString() + " of " + t.meters())
                .containsExactly("25 of 1", "75 of 2", "25 of 1");
        for (Total was : history) {
            assertThat(answers.total(AUTUMN, was.knownAt()).total()).isEqualByComparingTo(was.total());
        }
        assertThat(answers.breakdown(AUTUMN, history.get(1).knownAt()).total().total())
                .as("an earlier state explained")
                .isEqualByComparingTo("75");
    }

    @Test
    void aGroupIsExplainedByItsOwnMetersAlone() {
        GivenDocument document = GivenDocument.of("a").in(LONDON);
        for (int m = 1; m <= 5; m++) {
            document.with(meter(m), Blocks.filled(AUTUMN, LONDON, "PT1H", i -> "1"));
        }
        take(document);
        Breakdown why = answers.breakdown(MeterGroup.of("g", "", List.of("M1", "M4", "M9")), AUTUMN, null);
        assertThat(why.total().total()).isEqualByComparingTo("50");
        assertThat(why.profile().meters()).isEqualTo(2);
        assertThat(why.qualities())
                .singleElement()
                .satisfies(q -> assertThat(q.energyKwh()).isEqualByComparingTo("50"));
        assertThat(why.history()).isEmpty();
    }

    @Test
    void ofADateWithoutReadingsNothingIsMadeUp() {
        Breakdown why = answers.breakdown(AUTUMN, null);
        assertThat(why.total().meters()).isZero();
        assertThat(why.qualities()).isEmpty();
        assertThat(why.deliveries()).isEmpty();
        assertThat(why.profile().steps()).isEmpty();
        assertThat(why.history()).isEmpty();
    }
}
