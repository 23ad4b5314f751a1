package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.access.DynamoKeys;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.access.KeyText;
import io.tallywatt.core.access.Scope;
import io.tallywatt.server.access.FileKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys by the command line, and the servers that want them. */
class KeysCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(folder);
    }

    private KeyText create(Object... more) {
        Object[] arguments = new Object[3 + more.length];
        System.arraycopy(new Object[] {"keys", "create", "Grafana"}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        Cli.Result result = cli.run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return KeyText.parse(result.out().strip()).orElseThrow();
    }

    @Test
    void aKeyIsShownOnceListedWithoutItsSecretAndRevoked() throws Exception {
        KeyText key = create("--scope", "write");
        Path file = cli.data().resolve("keys.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(key.secret());

        Cli.Result list = cli.run("keys", "list");
        assertThat(list.out()).contains(key.id(), "Grafana", "write").doesNotContain(key.secret());
        assertThat(cli.run("keys", "list", "--format", "json").out())
                .contains("\"id\":\"" + key.id() + "\"", "\"revoked\":null")
                .doesNotContain("hash");

        // All of the key will do as well as its id.
        assertThat(cli.run("keys", "revoke", key.text()).exitCode()).isZero();
        assertThat(new FileKeys(cli.data()).find(key.id()).orElseThrow().revoked())
                .isNotNull();
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(cli.run("keys", "create", "x", "--scope", "all").err()).contains("read, write or admin", "'all'");
        assertThat(cli.run("keys", "create", " ", "--scope", "read").exitCode()).isEqualTo(2);
        Cli.Result none = cli.run("keys", "revoke", "0123456789");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("There is no key '0123456789'", "keys list");
        assertThat(cli.run("keys").exitCode()).isEqualTo(2);
        assertThat(cli.run("keys", "list").out()).contains("There are no keys yet");
    }

    @Test
    void aServerThatOthersReachDoesNotStartWithoutAKey() {
        for (String[] arguments :
                new String[][] {{"serve", "--host", "0.0.0.0"}, {"serve", "--need-keys"}, {"serve", "--host", "::"}}) {
            Cli.Result result = cli.run((Object[]) arguments);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("tallywatt keys create");
        }
        KeyText key = create("--scope", "read");
        assertThat(cli.run("keys", "revoke", key.id()).exitCode()).isZero();
        assertThat(cli.run("serve", "--host", "0.0.0.0").exitCode())
                .as("a revoked key is none")
                .isEqualTo(2);
    }

    @Test
    void whatIsPublicIsSaidInTheSettingsOrRefused() {
        cli.env.put("TALLYWATT_PUBLIC_READ", "flows,meters");
        Cli.Result result = cli.run("serve");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("TALLYWATT_PUBLIC_READ", "'meters'");
    }

    @Test
    void aDamagedFileLetsNobodyInAndIsSaid() throws Exception {
        Files.createDirectories(cli.data());
        Files.writeString(cli.data().resolve("keys.json"), "[{\"id\":\"x\"");
        Cli.Result result = cli.run("serve", "--need-keys");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("keys.json is damaged", "tallywatt keys create");
    }

    @Test
    void keysOfTheApiOnAwsAreInItsTable() {
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        cli.env.put("TALLYWATT_AWS_ENDPOINT", LocalDynamoDb.get().endpoint().toString());
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        try {
            KeyText key = create("--scope", "admin", "--table", table);
            DynamoKeys keys = new DynamoKeys(LocalDynamoDb.get().client(), table);
            assertThat(keys.find(key.id()).orElseThrow().scope()).isEqualTo(Scope.ADMIN);
            assertThat(cli.run("keys", "list", "--table", table).out()).contains(key.id());
            assertThat(cli.run("keys", "revoke", key.id(), "--table", table).exitCode())
                    .isZero();
            assertThat(keys.find(key.id()).orElseThrow().revoked()).isNotNull();
            assertThat(cli.data().resolve("keys.json")).doesNotExist();

            Cli.Result none = cli.run("keys", "list", "--table", "no-such-table");
            assertThat(none.exitCode()).isEqualTo(3);
            assertThat(none.err()).contains("no-such-table");
        } finally {
            System.clearProperty("aws.region");
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }
}
