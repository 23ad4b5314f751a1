package io.tallywatt.duckdb;

import io.tallywatt.core.store.BlockCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.duckdb.VectorFeed;
import org.jspecify.annotations.Nullable;

/**
 * The table function {@code feed()}: the blocks of whatever is being loaded. Registered once; one statement at a time
 * selects from it.
 */
final class BlockFeed extends VectorFeed<Lane> {
    static final String NAME = "tallywatt_feed";

    /** Looks at each batch before it is written, and may retain only some of its blocks. */
    interface Gate {
        void pass(Lane lane);

        /** Everything goes through. */
        Gate OPEN = lane -> {};
    }

    private final List<Lane> lanes = new ArrayList<>();
    private @Nullable Supplier<BlockCursor> cursors;
    private Gate gate = Gate.OPEN;

    BlockFeed(int threads) {
        super(BlockVectors.COLUMNS, threads);
    }

    /** Sets what the next statement reads. */
    synchronized void load(Supplier<BlockCursor> source, Gate through) {
        reset();
        lanes.clear();
        cursors = source;
        gate = through;
    }

    /** Lets go of the last statement: what it read, and how it failed. */
    synchronized void forget() {
        reset();
        lanes.clear();
        cursors = null;
        gate = Gate.OPEN;
    }

    /** The lanes of the statement that ended. */
    synchronized List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    @Override
    protected synchronized Lane lane() {
        Lane lane = new Lane(Objects.requireNonNull(cursors, "nothing to load").get());
        lanes.add(lane);
        return lane;
    }

    @Override
    protected int fill(Lane lane, Vectors out) {
        while (lane.cursor.next(lane.batch)) {
            gate.pass(lane);
            if (lane.batch.size > 0) {
                BlockVectors.write(lane.batch, out);
                return lane.batch.size;
            }
        }
        return 0;
    }
}
