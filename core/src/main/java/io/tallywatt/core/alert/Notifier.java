package io.tallywatt.core.alert;

import java.time.Duration;

/** Tells somebody. */
public interface Notifier {

    /** Short name for logs, under which the {@link AlertLog} keeps what was told: {@code log}, {@code webhook}, {@code mail}. */
    String name();

    /**
     * Sends an alert.
     *
     * @throws NotSent if it did not arrive; another try may help
     */
    void send(Alert alert) throws NotSent, InterruptedException;

    /** It did not arrive. The message is one line and holds no secret. */
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean mayPass;
        private final Duration pause;

        /** @param mayPass whether another try may help */
        public NotSent(String message, boolean mayPass) {
            super(message);
            this.mayPass = mayPass;
            this.pause = Duration.ZERO;
        }

        /**
         * Another try may help, but not before a while.
         *
         * @param pause what the other side asked for
         */
        public NotSent(String message, Duration pause) {
            super(message);
            this.mayPass = true;
            this.pause = pause;
        }

        public boolean mayPass() {
            return mayPass;
        }

        /** How long to wait at least, 0 where the other side did not say. */
        public Duration pause() {
            return pause;
        }
    }
}
