package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesMemoryTest {
    private static final Series SERIES = new Series("site", "s1", "consumption", null);

    private static DayBlock day(LocalDate date, ZoneId zone, Resolution resolution, int intervals) {
        long[] values = new long[intervals];
        Arrays.fill(values, 15);
        long start = date.atStartOfDay(zone).toEpochSecond();
        return DayBlock.regular((int) date.toEpochDay(), start, resolution, 1, values, new byte[intervals]);
    }

    @Test
    void nothingIsRememberedAtFirst() {
        SeriesMemory memory = new SeriesMemory(SERIES, ZoneOffset.UTC);
        assertThat(memory.latestEnd()).isNull();
        assertThat(memory.size()).isZero();
    }

    @Test
    void daysComeInAnyOrder() {
        LocalDate first = LocalDate.of(2026, 3, 1);
        List<LocalDate> dates =
                new ArrayList<>(first.datesUntil(first.plusDays(20)).toList());
        Collections.shuffle(dates, new Random(3));
        SeriesMemory memory = new SeriesMemory(SERIES, ZoneOffset.UTC);
        dates.forEach(date -> memory.remember(day(date, ZoneOffset.UTC, Resolution.HALF_HOUR, 48)));
        assertThat(memory.size()).isEqualTo(20 * 48);
        assertThat(memory.latestEnd()).isEqualTo(Instant.parse("2026-03-21T00:00:00Z"));
        for (int i = 1; i < memory.size(); i++) {
            assertThat(memory.readings().start(i)).isEqualTo(memory.readings().end(i - 1));
        }
    }

    @Test
    void aDailyValueEndsWithItsDay() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        SeriesMemory memory = new SeriesMemory(SERIES, berlin);
        memory.remember(day(LocalDate.of(2026, 3, 29), berlin, Resolution.DAY, 1));
        assertThat(memory.latestEnd()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    }

    @Test
    void missingIntervalsAreNotRemembered() {
        DayBlock block =
                DayBlock.regular(20_000, 20_000L * 86_400, new Resolution(43_200), 0, new long[] {1, 0}, new byte[] {
                    0, Quality.MISSING.code()
                });
        SeriesMemory memory = new SeriesMemory(SERIES, ZoneOffset.UTC);
        memory.remember(block);
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void fourWeeksAreRememberedAndOneReadingMore() {
        SeriesMemory memory = new SeriesMemory(SERIES, ZoneOffset.UTC);
        LocalDate first = LocalDate.of(2026, 1, 1);
        first.datesUntil(first.plusDays(60))
                .forEach(date -> memory.remember(day(date, ZoneOffset.UTC, Resolution.HALF_HOUR, 48)));
        assertThat(memory.size()).isBetween(28 * 48, 28 * 48 + 5);
    }

    @Test
    void readingsOfASecondAreBoundedInNumber() {
        SeriesMemory memory = new SeriesMemory(SERIES, ZoneOffset.UTC);
        for (int i = 0; i < 100_000; i++) {
            memory.place(i, i + 1, i, 0, 1);
        }
        assertThat(memory.size()).isEqualTo(Readings.MOST);
        assertThat(memory.place(10, 11, 5, 0, 1).kind()).isEqualTo(Placed.Kind.OUTSIDE);
    }

    @Test
    void decadesBetweenTwoReadingsAreNoTrouble() {
        SeriesMemory memory = new SeriesMemory(SERIES, ZoneOffset.UTC);
        long year = Duration.ofDays(365).toSeconds();
        for (int years : new int[] {0, 1, 30, 80, 81, 228}) {
            assertThat(memory.place(years * year, years * year + 300, 7, 0, 1).kind())
                    .isEqualTo(Placed.Kind.NEW);
            assertThat(memory.latestEnd()).isEqualTo(Instant.ofEpochSecond(years * year + 300));
            assertThat(memory.size()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatADayHoldsAlreadyIsJudgedWhenItFirstArrives() {
        TestFeed before = new TestFeed("consumption");
        before.usual(TestFeed.START, TestFeed.START.plusSeconds(3600));
        before.give(TestFeed.START.plusSeconds(3600), "-1");
        SeriesMemory memory = new SeriesMemory(before.memory.series(), ZoneOffset.UTC);
        Days.of(before.memory).forEach(memory::remember);
        TestFeed feed = new TestFeed(memory);
        feed.give(TestFeed.START.plusSeconds(3600), "-1");
        assertThat(feed.lines()).containsExactly("NEGATIVE 2026-03-02T01:00:00Z 2026-03-02T01:05:00Z");
        assertThat(feed.give(TestFeed.START.plusSeconds(3600), "-1")).isEqualTo(Verdict.NOTHING);
        assertThat(memory.size()).isEqualTo(13);
    }

    @Test
    void aReadingOfADayToComeDoesNotMakeTheOthersOld() {
        TestFeed feed = new TestFeed("consumption");
        Instant at = TestFeed.START;
        feed.give(at, "1");
        feed.give(Instant.parse("2099-01-01T00:00:00Z"), "1", at.plusSeconds(400));
        feed.give(at.plusSeconds(300), "1");
        assertThat(feed.memory.size()).isEqualTo(2);
        assertThat(feed.open).isEmpty();
    }

    @Test
    void numbersOfAnySizeHaveAPlace() {
        assertThat(SeriesMemory.units(new BigDecimal("1.5"))).isEqualTo(1_500_000_000L);
        assertThat(SeriesMemory.units(new BigDecimal("-9000000000.000000001"))).isEqualTo(-9_000_000_000_000_000_001L);
        assertThat(SeriesMemory.units(new BigDecimal("9300000000"))).isEqualTo(Long.MAX_VALUE);
        assertThat(SeriesMemory.units(new BigDecimal("-1E+1000000"))).isEqualTo(Long.MIN_VALUE);
        assertThat(SeriesMemory.units(new BigDecimal("1E-1000"))).isZero();
    }
}
