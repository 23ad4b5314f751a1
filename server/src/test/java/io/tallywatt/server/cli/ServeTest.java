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
}
