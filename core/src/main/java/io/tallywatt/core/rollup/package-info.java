/**
 * From blocks to totals: the journal's entries and the sums they are made of. Pure computation; blocks and changes enter,
 * tallies leave. Start with {@link io.tallywatt.core.rollup.JournalEntry}.
 */
@NullMarked
package io.tallywatt.core.rollup;

import org.jspecify.annotations.NullMarked;
