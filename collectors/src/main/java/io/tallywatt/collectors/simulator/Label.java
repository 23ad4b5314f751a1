package io.tallywatt.collectors.simulator;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be anomalous: one value, or a run of them where it is stuck.
 *
 * @param file in which the (first) value is, or from which it is missing; null if nothing was sent
 */
public record Label(
        Series series,
        Interval interval,
        LabelKind kind,
        @Nullable String file) {

    /** One line of NDJSON, without its end. */
    public String json() {
        return "{\"series\": \"" + series + "\", \"start\": \"" + interval.start() + "\", \"end\": \"" + interval.end()
                + "\", \"kind\": \"" + kind.word() + "\", \"file\": " + (file == null ? "null" : "\"" + file + "\"")
                + "}";
    }

    /** The same value where it never arrived. */
    Label missing() {
        return new Label(series, interval, LabelKind.MISSING, null);
    }
}
