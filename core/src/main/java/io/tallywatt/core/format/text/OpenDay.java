package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.BlockBatch;

/** The readings of one series' day, while rows for it may still come. */
abstract class OpenDay {
    final int series;
    final int day;

    OpenDay(int series, int day) {
        this.series = series;
        this.day = day;
    }

    /** Intervals of memory that it takes. */
    abstract int weight();

    /** Adds the block to a batch that has room. */
    abstract void handOut(BlockBatch batch);

    final long key() {
        return key(series, day);
    }

    /** One number per series and day, spread well: small numbers side by side would collide in a hash table. */
    static long key(int series, int day) {
        return ((long) series << 32 | day) * 0x9E3779B97F4A7C15L;
    }
}
