package io.tallywatt.core.store;

import io.tallywatt.core.reading.BlockBatch;

/** One thread's share of a document's blocks. */
public interface BlockCursor {
    /**
     * Clears the batch and fills it with the next blocks.
     *
     * @return false when nothing is left; the batch is then empty
     */
    boolean next(BlockBatch batch);
}
