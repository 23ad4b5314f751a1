package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files are to be read, where they leave it open or a person knows better. */
final class ReadingArguments {
    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of clock times without offset, such as Europe/London. Else tallywatt.zone, else UTC.")
    private @Nullable ZoneId zone;

    @Option(names = "--unit", paramLabel = "UNIT", description = "Unit of the values: Wh, kWh or MWh.")
    private @Nullable EnergyUnit unit;

    @Option(
            names = "--stamps",
            paramLabel = "start|end",
            description = "Whether a time names the start or the end of its interval.")
    private @Nullable Stamps stamps;

    @Option(
            names = "--dates",
            paramLabel = "ORDER",
            description = "Order of dates such as 03/04/2024: day-first or month-first.")
    private @Nullable DateOrder dates;

    @Option(
            names = "--meter-column",
            paramLabel = "COLUMN",
            description = "Name or number (from 1) of the column that names the meter.")
    private @Nullable String meterColumn;

    @Option(names = "--meter", paramLabel = "ID", description = "The meter, where the file names none.")
    private @Nullable String meter;

    @Option(
            names = "--series",
            paramLabel = "SERIES",
            description = "The series, where the file names neither series nor meter: home/h1/consumption.")
    private @Nullable Series series;

    @Option(
            names = "--value-column",
            paramLabel = "COLUMN",
            description = "Name or number of the value column of a file with one value per row.")
    private @Nullable String valueColumn;

    @Option(
            names = "--resolution",
            paramLabel = "TIME",
            description = "Length of an interval: PT15M, PT30M, PT1H, P1D, ...")
    private @Nullable Resolution resolution;

    @Option(
            names = "--plausible-kw",
            paramLabel = "KW",
            description =
                    "Mean power above which a reading is kept as invalid. Else tallywatt.plausible-kw, else 100000.")
    private @Nullable BigDecimal plausibleKw;

    /** Whether a person said anything at all. */
    boolean stated() {
        return zone != null
                || unit != null
                || stamps != null
                || dates != null
                || meterColumn != null
                || meter != null
                || series != null
                || valueColumn != null
                || resolution != null
                || plausibleKw != null;
    }

    ReadingOptions options(Settings settings) {
        Optional<ZoneId> chosen = Optional.ofNullable(zone).or(settings::zone);
        return new ReadingOptions(
                chosen.orElse(Values.UTC),
                chosen.isPresent(),
                unit,
                stamps,
                dates,
                meterColumn,
                meter,
                series,
                valueColumn,
                resolution,
                plausibleKw == null ? settings.plausibleKw() : plausibleKw,
                settings.feedEvery());
    }
}
