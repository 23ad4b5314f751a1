package io.tallywatt.core.alert;

/** Tells somebody. */
public interface Notifier {

    /** Short name for logs: {@code log}, {@code webhook}, {@code mail}. */
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

        /** @param mayPass whether another try may help */
        public NotSent(String message, boolean mayPass) {
            super(message);
            this.mayPass = mayPass;
        }

        public boolean mayPass() {
            return mayPass;
        }
    }
}
