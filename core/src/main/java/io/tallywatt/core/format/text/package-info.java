/**
 * Delimited text: the half-hour files that meters, their agents and their spreadsheets write. The bytes of a document's head
 * enter and a layout leaves; then chunks of rows enter, and blocks, rejects and notices leave. Nothing is known of files,
 * stores or deliveries.
 *
 * <p>Three layouts: {@code wide} (a row per meter and day), {@code rows} (a row per reading) and {@code daily} (a row per
 * daily total). Each has a format (recognises), a layout (what was settled) and a reader (the loop over rows). Start with
 * {@link io.tallywatt.core.format.text.WideFormat}; {@code WideReader} is the product's hot path.
 */
@NullMarked
package io.tallywatt.core.format.text;

import org.jspecify.annotations.NullMarked;
