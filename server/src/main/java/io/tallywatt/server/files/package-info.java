/**
 * Files at the door. Paths, folders, patterns and standard input enter ({@link io.tallywatt.server.files.PathFinder}),
 * files leave, to be opened by {@link io.tallywatt.packing.Documents}. Unreadable documents come back to stay in
 * {@link io.tallywatt.server.files.Quarantine}.
 */
@NullMarked
package io.tallywatt.server.files;

import org.jspecify.annotations.NullMarked;
