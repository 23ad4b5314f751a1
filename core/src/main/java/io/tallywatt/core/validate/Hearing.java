package io.tallywatt.core.validate;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** When a series was heard since it is listened to, and what was found about that. Instants are epoch seconds. */
final class Hearing {
    static final long NEVER = Long.MIN_VALUE;
    private static final int SILENCES = 15;
    private static final int MOST_BURSTS = 64;

    private long since = NEVER;
    private long last = NEVER;
    private long inTime = NEVER;
    /** The latest deliveries, the last one in the lowest bit: 1 in time, 0 late. */
    private long punctual;

    private int heard;
    private boolean upToDate;
    private final long[] silences = new long[SILENCES];
    private int silenceCount;
    private final TreeMap<Long, Burst> bursts = new TreeMap<>();
    private @Nullable Silence silence;

    /** Late readings one after the other. */
    record Burst(long start, long end, int readings, long leastDelay, long greatestDelay) {
        Burst plus(Burst other) {
            return new Burst(
                    Math.min(start, other.start),
                    Math.max(end, other.end),
                    readings + other.readings,
                    Math.min(leastDelay, other.leastDelay),
                    Math.max(greatestDelay, other.greatestDelay));
        }
    }

    /**
     * What was found when nothing came.
     *
     * @param end of the latest reading of its thing
     */
    record Silence(Finding.Key key, Severity severity, long end) {}

    /** When the first delivery was received that was judged, {@link #NEVER} if none was. */
    long since() {
        return since;
    }

    /** When the last delivery was received all of whose new readings were in time. */
    long inTime() {
        return inTime;
    }

    /** How many of the latest deliveries are remembered, up to 64; late ones in a row are one. */
    int heard() {
        return heard;
    }

    /** How many of them were in time. */
    int heardInTime() {
        return Long.bitCount(punctual);
    }

    /** Whether what came last was of the present, and not of the past. */
    boolean isUpToDate() {
        return upToDate;
    }

    /** Half of the silences before new readings were longer than this; {@link #NEVER} if there were none. */
    long usualSilence() {
        int n = Math.min(silenceCount, SILENCES);
        return n == 0 ? NEVER : Robust.median(Arrays.copyOf(silences, n), n);
    }

    long longestSilence() {
        int n = Math.min(silenceCount, SILENCES);
        return n == 0 ? NEVER : Arrays.stream(silences, 0, n).max().orElse(NEVER);
    }

    /**
     * Takes note of a delivery.
     *
     * @param endBefore end of the latest reading before it, {@link #NEVER} if there was none
     * @param endAfter end of the latest reading now
     * @param step seconds from one reading to the next
     */
    void hear(Delivered delivered, long endBefore, long endAfter, long step) {
        long at = delivered.receivedAt;
        if (since == NEVER) {
            since = at;
        }
        if (delivered.fresh() == 0) {
            return;
        }
        if (endAfter > endBefore) {
            // Of many files at once only the first one ends a silence.
            if (endBefore != NEVER && last != NEVER && at - last > step / 2) {
                silences[silenceCount++ % SILENCES] = at - endBefore;
            }
            upToDate = at - endAfter <= step + delivered.settings.lateAfter().toSeconds();
        }
        last = Math.max(last, at);
        if (delivered.late().isEmpty()) {
            remember(true);
            inTime = Math.max(inTime, at);
        } else if (delivered.late().stream().anyMatch(late -> late.due() >= since)
                && (heard == 0 || (punctual & 1) == 1)) {
            remember(false);
        }
    }

    private void remember(boolean wasInTime) {
        punctual = punctual << 1 | (wasInTime ? 1 : 0);
        heard = Math.min(Long.SIZE, heard + 1);
    }

    /**
     * Adds a late reading to the bursts that it touches, which become one.
     *
     * @param tolerance seconds that still count as touching
     * @param absorbed told the start of each burst that is part of another one now
     */
    Burst join(Burst late, long tolerance, LongConsumer absorbed) {
        Burst joined = late;
        Map.@Nullable Entry<Long, Burst> touching = bursts.floorEntry(late.end + tolerance);
        while (touching != null && touching.getValue().end >= late.start - tolerance) {
            bursts.remove(touching.getKey());
            absorbed.accept(touching.getKey());
            joined = joined.plus(touching.getValue());
            touching = bursts.floorEntry(late.end + tolerance);
        }
        bursts.put(joined.start, joined);
        if (bursts.size() > MOST_BURSTS) {
            bursts.pollFirstEntry();
        }
        return joined;
    }

    @Nullable
    Silence silence() {
        return silence;
    }

    void silence(@Nullable Silence found) {
        silence = found;
    }
}
