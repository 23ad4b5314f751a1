package io.tallywatt.core.reading;

import io.tallywatt.core.time.Resolution;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #CAPACITY} blocks side by side, one array per property: what readers fill and stores copy from, without an
 * object per block. This class is plain performance code, and its fields are open on purpose; elsewhere use
 * {@link DayBlock}.
 *
 * <p>Block {@code b} has its intervals at {@code offset[b] .. offset[b] + length[b]} of {@link #values} and
 * {@link #qualities}. A reader adds a block by {@link #begin}, fills values and qualities from the returned offset on, and
 * {@link #commit}s it; an abandoned block is simply begun again.
 */
public final class BlockBatch {
    public static final int CAPACITY = 2048;

    public int size;
    /** Number of intervals in use by the blocks of the batch. */
    public int used;

    public final int[] series = new int[CAPACITY];
    /** Epoch day of the local date. */
    public final int[] day = new int[CAPACITY];
    /** First instant of the day, epoch seconds. */
    public final long[] start = new long[CAPACITY];
    /** Seconds of the grid; 0 for an irregular block. */
    public final int[] resolution = new int[CAPACITY];

    public final byte[] scale = new byte[CAPACITY];
    public final int[] offset = new int[CAPACITY];
    public final int[] length = new int[CAPACITY];
    /** Offset and length once more, in turns: stores that keep lists copy them as they are. */
    public final long[] extents = new long[CAPACITY * 2];
    /** Sum of the readings that count, at the block's scale. */
    public final long[] total = new long[CAPACITY];
    /** Smallest and greatest reading that counts; 0 where none does. */
    public final long[] min = new long[CAPACITY];

    public final long[] max = new long[CAPACITY];
    /** How many readings count. */
    public final int[] counted = new int[CAPACITY];
    /** Whether every interval is ACTUAL: then {@link #qualities} is all zeros for the block. */
    public final boolean[] allActual = new boolean[CAPACITY];
    /** First line of the document that gave the block. */
    public final long[] line = new long[CAPACITY];

    public long[] values;
    public byte[] qualities;
    /** Exact intervals of irregular blocks, parallel to {@link #values}; null until one is added. */
    public long @Nullable [] starts;

    public long @Nullable [] ends;

    public BlockBatch() {
        values = new long[CAPACITY * 48];
        qualities = new byte[CAPACITY * 48];
    }

    /** Whether any block has a quality other than ACTUAL. */
    public boolean anyMarked;
    /** Whether any block is irregular. */
    public boolean anyExact;

    public void clear() {
        size = 0;
        used = 0;
        anyMarked = false;
        anyExact = false;
    }

    /**
     * Keeps some blocks and forgets the others. Their intervals stay where they are.
     *
     * @param chosen which, ascending
     */
    public void retain(int[] chosen, int n) {
        for (int to = 0; to < n; to++) {
            int from = chosen[to];
            series[to] = series[from];
            day[to] = day[from];
            start[to] = start[from];
            resolution[to] = resolution[from];
            scale[to] = scale[from];
            offset[to] = offset[from];
            length[to] = length[from];
            extents[2 * to] = extents[2 * from];
            extents[2 * to + 1] = extents[2 * from + 1];
            total[to] = total[from];
            min[to] = min[from];
            max[to] = max[from];
            counted[to] = counted[from];
            allActual[to] = allActual[from];
            line[to] = line[from];
        }
        size = n;
    }

    public boolean isFull() {
        return size == CAPACITY;
    }

    /** Makes room for a block of so many intervals; returns where its values go. Qualities there are ACTUAL (0). */
    public int begin(int intervals) {
        int needed = used + intervals;
        if (needed > values.length) {
            int grown = Math.max(needed, values.length * 2);
            values = Arrays.copyOf(values, grown);
            qualities = Arrays.copyOf(qualities, grown);
            if (starts != null && ends != null) {
                starts = Arrays.copyOf(starts, grown);
                ends = Arrays.copyOf(ends, grown);
            }
        }
        Arrays.fill(qualities, used, needed, (byte) 0);
        return used;
    }

    /**
     * Adds the block begun last, whose values and qualities stand at the offset that {@link #begin} gave. Brings them to
     * the smallest scale and computes total, min, max and count.
     *
     * @param marked whether any quality other than ACTUAL was written; false spares looking
     */
    public void commit(
            int seriesId,
            int epochDay,
            long startSecond,
            int resolutionSeconds,
            int blockScale,
            int intervals,
            boolean marked,
            long atLine) {
        int b = size;
        int from = used;
        int to = from + intervals;
        long[] v = values;
        int trimmed = marked || v[from] % 10 == 0 && blockScale > 0
                ? DayBlock.trim(blockScale, v, qualities, from, intervals)
                : blockScale;
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        int count = intervals;
        if (marked) {
            byte[] q = qualities;
            count = 0;
            for (int i = from; i < to; i++) {
                if (Quality.counts(q[i])) {
                    long x = v[i];
                    sum = Math.addExact(sum, x);
                    least = Math.min(least, x);
                    most = Math.max(most, x);
                    count++;
                }
            }
        } else {
            for (int i = from; i < to; i++) {
                long x = v[i];
                sum += x;
                least = Math.min(least, x);
                most = Math.max(most, x);
            }
        }
        series[b] = seriesId;
        day[b] = epochDay;
        start[b] = startSecond;
        resolution[b] = resolutionSeconds;
        scale[b] = (byte) trimmed;
        offset[b] = from;
        length[b] = intervals;
        extents[2 * b] = from;
        extents[2 * b + 1] = intervals;
        anyMarked |= marked;
        anyExact |= resolutionSeconds == 0;
        total[b] = sum;
        min[b] = count == 0 ? 0 : least;
        max[b] = count == 0 ? 0 : most;
        counted[b] = count;
        allActual[b] = !marked;
        line[b] = atLine;
        used = to;
        size = b + 1;
    }

    /** Adds a block that exists as an object. */
    public void add(int seriesId, DayBlock block, long atLine) {
        int at = begin(block.length());
        System.arraycopy(block.values(), 0, values, at, block.length());
        System.arraycopy(block.qualities(), 0, qualities, at, block.length());
        Resolution step = block.resolution();
        if (step == null) {
            addIntervals(block, at);
        }
        boolean marked = block.count(Quality.ACTUAL) != block.length();
        commit(
                seriesId,
                block.day(),
                block.start(),
                step == null ? 0 : step.seconds(),
                block.scale(),
                block.length(),
                marked,
                atLine);
    }

    private void addIntervals(DayBlock block, int at) {
        System.arraycopy(java.util.Objects.requireNonNull(block.starts()), 0, exactStarts(), at, block.length());
        System.arraycopy(java.util.Objects.requireNonNull(block.ends()), 0, exactEnds(), at, block.length());
    }

    /** {@link #starts}, made as long as {@link #values}; to be asked after {@link #begin}. */
    public long[] exactStarts() {
        long[] current = grow(starts);
        starts = current;
        return current;
    }

    /** {@link #ends}, likewise. */
    public long[] exactEnds() {
        long[] current = grow(ends);
        ends = current;
        return current;
    }

    private long[] grow(long @Nullable [] old) {
        if (old == null) {
            return new long[values.length];
        }
        return old.length < values.length ? Arrays.copyOf(old, values.length) : old;
    }

    /** The block as an object of its own. */
    public DayBlock block(int b) {
        int from = offset[b];
        int to = from + length[b];
        long[] v = Arrays.copyOfRange(values, from, to);
        byte[] q = Arrays.copyOfRange(qualities, from, to);
        if (resolution[b] == 0) {
            return DayBlock.irregular(
                    day[b],
                    start[b],
                    scale[b],
                    v,
                    q,
                    Arrays.copyOfRange(java.util.Objects.requireNonNull(starts), from, to),
                    Arrays.copyOfRange(java.util.Objects.requireNonNull(ends), from, to));
        }
        return DayBlock.regular(day[b], start[b], new Resolution(resolution[b]), scale[b], v, q);
    }
}
