/**
 * The program: puts core, the embedded store and the command line together. Arguments enter, an exit code leaves. Start with
 * {@link io.tallywatt.server.Main}.
 */
@NullMarked
package io.tallywatt.server;

import org.jspecify.annotations.NullMarked;
