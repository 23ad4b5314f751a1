package io.tallywatt.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.alert.AlertPolicy;
import io.tallywatt.core.alert.FakeFindings;
import io.tallywatt.core.alert.Findings;
import io.tallywatt.core.alert.Given;
import io.tallywatt.core.alert.InMemoryAlertLog;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole of it, with real servers. */
class AlertServiceTest {
    private static final Secret AUTHORIZATION = new Secret("Bearer headersecret");

    private final MovingClock clock = new MovingClock();
    private final FakeFindings findings = new FakeFindings();
    private final InMemoryAlertLog log = new InMemoryAlertLog();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Hook hook;
    private Mailbox box;
    private AlertService service;

    @BeforeEach
    void startServers() throws IOException {
        hook = new Hook();
        box = new Mailbox();
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        hook.close();
        box.close();
        assertThat(lines).noneMatch(line -> line.contains("secret") || line.contains("\n"));
    }

    private AlertSettings settings(URI address, int mailPort) {
        return new AlertSettings(
                AlertPolicy.DEFAULT,
                new AlertSettings.Webhook(address, AUTHORIZATION, null),
                new AlertSettings.Mail(
                        new SmtpAddress(SmtpAddress.Security.STARTTLS_IF_OFFERED, "localhost", mailPort, null),
                        "alerts@example.org",
                        List.of("ann@example.org")));
    }

    private void start(AlertLog kept) {
        service = AlertService.start(
                findings,
                kept,
                settings(hook.address("/pathsecret"), box.port()),
                series -> Given.PARIS,
                clock,
                lines::add);
    }

    private Finding found(Series series, RuleName rule) {
        Finding finding = Findings.now(series, rule, Severity.WARNING, clock.instant());
        findings.found(finding);
        service.changed();
        return finding;
    }

    private void later(Duration by) {
        clock.advance(by);
        service.changed();
    }

    private void until(String what, int posts, int mails) throws InterruptedException {
        Eventually.until(what, () -> hook.posted.size() == posts && box.mails.size() == mails);
    }

    private void untilLine(String part) throws InterruptedException {
        Eventually.until("a line with " + part, () -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    @Test
    void whatIsFoundAndItsEndReachEverybody() throws Exception {
        start(log);
        Finding gap = found(Findings.SITE1, RuleName.GAP);
        until("what is found", 1, 1);
        untilLine("[WARNING] site/site1/generation: readings are missing; 2026-06-01 11:55+02:00");
        findings.resolved(clock.instant(), gap);
        later(Duration.ofMinutes(1));
        until("its end", 2, 2);
        untilLine("[RESOLVED] site/site1/generation: readings are missing");
        assertThat(box.mails.getLast().message().getSubject()).startsWith("[RESOLVED] ");
        assertThat(lines).hasSize(2);
    }

    @Test
    void aRestartRepeatsNothing() throws Exception {
        start(log);
        found(Findings.SITE1, RuleName.GAP);
        until("the first", 1, 1);
        service.close();

        start(log);
        found(Findings.SITE2, RuleName.GAP);
        until("the second", 2, 2);
        assertThat(hook.posted.getLast().body()).contains("site2").doesNotContain("site1");
    }

    @Test
    void aServerThatFailsIsTriedAgainAndHoldsUpNobody() throws Exception {
        hook.answers(500, 503);
        start(log);
        found(Findings.SITE1, RuleName.GAP);
        until("the first try", 1, 1);
        untilLine("webhook: not sent, tried again later (try 1): http://127.0.0.1:" + hook.port() + " answered 500");
        later(Duration.ofSeconds(10));
        until("the second try", 2, 1);
        untilLine("(try 2)");
        later(Duration.ofSeconds(20));
        until("the third try", 3, 1);
        untilLine("webhook: works again");
        assertThat(hook.posted.getLast().json().get("alert").get("count").asInt())
                .isEqualTo(1);
    }

    @Test
    void aServerThatAsksForAPauseGetsIt() throws Exception {
        hook.answers(429, "Retry-After", "300");
        start(log);
        found(Findings.SITE1, RuleName.GAP);
        until("the first try", 1, 1);
        untilLine("answered 429");
        later(Duration.ofSeconds(299));
        // The mail of another finding shows that there was time to try.
        found(Findings.SITE2, RuleName.GAP);
        until("the mail of the other", 1, 2);
        later(Duration.ofSeconds(1));
        until("both", 3, 2);
    }

    @Test
    void aServerThatWasDownIsToldOfWhatHoldsWhenItIsBack() throws Exception {
        int port = hook.port();
        hook.close();
        start(log);
        Finding over = found(Findings.SITE1, RuleName.GAP);
        untilLine("cannot be reached");
        found(Findings.SITE2, RuleName.SPIKE);
        Eventually.until("the mails", () -> box.mails.size() == 2);
        findings.resolved(clock.instant(), over);

        hook = new Hook(port);
        later(Duration.ofMinutes(10));
        until("what holds", 1, 3);
        assertThat(hook.posted.getFirst().body()).contains("site2").contains("SPIKE");
    }

    @Test
    void anAlertThatIsRefusedIsGivenUpAndTheLogSaysSo() throws Exception {
        hook.answers(400);
        start(log);
        found(Findings.SITE1, RuleName.GAP);
        untilLine("webhook: given up: [WARNING] site/site1/generation: readings are missing: http://127.0.0.1:"
                + hook.port() + " answered 400");
        found(Findings.SITE2, RuleName.GAP);
        until("the next", 2, 2);
    }

    @Test
    void aServerThatSaysNothingHoldsUpNeitherOthersNorTheEnd() throws Exception {
        hook.stalls();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            service = AlertService.start(
                    findings,
                    log,
                    settings(hook.address("/pathsecret"), silent.getLocalPort()),
                    series -> Given.PARIS,
                    clock,
                    lines::add);
            found(Findings.SITE1, RuleName.GAP);
            Eventually.until("the webhook is asked", () -> hook.posted.size() == 1);
            untilLine("[WARNING]");
            Instant began = Instant.now();
            service.close();
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(9));
        }
        hook.close();
        hook = new Hook();
        start(log);
        until("what was broken off", 1, 1);
    }

    @Test
    void afterTheEndNothingIsSentAndNobodyIsTold() {
        start(log);
        service.close();
        assertThatCode(() -> {
                    found(Findings.SITE1, RuleName.GAP);
                    service.changed();
                    service.close();
                })
                .doesNotThrowAnyException();
        assertThat(hook.posted).isEmpty();
    }

    @Test
    void aStoreThatFailsIsAskedAgain() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        start(new AlertLog() {
            @Override
            public State state(String notifier) {
                asked.add(notifier);
                if (asked.size() <= 3) {
                    throw new StoreException(StoreException.Kind.BUSY, "The store is busy");
                }
                return log.state(notifier);
            }

            @Override
            public void keep(String notifier, long position, List<Instant> sent, List<Group> changed) {
                log.keep(notifier, position, sent, changed);
            }
        });
        untilLine("mail: alerts wait (try 1): The store is busy");
        untilLine("webhook: alerts wait (try 1): The store is busy");
        found(Findings.SITE1, RuleName.GAP);
        until("it is told", 1, 1);
    }
}
