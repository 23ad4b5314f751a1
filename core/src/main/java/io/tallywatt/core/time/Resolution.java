package io.tallywatt.core.time;

import java.time.Duration;

/**
 * The length of one interval of a regular series, a whole number of seconds from one second to one day. Its text form is
 * ISO 8601 ({@code PT30M}, {@code P1D}).
 *
 * <p>{@link #DAY} means one delivery day, whatever its length (23, 24 or 25 hours); every other resolution is a fixed time.
 *
 * @param seconds length in seconds; 86,400 stands for a delivery day
 */
public record Resolution(int seconds) {
    public static final int DAY_SECONDS = 86_400;
    public static final Resolution HALF_HOUR = new Resolution(1800);
    public static final Resolution HOUR = new Resolution(3600);
    public static final Resolution DAY = new Resolution(DAY_SECONDS);

    public Resolution {
        if (seconds < 1 || seconds > DAY_SECONDS) {
            throw new IllegalArgumentException("A resolution is from PT1S to P1D, but got " + seconds + " seconds");
        }
    }

    /** Reads {@code PT5M}, {@code PT1H}, {@code P1D}. */
    public static Resolution parse(String iso) {
        if (iso.equals("P1D")) {
            return DAY;
        }
        try {
            Duration duration = Duration.parse(iso);
            if (duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
                return new Resolution(Math.toIntExact(duration.toSeconds()));
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Expected an ISO 8601 resolution such as PT30M, but got '" + iso + "'", e);
        }
        throw new IllegalArgumentException("Expected a resolution of whole seconds, but got '" + iso + "'");
    }

    public boolean isDay() {
        return seconds == DAY_SECONDS;
    }

    public boolean finerThan(Resolution other) {
        return seconds < other.seconds;
    }

    @Override
    public String toString() {
        return isDay() ? "P1D" : Duration.ofSeconds(seconds).toString();
    }
}
