package io.tallywatt.server.alert;

import io.tallywatt.core.alert.AlertRun;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Alerter;
import io.tallywatt.core.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one notifier's {@link Alerter} whenever there may be something to tell, and says in the log what became of it. */
final class AlertLoop {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Many small deliveries in a row are looked at together. */
    private static final Duration PACE = Duration.ofMillis(200);

    private final String name;
    private final Alerter alerter;
    private final AlertText text;
    private final Clock clock;
    private final Consumer<String> lines;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private int tries;
    private int storeFailures;

    AlertLoop(String name, Alerter alerter, AlertText text, Clock clock, Consumer<String> lines) {
        this.name = name;
        this.alerter = alerter;
        this.text = text;
        this.clock = clock;
        this.lines = lines;
        // Virtual: a mail server that says nothing is left by an interrupt, which a platform thread's socket would not
        // heed.
        thread = Thread.ofVirtual().name("alert-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** What is under way is ended. */
    void end() {
        ended.countDown();
        wake.release();
    }

    /** What is under way is broken off. */
    void breakOff() {
        thread.interrupt();
    }

    /** Returns whether it is over. */
    boolean join(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    private void run() {
        try {
            while (true) {
                Duration wait = once();
                if (ended.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                if (ended.getCount() == 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Told to break off.
        }
    }

    /** Returns how long to wait where no finding changes. */
    private Duration once() throws InterruptedException {
        try {
            AlertRun run = alerter.run();
            storeFailures = 0;
            report(run);
            return until(run.next());
        } catch (StoreException e) {
            storeFailed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            storeFailed(e.toString());
        }
        return LONGEST_WAIT;
    }

    private Duration until(@Nullable Instant next) {
        if (next == null) {
            return LONGEST_WAIT;
        }
        Duration wait = Duration.between(clock.instant(), next);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void report(AlertRun run) {
        for (AlertRun.Dropped dropped : run.dropped()) {
            say("given up: " + text.title(dropped.alert()) + ": " + dropped.why());
        }
        if (run.failure() != null && worthALine(run.failures())) {
            say("not sent, tried again later (try " + run.failures() + "): " + run.failure());
        }
        if (run.failures() == 0 && tries > 0) {
            say("works again");
        }
        tries = run.failures();
    }

    private void storeFailed(String why) {
        storeFailures++;
        if (worthALine(storeFailures)) {
            say("alerts wait (try " + storeFailures + "): " + why);
        }
    }

    /** The first, the second, the fourth, the eighth: what goes on for days fills no log. */
    private static boolean worthALine(int times) {
        return Integer.bitCount(times) == 1;
    }

    private void say(String line) {
        try {
            lines.accept(name + ": " + line);
        } catch (RuntimeException e) {
            // Where nothing can be said, the rest goes on.
        }
    }
}
