package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series' day to which one delivery after the other adds layers. What each does is what {@link Change} says; where a
 * delivery only adds readings of another time, as each file of a feed does, it costs the day's length and not the number of
 * its layers.
 */
public final class GrowingDay {
    private final List<Layer> layers;
    private @Nullable DayBlock block;
    /** Whether a layer is on a grid, such as a daily total beside finer readings. */
    private boolean anyGrid;

    /**
     * A day as it stands.
     *
     * @param block the overlay of the layers, null if there are none
     * @param active the layers that count
     */
    public GrowingDay(@Nullable DayBlock block, List<Layer> active) {
        this.block = block;
        this.layers = new ArrayList<>(active);
        this.anyGrid = anyOnGrid(active);
    }

    /** The block as it stands by now. */
    public @Nullable DayBlock block() {
        return block;
    }

    /** The layers that count by now. */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Adds what one delivery gives.
     *
     * @param incoming in the order of the document
     * @return what it does; its {@link Change#layers} are the day's own and grow with it
     */
    public Change add(List<Layer> incoming) {
        DayBlock before = block;
        if (before != null && !anyGrid && incoming.size() == 1) {
            Layer layer = incoming.getFirst();
            @Nullable
            DayBlock after = layer.block().resolution() == null ? Overlay.extended(before, layer.block()) : null;
            if (after != null) {
                layers.add(layer);
                block = after;
                return new Change(
                        Change.Kind.EXTENDED, before, after, layers, incoming, List.of(), List.of(), List.of(), false);
            }
        }
        Change change = Change.of(before, layers, revision -> false, incoming);
        layers.addAll(change.added());
        anyGrid |= anyOnGrid(change.added());
        block = change.after();
        return change;
    }

    private static boolean anyOnGrid(List<Layer> layers) {
        return layers.stream().anyMatch(layer -> layer.block().resolution() != null);
    }
}
