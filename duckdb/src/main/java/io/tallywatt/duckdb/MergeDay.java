package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Precedence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One series' day while it is merged: what is stored of it, and what is new. */
final class MergeDay {
    /** A layer as stored: as a row of parts, or (row -1) as the pure block. */
    record StoredLayer(Layer layer, long row, boolean over) {}

    /** A stored layer that says the same as another, which alone holds the values. */
    record Reference(int revision, Precedence precedence, long row, boolean over, int sameRevision, long sameLine) {}

    final int series;
    final int day;

    @Nullable
    DayBlock before;

    long blockRow;
    boolean pure;
    final List<StoredLayer> stored = new ArrayList<>();
    final List<Reference> references = new ArrayList<>();
    final List<Layer> incoming = new ArrayList<>();

    MergeDay(int series, int day) {
        this.series = series;
        this.day = day;
    }

    /** A stored layer with the same readings, or null. */
    @Nullable
    Layer same(Layer layer) {
        for (StoredLayer s : stored) {
            if (s.layer.block().equals(layer.block())) {
                return s.layer;
            }
        }
        return null;
    }

    /** All stored layers, those with values of their own first. */
    List<StoredLayer> layers() {
        List<StoredLayer> all = new ArrayList<>(stored);
        for (Reference r : references) {
            DayBlock block = valuesOf(r);
            all.add(new StoredLayer(new Layer(r.revision(), r.precedence(), block), r.row(), r.over()));
        }
        return all;
    }

    private DayBlock valuesOf(Reference r) {
        for (StoredLayer s : stored) {
            if (s.layer.revision() == r.sameRevision() && s.layer.precedence().line() == r.sameLine()) {
                return s.layer.block();
            }
        }
        throw new IllegalStateException(
                "Layer " + r.sameRevision() + "/" + r.sameLine() + " of day " + day + " is not stored");
    }
}
