package io.tallywatt.core.format;

import io.tallywatt.core.reading.BlockBatch;

/** Turns chunks of rows into blocks. Belongs to one thread. */
public interface RowReader {
    /** Begins a chunk; the one before was read to its end. */
    void start(Chunk chunk);

    /**
     * Reads rows until the batch is full or the chunk is used up.
     *
     * @return true when the chunk is used up, so that its bytes may be given back
     */
    boolean fill(BlockBatch batch);

    /**
     * After the last chunk: hands out what was held back.
     *
     * @return true when nothing is left
     */
    boolean drain(BlockBatch batch);

    /** Rows seen so far, with those rejected. */
    long rows();
}
