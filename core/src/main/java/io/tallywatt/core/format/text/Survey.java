package io.tallywatt.core.format.text;

import io.tallywatt.core.time.Resolution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What the stamps of a document's head do, meter by meter. Stamps are seconds as their clock shows them. */
final class Survey {
    /** Days of a clock change lie between these; their stamps are a day apart. */
    private static final int SHORTEST_DAY = 23 * 3600;

    private static final int LONGEST_DAY = 25 * 3600;

    private final boolean whole;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<Long, Integer> steps = new HashMap<>();
    private boolean interleaved;
    private boolean seen;
    private boolean allMidnight = true;
    private @Nullable Run last;

    /** The stamps of one meter. */
    private static final class Run {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        long before = Long.MIN_VALUE;
    }

    /** @param whole whether the head is all of the document */
    Survey(boolean whole) {
        this.whole = whole;
    }

    /** A reading that states both ends. */
    void interval(long start, long end) {
        if (end > start) {
            steps.merge(end - start, 1, Integer::sum);
        }
    }

    /** A reading with one stamp. */
    void stamp(String meter, long at) {
        seen = true;
        allMidnight &= Math.floorMod(at, (long) Resolution.DAY_SECONDS) == 0;
        Run run = runs.computeIfAbsent(meter, _ -> new Run());
        if (run.before != Long.MIN_VALUE) {
            interleaved |= run != last;
            long step = Math.abs(at - run.before);
            if (step > 0 && step <= LONGEST_DAY) {
                steps.merge(step, 1, Integer::sum);
            }
        }
        run.before = at;
        run.least = Math.min(run.least, at);
        run.most = Math.max(run.most, at);
        last = run;
    }

    @Nullable
    Resolution resolution() {
        long best = commonestStep(step -> Resolution.DAY_SECONDS % step == 0 || step >= SHORTEST_DAY);
        best = best == 0 ? commonestStep(_ -> true) : best;
        if (best == 0) {
            // One stamp per meter, all at midnight: a file of one day's totals.
            return seen && allMidnight ? Resolution.DAY : null;
        }
        return best >= SHORTEST_DAY ? Resolution.DAY : new Resolution((int) best);
    }

    /** The step seen most; of several the shortest. 0 if none fits. */
    private long commonestStep(LongPredicate fits) {
        long best = 0;
        int most = 0;
        for (Map.Entry<Long, Integer> entry : steps.entrySet()) {
            int count = entry.getValue();
            if (fits.test(entry.getKey()) && (count > most || count == most && entry.getKey() < best)) {
                best = entry.getKey();
                most = count;
            }
        }
        return best;
    }

    /**
     * Whether every meter whose stamps span whole days begins one step after midnight and ends at midnight. Meters
     * that the head cuts off, and those that start or stop within a day, tell nothing.
     */
    boolean runsFromStepToMidnight(Resolution resolution) {
        if (resolution.isDay() || !whole && interleaved) {
            return false;
        }
        int told = 0;
        for (Run run : runs.values()) {
            boolean wholeDays = (run.most - run.least + resolution.seconds()) % Resolution.DAY_SECONDS == 0;
            if (wholeDays && (whole || run != last)) {
                told++;
                if (Math.floorMod(run.most, (long) Resolution.DAY_SECONDS) != 0) {
                    return false;
                }
            }
        }
        return told > 0;
    }
}
