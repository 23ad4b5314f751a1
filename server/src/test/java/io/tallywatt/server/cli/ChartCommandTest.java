package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of readings. */
class ChartCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void fill() throws IOException {
        cli = new Cli(folder);
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 1, 4)));
    }

    @Test
    void aPngHasTheSizeThatWasAskedFor() throws IOException {
        Path file = folder.resolve("m.png");

        Result result = cli.run(
                "readings", "meter/M0/consumption", "--format", "png", "--width", "500", "--height", "300", "-o", file);

        assertThat(result.exitCode()).isZero();
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(500);
        assertThat(image.getHeight()).isEqualTo(300);
    }

    @Test
    void anSvgNamesTheMeterTheRangeAndTheUnit() {
        Result result = cli.run(
                "readings",
                "meter/M0/consumption",
                "--format",
                "svg",
                "--every",
                "PT1H",
                "--chart",
                "line",
                "--from",
                "2024-01-02",
                "--to",
                "2024-01-03");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("<svg")
                .contains("<title>Consumption of meter M0, kWh</title>")
                .contains("2 Jan 2024");
    }

    @ParameterizedTest
    @CsvSource({"--width,10", "--width,5000", "--height,-1", "--chart,pie"})
    void whatNoPictureHasIsWrongUsage(String option, String value) {
        Result result = cli.run("readings", "meter/M0/consumption", "--format", "png", option, value);

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(option);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aRangeWithoutReadingsIsAPictureToo() throws IOException {
        Path file = folder.resolve("none.svg");

        assertThat(cli.run(
                                "readings",
                                "meter/M0/consumption",
                                "--format",
                                "svg",
                                "--from",
                                "2030-01-01",
                                "--to",
                                "2030-01-02",
                                "-o",
                                file)
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file)).contains("<desc>").containsIgnoringCase("no data");
    }
}
