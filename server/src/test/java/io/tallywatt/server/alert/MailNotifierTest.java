package io.tallywatt.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.Given;
import io.tallywatt.core.alert.Notifier.NotSent;
import io.tallywatt.server.alert.SmtpAddress.Login;
import io.tallywatt.server.alert.SmtpAddress.Security;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailNotifierTest {
    private static final String FROM = "Tallywatt <alerts@example.org>";
    private static final List<String> TO = List.of("Ann <ann@example.org>", "bob@example.org");
    private static final String PASSWORD = "mailsecret";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static SSLContext tls;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Mailbox box;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        tls = SelfSigned.context(folder);
    }

    @AfterEach
    void stop() {
        if (box != null) {
            box.close();
        }
    }

    private MailNotifier notifier(SmtpAddress server, Duration timeout, SSLSocketFactory trusting) {
        return new MailNotifier(
                new AlertSettings.Mail(server, FROM, TO),
                Given.TEXT,
                Clock.fixed(Given.T, ZoneOffset.UTC),
                log::add,
                timeout,
                trusting);
    }

    private static SmtpAddress at(int port) {
        return new SmtpAddress(Security.STARTTLS_IF_OFFERED, "localhost", port, null);
    }

    private static SmtpAddress at(Security security, int port, String password) {
        return new SmtpAddress(security, "localhost", port, new Login("tallywatt", new Secret(password)));
    }

    private void send(Alert alert) throws Exception {
        notifier(at(box.port()), PATIENCE, null).send(alert);
    }

    private static NotSent failure(MailNotifier notifier) {
        NotSent failure = catchThrowableOfType(NotSent.class, () -> notifier.send(Given.found()));
        assertThat(failure).as("it should not have been sent").isNotNull();
        assertThat(failure.getMessage()).doesNotContain("secret").doesNotContain("\n");
        assertThat(failure.getCause()).isNull();
        return failure;
    }

    private NotSent failure() {
        return failure(notifier(at(box.port()), PATIENCE, null));
    }

    @Test
    void aMailOfPlainTextReachesEverybody() throws Exception {
        box = new Mailbox();
        send(Given.found());

        Mailbox.Mail mail = box.mails.getFirst();
        assertThat(mail.from()).isEqualTo("alerts@example.org");
        assertThat(mail.to()).containsExactly("ann@example.org", "bob@example.org");
        MimeMessage message = mail.message();
        assertThat(message.getSubject()).isEqualTo("[CRITICAL] site/site1/generation: far from the usual");
        assertThat(message.getHeader("From", null)).isEqualTo(FROM);
        assertThat(message.getHeader("To", ", ").replaceAll("\\s+", " "))
                .isEqualTo("Ann <ann@example.org>, bob@example.org");
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(message.getSentDate()).isEqualTo(Given.T);
        assertThat(message.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(message.getContent().toString().replace("\r\n", "\n")).isEqualTo(Given.TEXT.body(Given.found()));
    }

    @Test
    void aMessageIdTellsNothingOfTheMachine() throws Exception {
        box = new Mailbox();
        send(Given.found());
        assertThat(box.mails.getFirst().message().getMessageID())
                .endsWith("@example.org>")
                .doesNotContain(System.getProperty("user.name") + "@");
    }

    @Test
    void namesAndWordsFromOutsideAddNoHeader() throws Exception {
        box = new Mailbox();
        send(Given.hostile());

        Mailbox.Mail mail = box.mails.getFirst();
        assertThat(mail.to()).containsExactly("ann@example.org", "bob@example.org");
        assertThat(Collections.list(mail.message().getAllHeaders()))
                .extracting(h -> h.getName())
                .containsExactlyInAnyOrder(
                        "Received",
                        "Date",
                        "From",
                        "To",
                        "Message-ID",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Transfer-Encoding",
                        "Auto-Submitted");
        assertThat(mail.message().getSubject()).isEqualTo(Given.TEXT.title(Given.hostile()));
        assertThat(new String(mail.raw(), StandardCharsets.US_ASCII).lines()).noneMatch(line -> line.startsWith("Bcc"));
    }

    @Test
    void logsIn() throws Exception {
        Mailbox[] own = new Mailbox[1];
        box = own[0] = new Mailbox(0, Mailbox.login(own, PASSWORD));
        notifier(at(Security.STARTTLS_IF_OFFERED, box.port(), PASSWORD), PATIENCE, null)
                .send(Given.found());

        assertThat(box.mails).hasSize(1);
        assertThat(box.logins).containsExactly("tallywatt");
    }

    @Test
    void aWrongPasswordIsToldWithoutItAndAlertsWaitUntilItIsPutRight() {
        Mailbox[] own = new Mailbox[1];
        box = own[0] = new Mailbox(0, Mailbox.login(own, PASSWORD));
        NotSent failure =
                failure(notifier(at(Security.STARTTLS_IF_OFFERED, box.port(), "othersecret"), PATIENCE, null));

        assertThat(failure.mayPass()).isTrue();
        assertThat(failure.pause()).isEqualTo(Duration.ofHours(1));
        assertThat(failure)
                .hasMessage("localhost:" + box.port()
                        + " did not accept user and password: see to the setting tallywatt.alert.smtp");
        assertThat(box.mails).isEmpty();
    }

    @Test
    void turnsToTlsBeforeItLogsIn() throws Exception {
        Mailbox[] own = new Mailbox[1];
        box = own[0] = new Mailbox(
                0,
                builder -> Mailbox.login(own, PASSWORD)
                        .apply(builder.enableTLS().requireTLS().startTlsSocketFactory(tls)));
        notifier(at(Security.STARTTLS, box.port(), PASSWORD), PATIENCE, tls.getSocketFactory())
                .send(Given.found());

        assertThat(box.mails).hasSize(1);
        assertThat(box.logins).containsExactly("tallywatt");
    }

    @Test
    void aPasswordDoesNotLeaveWithoutTls() {
        Mailbox[] own = new Mailbox[1];
        box = own[0] = new Mailbox(0, Mailbox.login(own, PASSWORD));
        NotSent failure = failure(notifier(at(Security.STARTTLS, box.port(), PASSWORD), PATIENCE, null));

        assertThat(failure.mayPass()).isTrue();
        assertThat(failure).hasMessageContaining("STARTTLS");
        assertThat(box.logins).isEmpty();
    }

    @Test
    void speaksTlsFromTheFirstByte() throws Exception {
        Mailbox[] own = new Mailbox[1];
        box = own[0] = new Mailbox(0, builder -> Mailbox.login(own, PASSWORD).apply(builder.serverSocketFactory(tls)));
        notifier(at(Security.TLS, box.port(), PASSWORD), PATIENCE, tls.getSocketFactory())
                .send(Given.found());

        assertThat(box.mails).hasSize(1);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted() {
        box = new Mailbox(0, builder -> builder.serverSocketFactory(tls));
        NotSent failure = failure(notifier(at(Security.TLS, box.port(), PASSWORD), PATIENCE, null));
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure).hasMessageContaining("certif");
    }

    @Test
    void aCertificateOfAnotherNameIsNotTrusted() {
        box = new Mailbox(0, builder -> builder.serverSocketFactory(tls));
        SmtpAddress other =
                new SmtpAddress(Security.TLS, "127.0.0.1", box.port(), new Login("tallywatt", new Secret(PASSWORD)));
        assertThat(failure(notifier(other, PATIENCE, tls.getSocketFactory())).mayPass())
                .isTrue();
        assertThat(box.mails).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"421, true", "451, true", "452, true", "550, false", "554, false"})
    void aMailThatIsRefusedIsTriedAgainIfThatMayPass(int code, boolean mayPass) {
        box = new Mailbox();
        box.refuseData(code);
        NotSent failure = failure();
        assertThat(failure.mayPass()).isEqualTo(mayPass);
        assertThat(failure).hasMessageContaining("did not take the mail: " + code);
    }

    @ParameterizedTest
    @CsvSource({"450, true", "550, false"})
    void refusedForAllItIsNotSent(int code, boolean mayPass) {
        box = new Mailbox();
        box.refuseRecipient("ann@example.org", code);
        box.refuseRecipient("bob@example.org", code);
        assertThat(failure().mayPass()).isEqualTo(mayPass);
    }

    @Test
    void refusedForOneItReachesTheOthersAndTheLogSaysSo() throws Exception {
        box = new Mailbox();
        box.refuseRecipient("ann@example.org", 550);
        send(Given.found());

        assertThat(box.mails.getFirst().to()).containsExactly("bob@example.org");
        assertThat(log)
                .singleElement()
                .asString()
                .contains("not take the mail for everybody")
                .contains("550");
    }

    @Test
    void aServerThatIsDownMayComeBack() throws Exception {
        box = new Mailbox();
        int port = box.port();
        box.close();
        NotSent failure = failure(notifier(at(port), PATIENCE, null));
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure).hasMessage("localhost:" + port + " cannot be reached");

        box = new Mailbox(port);
        send(Given.found());
        assertThat(box.mails).hasSize(1);
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            NotSent failure = failure(notifier(at(silent.getLocalPort()), Duration.ofMillis(300), null));
            assertThat(failure.mayPass()).isTrue();
            assertThat(failure.pause()).isZero();
        }
    }

    @Test
    void anInterruptEndsTheWaitForAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AtomicReference<Exception> end = new AtomicReference<>();
            Thread sending = Thread.startVirtualThread(() -> {
                try {
                    notifier(at(silent.getLocalPort()), Duration.ofMinutes(10), null)
                            .send(Given.found());
                } catch (NotSent | InterruptedException e) {
                    end.set(e);
                }
            });
            try (Socket connected = silent.accept()) {
                sending.interrupt();
                assertThat(sending.join(Duration.ofSeconds(20))).isTrue();
                assertThat(connected.isClosed()).isFalse();
            }
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void nothingOfTheSettingsShowsASecret() {
        AlertSettings settings = new AlertSettings(
                AlertSettings.DEFAULT.policy(), null, new AlertSettings.Mail(at(Security.TLS, 1, PASSWORD), FROM, TO));
        assertThat(settings.toString()).contains("tallywatt").doesNotContain("secret");
    }
}
