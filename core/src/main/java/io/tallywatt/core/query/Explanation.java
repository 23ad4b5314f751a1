package io.tallywatt.core.query;

import io.tallywatt.core.store.StoredBlock;
import java.util.stream.Stream;

/**
 * A total and what it is made of.
 *
 * @param total the answer that is explained
 * @param blocks the blocks behind it, by series; to be closed
 */
public record Explanation(Total total, Stream<StoredBlock> blocks) {}
