package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.TestClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate SPRING = LocalDate.of(2024, 3, 31);
    private static final Series M1 = Series.meterConsumption("M1");
    private static final Series M2 = Series.meterConsumption("M2");
    private static final Series M3 = Series.meterConsumption("M3");

    private final InMemoryStore store = new InMemoryStore(new TestClock(Instant.parse("2024-07-01T00:00:00Z")));
    private final Answers answers = new Answers(store);
    private Delivery delivery;

    @BeforeEach
    void fill() {
        delivery = store.take(GivenDocument.of("a")
                        .in(LONDON)
                        .with(M1, Blocks.filled(SPRING.minusDays(1), LONDON, "PT1H", i -> "1"))
                        .with(M1, Blocks.filled(SPRING, LONDON, "PT1H", i -> i == 3 ? "-" : "1"))
                        .with(M1, Blocks.filled(SPRING.plusDays(3), LONDON, "PT1H", i -> "1"))
                        .with(M2, Blocks.filled(SPRING, LONDON, "PT1H", i -> "0.5"))
                        .with(M3, Blocks.filled(SPRING, LONDON, "PT1H", i -> "0.1")))
                .delivery();
    }

    @Test
    void averageIsTheTotalPerMeterToNineDigits() {
        Total total = answers.total(SPRING, null);
        assertThat(total.total()).isEqualByComparingTo("35.8");
        assertThat(total.meters()).isEqualTo(3);
        assertThat(total.average()).isEqualTo(new BigDecimal("11.933333333"));
        assertThat(total.zone()).isEqualTo("Europe/London");
        assertThat(total.knownAt()).isEqualTo(delivery.knownAt());
        assertThat(total.quality()).isEqualTo(new QualityCounts(69, 68, 0, 0, 0, 1));
    }

    @Test
    void aGroupOfAllMetersComesToWhatAllMetersDo() {
        MeterGroup all = MeterGroup.of("all", "", List.of("M1", "M2", "M3", "M9"));
        assertThat(answers.totals(all, Answers.EARLIEST, Answers.LATEST, null))
                .usingRecursiveComparison()
                .ignoringFields("knownAt")
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(answers.totals(Answers.EARLIEST, Answers.LATEST, null));
        assertThat(answers.total(all, SPRING, null).knownAt()).isEqualTo(delivery.knownAt());
    }

    @Test
    void aGroupIsOfItsMembersOnly() {
        MeterGroup two = MeterGroup.of("two", "", List.of("M1", "M2"));
        Total total = answers.total(two, SPRING, null);
        assertThat(total.total()).isEqualByComparingTo("33.5");
        assertThat(total.meters()).isEqualTo(2);
        assertThat(total.average()).isEqualTo(new BigDecimal("16.750000000"));
        assertThat(total.zone()).isEqualTo("Europe/London");
        assertThat(total.quality()).isEqualTo(new QualityCounts(46, 45, 0, 0, 0, 1));
        assertThat(answers.totals(two, SPRING.minusDays(1), SPRING.plusDays(4), null))
                .extracting(Total::silent)
                .containsExactly(0L, 0L, 2L, 2L, 1L);
    }

    @Test
    void aMemberIsSilentForThirtyFiveDaysAfterItWasSeen() {
        MeterGroup two = MeterGroup.of("two", "", List.of("M2", "M3"));
        assertThat(answers.total(two, SPRING.minusDays(1), null).silent()).isZero();
        assertThat(answers.total(two, SPRING.plusDays(1), null).silent()).isEqualTo(2);
        assertThat(answers.total(two, SPRING.plusDays(35), null).silent()).isEqualTo(2);
        assertThat(answers.total(two, SPRING.plusDays(36), null).silent()).isZero();
    }

    @Test
    void aGroupOfNobodyKnownHasNoTotals() {
        MeterGroup nobody = MeterGroup.of("nobody", "", List.of("M9"));
        assertThat(answers.totals(nobody, Answers.EARLIEST, Answers.LATEST, null))
                .isEmpty();
        Total none = answers.total(nobody, SPRING, null);
        assertThat(none.total()).isZero();
        assertThat(none.average()).isNull();
        assertThat(none.zone()).isEqualTo("-");
        assertThat(none.knownAt()).isNull();
        assertThat(answers.total(MeterGroup.of("empty", "", List.of()), SPRING, null)
                        .meters())
                .isZero();
    }

    @Test
    void aGroupIsAnsweredAsOfAnInstant() {
        MeterGroup one = MeterGroup.of("one", "", List.of("M2"));
        Instant before = delivery.knownAt();
        store.take(GivenDocument.of("b")
                .in(LONDON)
                .receivedAt(Instant.parse("2024-06-02T00:00:00Z"))
                .with(M2, Blocks.filled(SPRING, LONDON, "PT1H", i -> "2")));
        assertThat(answers.total(one, SPRING, null).total()).isEqualByComparingTo("46");
        assertThat(answers.total(one, SPRING, before).total()).isEqualByComparingTo("11.5");
        assertThat(answers.total(one, SPRING, before).asOf()).isEqualTo(before);
        assertThat(answers.total(one, SPRING, before.minusNanos(1000)).meters()).isZero();
    }

    @Test
    void averageOfNoMetersIsNone() {
        Total total = answers.total(SPRING.plusDays(1), null);
        assertThat(total.average()).isNull();
        assertThat(total.total()).isZero();
        assertThat(total.silent()).isEqualTo(3);
        assertThat(total.zone()).isEqualTo("-");
        assertThat(answers.total(LocalDate.of(1999, 1, 1), null).knownAt()).isNull();
    }

    @Test
    void totalsRunFromTheFirstDateWithReadingsToTheLast() {
        List<Total> totals = answers.totals(Answers.EARLIEST, Answers.LATEST, null);
        assertThat(totals)
                .extracting(Total::date)
                .containsExactly(
                        SPRING.minusDays(1), SPRING, SPRING.plusDays(1), SPRING.plusDays(2), SPRING.plusDays(3));
        assertThat(totals).extracting(Total::meters).containsExactly(1L, 3L, 0L, 0L, 1L);
        assertThat(answers.totals(SPRING.plusDays(1), SPRING.plusDays(3), null)).isEmpty();
        assertThat(answers.totals(Answers.EARLIEST, Answers.LATEST, Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void readingsAreCutToTheInstantsAskedFor() {
        StoredSeries series = store.find(M1).orElseThrow();
        try (Stream<Reading> readings = answers.readings(
                series, Instant.parse("2024-03-30T23:00:00Z"), Instant.parse("2024-03-31T05:00:00Z"), null)) {
            List<Reading> all = readings.toList();
            assertThat(all).hasSize(6);
            assertThat(all.getFirst().interval().start()).isEqualTo(Instant.parse("2024-03-30T23:00:00Z"));
            assertThat(all.get(4).quality()).isEqualTo(Quality.MISSING);
        }
        try (Stream<Reading> readings = answers.readings(series, null, null, null)) {
            assertThat(readings).hasSize(24 + 23 + 24);
        }
    }

    @Test
    void readingsOfADayThatBeganAtAMidnightShownTwiceAreFound() {
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        LocalDate change = LocalDate.of(2009, 11, 1);
        Series series = Series.meterConsumption("N");
        store.take(GivenDocument.of("b")
                .in(stJohns)
                .with(series, Blocks.filled(change, stJohns, "PT30M", i -> Integer.toString(i))));
        Instant midnight = Instant.parse("2009-11-01T02:30:00Z");
        try (Stream<Reading> readings =
                answers.readings(store.find(series).orElseThrow(), midnight, midnight.plusSeconds(1800), null)) {
            assertThat(readings).extracting(r -> r.interval().start()).containsExactly(midnight);
        }
    }

    @Test
    void readingsBySteps() {
        StoredSeries series = store.find(M1).orElseThrow();
        try (Stream<Bucket> buckets = answers.readings(series, null, null, new Every.Day(), null)) {
            assertThat(buckets.map(Bucket::value))
                    .usingElementComparator(BigDecimal::compareTo)
                    .containsExactly(new BigDecimal(24), new BigDecimal(22), new BigDecimal(24));
        }
    }

    @Test
    void explanationShowsTheBlocksBehindATotal() {
        Explanation all = answers.explain(SPRING, null, null);
        try (Stream<StoredBlock> blocks = all.blocks()) {
            BigDecimal sum = blocks.map(b -> b.block().total()).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo(all.total().total());
        }
        try (Stream<StoredBlock> blocks = answers.explain(SPRING, M2, null).blocks()) {
            assertThat(blocks).extracting(StoredBlock::series).containsExactly(M2);
        }
    }

    @Test
    void oneSeriesDailyTotalsHaveTheShapeOfTotals() {
        StoredSeries series = store.find(M1).orElseThrow();
        List<Total> days = answers.daily(series, SPRING, SPRING.plusDays(9), null);

        assertThat(days).extracting(Total::date).containsExactly(SPRING, SPRING.plusDays(3));
        Total day = days.getFirst();
        assertThat(day.total()).isEqualByComparingTo("22");
        assertThat(day.meters()).isEqualTo(1);
        assertThat(day.unit()).isEqualTo("kWh");
        assertThat(day.zone()).isEqualTo("Europe/London");
        assertThat(day.quality()).isEqualTo(new QualityCounts(23, 22, 0, 0, 0, 1));
        assertThat(day.knownAt()).isEqualTo(delivery.knownAt());
    }

    @Test
    void stepsOfAPriceAreMeansAndItHasNoDailyTotals() {
        Series price = new Series("zone", "FR", "price", null);
        store.take(GivenDocument.of("prices")
                .in(LONDON)
                .unit("EUR/MWh")
                .with(price, Blocks.filled(SPRING, LONDON, "PT1H", i -> i < 11 ? "-1.5" : i < 22 ? "20" : "-")));
        StoredSeries stored = store.find(price).orElseThrow();
        try (Stream<Bucket> days = answers.readings(stored, null, null, new Every.Day(), null)) {
            assertThat(days)
                    .containsExactly(new Bucket(
                            new Every.Day().around(Instant.parse("2024-03-31T12:00:00Z"), LONDON),
                            new BigDecimal("9.250000000"),
                            Quality.ACTUAL,
                            3600));
        }
        assertThatThrownBy(() -> answers.daily(stored, SPRING, SPRING.plusDays(1), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EUR/MWh");
    }
}
