/**
 * Files at the door. Paths, folders, patterns and standard input enter ({@link io.tallywatt.server.files.PathFinder}),
 * documents leave: unpacked as they are read, guarded against archives that expand beyond all measure. Unreadable ones come
 * back to stay in {@link io.tallywatt.server.files.Quarantine}. Start with {@link io.tallywatt.server.files.Documents}.
 */
@NullMarked
package io.tallywatt.server.files;

import org.jspecify.annotations.NullMarked;
