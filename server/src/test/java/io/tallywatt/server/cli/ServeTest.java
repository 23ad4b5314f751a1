package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.server.files.WorkingFolder;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening a store to serve from it. */
class ServeTest {
    @TempDir
    Path folder;

    private Session session(Optional<String> holder) {
        Elsewhere elsewhere = new Elsewhere() {
            @Override
            public Answer run(Path dataFolder, List<String> arguments, Surroundings outside) {
                throw new IllegalStateException("a server is not handed over");
            }

            @Override
            public Optional<String> holder(Path dataFolder) {
                return holder;
            }
        };
        return new Session(
                List.of("serve"),
                Surroundings.of(
                                InputStream.nullInputStream(),
                                System.out,
                                System.err,
                                Map.of("TALLYWATT_MEMORY", "256MB"),
                                Clock.systemUTC())
                        .withWorkingFolder(new WorkingFolder(folder, 0))
                        .withElsewhere(elsewhere));
    }

    @Test
    void aServerOpensTheStoreItself() {
        try (Stores.Open store = session(Optional.empty()).openToServe()) {
            assertThat(store.ledger().deliveries()).isEmpty();
        }
    }

    @Test
    void aSecondServerIsToldWhereTheFirstOneIs() {
        assertThatThrownBy(() -> session(Optional.of("http://localhost:8080/ (process 7)"))
                        .openToServe())
                .isInstanceOf(Stop.class)
                .hasMessage("A server holds the data folder " + folder.resolve("tallywatt-data")
                        + " already: http://localhost:8080/ (process 7)");
    }

    @Test
    void aFolderThatHoldsTheDataIsNoInbox() {
        Cli cli = new Cli(folder);

        Cli.Result result = cli.run("serve", "--inbox", folder);

        assertThat(result.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(result.err())
                .isEqualTo("tallywatt: The folder " + folder + " cannot be the inbox: the data folder lies in it\n");
    }

    @Test
    void settingsOfTheInboxAreCheckedBeforeAnythingIsServed() {
        Cli cli = new Cli(folder);
        cli.env.put("TALLYWATT_INBOX_QUIET", "soon");
        Cli.Result quiet = cli.run("serve");
        assertThat(quiet.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(quiet.err())
                .contains(
                        "Invalid setting TALLYWATT_INBOX_QUIET: expected a length of time of at most a day such as PT1S");

        cli.env.put("TALLYWATT_INBOX_QUIET", "PT2S");
        cli.env.put("TALLYWATT_INBOX_SAME_NAME", "perhaps");
        assertThat(cli.run("serve").err())
                .contains("Invalid setting TALLYWATT_INBOX_SAME_NAME: expected refuse or take, but got 'perhaps'");
    }

    @Test
    void theInboxIsInTheDataFolderUnlessSaidOtherwise() {
        Path data = folder.resolve("d");
        assertThat(Settings.of(data, Map.of()).inbox()).isEqualTo(data.resolve("inbox"));
        assertThat(Settings.of(data, Map.of("TALLYWATT_INBOX", "in/box")).inbox())
                .isEqualTo(data.resolve("in/box"));
        assertThat(Settings.of(data, Map.of("TALLYWATT_INBOX", "/in/box")).inbox())
                .isEqualTo(Path.of("/in/box"));
    }
}
