package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tallywatt.core.alert.AlertPolicy;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.server.alert.AlertSettings;
import io.tallywatt.server.alert.SmtpAddress;
import io.tallywatt.server.alert.SmtpAddress.Security;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertSettingsTest {
    private static final Map<String, String> MAIL = Map.of(
            "tallywatt.alert.mail-from",
            "Tallywatt <alerts@example.org>",
            "tallywatt.alert.mail-to",
            "Ann <ann@example.org>, bob@example.org");

    @TempDir
    Path folder;

    private AlertSettings read(Map<String, String> properties) throws IOException {
        StringBuilder text = new StringBuilder();
        properties.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.writeString(folder.resolve(Settings.FILE), text);
        return Settings.of(folder, Map.of()).alerts();
    }

    private AlertSettings withMail(String key, String value) throws IOException {
        Map<String, String> all = new HashMap<>(MAIL);
        all.put(key, value);
        return read(all);
    }

    private Stop refused(Map<String, String> properties) {
        Stop stop = catchThrowableOfType(Stop.class, () -> read(properties));
        assertThat(stop).as("%s should not be taken", properties).isNotNull();
        assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(stop.getMessage()).doesNotContain("secret").doesNotContain("\n");
        assertThat(stop.getCause()).isNull();
        return stop;
    }

    @Test
    void withoutSettingsOnlyTheLogIsTold() throws IOException {
        assertThat(read(Map.of())).isEqualTo(AlertSettings.DEFAULT);
        assertThat(AlertPolicy.DEFAULT)
                .isEqualTo(new AlertPolicy(Duration.ofHours(1), 20, Severity.WARNING, Duration.ofDays(2)));
    }

    @Test
    void everythingMayBeSet() throws IOException {
        Map<String, String> all = new HashMap<>(MAIL);
        all.put("tallywatt.alert.webhook", "https://hooks.example.org/T0/B0?x=1");
        all.put("tallywatt.alert.webhook-authorization", "Bearer tk_1");
        all.put("tallywatt.alert.ntfy-topic", "my_sites-1");
        all.put("tallywatt.alert.smtp", "smtp://me%40example.org:p%3Aa%2Fs+s@mail.example.org");
        all.put("tallywatt.alert.cool-down", "PT15M");
        all.put("tallywatt.alert.per-hour", "5");
        all.put("tallywatt.alert.least", "critical");
        all.put("tallywatt.alert.max-age", "P7D");
        AlertSettings settings = read(all);

        assertThat(settings.policy())
                .isEqualTo(new AlertPolicy(Duration.ofMinutes(15), 5, Severity.CRITICAL, Duration.ofDays(7)));
        assertThat(settings.webhook().address()).isEqualTo(URI.create("https://hooks.example.org/T0/B0?x=1"));
        assertThat(settings.webhook().authorization().value()).isEqualTo("Bearer tk_1");
        assertThat(settings.webhook().ntfyTopic()).isEqualTo("my_sites-1");
        assertThat(settings.mail().from()).isEqualTo("Tallywatt <alerts@example.org>");
        assertThat(settings.mail().to()).isEqualTo(List.of("Ann <ann@example.org>", "bob@example.org"));
        SmtpAddress server = settings.mail().server();
        assertThat(server.host()).isEqualTo("mail.example.org");
        assertThat(server.port()).isEqualTo(587);
        assertThat(server.user().name()).isEqualTo("me@example.org");
        assertThat(server.user().password().value()).isEqualTo("p:a/s+s");
        assertThat(settings.toString())
                .doesNotContain("p:a")
                .doesNotContain("tk_1")
                .doesNotContain("T0");
    }

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example.org, STARTTLS_IF_OFFERED, 25",
        "smtp://u:p@mail.example.org, STARTTLS, 587",
        "smtp://u:p@mail.example.org:2525/, STARTTLS, 2525",
        "smtp://u:p@localhost, STARTTLS_IF_OFFERED, 587",
        "smtp://u:p@127.0.0.1, STARTTLS_IF_OFFERED, 587",
        "'smtp://u:p@[::1]:25', STARTTLS_IF_OFFERED, 25",
        "smtp://u:p@192.0.2.1, STARTTLS, 587",
        "smtps://mail.example.org, TLS, 465",
        "SMTPS://u:p@mail.example.org:8465, TLS, 8465"
    })
    void aPasswordGoesToAnotherMachineOnlyThroughTls(String address, Security security, int port) throws IOException {
        SmtpAddress server = withMail("tallywatt.alert.smtp", address).mail().server();
        assertThat(server.security()).isEqualTo(security);
        assertThat(server.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "mail.example.org:25",
                "http://u:secret@mail.example.org",
                "smtp://usersecret@mail.example.org",
                "smtp://u:se@cret@mail.example.org",
                "smtp://u:secret%zz@mail.example.org",
                "smtp://u:secret@",
                "smtp://u:secret@mail.example.org:port",
                "smtp://u:secret@mail.example.org/inbox",
                "smtp://u:sec ret@mail.example.org?x=secret"
            })
    void aWrongMailServerIsToldWithoutIt(String address) {
        Map<String, String> all = new HashMap<>(MAIL);
        all.put("tallywatt.alert.smtp", address);
        assertThat(refused(all))
                .hasMessageContaining("tallywatt.alert.smtp in ")
                .hasMessageContaining("%40");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.example.org/secret",
                "ftp://hooks.example.org/secret",
                "https:///secret",
                "https://u:secret@hooks.example.org/",
                "https://hooks.example.org/#secret",
                "https://hooks.example.org/a secret"
            })
    void aWrongWebhookIsToldWithoutIt(String address) {
        assertThat(refused(Map.of("tallywatt.alert.webhook", address)))
                .hasMessageContaining("tallywatt.alert.webhook in ")
                .hasMessageContaining("expected an address");
    }

    @Test
    void aWrongHeaderIsToldWithoutIt() {
        assertThat(refused(Map.of(
                        "tallywatt.alert.webhook",
                        "https://example.org",
                        "tallywatt.alert.webhook-authorization",
                        "Bearer secret\\r\\nX: y")))
                .hasMessageContaining("webhook-authorization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cool-down | 1 hour | such as PT1H",
                "cool-down | -PT1H | such as PT1H",
                "cool-down | P9999D | at most P366D",
                "max-age | yesterday | such as PT1H",
                "per-hour | 0 | from 1 to 9999",
                "per-hour | many | from 1 to 9999",
                "least | SEVERE | INFO, WARNING or CRITICAL"
            })
    void aWrongLimitNamesItsPlace(String key, String value, String expected) {
        assertThat(refused(Map.of("tallywatt.alert." + key, value)))
                .hasMessageContaining("tallywatt.alert." + key + " in ")
                .hasMessageContaining(Settings.FILE)
                .hasMessageContaining(expected)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail-from | alerts",
                "mail-from | a@example.org, b@example.org",
                "mail-to | @example.org",
                "mail-to | ann@example.org; bob@example.org",
                "mail-to | ann@example.org\\nBcc: eve@example.org"
            })
    void aWrongMailAddressNamesItsPlace(String key, String value) {
        Map<String, String> all = new HashMap<>(MAIL);
        all.put("tallywatt.alert.smtp", "smtp://localhost");
        all.put("tallywatt.alert." + key, value);
        Stop stop = catchThrowableOfType(Stop.class, () -> read(all));
        assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(stop).hasMessageContaining("tallywatt.alert." + key);
    }

    @Test
    void aWrongTopicNamesItsPlace() {
        assertThat(refused(Map.of(
                        "tallywatt.alert.webhook", "https://ntfy.example.org", "tallywatt.alert.ntfy-topic", "a/b")))
                .hasMessageContaining("tallywatt.alert.ntfy-topic in ")
                .hasMessageContaining("'a/b'");
    }

    @Test
    void halfOfWhatBelongsTogetherIsRefused() {
        assertThat(refused(Map.of("tallywatt.alert.smtp", "smtp://u:secret@localhost")))
                .hasMessageContaining("mail-to");
        assertThat(refused(MAIL)).hasMessageContaining("tallywatt.alert.smtp");
        assertThat(refused(Map.of("tallywatt.alert.webhook-authorization", "Bearer secret")))
                .hasMessageContaining("nothing without tallywatt.alert.webhook");
    }

    @Test
    void aSecretMayStandInAFileOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("smtp.txt"), "smtp://u:hidden@localhost\n");
        Path elsewhere = Files.writeString(folder.resolve("hook.txt"), " https://hooks.example.org/T0 \n");
        Map<String, String> all = new HashMap<>(MAIL);
        all.put("tallywatt.alert.smtp-file", "smtp.txt");
        all.put("tallywatt.alert.webhook-file", elsewhere.toAbsolutePath().toString());
        AlertSettings settings = read(all);
        assertThat(settings.mail().server().user().password().value()).isEqualTo("hidden");
        assertThat(settings.webhook().address()).isEqualTo(URI.create("https://hooks.example.org/T0"));

        all.put("tallywatt.alert.webhook", "https://hooks.example.org/T1");
        assertThat(refused(all)).hasMessageContaining("Both tallywatt.alert.webhook and");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        assertThat(refused(Map.of("tallywatt.alert.webhook-file", "none.txt")))
                .hasMessageContaining("tallywatt.alert.webhook-file in ")
                .hasMessageContaining("none.txt cannot be read: no such file");
        Files.writeString(folder.resolve("long.txt"), "secret ".repeat(9000));
        assertThat(refused(Map.of("tallywatt.alert.webhook-file", "long.txt"))).hasMessageContaining("too long");
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() {
        AlertSettings settings =
                Settings.of(folder, Map.of("TALLYWATT_ALERT_PER_HOUR", "7")).alerts();
        assertThat(settings.policy().perHour()).isEqualTo(7);
    }
}
