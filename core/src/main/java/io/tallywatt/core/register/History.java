package io.tallywatt.core.register;

import io.tallywatt.core.reading.Quality;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts what a supplier's history says of whole hours in the place of what was only estimated. What registers measured stays;
 * where they cover a part of an hour, the rest of it has the rest of its energy. An estimate that reaches beyond the hours
 * that are known keeps there what these leave of it.
 */
final class History {
    private History() {}

    /**
     * @param measured pieces by registers, by time, none of which overlaps the next
     * @param history likewise, of readings that count
     * @return pieces by time, none of which overlaps the next
     */
    static List<Piece> over(List<Piece> measured, List<Piece> history) {
        if (history.isEmpty()) {
            return measured;
        }
        List<Piece> all = new ArrayList<>();
        List<Piece> firm =
                measured.stream().filter(p -> p.quality() == Quality.ACTUAL).toList();
        List<Piece> given = new ArrayList<>();
        int next = 0;
        for (Piece hour : history) {
            while (next < firm.size() && firm.get(next).end() <= hour.start()) {
                next++;
            }
            rest(hour, firm, next, given);
        }
        all.addAll(firm);
        all.addAll(given);
        next = 0;
        for (Piece piece : measured) {
            if (piece.quality() == Quality.ACTUAL) {
                continue;
            }
            while (next < history.size() && history.get(next).end() <= piece.start()) {
                next++;
            }
            beyond(piece, history, next, given, all);
        }
        all.sort(java.util.Comparator.comparingLong(Piece::start));
        return all;
    }

    /** What an hour has where nothing was measured. */
    private static void rest(Piece hour, List<Piece> firm, int from, List<Piece> given) {
        List<long[]> open = new ArrayList<>();
        long at = hour.start();
        long left = hour.nano();
        boolean any = false;
        for (int i = from; i < firm.size() && firm.get(i).start() < hour.end(); i++) {
            Piece piece = firm.get(i);
            any = true;
            if (piece.start() > at) {
                open.add(new long[] {at, piece.start()});
            }
            left -= piece.between(Math.max(piece.start(), hour.start()), Math.min(piece.end(), hour.end()));
            at = Math.max(at, piece.end());
        }
        if (at < hour.end()) {
            open.add(new long[] {at, hour.end()});
        }
        if (!any) {
            given.add(hour);
        } else {
            spread(Math.max(0, left), open, given);
        }
    }

    /** What an estimate has outside of the hours that are known; one that cannot be stays only where nothing else is. */
    private static void beyond(Piece piece, List<Piece> history, int from, List<Piece> given, List<Piece> all) {
        List<long[]> open = new ArrayList<>();
        long at = piece.start();
        boolean any = false;
        for (int i = from; i < history.size() && history.get(i).start() < piece.end(); i++) {
            Piece hour = history.get(i);
            any = true;
            if (hour.start() > at) {
                open.add(new long[] {at, hour.start()});
            }
            at = Math.max(at, hour.end());
        }
        if (!any) {
            all.add(piece);
            return;
        }
        if (at < piece.end()) {
            open.add(new long[] {at, piece.end()});
        }
        if (piece.quality() == Quality.INVALID) {
            return;
        }
        long left = piece.nano();
        for (Piece known : given) {
            if (known.within(piece.start(), piece.end()) > 0) {
                left -= known.between(Math.max(known.start(), piece.start()), Math.min(known.end(), piece.end()));
            }
        }
        spread(Math.max(0, left), open, all);
    }

    /** Gives each stretch its share by time; the last has what is left, so that they sum exactly. */
    private static void spread(long nano, List<long[]> stretches, List<Piece> into) {
        long seconds = stretches.stream().mapToLong(s -> s[1] - s[0]).sum();
        long before = 0;
        long passed = 0;
        for (long[] stretch : stretches) {
            passed += stretch[1] - stretch[0];
            long until = Piece.share(nano, passed, seconds);
            into.add(new Piece(stretch[0], stretch[1], until - before, Quality.ESTIMATED));
            before = until;
        }
    }
}
