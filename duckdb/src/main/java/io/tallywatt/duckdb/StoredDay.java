package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Overlay;
import io.tallywatt.core.store.Precedence;
import io.tallywatt.core.store.StoredBlock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All layers that one series' day ever had, and what they came to at any revision. */
final class StoredDay {
    /** The end of a layer that counts. */
    static final int NEVER = Integer.MAX_VALUE;

    /**
     * A layer as it lies in the tables.
     *
     * @param zone of the day
     * @param ended the revision that ended it, or {@link #NEVER}
     * @param name of the delivery's document
     * @param sameRevision where the block is null: the layer that says the same and holds the values
     */
    record Given(
            String series,
            String zone,
            int day,
            int revision,
            Instant knownAt,
            int ended,
            @Nullable Instant endedAt,
            Precedence precedence,
            String name,
            int sameRevision,
            long sameLine,
            @Nullable DayBlock block) {
        boolean countsAt(int at) {
            return revision <= at && ended > at;
        }
    }

    private final List<Given> rows;
    /** The rows as layers, in the same order. */
    private final List<Layer> layers = new ArrayList<>();

    private StoredDay(List<Given> rows) {
        this.rows = rows;
    }

    static StoredDay of(List<Given> rows) {
        StoredDay day = new StoredDay(rows);
        for (Given row : rows) {
            day.layers.add(new Layer(row.revision(), row.precedence(), valuesOf(row, rows)));
        }
        return day;
    }

    private static DayBlock valuesOf(Given row, List<Given> rows) {
        DayBlock own = row.block();
        if (own != null) {
            return own;
        }
        for (Given other : rows) {
            DayBlock values = other.block();
            if (values != null
                    && other.revision() == row.sameRevision()
                    && other.precedence().line() == row.sameLine()) {
                return values;
            }
        }
        throw new IllegalStateException("Layer " + row.sameRevision() + "/" + row.sameLine() + " of " + row.series()
                + ", day " + row.day() + ", is not stored");
    }

    /** The block as of a revision; empty if there was none. */
    Optional<StoredBlock> at(int revision) {
        List<Given> counting =
                rows.stream().filter(row -> row.countsAt(revision)).toList();
        List<Layer> active = layersAt(revision);
        @Nullable DayBlock block = Overlay.of(active);
        if (block == null) {
            return Optional.empty();
        }
        Given last =
                counting.stream().max(Comparator.comparingInt(Given::revision)).orElseThrow();
        Map<Long, String> names = new HashMap<>();
        counting.forEach(row -> names.put(row.precedence().delivery(), row.name()));
        return Optional.of(new StoredBlock(
                Series.parse(last.series()),
                ZoneId.of(last.zone()),
                block,
                rows.size() == 1 ? last.knownAt() : knownAt(block, revision),
                StoredBlock.sources(active, id -> Objects.requireNonNull(names.get(id)))));
    }

    private List<Layer> layersAt(int revision) {
        List<Layer> active = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            if (rows.get(i).countsAt(revision)) {
                active.add(layers.get(i));
            }
        }
        return active;
    }

    /** When the last change before a revision that left the day with these readings became known. */
    private Instant knownAt(DayBlock block, int revision) {
        TreeMap<Integer, Instant> changes = new TreeMap<>();
        for (Given row : rows) {
            changes.put(row.revision(), row.knownAt());
            if (row.endedAt() != null) {
                changes.put(row.ended(), row.endedAt());
            }
        }
        for (Map.Entry<Integer, Instant> change :
                changes.headMap(revision, true).descendingMap().entrySet()) {
            if (!block.equals(Overlay.of(layersAt(change.getKey() - 1)))) {
                return change.getValue();
            }
        }
        throw new IllegalStateException("Day " + block + " never came to be");
    }
}
