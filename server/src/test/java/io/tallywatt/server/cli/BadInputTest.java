package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.store.StoreException;
import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each gets one clear line; nothing is lost, the rest goes on. */
class BadInputTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder);
    }

    private static String badRows() {
        String good = Wide.row("M0", Wide.FIRST, 0);
        return Wide.header()
                + good
                + Wide.row("M1", Wide.FIRST, 1).strip() + ",1,2\n"
                + Wide.row("M2", Wide.FIRST, 2).replace("2024-01-01", "2024-02-30")
                + Wide.row("M3", Wide.FIRST, 3).replaceFirst(",0?\\.?\\d+$", "")
                + Wide.row("M4", Wide.FIRST, 4).replaceFirst("2024-01-01,[^,]*", "2024-01-01,12x")
                + Wide.row("", Wide.FIRST, 5)
                + Wide.row("M6", Wide.FIRST, 6).replaceFirst("2024-01-01,[^,]*", "2024-01-01,-1.5")
                + Wide.row("M7", Wide.FIRST, 7).replaceFirst("2024-01-01,[^,]*", "2024-01-01,99999999")
                + Wide.row("M8", Wide.FIRST, 8).substring(0, 60);
    }

    @Test
    void badRowsAreToldWithLineColumnReasonAndTheGoodOnesCount() throws IOException {
        Result result = cli.run("ingest", cli.file("bad.csv", badRows()), "--format", "json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        Json file = result.json().at("files", 0);
        assertThat(file.text("outcome")).isEqualTo("taken");
        assertThat(file.at("rejects").size()).isEqualTo(6);
        assertThat(List.of(
                        file.text("rejects", 0, "code"),
                        file.text("rejects", 1, "code"),
                        file.text("rejects", 2, "code"),
                        file.text("rejects", 3, "code"),
                        file.text("rejects", 4, "code"),
                        file.text("rejects", 5, "code")))
                .containsExactly("COLUMN_COUNT", "BAD_DATE", "COLUMN_COUNT", "BAD_NUMBER", "EMPTY_METER", "CUT_OFF");
        assertThat(file.text("rejects", 1, "line")).isEqualTo("4");
        assertThat(file.text("rejects", 1, "column")).isEqualTo("Date");
        assertThat(file.text("rejects", 1, "message")).contains("2024-02-30").contains("expected");
        assertThat(file.at("notices").toString()).contains("NEGATIVE").contains("IMPLAUSIBLE");
        // M0, M6 and M7 count, the last two without the impossible values.
        Json total = cli.run("total", "2024-01-01", "--format", "json").json();
        assertThat(total.text("meters")).isEqualTo("3");
        assertThat(total.text("quality", "invalid")).isEqualTo("2");
    }

    @Test
    void theTextReportShowsTheFirstFewAndWhereTheRestIs() throws IOException {
        Result result = cli.run("ingest", cli.file("bad.csv", badRows()));

        assertThat(result.out())
                .contains("line 3: COLUMN_COUNT: ")
                .contains("line 4, column Date: BAD_DATE: ")
                .contains("and 1 more row: tallywatt rejects 1")
                .contains("6 rows rejected");
    }

    @Test
    void unreadableFilesDoNotStopTheOthers() throws IOException {
        cli.file("in/1.bin", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 1});
        cli.file("in/2.csv", "");
        cli.file("in/3.csv", "just,some,text\n1,2,3\n");
        Files.createSymbolicLink(folder.resolve("in/4.csv"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("in/5"), folder.resolve("in"));
        cli.file("in/9.csv", Wide.file("M", 1, 1));
        Files.createDirectories(folder.resolve("empty"));

        Result result = cli.run(
                "ingest",
                folder.resolve("in"),
                folder.resolve("empty"),
                folder.resolve("in/9.csv/below"),
                folder + "/*.none",
                "--format",
                "json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        Json json = result.json();
        assertThat(json.text("sum", "quarantined")).isEqualTo("3");
        assertThat(json.text("sum", "refused")).isEqualTo("4");
        assertThat(json.text("sum", "taken")).isEqualTo("1");
        assertThat(result.out())
                .contains("a link to a file that does not exist")
                .contains("the folder holds no files")
                .contains("no file matches the pattern");
    }

    @Test
    void aFullDiskRefusesBeforeAnythingIsWritten() throws IOException {
        Path file = cli.file("a.csv", Wide.file("M", 1, 1));

        Result result = cli.freeSpace(any -> 10 << 20).run("ingest", file);

        assertThat(result.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(result.out()).contains("not taken").contains("10 MB free").contains("64 MB are needed");

        Result piped = cli.stdin(Files.readAllBytes(file)).run("ingest", "-");
        assertThat(piped.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(piped.out()).contains("not taken").contains("No room left");
    }

    @Test
    void aStoreThatFailsEndsTheRunWithWhatWasTakenSoFar() throws IOException {
        cli.file("in/1.csv", Wide.file("A", 1, 1));
        cli.file("in/2.csv", Wide.file("B", 1, 1));
        cli.file("in/3.csv", Wide.file("C", 1, 1));

        Result result = cli.stores(FailingStore.afterTaking(1)).run("ingest", folder.resolve("in"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(result.out()).contains("2 files: 1 taken, 1 not taken");
        assertThat(result.err())
                .startsWith("tallywatt: stopped at ")
                .contains("2.csv: the disk is full\n")
                .contains("1 file was taken before it");

        Result again = cli.stores(Stores.DUCKDB).run("ingest", folder.resolve("in"), "--format", "json");
        assertThat(again.exitCode()).isZero();
        assertThat(again.json().text("sum", "known")).isEqualTo("1");
        assertThat(again.json().text("sum", "taken")).isEqualTo("2");
    }

    @Test
    void aBusyStoreIsOneLine() throws IOException {
        Path file = cli.file("a.csv", Wide.file("M", 1, 1));

        Result result = cli.stores((folder, settings, readOnly, clock) -> {
                    throw new StoreException(StoreException.Kind.BUSY, "The data is in use by process 7");
                })
                .run("ingest", file);

        assertThat(result.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(result.err()).isEqualTo("tallywatt: The data is in use by process 7\n");
    }
}
