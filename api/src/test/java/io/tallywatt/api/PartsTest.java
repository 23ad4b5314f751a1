package io.tallywatt.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static StoredSeries series(String first, String last) {
        return new StoredSeries(
                Series.meterConsumption("M"),
                "kWh",
                "electricity",
                "PT30M",
                LONDON,
                LocalDate.parse(first),
                LocalDate.parse(last));
    }

    private static List<Interval> months(StoredSeries series, @Nullable String from, @Nullable String to) {
        List<Interval> parts = new ArrayList<>();
        new Months(series, from == null ? null : Instant.parse(from), to == null ? null : Instant.parse(to))
                .forEachRemaining(parts::add);
        return parts;
    }

    @Test
    void monthsFollowEachOtherWithoutGapAndEndAtLocalMonths() {
        List<Interval> parts = months(series("2024-01-15", "2024-11-20"), null, null);
        assertThat(parts.getFirst().start()).isEqualTo("2024-01-14T00:00:00Z");
        assertThat(parts.getLast().end()).isEqualTo("2024-11-22T00:00:00Z");
        for (int i = 1; i < parts.size(); i++) {
            assertThat(parts.get(i).start()).isEqualTo(parts.get(i - 1).end());
        }
        assertThat(parts)
                .extracting(Interval::end)
                .contains(Instant.parse("2024-03-31T23:00:00Z"), Instant.parse("2024-06-30T23:00:00Z"))
                .hasSize(4);
    }

    @Test
    void whatIsAskedBeyondTheSeriesIsLeftOut() {
        StoredSeries day = series("2024-06-10", "2024-06-10");
        assertThat(months(day, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"))
                .containsExactly(
                        new Interval(Instant.parse("2024-06-08T23:00:00Z"), Instant.parse("2024-06-11T23:00:00Z")));
        assertThat(months(day, "2030-01-01T00:00:00Z", null)).isEmpty();
        assertThat(months(day, null, "2020-01-01T00:00:00Z")).isEmpty();
        assertThat(months(day, "2024-06-10T08:00:00Z", "2024-06-10T09:00:00Z"))
                .containsExactly(
                        new Interval(Instant.parse("2024-06-10T08:00:00Z"), Instant.parse("2024-06-10T09:00:00Z")));
    }

    @Test
    void afterTheLastMonthThereIsNone() {
        Months none = new Months(series("2024-06-10", "2024-06-10"), Instant.parse("2030-01-01T00:00:00Z"), null);
        assertThat(none.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::next);
    }
}
