package io.tallywatt.core.validate;

import java.util.Arrays;

/** What a series does as a rule: how often it has readings, and how great they get. Learned from its memory, now and then. */
final class Habits {
    private static final int STEPS = 48;
    private static final int STEPS_NEEDED = 24;
    private static final int STEP_AGAIN_AFTER = 24;
    private static final int SAMPLES = 256;
    private static final int HIGH_AGAIN_AFTER = 256;

    private final Readings readings;
    private int changes;
    private int stepAt = -1;
    private long step;
    private boolean apart;
    private int highAt = -1;
    private long high;

    Habits(Readings readings) {
        this.readings = readings;
    }

    void changed() {
        changes++;
    }

    /** Seconds from the start of one reading to that of the next, as a rule: mostly the length of a reading. 0 if there are none. */
    long step() {
        learnStep();
        return step;
    }

    /** Whether readings stand apart as a rule, such as five minutes measured every quarter of an hour. */
    boolean standApart() {
        learnStep();
        return apart;
    }

    private void learnStep() {
        int n = readings.size();
        if (stepAt >= 0 && n >= STEPS && changes - stepAt < STEP_AGAIN_AFTER) {
            return;
        }
        stepAt = changes;
        apart = false;
        step = 0;
        if (n == 0) {
            return;
        }
        int from = Math.max(0, n - STEPS - 1);
        long[] lengths = new long[n - from];
        long[] steps = new long[n - from];
        for (int i = from; i < n; i++) {
            lengths[i - from] = readings.length(i);
            steps[i - from] = i > from ? readings.start(i) - readings.start(i - 1) : 0;
        }
        step = Robust.median(lengths, lengths.length);
        int pairs = n - from - 1;
        if (pairs < STEPS_NEEDED) {
            return;
        }
        long usual = Robust.median(Arrays.copyOfRange(steps, 1, steps.length), pairs);
        int even = 0;
        int touching = 0;
        for (int i = 1; i < steps.length; i++) {
            even += Math.abs(steps[i] - usual) <= usual / 10 ? 1 : 0;
            touching += 2 * steps[i] <= 3 * step ? 1 : 0;
        }
        // Readings that are lost here and there leave steps of all lengths; those that are meant to stand apart are
        // even.
        if (touching * 10 <= pairs && even * 4 >= pairs * 3) {
            apart = true;
            step = usual;
        }
    }

    /** A value that one in twenty good readings exceeds (by its size), 0 while there are fewer than a day's hours of them. */
    long high() {
        int n = readings.size();
        if (highAt >= 0 && changes - highAt < Math.min(HIGH_AGAIN_AFTER, n / 8)) {
            return high;
        }
        highAt = changes;
        long[] sizes = new long[SAMPLES];
        int stride = Math.max(1, n / SAMPLES);
        int found = 0;
        for (int i = n - 1; i >= 0 && found < SAMPLES; i -= stride) {
            if (readings.isGood(i)) {
                sizes[found++] = Robust.distance(readings.units(i), 0);
            }
        }
        Arrays.sort(sizes, 0, found);
        high = found < 24 ? 0 : sizes[found - 1 - found / 20];
        return high;
    }
}
