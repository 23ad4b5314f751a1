package io.tallywatt.core.register;

import io.tallywatt.core.reading.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts what a supplier's history says of whole hours in the place of what was only estimated. What registers measured stays:
 *
 * <ul>
 *   <li>an hour that lies in an outage has its own energy; what of the outage is left over, up to the register's energy, is
 *       that of the parts of hours at its ends, by what the history has left for these, so that no watt-hour is lost;
 *   <li>where nothing was read at all, a part of an hour has what the history says less what was measured of it;
 *   <li>an estimate whose energy is not sure keeps only what lies beyond the hours that are known.
 * </ul>
 */
final class History {
    private final List<Piece> measured;
    private final List<Piece> hours;
    private final List<Piece> firm;
    private final List<Piece> all = new ArrayList<>();

    private History(List<Piece> measured, List<Piece> hours) {
        this.measured = measured;
        this.hours = hours;
        this.firm = measured.stream().filter(p -> p.quality() == Quality.ACTUAL).toList();
    }

    /**
     * @param measured pieces by registers, by time, none of which overlaps the next
     * @param hours of the history, likewise; only those that count
     * @return pieces by time, none of which overlaps the next
     */
    static List<Piece> over(List<Piece> measured, List<Piece> hours) {
        return hours.isEmpty() ? measured : new History(measured, hours).over();
    }

    private List<Piece> over() {
        all.addAll(firm);
        for (Piece piece : measured) {
            if (piece.quality() == Quality.ESTIMATED && piece.sure()) {
                outage(piece);
            }
        }
        List<Piece> covering = new ArrayList<>(all);
        covering.sort(Comparator.comparingLong(Piece::start));
        List<Piece> given = new ArrayList<>();
        for (Piece hour : hours) {
            rest(hour, covering, given);
        }
        all.addAll(given);
        for (Piece piece : measured) {
            if (piece.quality() != Quality.ACTUAL && !piece.sure()) {
                beyond(piece, given);
            }
        }
        all.sort(Comparator.comparingLong(Piece::start));
        return all;
    }

    /** The first of some pieces that ends after an instant. */
    private static int first(List<Piece> pieces, long instant) {
        int low = 0;
        int high = pieces.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (pieces.get(middle).end() <= instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long energy(List<Piece> pieces, long from, long to) {
        long sum = 0;
        for (int i = first(pieces, from); i < pieces.size() && pieces.get(i).start() < to; i++) {
            sum += pieces.get(i).between(from, to);
        }
        return sum;
    }

    private static long seconds(List<Piece> pieces, long from, long to) {
        long sum = 0;
        for (int i = first(pieces, from); i < pieces.size() && pieces.get(i).start() < to; i++) {
            sum += pieces.get(i).within(from, to);
        }
        return sum;
    }

    /** Stretches that share an energy by their weights. */
    private static final class Shares {
        private record Stretch(long start, long end, long weight) {}

        private final List<Stretch> stretches = new ArrayList<>();

        void add(long start, long end, long weight) {
            if (start < end) {
                stretches.add(new Stretch(start, end, Math.max(0, weight)));
            }
        }

        boolean isEmpty() {
            return stretches.isEmpty();
        }

        /**
         * The last has what is left, so that they sum exactly.
         *
         * @param weighed whether their weights count, if there are any; else their time does
         */
        void spread(long nano, boolean weighed, List<Piece> into) {
            boolean byTime = !weighed || stretches.stream().allMatch(s -> s.weight() == 0);
            long whole = stretches.stream()
                    .mapToLong(s -> byTime ? s.end() - s.start() : s.weight())
                    .sum();
            long passed = 0;
            long before = 0;
            for (Stretch stretch : stretches) {
                passed += byTime ? stretch.end() - stretch.start() : stretch.weight();
                long until = Piece.share(nano, passed, whole);
                into.add(Piece.of(stretch.start(), stretch.end(), until - before, Quality.ESTIMATED));
                before = until;
            }
        }
    }

    /**
     * The part of an hour at an end of an outage.
     *
     * @param rest what the hour has beside what was measured of it
     * @param alone whether nothing else of the hour is open, so that the rest is this part's
     */
    private record Edge(long start, long end, long rest, boolean alone) {}

    private void outage(Piece piece) {
        Shares shares = new Shares();
        List<Edge> edges = new ArrayList<>();
        List<Piece> whole = new ArrayList<>();
        long left = piece.nano();
        long at = piece.start();
        for (int i = first(hours, piece.start());
                i < hours.size() && hours.get(i).start() < piece.end();
                i++) {
            Piece hour = hours.get(i);
            long start = Math.max(hour.start(), piece.start());
            long end = Math.min(hour.end(), piece.end());
            shares.add(at, start, piece.between(at, start));
            if (start == hour.start() && end == hour.end()) {
                whole.add(hour);
                left -= hour.nano();
            } else {
                edges.add(edge(start, end, hour));
            }
            at = end;
        }
        if (at == piece.start()) {
            all.add(piece);
            return;
        }
        shares.add(at, piece.end(), piece.between(at, piece.end()));
        all.addAll(whole);
        left = Math.max(0, left);
        // One end that is known leaves the rest to the other; of two that are known both give way where they do not
        // fit.
        boolean others = !shares.isEmpty();
        long alone = edges.stream().filter(Edge::alone).count();
        for (Edge edge : edges) {
            if (edge.alone() && (others || edges.size() > alone)) {
                long own = Math.min(edge.rest(), left);
                all.add(Piece.of(edge.start(), edge.end(), own, Quality.ESTIMATED));
                left -= own;
            } else {
                shares.add(edge.start(), edge.end(), edge.rest());
            }
        }
        if (!shares.isEmpty()) {
            shares.spread(left, !edges.isEmpty(), all);
        }
    }

    private Edge edge(long start, long end, Piece hour) {
        long open = hour.seconds() - seconds(firm, hour.start(), hour.end());
        long rest = Math.max(0, hour.nano() - energy(firm, hour.start(), hour.end()));
        boolean alone = open == end - start;
        return new Edge(start, end, alone ? rest : Piece.share(rest, end - start, open), alone);
    }

    /** What an hour has where nothing was measured. */
    private static void rest(Piece hour, List<Piece> covering, List<Piece> given) {
        Shares shares = new Shares();
        long at = hour.start();
        int from = first(covering, hour.start());
        for (int i = from; i < covering.size() && covering.get(i).start() < hour.end(); i++) {
            shares.add(at, covering.get(i).start(), 0);
            at = Math.max(at, covering.get(i).end());
        }
        if (at == hour.start()) {
            given.add(hour);
            return;
        }
        shares.add(at, hour.end(), 0);
        if (!shares.isEmpty()) {
            shares.spread(Math.max(0, hour.nano() - energy(covering, hour.start(), hour.end())), false, given);
        }
    }

    /** What an estimate that is not sure has outside of the hours that are known; INVALID stays only where nothing else is. */
    private void beyond(Piece piece, List<Piece> given) {
        Shares shares = new Shares();
        long at = piece.start();
        for (int i = first(hours, piece.start());
                i < hours.size() && hours.get(i).start() < piece.end();
                i++) {
            shares.add(at, hours.get(i).start(), 0);
            at = Math.max(at, hours.get(i).end());
        }
        if (at == piece.start()) {
            all.add(piece);
            return;
        }
        shares.add(at, piece.end(), 0);
        if (piece.quality() == Quality.ESTIMATED && !shares.isEmpty()) {
            shares.spread(Math.max(0, piece.nano() - energy(given, piece.start(), piece.end())), false, all);
        }
    }
}
