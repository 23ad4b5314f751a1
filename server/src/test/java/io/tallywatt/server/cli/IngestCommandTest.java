package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder);
    }

    @Test
    void takesAFileOnceAndSaysSoTheSecondTime() throws IOException {
        Path file = cli.file("a.csv", Wide.file("M", 3, 4));

        Result first = cli.run("ingest", file);
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("12 rows, meter-days: 12 new");
        assertThat(first.err()).isEmpty();

        Result second = cli.run("ingest", file);
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("known already as delivery 1: nothing changed");
        assertThat(cli.run("total", "2024-01-02", "--format", "json").json().text("total"))
                .isEqualTo(Wide.text(Wide.total(3, 1)));
    }

    @Test
    void reportsEveryFileAndTheSumAsJson() throws IOException {
        cli.file("in/a.csv", Wide.file("A", 2, 2));
        cli.file("in/b.csv", Wide.header() + Wide.row("B", Wide.FIRST, 1) + "B,2024-13-40,1\n");
        cli.file("in/c.bin", new byte[] {0, 1, 2, 3, 0, 0, 7, 8});

        Result result = cli.run("ingest", folder.resolve("in"), folder.resolve("nope"), "--format", "json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        Json json = result.json();
        assertThat(json.names()).containsExactly("files", "sum");
        assertThat(json.at("files").size()).isEqualTo(4);
        Json taken = json.at("files", 0);
        assertThat(taken.text("outcome")).isEqualTo("taken");
        assertThat(taken.text("name")).endsWith("a.csv");
        assertThat(taken.text("delivery")).isEqualTo("1");
        assertThat(taken.text("format")).isEqualTo("wide");
        assertThat(taken.at("decisions").size()).isPositive();
        assertThat(taken.text("counts", "rows")).isEqualTo("4");
        assertThat(taken.text("counts", "new")).isEqualTo("4");
        assertThat(taken.text("reason")).isEqualTo("null");
        assertThat(json.text("files", 1, "rejects", 0, "line")).isEqualTo("3");
        assertThat(json.text("files", 2, "outcome")).isEqualTo("quarantined");
        assertThat(json.text("files", 2, "reason")).isNotEmpty();
        assertThat(json.text("files", 3, "outcome")).isEqualTo("refused");
        assertThat(json.text("files", 3, "reason")).isEqualTo("no such file");
        assertThat(json.text("sum", "files")).isEqualTo("4");
        assertThat(json.text("sum", "taken")).isEqualTo("2");
        assertThat(json.text("sum", "counts", "rejected")).isEqualTo("1");
    }

    @Test
    void tellsWhatChanged() throws IOException {
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 2, 2)));
        String changed = Wide.header()
                + Wide.row("M0", Wide.FIRST, 0)
                + Wide.row("M1", Wide.FIRST, 4711)
                + Wide.row("M2", Wide.FIRST, 5);

        Json counts = cli.run("ingest", cli.file("b.csv", changed), "--format", "json")
                .json()
                .at("files", 0, "counts");

        assertThat(counts.text("unchanged")).isEqualTo("1");
        assertThat(counts.text("corrected")).isEqualTo("1");
        assertThat(counts.text("new")).isEqualTo("1");
    }

    @Test
    void readAgainWithAnotherZoneReplacesWhatTheFileGave() throws IOException {
        Path file = cli.file("a.csv", Wide.file("M", 1, 2));
        cli.run("ingest", file);

        Result again = cli.run("ingest", file, "--zone", "Europe/Paris");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("had come before: what it gave then is replaced");
        assertThat(cli.run("total", "2024-01-01", "--format", "json").json().text("zone"))
                .isEqualTo("Europe/Paris");
    }

    @Test
    void readsStandardInput() throws IOException {
        Result result =
                cli.stdin(Wide.file("M", 1, 1).getBytes(StandardCharsets.UTF_8)).run("ingest", "-");

        assertThat(result.exitCode()).isZero();
        assertThat(cli.run("files", "--format", "json").json().text(0, "name")).isEqualTo("-");
        try (var left = Files.list(cli.data().resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void standardInputIsReadOnlyOnce() {
        assertThat(cli.run("ingest", "-", "-").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void clearsWhatAKilledRunLeftBehind() throws IOException {
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 1, 1)));
        Path left = Files.createFile(
                Files.createDirectories(cli.data().resolve("tmp")).resolve("incoming-1.tmp"));

        cli.run("ingest", folder.resolve("a.csv"));

        assertThat(left).doesNotExist();
    }

    @Test
    void dryRunShowsDecisionsAndRowsAndStoresNothing() throws IOException {
        Path file = cli.file("a.csv", Wide.file("M", 2, 3));

        Result result = cli.run("ingest", "--dry-run", file);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("format wide", "meter column", "Meter", "(header)", "zone", "UTC")
                .contains("line 2  meter/M0/consumption  2024-01-01  ")
                .contains("total " + Wide.text(Wide.total(0)) + " kWh")
                .contains("line 4  ")
                .doesNotContain("line 5  ")
                .contains("Nothing was stored");
        assertThat(cli.data()).doesNotExist();
    }

    @Test
    void dryRunAsJson() throws IOException {
        cli.file("in/a.csv", Wide.file("M", 2, 3));
        cli.file("in/b.bin", new byte[] {0, 0, 0, 0, 0});

        Result result = cli.run("ingest", "--dry-run", "--format", "json", folder.resolve("in"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        Json first = result.json().at("files", 0);
        assertThat(first.at("rows").size()).isEqualTo(3);
        assertThat(first.text("rows", 0, "values", 0)).isEqualTo("0");
        assertThat(first.text("rows", 0, "total")).isEqualTo(Wide.text(Wide.total(0)));
        assertThat(result.json().text("files", 1, "outcome")).isEqualTo("unreadable");
    }

    @Test
    void ourOwnDataFolderIsNobodysMeterFile() throws IOException {
        cli.file("a.csv", Wide.file("M", 1, 1));
        cli.run("ingest", folder);

        Json json = cli.run("ingest", folder, "--format", "json").json();

        assertThat(json.text("sum", "files")).isEqualTo("1");
        assertThat(json.text("sum", "known")).isEqualTo("1");
    }

    @Test
    void namesWithControlCharactersDoNotReachTheTerminal() throws IOException {
        cli.file("in/ev\033[31mil.csv", Wide.file("M", 1, 1));

        assertThat(cli.run("ingest", folder.resolve("in")).out())
                .doesNotContain("\033")
                .contains("ev?[31mil.csv");
    }

    @Test
    void progressIsGoneWhenTheReportStands() throws IOException {
        Result result = cli.terminal(80).run("ingest", cli.file("a.csv", Wide.file("M", 100, 200)));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).doesNotContain("\r").doesNotContain("\033");
        assertThat(result.err())
                .satisfiesAnyOf(e -> assertThat(e).isEmpty(), e -> assertThat(e).endsWith("\r\033[K"));
    }
}
