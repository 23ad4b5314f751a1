package io.tallywatt.core.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The latest readings of one series in the order of time, 22 bytes each: plain performance code.
 *
 * <p>Readings are counted from 0, the oldest. Of two readings that overlap by more than half of the shorter one, only the one
 * placed last is kept; what overlaps less is taken for stamps that jitter. So both starts and ends ascend.
 *
 * <p>Starts are seconds since a base of the memory's own, so that an int holds them.
 */
final class Readings {
    /** So many at most, whatever their length: a reading a minute for four weeks. */
    static final int MOST = SeriesMemory.DAYS * 24 * 60;

    private static final int FIRST_ROOM = 64;
    private static final long FARTHEST = 1 << 30;

    private final long keptSeconds;
    private long base;
    private int[] starts = new int[FIRST_ROOM];
    private int[] lengths = new int[FIRST_ROOM];
    private long[] units = new long[FIRST_ROOM];
    private short[] marks = new short[FIRST_ROOM];
    private int[] deliveries = new int[FIRST_ROOM];
    private int from;
    private int to;
    /** What starts before this has been forgotten for want of room. */
    private long forgottenBefore = Long.MIN_VALUE;

    /** @param keptSeconds readings are forgotten that start so long before the end of the latest */
    Readings(long keptSeconds) {
        this.keptSeconds = keptSeconds;
    }

    int size() {
        return to - from;
    }

    long start(int i) {
        return base + starts[from + i];
    }

    long end(int i) {
        return base + starts[from + i] + lengths[from + i];
    }

    int length(int i) {
        return lengths[from + i];
    }

    long units(int i) {
        return units[from + i];
    }

    int marks(int i) {
        return marks[from + i];
    }

    int delivery(int i) {
        return deliveries[from + i];
    }

    boolean isGood(int i) {
        return Marks.isGood(marks[from + i]);
    }

    void mark(int i, int mark) {
        marks[from + i] |= (short) mark;
    }

    void unmark(int i, int mark) {
        marks[from + i] &= (short) ~mark;
    }

    /** Whether two readings are about as long as each other, so that their values can be compared. */
    boolean areAlike(int i, int j) {
        int a = lengths[from + i];
        int b = lengths[from + j];
        return Math.abs(a - b) <= Math.max(a, b) / 4;
    }

    /** Readings that start earlier are not taken any more. */
    long horizon() {
        return size() == 0 ? Long.MIN_VALUE : Math.max(end(size() - 1) - keptSeconds, forgottenBefore);
    }

    /**
     * The first reading that starts at or after an instant; {@link #size} if there is none.
     *
     * @param guess where to begin looking
     */
    int firstFrom(long instant, int guess) {
        int n = size();
        long key = instant - base;
        int at = Math.clamp(guess, 0, n);
        int low;
        int high;
        if (at < n && starts[from + at] < key) {
            low = at + 1;
            high = low;
            for (int step = 1; high < n && starts[from + high] < key; step <<= 1) {
                low = high + 1;
                high = Math.min(n, high + step);
            }
        } else {
            high = at;
            low = at - 1;
            for (int step = 1; low >= 0 && starts[from + low] >= key; step <<= 1) {
                high = low;
                low = Math.max(-1, low - step);
            }
            low++;
        }
        while (low < high) {
            int middle = low + high >>> 1;
            if (starts[from + middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Lays a reading over what is there. */
    Placed place(long start, long end, long value, int mark, int delivery) {
        int n = size();
        if (start < horizon() || end - start > keptSeconds) {
            return Placed.OUTSIDE;
        }
        int position = firstFrom(start, n);
        int a = position;
        while (a > 0 && overlapMuch(a - 1, start, end)) {
            a--;
        }
        int b = position;
        while (b < n && overlapMuch(b, start, end)) {
            b++;
        }
        if (a == b) {
            int index = insert(a, start, end, value, mark, delivery);
            return index < 0 ? Placed.OUTSIDE : new Placed(Placed.Kind.NEW, index, List.of());
        }
        if (b - a == 1 && isSame(a, start, end, value, mark)) {
            if ((marks(a) & Marks.PRELOADED) == 0) {
                return new Placed(Placed.Kind.SAME, a, List.of());
            }
            set(a, start, end, value, mark, delivery);
            return new Placed(Placed.Kind.NEW, a, List.of());
        }
        List<Past> superseded = new ArrayList<>(b - a);
        for (int i = a; i < b; i++) {
            superseded.add(new Past(start(i), end(i), units(i), marks(i), delivery(i)));
        }
        remove(a + 1, b);
        set(a, start, end, value, mark, delivery);
        return new Placed(Placed.Kind.AGAIN, a, superseded);
    }

    private boolean overlapMuch(int i, long start, long end) {
        long overlap = Math.min(end(i), end) - Math.max(start(i), start);
        return 2 * overlap > Math.min(length(i), end - start);
    }

    private boolean isSame(int i, long start, long end, long value, int mark) {
        return start(i) == start
                && end(i) == end
                && units(i) == value
                && (marks(i) & Marks.QUALITY) == (mark & Marks.QUALITY);
    }

    private void set(int i, long start, long end, long value, int mark, int delivery) {
        int at = from + i;
        starts[at] = (int) (start - base);
        lengths[at] = (int) (end - start);
        units[at] = value;
        marks[at] = (short) mark;
        deliveries[at] = delivery;
    }

    /** Returns where it is after what is too old by now was forgotten; negative if that is the reading itself. */
    private int insert(int i, long start, long end, long value, int mark, int delivery) {
        int n = size();
        if (n == 0) {
            from = 0;
            to = 0;
            base = start;
        } else if (Math.abs(start - base) > FARTHEST) {
            rebase(start, n);
            return insert(size(), start, end, value, mark, delivery);
        }
        if (to == starts.length) {
            makeRoom();
        }
        shift(from + i, from + i + 1, n - i);
        to++;
        set(i, start, end, value, mark, delivery);
        return i - forgetOld();
    }

    /** Decades lie between this reading and the others: only the latest of them is kept, if it is near enough for that. */
    private void rebase(long start, int n) {
        long latest = start(n - 1);
        long shift = start - base;
        from = to - 1;
        base = start;
        if (start - latest > FARTHEST) {
            from = to;
        } else {
            starts[from] = (int) (starts[from] - shift);
        }
    }

    /** The last reading before the horizon stays: a gap may begin there. */
    private int forgetOld() {
        int before = from;
        long oldest = end(size() - 1) - keptSeconds;
        while (size() > 1 && start(1) <= oldest) {
            from++;
        }
        if (size() > MOST) {
            from = to - MOST;
            forgottenBefore = start(0);
        }
        return from - before;
    }

    private void remove(int a, int b) {
        shift(from + b, from + a, size() - b);
        to -= b - a;
    }

    private void shift(int source, int target, int n) {
        if (n > 0) {
            System.arraycopy(starts, source, starts, target, n);
            System.arraycopy(lengths, source, lengths, target, n);
            System.arraycopy(units, source, units, target, n);
            System.arraycopy(marks, source, marks, target, n);
            System.arraycopy(deliveries, source, deliveries, target, n);
        }
    }

    private void makeRoom() {
        int n = size();
        if (from >= starts.length / 4) {
            shift(from, 0, n);
            from = 0;
            to = n;
            return;
        }
        int room = starts.length + starts.length / 2;
        starts = Arrays.copyOf(starts, room);
        lengths = Arrays.copyOf(lengths, room);
        units = Arrays.copyOf(units, room);
        marks = Arrays.copyOf(marks, room);
        deliveries = Arrays.copyOf(deliveries, room);
    }
}
