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
     * Adds what one delivery gives, if it only adds readings of a time that has none yet, or begins the day. The layers are
     * not looked at.
     *
     * @return null if only {@link #add} can tell; then nothing is added
     */
    public @Nullable Change extend(List<Layer> incoming) {
        if (incoming.size() != 1 || incoming.getFirst().block().resolution() != null || anyGrid) {
            return null;
        }
        DayBlock before = block;
        Layer layer = incoming.getFirst();
        @Nullable DayBlock after = before == null ? layer.block() : Overlay.extended(before, layer.block());
        if (after == null) {
            return null;
        }
        layers.add(layer);
        block = after;
        Change.Kind kind = before == null ? Change.Kind.NEW : Change.Kind.EXTENDED;
        return new Change(kind, before, after, layers, incoming, List.of(), List.of(), List.of(), false);
    }

    /**
     * Adds what one delivery gives.
     *
     * @param incoming in the order of the document
     * @return what it does; its {@link Change#layers} are the day's own and grow with it
     */
    public Change add(List<Layer> incoming) {
        @Nullable Change extension = extend(incoming);
        if (extension != null) {
            return extension;
        }
        Change change = Change.of(block, layers, revision -> false, incoming);
        layers.addAll(change.added());
        anyGrid |= anyOnGrid(change.added());
        block = change.after();
        return change;
    }

    private static boolean anyOnGrid(List<Layer> layers) {
        return layers.stream().anyMatch(layer -> layer.block().resolution() != null);
    }
}
