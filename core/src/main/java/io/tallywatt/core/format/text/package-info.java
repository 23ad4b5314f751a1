/**
 * Text: the half-hour files that meters, their agents and their spreadsheets write, and JSON. The bytes of a document's head
 * enter and a layout leaves; then chunks of rows enter, and blocks, rejects and notices leave. Nothing is known of files,
 * stores or deliveries.
 *
 * <p>Three layouts of delimited text: {@code wide} (a row per meter and day), {@code rows} (a row per reading) and {@code daily} (a row per
 * daily total). Each has a format (recognises), a layout (what was settled) and a reader (the loop over rows). Start with
 * {@link io.tallywatt.core.format.text.WideFormat}; {@code WideReader} is the product's hot path.
 *
 * <p>A fourth, {@code json}, has an object per reading. {@code JsonStream} finds the objects, whole or broken, and
 * {@code JsonReader} reads each as a row whose cells are found by key, so that all else is what {@code rows} does.
 *
 * <p>A fifth, {@code sites}, is JSON whose objects are two readings each, what a site generated and consumed:
 * {@link io.tallywatt.core.format.text.SiteFormat}.
 */
@NullMarked
package io.tallywatt.core.format.text;

import org.jspecify.annotations.NullMarked;
