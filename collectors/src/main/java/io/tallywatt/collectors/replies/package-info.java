/**
 * What a source answered, as one document: that is kept, taken in like any file, and can be read again later. Each source
 * reads its own; {@link io.tallywatt.collectors.replies.RepliesFormat} does what they have in common.
 */
@NullMarked
package io.tallywatt.collectors.replies;

import org.jspecify.annotations.NullMarked;
