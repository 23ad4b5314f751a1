package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home's register, read every few minutes over a clock change, in all forms in which it can be had. */
class ExportTest {
    private static final String ENERGY = "home/h&<1>/consumption".replace("&<1>", "~26~3C1~3E");

    @TempDir
    Path folder;

    private Cli cli;
    private BigDecimal used = BigDecimal.ZERO;

    @BeforeEach
    void start() {
        cli = new Cli(folder);
    }

    private void ingest(String begin) throws IOException {
        Random random = new Random(begin.hashCode());
        StringBuilder file = new StringBuilder("home_id,current_usage,acc_usage,time\n");
        Instant at = Instant.parse(begin);
        Instant end = at.plus(Duration.ofDays(2));
        BigDecimal register = new BigDecimal("1000");
        while (at.isBefore(end)) {
            file.append("h&<1>,0,").append(register).append(',').append(at).append('\n');
            BigDecimal step = BigDecimal.valueOf(random.nextInt(300_000), 6);
            register = register.add(step);
            used = used.add(step);
            at = at.plusSeconds(200 + random.nextInt(300));
        }
        file.append("h&<1>,0,").append(register).append(',').append(at).append('\n');
        Path path = folder.resolve("home.csv");
        Files.writeString(path, file);
        assertThat(cli.run("ingest", "--zone", "Europe/Stockholm", path.toString())
                        .exitCode())
                .isZero();
    }

    private List<String[]> rows(String every, String... more) {
        Object[] arguments = Stream.concat(Stream.of("readings", ENERGY, "--every", every), Stream.of(more))
                .toArray();
        return cli.run(arguments)
                .out()
                .lines()
                .map(line -> line.split("[,;]", -1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-03-30T09:00:07Z", "2024-10-26T09:00:07Z"})
    void stepsOfAnyLengthSumToTheSame(String begin) throws IOException {
        ingest(begin);
        for (String every : List.of("PT5M", "PT15M", "PT1H", "P1D", "P1M")) {
            BigDecimal sum = BigDecimal.ZERO;
            for (String[] row : rows(every).subList(1, rows(every).size())) {
                BigDecimal value = row[2].isEmpty() ? BigDecimal.ZERO : new BigDecimal(row[2]);
                sum = sum.add(value);
                long seconds = Duration.between(OffsetDateTime.parse(row[0]), OffsetDateTime.parse(row[1]))
                                .toSeconds()
                        - Long.parseLong(row[4]);
                if (!row[2].isEmpty()) {
                    assertThat(new BigDecimal(row[5]))
                            .isEqualByComparingTo(value.multiply(BigDecimal.valueOf(3_600_000))
                                    .divide(BigDecimal.valueOf(seconds), 9, RoundingMode.HALF_EVEN));
                }
            }
            assertThat(sum).as(every).isEqualByComparingTo(used);
        }
    }

    @Test
    void theRepeatedHourIsThereTwiceAndTheSkippedOneNotAtAll() throws IOException {
        ingest("2024-10-26T09:00:07Z");
        List<String[]> autumn = rows("PT1H", "--locale", "sv-SE");
        assertThat(String.join(";", autumn.getFirst()))
                .isEqualTo("start;end;offset;value;quality;missing seconds;mean W");
        assertThat(cli.run("readings", ENERGY, "--every", "PT1H", "--locale", "sv-SE")
                        .out())
                .contains("2024-10-27 02:00:00;2024-10-27 02:00:00;+02:00;")
                .contains("2024-10-27 02:00:00;2024-10-27 03:00:00;+01:00;")
                .containsPattern(";[0-9]+,[0-9]+;ESTIMATED;0;[0-9]+(,[0-9]+)?\n");
        start();
        Path other = Files.createDirectories(folder.resolve("spring"));
        cli = new Cli(other);
        ingest("2024-03-30T09:00:07Z");
        assertThat(cli.run("readings", ENERGY, "--every", "PT1H").out())
                .contains("2024-03-31T01:00:00+01:00,2024-03-31T03:00:00+02:00,")
                .doesNotContain("2024-03-31T02:");
    }

    @Test
    void aPageNeedsNothingElseAndHoldsEveryDigit() throws IOException {
        ingest("2024-10-26T09:00:07Z");
        String page = cli.run("readings", ENERGY, "--every", "PT1H", "--format", "html")
                .out();
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("<h1>Consumption of home h&amp;&lt;1&gt;</h1>", "default-src 'none'")
                .contains("<b>" + used.stripTrailingZeros().toPlainString() + " kWh</b>")
                .doesNotContain("h&<1>")
                .doesNotContainPattern("(src|href)=\"(https?:)?//");
        for (String[] row : rows("PT1H").subList(1, 4)) {
            assertThat(page).contains("<td>" + row[0] + "</td>", "<td class=\"n\">" + row[2] + "</td>");
        }
        assertThat(cli.run("readings", ENERGY, "--every", "PT1H", "--format", "html", "--chart", "line")
                        .out())
                .contains("\"kind\":\"line\"");
        assertThat(cli.run("readings", ENERGY, "--every", "PT1S", "--format", "html"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("more than 10000 readings for one page"));
    }

    @Test
    void aRegisterHasNoSteps() throws IOException {
        ingest("2024-10-26T09:00:07Z");
        Cli.Result refused = cli.run("readings", ENERGY + "/register", "--every", "PT1H");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("neither add up nor have a mean", ENERGY);
        assertThat(cli.run("readings", ENERGY + "/register").out().lines().count())
                .isGreaterThan(100);
    }

    @Test
    void aNameCannotEndTheScriptThatHoldsIt() throws IOException {
        Path path = folder.resolve("home.csv");
        Files.writeString(path, """
                home_id,current_usage,acc_usage,time
                </script><script>alert(1)</script>,0,1000,2024-10-26T09:00:00Z
                </script><script>alert(1)</script>,0,1001,2024-10-26T10:00:00Z
                """);
        assertThat(cli.run("ingest", "--zone", "UTC", path.toString()).exitCode())
                .isZero();

        String page = cli.run(
                        "readings",
                        "home/~3C~2Fscript~3E~3Cscript~3Ealert~281~29~3C~2Fscript~3E/consumption",
                        "--format",
                        "html")
                .out();

        assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)").doesNotContainIgnoringCase("<script>alert");
        assertThat(page.split("</script>", -1)).as("what three scripts divide").hasSize(4);
    }

    @Test
    void parquetIsTyped() throws Exception {
        ingest("2024-10-26T09:00:07Z");
        Path file = folder.resolve("out.parquet");
        assertThat(cli.run("readings", ENERGY, "--every", "PT1H", "--format", "parquet", "-o", file.toString())
                        .exitCode())
                .isZero();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT sum(value), typeof(any_value(\"start\")), typeof(any_value(value)),"
                                + " count(*) FROM '" + file + "'")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getBigDecimal(1)).isEqualByComparingTo(used);
            assertThat(result.getString(2)).isEqualTo("TIMESTAMP WITH TIME ZONE");
            assertThat(result.getString(3)).isEqualTo("DECIMAL(38,9)");
            assertThat(result.getLong(4)).isEqualTo(rows("PT1H").size() - 1L);
        }
    }
}
