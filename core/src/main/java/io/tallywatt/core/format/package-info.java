/**
 * From bytes to day blocks. {@link io.tallywatt.core.format.Format} is the port; what enters is the head of a document and
 * then its chunks, what leaves are blocks, rejects and notices. Our own formats are registered in {@code Formats} and live
 * in {@code format.text}.
 */
@NullMarked
package io.tallywatt.core.format;

import org.jspecify.annotations.NullMarked;
