package io.tallywatt.core.query;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * How many times each value occurs, so that quantiles of any number of values can be told in bounded memory: values are
 * kept to four significant digits, of which there are never more than some tens of thousands. What four digits hold is exact.
 */
final class Census {
    private static final int INITIAL = 1 << 8;

    /** Values are counted in units of 10^-9. */
    private static final int SCALE = 9;

    private long[] keys = new long[INITIAL];
    /** 0 where the place is free. */
    private long[] counts = new long[INITIAL];

    private int distinct;
    private long total;

    /** @param units of 10^-9 */
    void add(long units) {
        long key = rounded(units);
        int at = place(keys, counts, key);
        if (counts[at] == 0) {
            keys[at] = key;
            distinct++;
        }
        counts[at]++;
        total++;
        if (distinct * 2 > keys.length) {
            grow();
        }
    }

    long total() {
        return total;
    }

    /** To four significant digits, half up. */
    static long rounded(long units) {
        long size = Math.abs(units);
        long step = 1;
        while (size / step >= 10_000) {
            step *= 10;
        }
        long half = (size % step) * 2 >= step && step > 1 ? 1 : 0;
        long result = (size / step + half) * step;
        return units < 0 ? -result : result;
    }

    private static int place(long[] keys, long[] counts, long key) {
        int mask = keys.length - 1;
        int at = Long.hashCode(key * 0x9e3779b97f4a7c15L) >>> 4 & mask;
        while (counts[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] moreKeys = new long[keys.length * 2];
        long[] moreCounts = new long[counts.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                int at = place(moreKeys, moreCounts, keys[i]);
                moreKeys[at] = keys[i];
                moreCounts[at] = counts[i];
            }
        }
        keys = moreKeys;
        counts = moreCounts;
    }

    /**
     * The values below or at which so many percent of all are, by the nearest rank.
     *
     * @param percents ascending, above 0
     * @return as many decimals, to four significant digits; none where nothing was counted
     */
    BigDecimal[] quantiles(int... percents) {
        if (total == 0) {
            return new BigDecimal[0];
        }
        Integer[] order = new Integer[distinct];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                order[n++] = i;
            }
        }
        Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
        BigDecimal[] found = new BigDecimal[percents.length];
        long seen = 0;
        int next = 0;
        for (int place : order) {
            seen += counts[place];
            while (next < percents.length && seen * 100 >= Math.multiplyExact(total, percents[next])) {
                found[next++] = BigDecimal.valueOf(keys[place], SCALE);
            }
        }
        return found;
    }
}
