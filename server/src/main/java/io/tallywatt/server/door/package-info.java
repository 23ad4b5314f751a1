/**
 * Lets commands in while a server holds the store: the embedded store's file can be open in one process only.
 *
 * <p>A server opens a {@link io.tallywatt.server.door.Door}: a Unix-domain socket in a folder that only its owner may enter,
 * whose place a small file {@code server} in the data folder tells. A command that needs the store finds it there
 * ({@link io.tallywatt.server.door.DoorClient}) and is handed over whole: arguments, settings of the environment and working
 * folder enter; answer, messages and exit code come back as they are written; standard input goes over as it is asked for.
 * Who may use the socket may use the data folder, so there is no other check of who asks.
 *
 * <p>The bytes on the socket: {@link io.tallywatt.server.door.Wire}. Start with {@link io.tallywatt.server.door.Door}.
 */
@NullMarked
package io.tallywatt.server.door;

import org.jspecify.annotations.NullMarked;
