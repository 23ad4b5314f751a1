package io.tallywatt.api.wire;

import java.time.Instant;
import java.time.ZoneId;

/** Times as answers show them: of a zone's clock, with its offset. */
final class Stamp {
    /** Where {@code 2024-10-27T09:30} ends. */
    private static final int MINUTES_END = 16;

    private Stamp() {}

    /** With seconds even where they are 0, which RFC 3339 demands and {@code toString} leaves out. */
    static String of(Instant instant, ZoneId zone) {
        String text = instant.atZone(zone).toOffsetDateTime().toString();
        return text.charAt(MINUTES_END) == ':'
                ? text
                : text.substring(0, MINUTES_END) + ":00" + text.substring(MINUTES_END);
    }
}
