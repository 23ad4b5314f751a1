package io.tallywatt.api.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps of one colour for counts.
 *
 * @param ends the greatest count of each step, ascending
 */
record Shades(List<Long> ends) {
    private static final int MOST = 4;
    /** Share of the colour, by how many steps there are to come. */
    private static final double[] SHARES = {0.86, 0.6, 0.38, 0.2};

    /** From this share on, white words have more contrast than dark ones. */
    private static final double DARK = 0.7;

    static Shades upTo(long most) {
        List<Long> ends = new ArrayList<>();
        int steps = (int) Math.min(MOST, most);
        for (int i = 1; i <= steps; i++) {
            ends.add(Math.ceilDiv(most * i, steps));
        }
        return new Shades(List.copyOf(ends));
    }

    static double share(int step, int steps) {
        return SHARES[Math.min(SHARES.length - 1, steps - 1 - step)];
    }

    private double share(long count) {
        int step = 0;
        while (ends.get(step) < count) {
            step++;
        }
        return share(step, ends.size());
    }

    /** Of a count from 1 to the greatest. */
    int rgb(long count) {
        return Tokens.tint(Tokens.ANOMALY, share(count));
    }

    /** Of words on it. */
    int words(long count) {
        return share(count) > DARK ? Tokens.SURFACE : Tokens.TEXT;
    }

    List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        long from = 1;
        for (long end : ends) {
            String words = from == end ? Words.count(end) : Words.count(from) + " to " + Words.count(end);
            keys.add(new Key(Key.Sample.SHADE, words, rgb(end)));
            from = end + 1;
        }
        return keys;
    }
}
