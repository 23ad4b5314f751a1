package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Jitter;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one series' day when layers come and go. Pure: every store decides by this, and then writes.
 *
 * @param kind what happened to the block
 * @param before the block as it stood, null if there was none
 * @param after the block as it stands, null if there is none any more
 * @param layers the active layers after the change
 * @param added those of them that are new (neighbours of one delivery joined where they do not contradict)
 * @param refused new blocks that were not taken, because the day is kept at another resolution
 * @param repeated blocks whose intervals the same delivery gave again with another value
 * @param mismatches daily totals, old or new, that differ from the sum of the readings they stand beside
 * @param late whether something new was superseded on arrival by a reading of greater precedence
 */
public record Change(
        Kind kind,
        @Nullable DayBlock before,
        @Nullable DayBlock after,
        List<Layer> layers,
        List<Layer> added,
        List<Layer> refused,
        List<Layer> repeated,
        List<Layer> mismatches,
        boolean late) {

    /** What a delivery did to a block. */
    public enum Kind {
        NEW,
        UNCHANGED,
        /** Only missing intervals were filled. */
        EXTENDED,
        CORRECTED,
        /** Nothing is left of it. */
        REMOVED
    }

    /**
     * Decides a change.
     *
     * @param before the block as it stands: the overlay of {@code active}
     * @param active the layers that count until now
     * @param ended revisions whose layers end with this change
     * @param incoming what is new, in the order of the document
     */
    public static Change of(@Nullable DayBlock before, List<Layer> active, LongPredicate ended, List<Layer> incoming) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : active) {
            if (!ended.test(layer.revision())) {
                layers.add(layer);
            }
        }
        List<Layer> added = new ArrayList<>();
        List<Layer> refused = new ArrayList<>();
        List<Layer> repeated = new ArrayList<>();
        boolean beside = false;
        List<Layer> given = joined(incoming, repeated);
        List<Layer> all = new ArrayList<>(layers);
        all.addAll(given);
        @Nullable Resolution kept = all.isEmpty() ? null : Overlay.resolution(all);
        for (Layer next : given) {
            List<Layer> with = new ArrayList<>(layers);
            with.addAll(added);
            with.add(next);
            @Nullable Resolution own = next.block().resolution();
            if (Objects.equals(kept, own) || Objects.equals(Overlay.resolution(with), own)) {
                added.add(next);
            } else if (isDay(next.block())) {
                beside = true;
                added.add(next);
            } else {
                refused.add(next);
            }
        }
        layers.addAll(added);
        @Nullable DayBlock after = Overlay.of(layers);
        return new Change(
                kind(before, after),
                before,
                after,
                layers,
                added,
                refused,
                repeated,
                added.isEmpty() ? List.of() : mismatches(layers, after),
                !added.isEmpty() && !beside && isSuperseded(added, after));
    }

    /** The layers of a delivery in their order, neighbours that do not contradict each other as one. */
    private static List<Layer> joined(List<Layer> incoming, List<Layer> repeated) {
        List<Layer> inOrder = new ArrayList<>(incoming);
        inOrder.removeIf(layer -> isEmpty(layer.block()));
        inOrder.sort(Comparator.comparing(Layer::precedence));
        List<Layer> joined = new ArrayList<>();
        for (Layer next : inOrder) {
            @Nullable Layer both = joined.isEmpty() ? null : join(joined.getLast(), next);
            if (both != null) {
                joined.set(joined.size() - 1, both);
                continue;
            }
            if (!joined.isEmpty() && sameGrid(joined.getLast(), next)) {
                repeated.add(next);
            }
            joined.add(next);
        }
        return joined;
    }

    /** Absent and empty cells change nothing. */
    private static boolean isEmpty(DayBlock block) {
        return block.count(Quality.MISSING) == block.length();
    }

    /** Daily totals beside readings that are finer and come to something else, whichever of the two came first. */
    private static List<Layer> mismatches(List<Layer> layers, @Nullable DayBlock after) {
        if (after == null || isDay(after)) {
            return List.of();
        }
        return layers.stream()
                .filter(layer -> isDay(layer.block()) && layer.block().total().compareTo(after.total()) != 0)
                .toList();
    }

    private static boolean isDay(DayBlock block) {
        @Nullable Resolution resolution = block.resolution();
        return resolution != null && resolution.isDay();
    }

    private static boolean sameGrid(Layer a, Layer b) {
        return a.revision() == b.revision()
                && Objects.equals(a.block().resolution(), b.block().resolution());
    }

    /** One layer of two neighbours of the same delivery, or null where they contradict each other. */
    private static @Nullable Layer join(Layer earlier, Layer later) {
        if (!sameGrid(earlier, later) || contradict(earlier.block(), later.block())) {
            return null;
        }
        DayBlock union = Objects.requireNonNull(Overlay.of(List.of(earlier, later)));
        return new Layer(earlier.revision(), earlier.precedence(), union);
    }

    /** Whether two blocks of one grid, or of exact intervals, say different things of the same time. */
    private static boolean contradict(DayBlock a, DayBlock b) {
        if (a.resolution() == null) {
            return contradictExactly(a, b);
        }
        for (int i = 0; i < a.length(); i++) {
            boolean both = a.qualities()[i] != Quality.MISSING.code() && b.qualities()[i] != Quality.MISSING.code();
            if (both && !sameReading(a, i, b, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contradictExactly(DayBlock a, DayBlock b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            long aEnd = a.endOf(i, 0);
            long bEnd = b.endOf(j, 0);
            if (!Jitter.rivals(a.startOf(i), aEnd, b.startOf(j), bEnd)) {
                if (aEnd <= bEnd) {
                    i++;
                } else {
                    j++;
                }
            } else if (a.startOf(i) == b.startOf(j) && aEnd == bEnd && sameReading(a, i, b, j)) {
                i++;
                j++;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean sameReading(DayBlock a, int i, DayBlock b, int j) {
        return a.qualities()[i] == b.qualities()[j]
                && Scaled.toDecimal(a.values()[i], a.scale()).compareTo(Scaled.toDecimal(b.values()[j], b.scale()))
                        == 0;
    }

    /** Whether some reading of the last new layer does not stand in the result. */
    private static boolean isSuperseded(List<Layer> added, @Nullable DayBlock after) {
        DayBlock given = added.getLast().block();
        if (after == null || !Objects.equals(given.resolution(), after.resolution())) {
            return false;
        }
        if (given.resolution() == null) {
            return !standsIn(given, after);
        }
        for (int i = 0; i < given.length(); i++) {
            if (given.qualities()[i] != Quality.MISSING.code() && !sameReading(given, i, after, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every reading of exact intervals is there: at the same start, if perhaps with an end that gave way a little. */
    private static boolean standsIn(DayBlock block, DayBlock after) {
        int j = 0;
        for (int i = 0; i < block.length(); i++) {
            while (j < after.length() && after.startOf(j) < block.startOf(i)) {
                j++;
            }
            boolean there =
                    j < after.length() && after.startOf(j) == block.startOf(i) && sameReading(block, i, after, j);
            if (!there && block.qualities()[i] != Quality.MISSING.code()) {
                return false;
            }
        }
        return true;
    }

    private static Kind kind(@Nullable DayBlock before, @Nullable DayBlock after) {
        if (before == null) {
            return after == null ? Kind.UNCHANGED : Kind.NEW;
        }
        if (after == null) {
            return Kind.REMOVED;
        }
        if (before.equals(after)) {
            return Kind.UNCHANGED;
        }
        return isExtension(before, after) ? Kind.EXTENDED : Kind.CORRECTED;
    }

    private static boolean isExtension(DayBlock before, DayBlock after) {
        if (!Objects.equals(before.resolution(), after.resolution()) || before.start() != after.start()) {
            return false;
        }
        if (before.resolution() == null) {
            return standsIn(before, after);
        }
        for (int i = 0; i < before.length(); i++) {
            if (before.qualities()[i] != Quality.MISSING.code() && !sameReading(before, i, after, i)) {
                return false;
            }
        }
        return true;
    }
}
