package io.tallywatt.aws.table;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a further try: a random time up to a bound that doubles, so that those who were refused together do
 * not come back together.
 */
public final class Backoff {
    private static final long FIRST_MILLIS = 20;
    private static final long MOST_MILLIS = 2_000;

    private int tries;

    /** How many tries were waited for. */
    public int tries() {
        return tries;
    }

    /** The bound of the next wait. */
    Duration bound() {
        return Duration.ofMillis(Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(tries, 10)));
    }

    /** Waits; an interrupt ends the waiting and is kept. */
    public void await() {
        long millis = ThreadLocalRandom.current().nextLong(1, bound().toMillis() + 1);
        tries++;
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted();
        }
    }

    /** Somebody does not want to wait any longer. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted() {
            super("Interrupted while waiting for another try");
        }
    }
}
