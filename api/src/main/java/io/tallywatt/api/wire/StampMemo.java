package io.tallywatt.api.wire;

import java.time.Instant;
import java.time.ZoneId;

/** Writes times of which many in a row are the same. */
final class StampMemo {
    private Instant last = Instant.MIN;
    private ZoneId zone = ZoneId.of("UTC");
    private String text = "";

    String of(Instant instant, ZoneId of) {
        if (!instant.equals(last) || !of.equals(zone)) {
            text = Stamp.of(instant, of);
            last = instant;
            zone = of;
        }
        return text;
    }
}
