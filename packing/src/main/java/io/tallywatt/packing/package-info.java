/**
 * Files as they come: plain, or packed as .gz, .zip or .zst. A file enters, documents leave, unpacked as they are read, guarded against
 * archives that expand beyond all measure. Start with {@link io.tallywatt.packing.Documents}.
 */
@NullMarked
package io.tallywatt.packing;

import org.jspecify.annotations.NullMarked;
