package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Small files and options for tests. */
final class Snippets {
    static final ZoneId LONDON = ZoneId.of("Europe/London");
    static final ZoneId UTC = ZoneId.of("UTC");
    static final ReadingOptions IN_LONDON = ReadingOptions.in(LONDON);

    private Snippets() {}

    /** {@code Meter,Date,0:00,...} with so many columns a day. */
    static String header(int columns) {
        List<String> cells = new ArrayList<>(List.of("Meter", "Date"));
        for (int i = 0; i < columns; i++) {
            int minute = i * 1440 / columns;
            cells.add(String.format("%d:%02d", minute / 60, minute % 60));
        }
        return String.join(",", cells) + "\n";
    }

    /** A wide row: its leading cells, then one value per column. */
    static String row(String leading, int columns, IntFunction<String> value) {
        StringBuilder row = new StringBuilder(leading);
        for (int i = 0; i < columns; i++) {
            row.append(',').append(value.apply(i));
        }
        return row.append('\n').toString();
    }

    static String row(String leading, String... values) {
        return leading + "," + String.join(",", values) + "\n";
    }

    /** A file of one half-hourly row of ones, but for one cell. */
    static String withCell(String cell) {
        return header(48) + row("EE1,2024-01-15", 48, i -> i == 7 ? cell : "1");
    }

    static ReadingOptions options(
            ZoneId zone,
            @Nullable EnergyUnit unit,
            @Nullable Stamps stamps,
            @Nullable DateOrder order,
            @Nullable String meterColumn,
            @Nullable String meter,
            @Nullable String valueColumn,
            @Nullable Resolution resolution) {
        return new ReadingOptions(
                zone,
                true,
                unit,
                stamps,
                order,
                meterColumn,
                meter,
                null,
                valueColumn,
                resolution,
                ReadingOptions.DEFAULT_PLAUSIBLE_KW);
    }

    static ReadingOptions withUnit(EnergyUnit unit) {
        return options(LONDON, unit, null, null, null, null, null, null);
    }

    static ReadingOptions withStamps(Stamps stamps) {
        return options(LONDON, null, stamps, null, null, null, null, null);
    }

    static ReadingOptions withOrder(DateOrder order) {
        return options(LONDON, null, null, order, null, null, null, null);
    }

    static ReadingOptions withMeterColumn(String column) {
        return options(LONDON, null, null, null, column, null, null, null);
    }

    static ReadingOptions withSeries(String series) {
        return new ReadingOptions(
                LONDON,
                true,
                null,
                null,
                null,
                null,
                null,
                Series.parse(series),
                null,
                null,
                ReadingOptions.DEFAULT_PLAUSIBLE_KW);
    }

    static ReadingOptions withMeter(String meter) {
        return options(LONDON, null, null, null, null, meter, null, null);
    }

    static ReadingOptions withResolution(String iso) {
        return options(LONDON, null, null, null, null, null, null, Resolution.parse(iso));
    }

    /** What counts in totals. */
    static BigDecimal total(Documents.Outcome outcome, ZoneId zone) {
        return outcome.readings(zone).values().stream()
                .filter(reading -> reading.quality().counts())
                .map(Snippets::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal value(Reading reading) {
        return java.util.Objects.requireNonNull(reading.value());
    }

    /** {@code meter start=value} of every reading, in order; starts in UTC. */
    static List<String> lines(Documents.Outcome outcome, ZoneId zone) {
        return outcome.readings(zone).entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + entry.getValue().value()
                        + (entry.getValue().quality() == io.tallywatt.core.reading.Quality.ACTUAL
                                ? ""
                                : " " + entry.getValue().quality()))
                .toList();
    }

    /** The value that starts at an instant; fails the test if there is none. */
    static BigDecimal at(Documents.Outcome outcome, String meter, String instant) {
        Reading reading = outcome.readings(LONDON).get(meter + " " + instant);
        if (reading == null) {
            throw new AssertionError("No reading of " + meter + " at " + instant + " in " + lines(outcome, LONDON));
        }
        return value(reading);
    }
}
