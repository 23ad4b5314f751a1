package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.Change;
import io.tallywatt.core.store.GrowingDay;
import io.tallywatt.core.store.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One series' day while several small deliveries are laid over it. */
final class SmallDay {
    /** What one delivery did to it. */
    record Step(SmallTaking.Small small, Change change) {}

    final int series;
    final int day;
    private final Map<SmallTaking.Small, List<Layer>> given = new LinkedHashMap<>();

    /** The block as it is stored, the row that holds it, and the layer that it is if it is that of one. */
    @Nullable
    DayBlock before;

    long blockRow;

    @Nullable
    Layer pure;
    /** Whether a layer beside the block has a step, so that a new one has to be compared with it. */
    boolean anyGrid;

    /** The stored layers with values of their own, once they are loaded. */
    final List<Layer> valued = new ArrayList<>();

    final List<Layer> active = new ArrayList<>();

    @Nullable
    DayBlock after;

    final List<Step> steps = new ArrayList<>();

    SmallDay(int series, int day) {
        this.series = series;
        this.day = day;
    }

    void give(SmallTaking.Small small, Layer layer) {
        given.computeIfAbsent(small, s -> new ArrayList<>()).add(layer);
    }

    /**
     * Adds what is given, as long as it is for times without a reading: then the stored layers need not be known.
     *
     * @return false if they have to be; then nothing is done yet
     */
    boolean grow() {
        DayBlock start = before;
        if (anyGrid || start != null && start.resolution() != null) {
            return false;
        }
        GrowingDay growing = new GrowingDay(start, List.of());
        for (Map.Entry<SmallTaking.Small, List<Layer>> one : given.entrySet()) {
            @Nullable Change change = growing.extend(one.getValue());
            if (change == null) {
                steps.clear();
                return false;
            }
            steps.add(new Step(one.getKey(), change));
        }
        after = growing.block();
        return true;
    }

    /** Adds what is given to a day whose layers are known. */
    void change() {
        GrowingDay growing = new GrowingDay(before, active);
        given.forEach((small, layers) -> steps.add(new Step(small, growing.add(layers))));
        after = growing.block();
    }

    /** All layers that are new. */
    List<Layer> added() {
        List<Layer> added = new ArrayList<>();
        for (Step step : steps) {
            added.addAll(step.change().added());
        }
        return added;
    }
}
