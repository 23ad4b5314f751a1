package io.tallywatt.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedMetersTest {
    @TempDir
    Path folder;

    @Test
    void isTheSameEachTimeAndNamedForWhatItIs() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));

        List<Path> files = SimulatedMeters.write(one);
        SimulatedMeters.write(two);

        for (Path file : files) {
            assertThat(file.getFileName().toString()).startsWith("simulated-");
            assertThat(two.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            assertThat(Files.readAllLines(file).stream().skip(1)).allMatch(row -> row.startsWith("SIM-"));
        }
    }

    @Test
    void holdsWhatADemoHasToShow() throws IOException {
        Cli cli = new Cli(folder);
        cli.env.put("TALLYWATT_ZONE", "Europe/London");
        StringBuilder out = new StringBuilder();
        for (Path file : SimulatedMeters.write(folder)) {
            out.append(cli.run("ingest", file).out());
        }

        assertThat(out).contains("BAD_NUMBER", "BAD_DATE", "COLUMN_COUNT").contains("1 corrected");
        assertThat(cli.run("total", "--format", "csv").out().lines().toList()).hasSize(31);
        assertThat(cli.run("total", SimulatedMeters.CLOCK_CHANGE).out())
                .contains("meters     200\n")
                .contains("10,000 actual, of 10,000 expected");
        assertThat(cli.run("total", "2026-10-20").out()).contains("1 invalid");
        assertThat(cli.run("total", "2026-10-28").out()).contains("199, and 1 silent");
        assertThat(cli.run("total", "2026-10-22").out()).contains("8 missing");
    }

    @Test
    void theDayOfTheClockChangeAddsUpToWhatIsInTheFile() throws IOException {
        Path file = SimulatedMeters.write(folder).get(1);
        BigDecimal sum = BigDecimal.ZERO;
        for (String row : Files.readAllLines(file).subList(1, SimulatedMeters.METERS + 1)) {
            String[] cells = row.split(",");
            assertThat(cells).hasSize(52);
            for (int i = 2; i < cells.length; i++) {
                sum = sum.add(new BigDecimal(cells[i]));
            }
        }
        Cli cli = new Cli(folder);
        cli.run("ingest", "--zone", "Europe/London", file);

        assertThat(cli.run("total", SimulatedMeters.CLOCK_CHANGE).out())
                .startsWith("2026-10-25   " + sum.stripTrailingZeros().toPlainString() + " kWh\n");
    }
}
