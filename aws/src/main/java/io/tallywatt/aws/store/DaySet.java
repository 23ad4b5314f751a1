package io.tallywatt.aws.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntConsumer;

/** Epoch days as runs of successive ones, which is what the days of a meter are: years take a few bytes. Immutable. */
final class DaySet {
    static final DaySet NONE = new DaySet(new int[0]);

    /** First days and days after the last, in turns, ascending. */
    private final int[] edges;

    private DaySet(int[] edges) {
        this.edges = edges;
    }

    static DaySet of(Collection<Integer> days) {
        return of(days.stream().mapToInt(Integer::intValue).sorted().distinct().toArray());
    }

    private static DaySet of(int[] ascending) {
        if (ascending.length == 0) {
            return NONE;
        }
        int[] edges = new int[2 * ascending.length];
        int n = 0;
        for (int day : ascending) {
            if (n > 0 && edges[n - 1] == day) {
                edges[n - 1]++;
            } else {
                edges[n++] = day;
                edges[n++] = day + 1;
            }
        }
        return new DaySet(Arrays.copyOf(edges, n));
    }

    boolean isEmpty() {
        return edges.length == 0;
    }

    /** @throws ArrayIndexOutOfBoundsException if there is none */
    int first() {
        return edges[0];
    }

    /** @throws ArrayIndexOutOfBoundsException if there is none */
    int last() {
        return edges[edges.length - 1] - 1;
    }

    boolean contains(int day) {
        int at = Arrays.binarySearch(edges, day);
        return at >= 0 ? at % 2 == 0 : (-at - 1) % 2 == 1;
    }

    int size() {
        int n = 0;
        for (int i = 0; i < edges.length; i += 2) {
            n += edges[i + 1] - edges[i];
        }
        return n;
    }

    void forEach(IntConsumer action) {
        for (int i = 0; i < edges.length; i += 2) {
            for (int day = edges[i]; day < edges[i + 1]; day++) {
                action.accept(day);
            }
        }
    }

    /** Days of either. */
    DaySet or(DaySet other) {
        return other.isEmpty() ? this : isEmpty() ? other : merged(other, 1, 2, 3);
    }

    /** Days of this one that the other has not. */
    DaySet without(DaySet other) {
        return other.isEmpty() || isEmpty() ? this : merged(other, 1);
    }

    /** Days of both. */
    DaySet and(DaySet other) {
        return isEmpty() || other.isEmpty() ? NONE : merged(other, 3);
    }

    /** The days in a range, the end excluded. */
    DaySet within(int from, int to) {
        return from >= to ? NONE : and(new DaySet(new int[] {from, to}));
    }

    /** The same with so many days after each. */
    DaySet prolonged(int days) {
        int[] longer = new int[edges.length];
        int n = 0;
        for (int i = 0; i < edges.length; i += 2) {
            if (n > 0 && longer[n - 1] >= edges[i]) {
                longer[n - 1] = edges[i + 1] + days;
            } else {
                longer[n++] = edges[i];
                longer[n++] = edges[i + 1] + days;
            }
        }
        return new DaySet(Arrays.copyOf(longer, n));
    }

    /** Where the state is one of those: 1 for days of this one alone, 2 for those of the other alone, 3 for days of both. */
    private DaySet merged(DaySet other, int... states) {
        int[] a = edges;
        int[] b = other.edges;
        int[] out = new int[a.length + b.length];
        int n = 0;
        int i = 0;
        int j = 0;
        boolean inside = false;
        while (i < a.length || j < b.length) {
            int day = i == a.length ? b[j] : j == b.length ? a[i] : Math.min(a[i], b[j]);
            while (i < a.length && a[i] == day) {
                i++;
            }
            while (j < b.length && b[j] == day) {
                j++;
            }
            int state = (i % 2) + 2 * (j % 2);
            boolean now = Arrays.stream(states).anyMatch(s -> s == state);
            if (now != inside) {
                out[n++] = day;
                inside = now;
            }
        }
        return new DaySet(Arrays.copyOf(out, n));
    }

    void write(ByteWriter to) {
        to.unsigned(edges.length / 2);
        int before = 0;
        for (int edge : edges) {
            to.signed(edge - before);
            before = edge;
        }
    }

    static DaySet read(ByteReader from) {
        int[] edges = new int[2 * from.count()];
        int before = 0;
        for (int i = 0; i < edges.length; i++) {
            before += (int) from.signed();
            edges[i] = before;
        }
        return edges.length == 0 ? NONE : new DaySet(edges);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DaySet set && Arrays.equals(edges, set.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return Arrays.toString(edges);
    }
}
