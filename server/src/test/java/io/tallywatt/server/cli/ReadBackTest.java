package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What this program exports, it takes. */
class ReadBackTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "csv,home/h1/consumption",
        "json,home/h1/consumption",
        "csv,meter/M0/consumption",
        "json,site/s/generation"
    })
    void anExportTakenUnderASeriesNameIsTheSameSeries(String format, String series) throws IOException {
        Cli first = new Cli(folder.resolve("first"));
        String gap = Wide.file("M", 2, 5).replaceFirst(",([0-9.]+),([0-9.]+),([0-9.]+)", ",,$2,");
        assertThat(first.run("ingest", first.file("a.csv", gap)).exitCode()).isZero();
        Path export = folder.resolve("export." + format);
        assertThat(first.run("readings", "meter/M0/consumption", "--format", format, "-o", export)
                        .exitCode())
                .isZero();

        Cli second = new Cli(folder.resolve("second"));
        Cli.Result taken = second.run("ingest", export, "--series", series, "--unit", "kWh");
        assertThat(taken.err()).isEmpty();
        assertThat(taken.exitCode()).isZero();

        assertThat(second.run("readings", series, "--format", format).out())
                .isEqualTo(first.run("readings", "meter/M0/consumption", "--format", format)
                        .out());
        assertThat(second.run("series").out()).contains(series).contains("PT30M");
        assertThat(second.run("ingest", export, "--series", series, "--unit", "kWh")
                        .out())
                .contains("known already");
    }
}
