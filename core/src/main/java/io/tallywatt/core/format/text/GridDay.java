package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import java.util.Arrays;

/** An open day on the grid. Values are held at nine decimals, which every value taken fits. */
final class GridDay extends OpenDay {
    /** No row has named the interval yet. */
    static final byte UNSEEN = -1;

    private static final byte MISSING = Quality.MISSING.code();

    private final long start;
    private final int step;
    private final long[] values;
    private final byte[] qualities;
    private final long[] lines;
    private int scale;
    private long line = Long.MAX_VALUE;
    private boolean replaced;

    GridDay(int series, int day, long start, int step, int intervals) {
        super(series, day);
        this.start = start;
        this.step = step;
        values = new long[intervals];
        lines = new long[intervals];
        qualities = new byte[intervals];
        Arrays.fill(qualities, UNSEEN);
    }

    /** Code of the quality, or {@link #UNSEEN}. */
    byte quality(int interval) {
        return qualities[interval];
    }

    boolean holds(int interval) {
        return qualities[interval] != UNSEEN && qualities[interval] != MISSING;
    }

    boolean holdsSame(int interval, long nanoUnits, byte quality) {
        return values[interval] == nanoUnits && qualities[interval] == quality;
    }

    /**
     * Puts a reading.
     *
     * @param nanoUnits at nine decimals
     * @param decimals that it has
     */
    void put(int interval, long nanoUnits, int decimals, byte quality, long atLine) {
        // The block's line decides between blocks of one file: once it replaces a reading it has to be the later one.
        replaced |= holds(interval);
        line = replaced ? Math.max(line == Long.MAX_VALUE ? 0 : line, atLine) : Math.min(line, atLine);
        values[interval] = nanoUnits;
        qualities[interval] = quality;
        lines[interval] = atLine;
        scale = Math.max(scale, decimals);
    }

    /** An empty cell: a row of its own, though no reading. */
    void putMissing(int interval) {
        if (qualities[interval] == UNSEEN) {
            qualities[interval] = MISSING;
        }
    }

    /** The reading of one interval as a day of its own. */
    GridDay only(int interval) {
        GridDay single = new GridDay(series, day, start, step, values.length);
        single.put(interval, values[interval], Scaled.MAX_SCALE, qualities[interval], lines[interval]);
        return single;
    }

    @Override
    int weight() {
        return values.length;
    }

    @Override
    void handOut(BlockBatch batch) {
        if (line == Long.MAX_VALUE) {
            return;
        }
        int at = batch.begin(values.length);
        long power = Scaled.power(Scaled.MAX_SCALE - scale);
        boolean marked = false;
        for (int i = 0; i < values.length; i++) {
            batch.values[at + i] = values[i] / power;
            byte quality = qualities[i] == UNSEEN ? MISSING : qualities[i];
            batch.qualities[at + i] = quality;
            marked |= quality != 0;
        }
        batch.commit(series, day, start, step, scale, values.length, marked, line);
    }
}
