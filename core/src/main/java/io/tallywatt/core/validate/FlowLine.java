package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one source says of one flow, in the order of time: means over intervals that do not overlap. In MW; epoch seconds. */
final class FlowLine {
    private final long[] starts;
    private final long[] ends;
    private final BigDecimal[] values;

    private FlowLine(List<Reading> sorted) {
        int n = sorted.size();
        starts = new long[n];
        ends = new long[n];
        values = new BigDecimal[n];
        for (int i = 0; i < n; i++) {
            Reading reading = sorted.get(i);
            starts[i] = reading.interval().start().getEpochSecond();
            ends[i] = reading.interval().end().getEpochSecond();
            values[i] = reading.value() == null ? BigDecimal.ZERO : reading.value();
        }
    }

    /** Readings in any order; those that do not count, or that reach into one before them, are left out. */
    static FlowLine of(List<Reading> readings) {
        List<Reading> sorted = new ArrayList<>(readings.size());
        readings.stream()
                .filter(r -> r.quality().counts())
                .sorted(Comparator.comparing(r -> r.interval().start()))
                .filter(r -> r.interval().start().getEpochSecond()
                        < r.interval().end().getEpochSecond())
                .forEach(r -> {
                    if (sorted.isEmpty()
                            || !r.interval()
                                    .start()
                                    .isBefore(sorted.getLast().interval().end())) {
                        sorted.add(r);
                    }
                });
        return new FlowLine(sorted);
    }

    int size() {
        return starts.length;
    }

    long start(int i) {
        return starts[i];
    }

    long end(int i) {
        return ends[i];
    }

    BigDecimal value(int i) {
        return values[i];
    }

    /** The first reading that ends after an instant; {@link #size()} if none does. */
    private int after(long instant) {
        int low = 0;
        int high = ends.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether there is anything between two instants. */
    boolean touches(long from, long to) {
        int first = after(from);
        return first < size() && starts[first] < to;
    }

    /** Whether all between two instants is known. */
    boolean covers(long from, long to) {
        long known = from;
        for (int i = after(from); i < size() && known < to && starts[i] <= known; i++) {
            known = ends[i];
        }
        return known >= to;
    }

    /** The time-weighted mean between two instants, to nine digits (half-even); null where not all of it is known. */
    @Nullable
    BigDecimal mean(long from, long to) {
        if (!covers(from, to)) {
            return null;
        }
        int first = after(from);
        if (ends[first] >= to) {
            return values[first];
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = first; i < size() && starts[i] < to; i++) {
            long seconds = Math.min(to, ends[i]) - Math.max(from, starts[i]);
            sum = sum.add(values[i].multiply(BigDecimal.valueOf(seconds)));
        }
        return Scaled.trim(sum.divide(BigDecimal.valueOf(to - from), Scaled.MAX_SCALE, RoundingMode.HALF_EVEN));
    }

    /** What is not known behind the first reading and before an instant, as starts and ends. */
    List<long[]> gaps(long until) {
        List<long[]> gaps = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            long next = i + 1 < size() ? Math.min(starts[i + 1], until) : until;
            if (next > ends[i]) {
                gaps.add(new long[] {ends[i], next});
            }
        }
        return gaps;
    }

    /** Where what is known ends; {@link Long#MIN_VALUE} if nothing is. */
    long lastEnd() {
        return size() == 0 ? Long.MIN_VALUE : ends[size() - 1];
    }
}
