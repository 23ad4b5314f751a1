package io.tallywatt.server.inbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether an inbox is to end, and whether what is under way may still come to its end. */
final class Stopping {
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile long endNanos = Long.MAX_VALUE;

    void begin(Duration grace) {
        endNanos = System.nanoTime() + grace.toNanos();
        begun.countDown();
    }

    boolean begun() {
        return begun.getCount() == 0;
    }

    /** Whether the grace is over too. */
    boolean over() {
        return begun() && System.nanoTime() - endNanos >= 0;
    }

    /** @return whether it began within that time */
    boolean within(Duration time) throws InterruptedException {
        return begun.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
