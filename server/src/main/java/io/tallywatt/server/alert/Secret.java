package io.tallywatt.server.alert;

/** Text that nobody is shown: neither by itself nor as part of what holds it. */
public record Secret(String value) {
    private static final String HIDDEN = "***";

    /** Text of others with the secret in it made unreadable. */
    String hideIn(String text) {
        return value.isEmpty() ? text : text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
