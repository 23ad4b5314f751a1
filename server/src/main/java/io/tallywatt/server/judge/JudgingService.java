package io.tallywatt.server.judge;

import io.tallywatt.core.ingest.Comparing;
import io.tallywatt.core.ingest.Judging;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that judges. Whoever takes something in tells it and goes on at once; a failure is told in the log and tried again a
 * minute later, and stops nobody.
 */
public final class JudgingService implements AutoCloseable {
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Judging judging;
    private final Comparing comparing;
    private final Runnable changed;
    private final Consumer<String> log;
    private final Semaphore told = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean ending;
    private String lastTrouble = "";
    private String comparingTrouble = "";

    private JudgingService(Judging judging, Comparing comparing, Runnable changed, Consumer<String> log) {
        this.judging = judging;
        this.comparing = comparing;
        this.changed = changed;
        this.log = log;
        // The store's calls are native and would hold a virtual thread's carrier.
        this.thread = Thread.ofPlatform().name("judge").daemon().unstarted(this::run);
    }

    /**
     * Starts judging, first what came while nobody did.
     *
     * @param comparing what several sources say of the same
     * @param changed told after each round in which something was judged
     * @param log one line for what goes wrong
     */
    public static JudgingService start(Judging judging, Comparing comparing, Runnable changed, Consumer<String> log) {
        JudgingService service = new JudgingService(judging, comparing, changed, log);
        service.thread.start();
        return service;
    }

    /** Says that something was taken in. Returns at once. */
    public void arrived() {
        told.release();
    }

    private void run() {
        long nextRound = System.nanoTime();
        while (!ending) {
            try {
                boolean any = false;
                while (!ending && judging.judgeNext()) {
                    any = true;
                }
                any |= compared();
                if (System.nanoTime() - nextRound >= 0) {
                    nextRound = System.nanoTime() + ROUND.toNanos();
                    judging.lookForOverdue();
                    any = true;
                }
                if (any) {
                    changed.run();
                }
                lastTrouble = "";
                if (told.tryAcquire(Math.max(1, nextRound - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    told.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                tell(e);
                if (paused()) {
                    return;
                }
            }
        }
    }

    /** By itself: what is wrong with it must not keep sites from being judged. It looks again at what it has not done. */
    private boolean compared() {
        try {
            boolean any = !ending && comparing.compare();
            comparingTrouble = "";
            return any;
        } catch (RuntimeException e) {
            String trouble = "Comparing the sources of flows failed and is tried again; nothing is lost: " + e;
            if (!ending && !trouble.equals(comparingTrouble)) {
                comparingTrouble = trouble;
                log.accept(trouble);
            }
            return false;
        }
    }

    /** The same trouble is told once. */
    private void tell(RuntimeException e) {
        String trouble = "Judging failed and is tried again in a minute; nothing is lost: " + e;
        if (!ending && !trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            log.accept(trouble);
        }
    }

    /** @return whether it is over */
    private boolean paused() {
        try {
            return over.await(ROUND.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Ends after what is being judged; to be called before the store is closed. */
    @Override
    public void close() {
        ending = true;
        over.countDown();
        told.release();
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
