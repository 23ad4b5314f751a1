package io.tallywatt.core.validate;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a series while it is judged: its readings of the last {@link #DAYS} days, and when they were received.
 * Belongs to one thread.
 *
 * <p>22 bytes a reading: a series of five minutes takes 0.2 MB. Of shorter intervals than a minute the latest 40,320 readings
 * are kept, however few days they are.
 */
public final class SeriesMemory {
    /** Four weeks: each kind of day comes often enough for a median. */
    public static final int DAYS = 28;

    /** The same time of day four weeks ago is among them, with what was round it, even if the clock was changed. */
    private static final Duration KEPT = Duration.ofDays(DAYS).plusHours(2);

    /** More digits before the point than these never fit a long beside nine decimals. */
    private static final int WHOLE_DIGITS = 10;

    private final Series series;
    private final ZoneId zone;
    private final Quantity quantity;
    private final LocalClock clock;
    private final Readings readings = new Readings(KEPT.toSeconds());
    private final Habits habits = new Habits(readings);
    private final Hearing hearing = new Hearing();

    public SeriesMemory(Series series, ZoneId zone) {
        this.series = series;
        this.zone = zone;
        this.quantity = Quantity.of(series);
        this.clock = new LocalClock(zone);
    }

    public Series series() {
        return series;
    }

    public ZoneId zone() {
        return zone;
    }

    /**
     * Remembers a day as it stood before what is to be judged arrived; days may come in any order, each once.
     *
     * <p>If the day can only be had as it stands now, with what is to be judged already in it, that is as good: a reading that is
     * remembered in this way is judged when it first arrives. Only what stood in its place before is not known then.
     */
    public void remember(DayBlock block) {
        long dayEnd = LocalDate.ofEpochDay(block.day() + 1L).atStartOfDay(zone).toEpochSecond();
        for (int i = 0; i < block.length(); i++) {
            byte quality = block.qualities()[i];
            if (quality != Quality.MISSING.code()) {
                place(
                        block.startOf(i),
                        block.endOf(i, dayEnd),
                        units(block.values()[i], block.scale()),
                        quality | Marks.PRELOADED,
                        0);
            }
        }
    }

    /** The end of the latest reading, null if there is none. */
    public @Nullable Instant latestEnd() {
        return readings.size() == 0 ? null : Instant.ofEpochSecond(readings.end(readings.size() - 1));
    }

    /** How many readings are remembered. */
    public int size() {
        return readings.size();
    }

    Quantity quantity() {
        return quantity;
    }

    LocalClock clock() {
        return clock;
    }

    Readings readings() {
        return readings;
    }

    Habits habits() {
        return habits;
    }

    Hearing hearing() {
        return hearing;
    }

    Placed place(long start, long end, long units, int marks, long delivery) {
        Placed placed = readings.place(start, end, units, marks, (int) delivery);
        habits.changed();
        return placed;
    }

    /** A number at nine decimals, or the greatest or smallest that a long holds. */
    static long units(BigDecimal value) {
        if (value.precision() - value.scale() > WHOLE_DIGITS) {
            return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        BigInteger units =
                value.setScale(Scaled.MAX_SCALE, RoundingMode.HALF_EVEN).unscaledValue();
        return units.bitLength() < Long.SIZE ? units.longValue() : units.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long units(long value, int scale) {
        if (Scaled.fits(value, scale, Scaled.MAX_SCALE)) {
            return Scaled.rescale(value, scale, Scaled.MAX_SCALE);
        }
        return value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    static BigDecimal decimal(long units) {
        return Scaled.trim(Scaled.toDecimal(units, Scaled.MAX_SCALE));
    }
}
