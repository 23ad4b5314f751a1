package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Jitter;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Layers laid over each other, interval by interval: per interval the reading of the greatest precedence counts, and an
 * absent one changes nothing. The result depends on the layers alone, not on the order in which they are listed.
 */
public final class Overlay {
    private Overlay() {}

    /** The block that the layers make, or null if there are none. */
    public static @Nullable DayBlock of(List<Layer> layers) {
        if (layers.isEmpty()) {
            return null;
        }
        if (layers.size() == 1) {
            return layers.getFirst().block();
        }
        @Nullable Resolution resolution = resolution(layers);
        List<Layer> taking = layers.stream()
                .filter(layer -> Objects.equals(layer.block().resolution(), resolution))
                .sorted(Comparator.comparing(Layer::precedence))
                .toList();
        if (taking.size() == 1) {
            return taking.getFirst().block();
        }
        return resolution == null ? irregular(taking) : regular(taking, resolution);
    }

    /**
     * The resolution that a day is kept in: that of its first layer, until a finer one comes that covers the whole day.
     * Null for exact intervals.
     */
    public static @Nullable Resolution resolution(List<Layer> layers) {
        List<Layer> byArrival = new ArrayList<>(layers);
        byArrival.sort(Comparator.comparingLong(Layer::revision).thenComparing(Layer::precedence));
        @Nullable Resolution kept = byArrival.getFirst().block().resolution();
        for (Layer layer : byArrival) {
            @Nullable Resolution next = layer.block().resolution();
            if (kept != null
                    && next != null
                    && next.finerThan(kept)
                    && layer.block().isComplete()) {
                kept = next;
            }
        }
        return kept;
    }

    /** How many intervals each layer shows in the overlay, in the order of the list. */
    static int[] shown(List<Layer> layers) {
        int[] shown = new int[layers.size()];
        if (shown.length == 1) {
            DayBlock only = layers.getFirst().block();
            shown[0] = only.length() - only.count(Quality.MISSING);
            return shown;
        }
        @Nullable Resolution resolution = resolution(layers);
        List<Integer> descending = IntStream.range(0, layers.size())
                .boxed()
                .filter(at -> Objects.equals(layers.get(at).block().resolution(), resolution))
                .sorted(Comparator.comparing((Integer at) -> layers.get(at).precedence())
                        .reversed())
                .toList();
        TreeMap<Long, Long> placed = new TreeMap<>();
        for (int at : descending) {
            DayBlock block = layers.get(at).block();
            for (int i = 0; i < block.length(); i++) {
                // On a grid no interval overlaps another one's neighbour, so its length does not matter.
                long start = block.startOf(i);
                long end = block.endOf(i, start + 1);
                if (block.qualities()[i] != Quality.MISSING.code() && !hasRival(placed, Long::longValue, start, end)) {
                    placed.put(start, end);
                    shown[at]++;
                }
            }
        }
        return shown;
    }

    /**
     * Whether something placed is a reading of the same time. What is placed reaches at most a little into the next, so
     * looking back may stop at the first that ends before.
     *
     * @param placed by start
     */
    private static <T> boolean hasRival(NavigableMap<Long, T> placed, ToLongFunction<T> endOf, long start, long end) {
        Map.@Nullable Entry<Long, T> before = placed.lowerEntry(end);
        while (before != null && endOf.applyAsLong(before.getValue()) > start) {
            if (Jitter.rivals(start, end, before.getKey(), endOf.applyAsLong(before.getValue()))) {
                return true;
            }
            before = placed.lowerEntry(before.getKey());
        }
        return false;
    }

    private static DayBlock regular(List<Layer> ascending, Resolution resolution) {
        DayBlock first = ascending.getFirst().block();
        int length = first.length();
        int scale = 0;
        for (Layer layer : ascending) {
            scale = Math.max(scale, layer.block().scale());
        }
        long[] values = new long[length];
        byte[] qualities = new byte[length];
        Arrays.fill(qualities, Quality.MISSING.code());
        for (Layer layer : ascending) {
            DayBlock block = layer.block();
            for (int i = 0; i < length; i++) {
                if (block.qualities()[i] != Quality.MISSING.code()) {
                    values[i] = Scaled.rescale(block.values()[i], block.scale(), scale);
                    qualities[i] = block.qualities()[i];
                }
            }
        }
        return DayBlock.regular(first.day(), first.start(), resolution, scale, values, qualities);
    }

    private record Exact(long end, long units, int scale, byte quality) {}

    /**
     * A block of exact intervals with a further layer laid over it, or null if both have readings of the same time. Then
     * precedence does not matter: what the block shows is still shown, and what it does not show has given way to that.
     */
    static @Nullable DayBlock extended(DayBlock standing, DayBlock more) {
        int n = standing.length();
        int m = more.length();
        int scale = Math.max(standing.scale(), more.scale());
        long[] starts = new long[n + m];
        long[] ends = new long[n + m];
        long[] values = new long[n + m];
        byte[] qualities = new byte[n + m];
        int i = 0;
        int j = 0;
        for (int to = 0; to < n + m; to++) {
            boolean first = j == m || i < n && standing.startOf(i) <= more.startOf(j);
            DayBlock from = first ? standing : more;
            int at = first ? i++ : j++;
            starts[to] = from.startOf(at);
            ends[to] = from.endOf(at, 0);
            values[to] = Scaled.rescale(from.values()[at], from.scale(), scale);
            qualities[to] = from.qualities()[at];
            if (qualities[to] == Quality.MISSING.code()
                    || to > 0 && Jitter.rivals(starts[to - 1], ends[to - 1], starts[to], ends[to])) {
                return null;
            }
        }
        Jitter.part(starts, ends);
        return DayBlock.irregular(standing.day(), standing.start(), scale, values, qualities, starts, ends);
    }

    /**
     * Greatest precedence first: a reading of a time that has one already has been superseded. One that only reaches a little
     * into the next ends where that begins.
     */
    private static DayBlock irregular(List<Layer> ascending) {
        TreeMap<Long, Exact> placed = new TreeMap<>();
        for (Layer layer : ascending.reversed()) {
            DayBlock block = layer.block();
            long[] starts = Objects.requireNonNull(block.starts());
            long[] ends = Objects.requireNonNull(block.ends());
            for (int i = 0; i < block.length(); i++) {
                if (block.qualities()[i] != Quality.MISSING.code()
                        && !hasRival(placed, Exact::end, starts[i], ends[i])) {
                    placed.put(starts[i], new Exact(ends[i], block.values()[i], block.scale(), block.qualities()[i]));
                }
            }
        }
        int scale = placed.values().stream().mapToInt(Exact::scale).max().orElse(0);
        int n = placed.size();
        long[] starts = new long[n];
        long[] ends = new long[n];
        long[] values = new long[n];
        byte[] qualities = new byte[n];
        int i = 0;
        for (Map.Entry<Long, Exact> entry : placed.entrySet()) {
            Exact exact = entry.getValue();
            starts[i] = entry.getKey();
            ends[i] = exact.end();
            values[i] = Scaled.rescale(exact.units(), exact.scale(), scale);
            qualities[i] = exact.quality();
            i++;
        }
        Jitter.part(starts, ends);
        DayBlock first = ascending.getFirst().block();
        return DayBlock.irregular(first.day(), first.start(), scale, values, qualities, starts, ends);
    }
}
