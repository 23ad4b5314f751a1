package io.tallywatt.core.time;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delivery days of one zone as plain numbers, remembered: a reader of millions of rows asks for the same few hundred
 * days again and again. Dates are epoch days, instants are epoch seconds. Safe for several threads.
 */
public final class DayCalendar {
    /** The dates that a meter file may hold; what lies outside is a misread date. */
    public static final int FIRST_DAY = (int) LocalDate.of(1970, 1, 2).toEpochDay();

    public static final int LAST_DAY = (int) LocalDate.of(2199, 12, 31).toEpochDay();

    private final ZoneId zone;
    private final ZoneRules rules;
    /** Start of each day + 1, so that 0 means "not asked yet"; racing writers store the same value. */
    private final long[] starts = new long[LAST_DAY + 3];

    public DayCalendar(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    public ZoneId zone() {
        return zone;
    }

    /** Whether a date is one that a file may plausibly hold. */
    public static boolean covers(long epochDay) {
        return epochDay >= FIRST_DAY && epochDay <= LAST_DAY;
    }

    /** First instant of the day, in epoch seconds. */
    public long start(int epochDay) {
        long known = starts[epochDay];
        if (known != 0) {
            return known;
        }
        long start = LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toEpochSecond();
        starts[epochDay] = start;
        return start;
    }

    /** Length of the day in seconds; 0 where the zone skipped the date. */
    public int seconds(int epochDay) {
        return (int) (start(epochDay + 1) - start(epochDay));
    }

    /** The local date of an instant, as an epoch day. */
    public int dayOf(long epochSecond) {
        int offset =
                rules.getOffset(java.time.Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
        return (int) Math.floorDiv(epochSecond + offset, (long) Resolution.DAY_SECONDS);
    }

    /**
     * The instant of a local wall time: seconds since local midnight on a date.
     *
     * @param second which of the two, where the clock shows the time twice
     * @return epoch seconds, or {@link Long#MIN_VALUE} where the clock never shows it (skipped hour)
     */
    public long instant(int epochDay, int secondOfDay, boolean second) {
        long local = (long) epochDay * Resolution.DAY_SECONDS + secondOfDay;
        LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return switch (offsets.size()) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> local - offsets.getFirst().getTotalSeconds();
            default -> local - offsets.get(second ? 1 : 0).getTotalSeconds();
        };
    }

    /** Whether the clock shows this local time twice (the hour before it is put back). */
    public boolean isRepeated(int epochDay, int secondOfDay) {
        long local = (long) epochDay * Resolution.DAY_SECONDS + secondOfDay;
        return rules.getValidOffsets(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC))
                        .size()
                == 2;
    }

    /** Whether the clock is changed on this day, so that columns and intervals do not simply run in parallel. */
    public boolean hasClockChange(int epochDay) {
        if (rules.isFixedOffset()) {
            return false;
        }
        @Nullable
        ZoneOffsetTransition next = rules.nextTransition(java.time.Instant.ofEpochSecond(start(epochDay) - 1));
        return next != null && next.toEpochSecond() < start(epochDay + 1);
    }
}
