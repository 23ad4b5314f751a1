package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryWithdrawTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder);
    }

    private String total(String date, String... more) {
        Object[] words = new Object[4 + more.length];
        words[0] = "total";
        words[1] = date;
        words[2] = "--format";
        words[3] = "json";
        System.arraycopy(more, 0, words, 4, more.length);
        return cli.run(words).json().text("total");
    }

    @Test
    void aWithdrawnFileGivesNothingAndWithdrawingTwiceChangesNothing() throws IOException {
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 2, 1)));
        String knownAt =
                cli.run("total", "2024-01-01", "--format", "json").json().text("knownAt");

        Result first = cli.run("withdraw", "a.csv");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("is withdrawn; meter-days: 2 removed");
        assertThat(total("2024-01-01")).isEqualTo("0");
        assertThat(total("2024-01-01", "--as-of", knownAt)).isEqualTo(Wide.text(Wide.total(2, 0)));

        Result second = cli.run("withdraw", "1");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("was withdrawn before: nothing changed");
        assertThat(cli.run("withdraw", "1", "--format", "json").json().text("state"))
                .isEqualTo("withdrawn");
    }

    @Test
    void whatACorrectionCoveredComesToLightAgain() throws IOException {
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 1, 1)));
        cli.run("ingest", cli.file("b.csv", Wide.header() + Wide.row("M0", Wide.FIRST, 9)));
        assertThat(total("2024-01-01")).isEqualTo(Wide.text(Wide.total(9)));

        assertThat(cli.run("withdraw", folder.resolve("b.csv")).out()).contains("1 back to what other files gave");

        assertThat(total("2024-01-01")).isEqualTo(Wide.text(Wide.total(0)));
    }

    @Test
    void anUnknownOrAmbiguousFileIsWrongUsage() throws IOException {
        cli.run("ingest", cli.file("x/a.csv", Wide.file("M", 1, 1)), cli.file("y/a.csv", Wide.file("N", 1, 1)));

        Result ambiguous = cli.run("withdraw", "a.csv");
        assertThat(ambiguous.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ambiguous.err()).contains("by its id").contains("1 (").contains("2 (");
        assertThat(cli.run("rejects", "zzz").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("withdraw", folder.resolve("x/a.csv")).exitCode()).isZero();
    }

    @Test
    void aQuarantinedFileIsReadAgainFromWhatWasKept() throws IOException {
        String text = Wide.header() + Wide.row("M1", Wide.FIRST, 1).replace("2024-01-01", "01/13/2024");
        Path file = cli.file("us.csv", text);
        assertThat(cli.run("ingest", file, "--dates", "day-first").out()).contains("in quarantine as delivery 1");
        Files.delete(file);
        assertThat(cli.run("rejects", "1").out()).contains("could not be read at all");

        Result still = cli.run("retry", "us.csv", "--dates", "day-first");
        assertThat(still.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(still.out()).contains("in quarantine as delivery 1");

        Result retried = cli.run("retry", "us.csv");
        assertThat(retried.exitCode()).isZero();
        assertThat(total("2024-01-13")).isEqualTo(Wide.text(Wide.total(1)));
        assertThat(cli.run("files", "--format", "json").json().text(0, "receivedAt"))
                .as("fixed at the door")
                .startsWith("2025-06-01T00:00");
        try (Stream<Path> kept = Files.list(cli.data().resolve("quarantine"))) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void aFileWithRejectsIsReadAgainWhereItLies() throws IOException {
        // London skips an hour on that day, in which this file has values: it is in UTC.
        String text = Wide.header() + Wide.row("M1", Wide.FIRST, 1) + Wide.row("M1", LocalDate.of(2024, 3, 31), 2);
        Path file = cli.file("a.csv", text);
        cli.run("ingest", file, "--zone", "Europe/London");
        assertThat(cli.run("rejects", "a.csv", "--format", "json").json().text(0, "code"))
                .isEqualTo("NONEXISTENT_LOCAL_TIME");

        Result same = cli.run("retry", "a.csv", "--zone", "Europe/London");
        assertThat(same.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(same.out()).contains("NONEXISTENT_LOCAL_TIME").contains("--zone UTC");

        Result retried = cli.run("retry", "a.csv", "--zone", "UTC");

        assertThat(retried.exitCode()).isZero();
        assertThat(total("2024-03-31")).isEqualTo(Wide.text(Wide.total(2)));
        assertThat(cli.run("rejects", "a.csv").out()).contains("every row was taken");
        assertThat(cli.run("retry", "a.csv").out()).contains("there is nothing to retry");
    }

    @Test
    void aFileThatChangedSinceIsNotTakenForTheSame() throws IOException {
        Path file = cli.file("a.csv", Wide.file("M", 1, 1) + "x\n");
        cli.run("ingest", file);
        Files.writeString(file, Wide.file("M", 1, 2));

        Result result = cli.run("retry", "a.csv");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(result.err()).contains("has changed since").contains("tallywatt ingest");
    }

    @Test
    void rejectsInEveryForm() throws IOException {
        cli.run("ingest", cli.file("a.csv", Wide.file("M", 1, 1) + "M1,nonsense\n"));

        assertThat(cli.run("rejects", "a.csv").out())
                .contains("1 row was not taken")
                .contains("line 3")
                .contains("    M1,nonsense");
        assertThat(cli.run("rejects", "1", "--format", "csv").out()).contains("\"M1,nonsense\"");
        Json reject = cli.run("rejects", "1", "--format", "json").json().at(0);
        assertThat(reject.names()).containsExactly("line", "column", "code", "message", "text");
    }
}
