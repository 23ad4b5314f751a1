package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.access.KeyText;
import io.tallywatt.core.access.Scope;
import io.tallywatt.server.access.FileKeys;
import io.tallywatt.server.packaged.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that others reach: who may do what there. */
class AccessIT {
    private static final RunningServer SERVER =
            new RunningServer("-Xmx256m", Map.of("TALLYWATT_PUBLIC_READ", "flows"), List.of("--host", "0.0.0.0"));
    private static final String FILE = "meter,timestamp,kWh\nM1,2024-07-01T00:00Z,1\nM1,2024-07-01T00:30Z,1\n";
    private static final String TOTAL = "/api/v1/consumption/total/2024-07-01";

    private static FileKeys keys;
    private final Caller caller = new Caller(SERVER);

    @BeforeAll
    static void start() throws Exception {
        SERVER.prepare();
        Files.createDirectories(SERVER.data());
        keys = new FileKeys(SERVER.data());
        made(Scope.ADMIN);
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.close();
    }

    private static KeyText made(Scope scope) {
        return keys.make("test", scope, Instant.now());
    }

    @Test
    void withoutAKeyOnlyWhatIsPublicIsAnswered() {
        Answer none = caller.get(TOTAL);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"tallywatt\"");
        assertThat(caller.post("/api/v1/files?name=f.csv", FILE).status()).isEqualTo(401);
        assertThat(caller.get("/api/v1/prices").status()).isEqualTo(401);
        assertThat(caller.get("/api/v1/live").status()).isEqualTo(401);
        assertThat(caller.get("/api/v1/flows/latest").status()).isEqualTo(200);
        assertThat(SERVER.log()).contains("every request needs an API key");
    }

    @Test
    void aKeyAllowsWhatItsScopeSaysUntilItIsRevoked() {
        KeyText reader = made(Scope.READ);
        KeyText writer = made(Scope.WRITE);
        String[] read = {"Authorization", "Bearer " + reader.text()};
        assertThat(caller.get(TOTAL, read).status()).isEqualTo(200);
        Answer refused = caller.post("/api/v1/files?name=f.csv", FILE, read);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("'read'", "'write'");
        assertThat(caller.post("/api/v1/files?name=f.csv", FILE, "X-Api-Key", writer.text())
                        .status())
                .isEqualTo(201);
        byte[] group = "M1\n".getBytes(StandardCharsets.UTF_8);
        for (String method : List.of("PUT", "DELETE")) {
            assertThat(caller.send(method, "/api/v1/groups/g", group, "Content-Type", "text/csv")
                            .status())
                    .isEqualTo(401);
            assertThat(caller.send(method, "/api/v1/groups/g", group, read[0], read[1], "Content-Type", "text/csv")
                            .status())
                    .isEqualTo(403);
        }
        String[] write = {"X-Api-Key", writer.text(), "Content-Type", "text/csv"};
        assertThat(caller.send("PUT", "/api/v1/groups/g", group, write).status())
                .isEqualTo(201);
        assertThat(caller.get(TOTAL + "?group=g", read).status()).isEqualTo(200);
        assertThat(caller.send("DELETE", "/api/v1/groups/g", new byte[0], write).status())
                .isEqualTo(204);
        assertThat(caller.get(TOTAL + "?key=" + reader.text()).status())
                .as("never in the address")
                .isEqualTo(401);

        assertThat(keys.revoke(reader.id(), Instant.now())).isPresent();
        assertThat(caller.get(TOTAL, read).status()).isEqualTo(401);
    }
}
