package io.tallywatt.core.rollup;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.DayCalendar;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tallies of many new blocks, by date. Sums are kept per scale in longs and go over to {@link BigDecimal} before they
 * could overflow. One per thread; {@link #result} joins them.
 */
public final class DayTallies {
    private static final class Sum {
        final long[] units = new long[Scaled.MAX_SCALE + 1];
        BigDecimal carried = BigDecimal.ZERO;
        long expected;
        long actual;
        long estimated;
        long substituted;
        long invalid;

        void add(long value, int scale) {
            long sum = units[scale] + value;
            if (((units[scale] ^ sum) & (value ^ sum)) < 0) {
                carried = carried.add(Scaled.toDecimal(units[scale], scale));
                sum = value;
            }
            units[scale] = sum;
        }

        Tally tally() {
            BigDecimal energy = carried;
            for (int scale = 0; scale < units.length; scale++) {
                energy = energy.add(Scaled.toDecimal(units[scale], scale));
            }
            return new Tally(energy, 0, 0, expected, actual, estimated, substituted, invalid);
        }
    }

    /** By epoch day: an array, because rows sorted by meter change the day each time. */
    private final @Nullable Sum[] days = new @Nullable Sum[DayCalendar.LAST_DAY + 1];

    private Sum sum(int day) {
        Sum sum = days[day];
        if (sum == null) {
            sum = new Sum();
            days[day] = sum;
        }
        return sum;
    }

    /** Adds block {@code b} of a batch. */
    public void add(BlockBatch batch, int b) {
        Sum sum = sum(batch.day[b]);
        sum.add(batch.total[b], batch.scale[b]);
        sum.expected += batch.length[b];
        if (batch.allActual[b]) {
            sum.actual += batch.length[b];
            return;
        }
        int to = batch.offset[b] + batch.length[b];
        for (int i = batch.offset[b]; i < to; i++) {
            switch (Quality.ofCode(batch.qualities[i])) {
                case ACTUAL -> sum.actual++;
                case ESTIMATED -> sum.estimated++;
                case SUBSTITUTED -> sum.substituted++;
                case INVALID -> sum.invalid++;
                case MISSING -> {}
            }
        }
    }

    /** Adds what was collected to tallies by epoch day. */
    public void result(Map<Integer, Tally> into) {
        for (int day = 0; day < days.length; day++) {
            Sum sum = days[day];
            if (sum != null) {
                into.merge(day, sum.tally(), Tally::plus);
            }
        }
    }
}
