package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals, averages, readings, explanations and lists, in every form. */
class AnswersTest {
    private static final int METERS = 3;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void fill() throws IOException {
        cli = new Cli(folder);
        assertThat(cli.run("ingest", cli.file("a.csv", Wide.file("M", METERS, 4)))
                        .exitCode())
                .isZero();
    }

    @Test
    void oneTotalIsAnObjectOfTheShapeThatIsPromised() {
        Json total = cli.run("total", "2024-01-02", "--format", "json").json();

        assertThat(total.names())
                .containsExactly("date", "zone", "unit", "total", "meters", "silent", "quality", "knownAt", "asOf");
        assertThat(total.at("quality").names())
                .containsExactly("expected", "actual", "estimated", "substituted", "invalid", "missing");
        assertThat(total.text("total")).isEqualTo(Wide.text(Wide.total(METERS, 1)));
        assertThat(total.text("meters")).isEqualTo("3");
        assertThat(total.text("quality", "expected")).isEqualTo("144");
        assertThat(total.text("asOf")).isEqualTo("null");
    }

    @Test
    void aRangeIsAnArrayWithoutItsEnd() {
        Json totals = cli.run("total", "--from", "2024-01-02", "--to", "2024-01-04", "--format", "json")
                .json();

        assertThat(totals.size()).isEqualTo(2);
        assertThat(totals.text(1, "date")).isEqualTo("2024-01-03");
        assertThat(cli.run("total", "--format", "json").json().size()).isEqualTo(4);
    }

    @Test
    void textAndCsvShowTheSameDigits() {
        String digits = Wide.text(Wide.total(METERS, 0));

        assertThat(cli.run("total", "2024-01-01").out())
                .startsWith("2024-01-01   " + digits + " kWh\n")
                .contains("meters     3\n");
        assertThat(cli.run("total").out()).contains("total kWh").contains(digits);
        List<String> csv = cli.run("total", "--format", "csv").out().lines().toList();
        assertThat(csv.getFirst())
                .isEqualTo("date,zone,unit,total,meters,silent,expected,actual,estimated,substituted,invalid,missing,"
                        + "knownAt,asOf");
        assertThat(csv.get(1)).startsWith("2024-01-01,UTC,kWh," + digits + ",3,0,144,144,0,0,0,0,");
        assertThat(csv).hasSize(5);
    }

    @Test
    void theAverageIsTheTotalByMetersAndNullWithoutAny() {
        BigDecimal average = Wide.total(METERS, 0).divide(BigDecimal.valueOf(METERS), 9, RoundingMode.HALF_EVEN);

        Json json = cli.run("average", "2024-01-01", "--format", "json").json();
        assertThat(json.text("average")).isEqualTo(Wide.text(average));
        assertThat(json.text("total")).isEqualTo(Wide.text(Wide.total(METERS, 0)));
        assertThat(cli.run("average", "2024-01-01").out()).contains(Wide.text(average) + " kWh per meter");

        assertThat(cli.run("average", "2031-01-01", "--format", "json").json().text("average"))
                .isEqualTo("null");
        assertThat(cli.run("average", "2031-01-01").out()).startsWith("2031-01-01   - kWh per meter");
    }

    @Test
    void asOfBeforeTheFileCameThereIsNothing() {
        String before = Cli.BEGIN.minusSeconds(60).toString();

        Json total = cli.run("total", "2024-01-01", "--as-of", before, "--format", "json")
                .json();

        assertThat(total.text("meters")).isEqualTo("0");
        assertThat(total.text("asOf")).isEqualTo(before);
    }

    @Test
    void readingsCarryTheirOffsetThroughTheRepeatedHour() throws IOException {
        StringBuilder day = new StringBuilder("Meter,Date");
        StringBuilder values = new StringBuilder("L1,2024-10-27");
        for (int i = 0; i < 50; i++) {
            int halfHour = i < 4 ? i : i - 2;
            day.append(',').append(halfHour / 2).append(halfHour % 2 == 0 ? ":00" : ":30");
            values.append(",").append(i + 1);
        }
        cli.run("ingest", "--zone", "Europe/London", cli.file("l.csv", day + "\n" + values + "\n"));

        List<String> lines =
                cli.run("readings", "meter/L1/consumption").out().lines().toList();

        assertThat(lines).hasSize(51);
        assertThat(lines.get(0)).isEqualTo("start,end,value,quality");
        assertThat(lines.get(4)).isEqualTo("2024-10-27T01:30:00+01:00,2024-10-27T01:00:00Z,4,ACTUAL");
        assertThat(lines.get(5)).isEqualTo("2024-10-27T01:00:00Z,2024-10-27T01:30:00Z,5,ACTUAL");

        Result day1 = cli.run("readings", "meter/L1/consumption", "--every", "P1D", "--format", "json");
        assertThat(day1.json().text(0, "value")).isEqualTo("1275");
        assertThat(day1.json().text(0, "start")).isEqualTo("2024-10-27T00:00:00+01:00");
        assertThat(day1.json().text(0, "missingSeconds")).isEqualTo("0");
    }

    @Test
    void readingsOfARangeByDateOrInstant() {
        Result day = cli.run("readings", "meter/M1/consumption", "--from", "2024-01-02", "--to", "2024-01-03");
        assertThat(day.out().lines().toList()).hasSize(49);
        assertThat(day.out()).contains("2024-01-02T00:00:00Z,2024-01-02T00:30:00Z," + Wide.text(Wide.value(1001, 0)));

        Result hour = cli.run(
                "readings",
                "meter/M1/consumption",
                "--from",
                "2024-01-02T10:00:00Z",
                "--to",
                "2024-01-02T12:00:00+01:00",
                "--format",
                "json");
        assertThat(hour.json().size()).isEqualTo(2);
        assertThat(hour.json().at(0).names()).containsExactly("start", "end", "value", "quality");
    }

    @Test
    void anExportIsThereOnlyWhenItIsWhole() throws IOException {
        Path file = folder.resolve("out.csv");

        Result result = cli.run("readings", "meter/M1/consumption", "-o", file);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(4 * 48 + 1);
        assertThat(folder.resolve("out.csv.tmp")).doesNotExist();
        assertThat(cli.run("readings", "meter/M1/consumption", "-o", folder.resolve("a.csv/x"))
                        .exitCode())
                .isEqualTo(ExitCode.CANNOT_RUN);
    }

    @Test
    void anUnknownSeriesIsToldWithItsNeighbours() {
        Result result = cli.run("readings", "meter/M9/consumption");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("There is no series 'meter/M9/consumption'; there is meter/M0/consumption");
        assertThat(cli.run("readings", "M2").err()).contains("there is meter/M2/consumption");
        assertThat(cli.run("explain", "2024-01-01", "meter/m2/consumption").err())
                .contains("there is meter/M2/consumption");
    }

    @Test
    void explainListsBlocksWithFileLineAndRule() throws IOException {
        cli.run("ingest", cli.file("fix.csv", Wide.header() + Wide.row("M1", Wide.FIRST, 77)));

        Json json = cli.run("explain", "2024-01-01", "--format", "json").json();

        assertThat(json.names()).containsExactly("total", "blocks");
        assertThat(json.at("blocks").size()).isEqualTo(METERS);
        assertThat(json.text("blocks", 0, "rule")).isEqualTo("only delivery");
        assertThat(json.text("blocks", 0, "sources", 0, "line")).isEqualTo("2");
        Json corrected = json.at("blocks", 1);
        assertThat(corrected.text("series")).isEqualTo("meter/M1/consumption");
        assertThat(corrected.text("total")).isEqualTo(Wide.text(Wide.total(77)));
        assertThat(corrected.text("sources", 0, "file")).endsWith("fix.csv");
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < METERS; i++) {
            sum = sum.add((BigDecimal) json.at("blocks", i, "total").value());
        }
        assertThat(sum)
                .isEqualByComparingTo((BigDecimal) json.at("total", "total").value());

        assertThat(cli.run("explain", "2024-01-01").out()).contains("fix.csv:2").contains("only delivery");
        assertThat(cli.run("explain", "2024-01-01", "meter/M2/consumption", "--format", "json")
                        .json()
                        .at("blocks")
                        .size())
                .isEqualTo(1);
        assertThat(cli.run("explain", "2030-01-01").out()).contains("Nothing is stored for this date");
    }

    @Test
    void explainShowsFiftyUnlessAllAreAskedFor() throws IOException {
        cli.run("ingest", cli.file("many.csv", Wide.file("X", 60, 1)));

        assertThat(cli.run("explain", "2024-01-01").out()).contains("--all shows every one");
        assertThat(cli.run("explain", "2024-01-01", "--all").out().lines().filter(l -> l.startsWith("meter/")))
                .hasSize(63);
    }

    @Test
    void seriesAndFilesInEveryForm() {
        assertThat(cli.run("series").out().lines()).hasSize(METERS + 1);
        assertThat(cli.run("series", "meter/M1").out()).contains("PT30M").contains("2024-01-04");
        assertThat(cli.run("series", "nothing").out()).isEqualTo("No series has such a name.\n");
        assertThat(cli.run("series", "--format", "json").json().text(0, "series"))
                .isEqualTo("meter/M0/consumption");
        assertThat(cli.run("series", "--format", "csv").out().lines()).hasSize(METERS + 1);

        assertThat(cli.run("files").out()).contains("taken").contains("a.csv");
        Json file = cli.run("files", "--format", "json").json().at(0);
        assertThat(file.text("state")).isEqualTo("taken");
        assertThat(file.text("counts", "rows")).isEqualTo("12");
        assertThat(file.text("digest")).hasSize(64);
        assertThat(cli.run("files", "--format", "csv").out().lines()).hasSize(2);
    }
}
