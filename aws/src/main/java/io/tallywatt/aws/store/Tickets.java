package io.tallywatt.aws.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Names under which something is written before it counts: no two are the same, whoever draws them, and later ones mostly sort
 * behind earlier ones.
 */
final class Tickets {
    private static final int TIME = 10;
    private static final int CHANCE = 5;
    private static final int BASE = 36;
    /** Some 30,000 years. */
    private static final long FAR = 1_000_000_000_000L;

    /** Of the system, not seeded once: functions restored from one snapshot draw different numbers. */
    private static final class Chance {
        private static final SecureRandom RANDOM = new SecureRandom();
    }

    private Tickets() {}

    static String draw(Clock clock) {
        StringBuilder ticket = new StringBuilder(padded(micros(clock.instant()), TIME));
        for (int i = 0; i < CHANCE; i++) {
            ticket.append(Character.forDigit(Chance.RANDOM.nextInt(BASE), BASE));
        }
        return ticket.toString();
    }

    static String padded(long number, int digits) {
        String text = Long.toString(number, BASE);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** Rounded down; what lies beyond all calendars counts as the end of them. */
    static long micros(Instant instant) {
        if (Math.abs(instant.getEpochSecond()) > FAR) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return Math.floorDiv(
                        ChronoUnit.NANOS.between(Instant.EPOCH.plusSeconds(instant.getEpochSecond()), instant), 1000L)
                + instant.getEpochSecond() * 1_000_000L;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
