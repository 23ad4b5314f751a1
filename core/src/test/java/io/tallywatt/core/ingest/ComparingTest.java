package io.tallywatt.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.core.validate.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparingTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Series BORDER = Series.parse("border/NL-GB/flow");
    private static final Series CABLE = Series.parse("border/NL-GB/flow/BritNed");
    private static final Instant NOW = Instant.parse("2026-02-10T12:02:00Z");

    private final TestClock clock = new TestClock(NOW);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final Comparing comparing = comparing(store);
    private int documents;

    private Comparing comparing(Following following) {
        return new Comparing(Grid.aroundGreatBritain(), store, following, store, clock);
    }

    private static Instant hour(int hour) {
        return Instant.parse("2026-02-10T00:00:00Z").plus(Duration.ofHours(hour));
    }

    /** A delivery of means of some minutes, in MW. */
    private void give(Series series, Instant from, Instant to, int minutes, LongUnaryOperator mw) {
        GivenDocument document =
                GivenDocument.of("reply " + ++documents).in(LONDON).receivedAt(clock.instant());
        Map<LocalDate, List<Long>> days = new TreeMap<>();
        for (long at = from.getEpochSecond(); at < to.getEpochSecond(); at += minutes * 60L) {
            days.computeIfAbsent(LocalDate.ofInstant(Instant.ofEpochSecond(at), LONDON), d -> new ArrayList<>())
                    .add(at);
        }
        days.forEach((date, starts) -> document.with(series, block(date, starts, minutes, mw)));
        clock.advance(Duration.ofSeconds(1));
        store.take(document);
    }

    private static DayBlock block(LocalDate date, List<Long> starts, int minutes, LongUnaryOperator mw) {
        return DayBlock.irregular(
                (int) date.toEpochDay(),
                new DeliveryDay(date, LONDON).start().getEpochSecond(),
                0,
                starts.stream().mapToLong(mw::applyAsLong).toArray(),
                new byte[starts.size()],
                starts.stream().mapToLong(s -> s).toArray(),
                starts.stream().mapToLong(s -> s + minutes * 60L).toArray());
    }

    private void cable(Instant from, Instant to, long mw) {
        give(CABLE, from, to, 5, at -> mw);
    }

    private void platform(Instant from, Instant to, long mw) {
        give(BORDER, from, to, 30, at -> mw);
    }

    private List<StoredFinding> open() {
        return store.findings(new FindingSearch("border/", null, null, null, true, null, Long.MAX_VALUE));
    }

    private Finding only() {
        assertThat(open()).hasSize(1);
        return open().getFirst().finding();
    }

    @Test
    void whatIsFoundIsKeptOnceAndTheWatermarkOfJudgingStays() {
        store.keep(Verdict.NOTHING, NOW.minusSeconds(77), NOW);
        cable(hour(-20), hour(12), 900);
        platform(hour(-20), hour(6), 890);
        platform(hour(6), hour(10), -890);
        assertThat(comparing.compare()).isTrue();
        Finding finding = only();
        assertThat(finding.rule()).isEqualTo(RuleName.SOURCE_SIGN);
        assertThat(finding.interval()).isEqualTo(new Interval(hour(6), hour(10)));
        assertThat(finding.foundAt()).isEqualTo(clock.instant());
        assertThat(store.judgedUntil()).isEqualTo(NOW.minusSeconds(77));
        long number = open().getFirst().number();
        assertThat(comparing.compare()).isFalse();
        clock.advance(Duration.ofMinutes(11));
        assertThat(comparing.compare()).isFalse();
        assertThat(open().getFirst().number()).isEqualTo(number);
    }

    @Test
    void aStretchThatGrowsReplacesItsFindingAndACorrectionResolvesIt() {
        cable(hour(-20), hour(12), 900);
        platform(hour(-20), hour(6), 890);
        platform(hour(6), hour(9), -890);
        comparing.compare();
        Finding.Key key = only().key();
        platform(hour(9), hour(10), -890);
        assertThat(comparing.compare()).isTrue();
        assertThat(only().key()).isEqualTo(key);
        assertThat(only().interval().end()).isEqualTo(hour(10));

        platform(hour(6), hour(10), 890);
        assertThat(comparing.compare()).isTrue();
        assertThat(open()).isEmpty();
        assertThat(store.findings(FindingSearch.of("border/"))).hasSize(1);
    }

    @Test
    void aStretchThatOutlastsTheWindowKeepsItsStart() {
        Instant from = hour(0);
        cable(from.minus(Duration.ofDays(2)), hour(10), 900);
        platform(from.minus(Duration.ofDays(2)), hour(2), 890);
        platform(hour(2), hour(10), -890);
        comparing.compare();
        Finding.Key key = only().key();
        assertThat(key.start()).isEqualTo(hour(2));
        for (int h = 10; h < 202; h += 12) {
            clock.advance(Duration.ofHours(12));
            cable(hour(h), hour(h + 12), 900);
            platform(hour(h), hour(h + 12), -890);
            assertThat(comparing.compare()).isTrue();
            assertThat(only().key()).isEqualTo(key);
            assertThat(only().interval().end()).isEqualTo(hour(h + 12));
        }
        // And what is over and behind the window stays as it was.
        Finding last = only();
        for (int h = 202; h < 300; h += 12) {
            clock.advance(Duration.ofHours(12));
            cable(hour(h), hour(h + 12), 900);
            platform(hour(h), hour(h + 12), 890);
            comparing.compare();
            assertThat(only()).isEqualTo(last);
        }
    }

    @Test
    void aStretchThatWasThereBeforeTheFirstLookIsOneFinding() {
        cable(hour(-24 * 10), hour(12), 900);
        platform(hour(-24 * 10), hour(-24 * 6), 890);
        platform(hour(-24 * 6), hour(10), -890);
        comparing.compare();
        assertThat(only().interval()).isEqualTo(new Interval(hour(-24 * 6), hour(10)));
        clock.advance(Duration.ofHours(24));
        assertThat(comparing(store).compare()).isTrue();
        assertThat(store.findings(FindingSearch.of("border/")))
                .extracting(f -> f.finding().rule())
                .containsOnly(RuleName.SOURCE_SIGN, RuleName.SOURCE_GAP);
    }

    @Test
    void aSourceThatFallsSilentIsFoundByTimeAloneAndResolvedWhenItComes() {
        cable(hour(-20), hour(12), 900);
        platform(hour(-20), hour(9), 890);
        comparing.compare();
        assertThat(open()).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(comparing.compare()).isTrue();
        assertThat(only().rule()).isEqualTo(RuleName.SOURCE_GAP);
        assertThat(only().interval()).isEqualTo(new Interval(hour(9), hour(10)));
        clock.advance(Duration.ofHours(1));
        cable(hour(12), hour(14), 900);
        comparing.compare();
        assertThat(only().interval()).isEqualTo(new Interval(hour(9), hour(11)));
        platform(hour(9), hour(13), 890);
        assertThat(comparing.compare()).isTrue();
        assertThat(open()).isEmpty();
    }

    @Test
    void olderDaysAreComparedWhenADeliveryTouchesThem() {
        comparing.compare();
        Instant old = hour(-24 * 300);
        cable(old, old.plus(Duration.ofDays(3)), 900);
        platform(old, old.plus(Duration.ofHours(30)), 890);
        platform(old.plus(Duration.ofHours(30)), old.plus(Duration.ofHours(40)), -890);
        assertThat(comparing.compare()).isTrue();
        // Nothing of a gap: what is behind it may just be on its way.
        assertThat(only().rule()).isEqualTo(RuleName.SOURCE_SIGN);
        assertThat(only().interval())
                .isEqualTo(new Interval(old.plus(Duration.ofHours(30)), old.plus(Duration.ofHours(40))));

        platform(old.plus(Duration.ofHours(30)), old.plus(Duration.ofHours(72)), 890);
        assertThat(comparing.compare()).isTrue();
        assertThat(open()).isEmpty();
    }

    @Test
    void aYearThatArrivesAtOnceIsComparedOnce() {
        comparing.compare();
        Instant old = Instant.parse("2025-01-01T00:00:00Z");
        for (int day = 0; day < 120; day++) {
            Instant from = old.plus(Duration.ofDays(day));
            give(CABLE, from, from.plus(Duration.ofDays(1)), 60, at -> 900);
            platform(from, from.plus(Duration.ofDays(1)), day == 77 ? -890 : 890);
        }
        assertThat(comparing.compare()).isTrue();
        Instant wrong = old.plus(Duration.ofDays(77));
        assertThat(only().interval()).isEqualTo(new Interval(wrong, wrong.plus(Duration.ofDays(1))));
        assertThat(comparing.compare()).isFalse();
    }

    @Test
    void whatOthersFoundIsLeftAlone() {
        Finding spike = new Finding(
                BORDER,
                new Interval(hour(1), hour(2)),
                RuleName.SPIKE,
                Severity.INFO,
                BigDecimal.ONE,
                "",
                "",
                null,
                null,
                null,
                NOW,
                0);
        Finding elsewhere = new Finding(
                Series.parse("border/XX-YY/flow"),
                new Interval(hour(1), hour(2)),
                RuleName.SOURCE_GAP,
                Severity.INFO,
                BigDecimal.ONE,
                "",
                "",
                null,
                null,
                null,
                NOW,
                0);
        store.keep(new Verdict(List.of(spike, elsewhere), List.of()), Instant.EPOCH, NOW);
        give(Series.parse("border/somewhere/flow"), hour(-20), hour(10), 30, at -> 1);
        give(Series.parse("border/NL-GB/schedule"), hour(-20), hour(10), 30, at -> -900);
        cable(hour(-20), hour(12), 900);
        platform(hour(-20), hour(10), 890);
        assertThat(comparing.compare()).isFalse();
        assertThat(open()).hasSize(2);
    }

    @Test
    void whereNothingCameTheStoreIsHardlyAsked() {
        cable(hour(-20), hour(12), 900);
        platform(hour(-20), hour(10), 890);
        List<String> asked = new ArrayList<>();
        Comparing counted = comparing(new Following() {
            @Override
            public Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
                asked.add("standing");
                return store.standing(prefix, from, to);
            }

            @Override
            public Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
                asked.add("arrived");
                return store.arrived(prefix, after, limit);
            }
        });
        counted.compare();
        assertThat(asked).containsExactly("standing");
        asked.clear();
        counted.compare();
        assertThat(asked).isEmpty();
        // Something came, but of a site.
        give(Series.parse("site/s1/generation"), hour(10), hour(12), 30, at -> 1);
        counted.compare();
        counted.compare();
        assertThat(asked).containsExactly("arrived");
        asked.clear();
        cable(hour(12), hour(13), 900);
        counted.compare();
        counted.compare();
        assertThat(asked).containsExactly("arrived", "standing");
    }

    @Test
    void invalidReadingsAreNotCompared() {
        cable(hour(-20), hour(12), 900);
        platform(hour(-20), hour(10), 890);
        GivenDocument document = GivenDocument.of("x").in(LONDON).receivedAt(clock.instant());
        LocalDate date = LocalDate.of(2026, 2, 10);
        long at = hour(6).getEpochSecond();
        document.with(
                CABLE,
                DayBlock.irregular(
                        (int) date.toEpochDay(),
                        new DeliveryDay(date, LONDON).start().getEpochSecond(),
                        0,
                        new long[] {99_000},
                        new byte[] {Quality.INVALID.code()},
                        new long[] {at},
                        new long[] {at + 300}));
        clock.advance(Duration.ofSeconds(1));
        store.take(document);
        assertThat(comparing.compare()).isFalse();
    }
}
