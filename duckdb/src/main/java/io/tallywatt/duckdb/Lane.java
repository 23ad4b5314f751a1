package io.tallywatt.duckdb;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.rollup.DayTallies;
import io.tallywatt.core.store.BlockCursor;
import java.util.BitSet;

/** What one thread holds while it copies blocks: its cursor, its batch, and the sums of what it copied. */
final class Lane {
    final BlockCursor cursor;
    final BlockBatch batch = new BlockBatch();
    final int[] chosen = new int[BlockBatch.CAPACITY];
    final DayTallies tallies = new DayTallies();
    final Spans spans = new Spans();
    /** Known series that were touched. */
    final BitSet touched = new BitSet();

    long blocks;
    long readings;

    Lane(BlockCursor cursor) {
        this.cursor = cursor;
    }
}
