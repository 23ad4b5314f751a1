package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void fill() throws IOException {
        cli = new Cli(folder);
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 1, 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total 2024-02-30 | DATE",
                "total yesterday | expected a date",
                "total --from x | --from",
                "total --from 2024-01-02 --to 2024-01-02 | --to",
                "total 2024-01-01 --to 2024-01-02 | not both",
                "total 2024-01-01 --as-of noon | --as-of",
                "total --format xml | expected text or json or csv",
                "average 1.1.2024 | DATE",
                "readings meter/M0/consumption --from 2024-01-01T00:00 | instant",
                "readings meter/M0/consumption --every PT7M | --every",
                "readings meter/M0/consumption --from 2024-01-02 --to 2024-01-01 | --to",
                "readings meter/M0/consumption --locale sv-SE --format json | only --format csv has it",
                "readings meter/M0/consumption --locale klingon | expected the tag of a language, such as sv-SE",
                "readings meter/M0/consumption --format xlsx | expected csv or json or png or svg or html or parquet, but got 'xlsx'",
                "readings | SERIES",
                "explain | DATE",
                "ingest | PATH",
                "ingest a --zone Mars/Base | --zone",
                "ingest a --unit kVArh | expected Wh, kWh or MWh",
                "ingest a --stamps middle | --stamps",
                "ingest a --dates year-first | --dates",
                "ingest a --resolution 30m | --resolution",
                "ingest a --plausible-kw -3 | --plausible-kw",
                "ingest a --format csv | expected text or json",
                "withdraw | FILE",
                "retry 99 | There is no file '99'",
                "totl | tallywatt total",
                "total --asof 2024-01-01 | --as-of",
                "simulate | --into",
                "serve --port 70000 | --port",
                "serve now | now"
            })
    void wrongUsageIsExitCodeTwoAndNamesTheParameter(String line, String part) {
        Result result = cli.run((Object[]) line.split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).startsWith("tallywatt: ").contains(part);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void versionAndHelpGoToStandardOutput() {
        assertThat(cli.run("--version").out()).startsWith("tallywatt ");
        Result help = cli.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("ingest", "total", "average", "readings", "explain", "series", "files");
        assertThat(help.out()).contains("serve", "demo", "simulate", "collect");
        assertThat(help.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ingest",
                "total",
                "average",
                "readings",
                "explain",
                "series",
                "files",
                "rejects",
                "retry",
                "withdraw",
                "simulate"
            })
    void everyCommandHasHelp(String command) {
        Result help = cli.run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: tallywatt " + command).contains("--data");
    }

    @Test
    void withoutACommandThereIsTheUsage() {
        Result result = cli.run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("Usage: tallywatt");
    }

    @Test
    void theDataFolderIsNamedBeforeOrAfterTheCommand() {
        cli.env.remove("TALLYWATT_DATA");

        assertThat(cli.run("--data", cli.data(), "total", "2024-01-01").exitCode())
                .isZero();
        assertThat(cli.run("total", "2024-01-01", "--data", cli.data()).exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "average", "series", "files", "withdraw 1", "retry 1", "rejects 1"})
    void withoutDataACommandSaysWhatToDo(String line) {
        cli.env.put("TALLYWATT_DATA", folder.resolve("none").toString());

        Result result = cli.run((Object[]) line.split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(result.err())
                .contains("There is no data in " + folder.resolve("none"))
                .contains("ingest");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aDataFolderThatCannotBeMade() {
        cli.env.put("TALLYWATT_DATA", folder.resolve("a.csv/data").toString());

        assertThat(cli.run("ingest", folder.resolve("a.csv")).exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    }

    @Test
    void theEnvironmentGoesBeforeTheFileAndAnOptionBeforeBoth() throws IOException {
        cli.env.remove("TALLYWATT_ZONE");
        cli.file("data/tallywatt.properties", "tallywatt.zone=Europe/Rome\n");
        Path file = cli.file("b.csv", Wide.file("B", 1, 1));

        cli.run("ingest", file);
        assertThat(cli.run("files", "--format", "json").json().text(0, "zone")).isEqualTo("Europe/Rome");
        cli.env.put("TALLYWATT_ZONE", "Europe/Madrid");
        cli.run("ingest", cli.file("c.csv", Wide.file("C", 1, 1)));
        assertThat(cli.run("files", "--format", "json").json().text(0, "zone")).isEqualTo("Europe/Madrid");
        cli.run("ingest", "--zone", "Europe/Oslo", cli.file("d.csv", Wide.file("D", 1, 1)));
        assertThat(cli.run("files", "--format", "json").json().text(0, "zone")).isEqualTo("Europe/Oslo");
    }

    @ParameterizedTest
    @CsvSource({
        "tallywatt.zone, Nowhere",
        "tallywatt.plausible-kw, many",
        "tallywatt.threads, 0",
        "tallywatt.memory, lots"
    })
    void aWrongSettingNamesItsPlace(String key, String value) throws IOException {
        cli.env.remove("TALLYWATT_ZONE");
        cli.env.remove("TALLYWATT_THREADS");
        cli.env.remove("TALLYWATT_MEMORY");
        cli.file("data/tallywatt.properties", key + "=" + value + "\n");

        Result result = cli.run("ingest", folder.resolve("a.csv"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains(key + " in ")
                .contains("tallywatt.properties")
                .contains(value);
    }
}
