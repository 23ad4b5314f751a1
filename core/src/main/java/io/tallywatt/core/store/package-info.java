/**
 * The ports to whatever keeps the data, and the rules that all of them keep: layers laid over each other
 * ({@link io.tallywatt.core.store.Overlay}), what a change does to a block ({@link io.tallywatt.core.store.Change}) and a
 * verdict to findings ({@link io.tallywatt.core.store.FindingChanges}). Documents enter by
 * {@link io.tallywatt.core.store.Intake}; answers leave as records. Start with {@link io.tallywatt.core.store.BlockStore};
 * whoever follows series as they grow, with {@link io.tallywatt.core.store.Following}.
 */
@NullMarked
package io.tallywatt.core.store;

import org.jspecify.annotations.NullMarked;
