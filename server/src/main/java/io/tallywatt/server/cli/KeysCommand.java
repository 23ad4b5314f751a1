package io.tallywatt.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.Json;
import io.tallywatt.aws.AwsClients;
import io.tallywatt.aws.AwsSettings;
import io.tallywatt.aws.access.DynamoKeys;
import io.tallywatt.core.access.ApiKey;
import io.tallywatt.core.access.KeyStore;
import io.tallywatt.core.access.KeyText;
import io.tallywatt.core.access.Scope;
import io.tallywatt.server.access.FileKeys;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import io.tallywatt.server.report.TextTable;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes, lists and revokes API keys. */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "create|list|revoke",
        description =
                "Makes, lists and revokes API keys. A server that others than this machine reach asks for one, and so does"
                        + " the API on AWS.")
final class KeysCommand implements Callable<Integer> {
    private static final int LONGEST_NAME = 100;

    private final Session session;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            scope = ScopeType.INHERIT,
            description =
                    "The keys of the API on AWS, in this DynamoDB table, in place of those of the data folder. Region and"
                            + " credentials are found as the AWS command line finds them.")
    private @Nullable String table;

    KeysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(session.surroundings().err());
        return ExitCode.USAGE;
    }

    @Command(name = "create", description = "Makes a key and shows it, this once.")
    int create(
            @Parameters(paramLabel = "NAME", description = "Whose it is, or what for.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "read|write|admin",
                            required = true,
                            description = "What it allows: to ask; to send files and readings, too; everything.")
                    String scope)
            throws IOException {
        Scope allowed = Scope.of(scope)
                .orElseThrow(() -> Stop.usage(
                        "Invalid value for option '--scope': expected read, write or admin, but got '" + scope + "'"));
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Stop.usage("Expected a name of at most " + LONGEST_NAME + " characters, but got '" + name + "'");
        }
        KeyText key = onStore(keys -> keys.make(name, allowed, now()));
        session.surroundings()
                .err()
                .println("Key " + key.id() + " for '" + Text.clean(name) + "', to " + allowed.word()
                        + ". This is all of it, and it is not shown again:");
        answer(key.text() + "\n");
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "Lists the keys, without their secrets.")
    int list(
            @Option(
                            names = "--format",
                            paramLabel = "text|json",
                            defaultValue = "text",
                            description = "Form of the answer (${DEFAULT-VALUE}).")
                    String format)
            throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON);
        List<ApiKey> all = onStore(KeyStore::all);
        if (form == Format.JSON) {
            json(all);
        } else if (all.isEmpty()) {
            answer("There are no keys yet: tallywatt keys create NAME --scope read\n");
        } else {
            table(all);
        }
        return ExitCode.DONE;
    }

    @Command(name = "revoke", description = "Takes from a key what it allows, for good; on AWS within a minute.")
    int revoke(@Parameters(paramLabel = "ID", description = "As the list has it.") String id) throws IOException {
        // Whoever pastes all of the key means its id.
        String bare = KeyText.parse(id).map(KeyText::id).orElse(id);
        ApiKey key = onStore(keys -> keys.revoke(bare, now()))
                .orElseThrow(() -> Stop.usage(
                        "There is no key '" + Text.clean(bare) + "'; tallywatt keys list shows those there are"));
        answer("Key " + key.id() + " for '" + Text.clean(key.name()) + "' allows nothing since " + key.revoked()
                + "\n");
        return ExitCode.DONE;
    }

    private Instant now() {
        return session.surroundings().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private <T> T onStore(Function<KeyStore, T> work) throws IOException {
        if (table == null) {
            Files.createDirectories(session.dataFolder());
            return work.apply(new FileKeys(session.dataFolder()));
        }
        Map<String, String> env = session.surroundings().env();
        try {
            return work.apply(new DynamoKeys(new AwsClients(new AwsSettings(env::get)).dynamoDb(), table));
        } catch (AwsSettings.Unusable e) {
            throw Stop.usage(String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            throw Stop.cannotRun("The table " + table + " cannot be asked: " + e.getMessage());
        }
    }

    private void answer(String text) throws IOException {
        try (Output out = session.answer()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void table(List<ApiKey> keys) throws IOException {
        try (Output out = session.answer();
                TextTable rows = new TextTable(
                        out,
                        Column.left("id"),
                        Column.left("name"),
                        Column.left("scope"),
                        Column.left("created"),
                        Column.left("revoked"))) {
            for (ApiKey key : keys) {
                rows.row(
                        key.id(),
                        Text.clean(key.name()),
                        key.scope().word(),
                        key.created().toString(),
                        key.revoked() == null ? "" : key.revoked().toString());
            }
        }
    }

    private void json(List<ApiKey> keys) throws IOException {
        try (Output out = session.answer();
                JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (ApiKey key : keys) {
                json.writeStartObject();
                json.writeStringField("id", key.id());
                json.writeStringField("name", key.name());
                json.writeStringField("scope", key.scope().word());
                Json.instant(json, "created", key.created());
                Json.instant(json, "revoked", key.revoked());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
