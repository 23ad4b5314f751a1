package io.tallywatt.server.alert;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Alerter;
import io.tallywatt.core.alert.Notifier;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells people of findings, beside everything else: nobody waits for it, and no failure of it reaches anybody. Each notifier has
 * a thread of its own, so that none waits for another.
 */
public final class AlertService implements AutoCloseable {
    /** So long may what is under way take to end well, and then so long to be broken off. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<Notifier> notifiers;
    private final List<AlertLoop> loops;

    AlertService(
            FindingStore findings,
            AlertLog log,
            AlertSettings settings,
            List<Notifier> notifiers,
            AlertText text,
            Clock clock,
            Consumer<String> lines) {
        this.notifiers = notifiers;
        loops = notifiers.stream()
                .map(notifier -> new AlertLoop(
                        notifier.name(),
                        new Alerter(findings, log, notifier, settings.policy(), clock),
                        text,
                        clock,
                        lines))
                .toList();
        loops.forEach(AlertLoop::start);
    }

    /**
     * Begins to tell. The stores are asked from several threads.
     *
     * @param zones the zone of a series, in which times are told; UTC where it is not known
     * @param lines the server's log: alerts, and what became of notifiers that fail, a line each
     */
    public static AlertService start(
            FindingStore findings,
            AlertLog log,
            AlertSettings settings,
            Function<Series, ZoneId> zones,
            Clock clock,
            Consumer<String> lines) {
        AlertText text = new AlertText(zones);
        List<Notifier> notifiers = new ArrayList<>();
        notifiers.add(new LogNotifier(text, lines));
        if (settings.webhook() != null) {
            notifiers.add(new WebhookNotifier(settings.webhook(), text, clock, WebhookNotifier.TIMEOUT));
        }
        if (settings.mail() != null) {
            notifiers.add(new MailNotifier(settings.mail(), text, clock, lines, MailNotifier.TIMEOUT, null));
        }
        return new AlertService(findings, log, settings, notifiers, text, clock, lines);
    }

    /** Findings changed: looks at them soon. Returns at once and never throws. */
    public void changed() {
        loops.forEach(AlertLoop::wake);
    }

    /** Ends within a few seconds; the stores are not used afterwards. What was being sent may be sent again at the next start. */
    @Override
    public void close() {
        loops.forEach(AlertLoop::end);
        try {
            if (!joined()) {
                loops.forEach(AlertLoop::breakOff);
                joined();
            }
        } catch (InterruptedException e) {
            loops.forEach(AlertLoop::breakOff);
            Thread.currentThread().interrupt();
        }
        for (Notifier notifier : notifiers) {
            if (notifier instanceof WebhookNotifier webhook) {
                webhook.close();
            }
        }
    }

    private boolean joined() throws InterruptedException {
        long until = System.nanoTime() + GRACE.toNanos();
        boolean all = true;
        for (AlertLoop loop : loops) {
            all &= loop.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        return all;
    }
}
