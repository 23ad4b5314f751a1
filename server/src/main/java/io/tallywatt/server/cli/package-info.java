/**
 * The command line. Arguments, settings and files enter, an answer on standard output and an exit code leave: 0 done, 1 some
 * rows or files were not taken, 2 wrong usage, 3 could not run. One class per command; start with
 * {@link io.tallywatt.server.cli.CommandLineApp}.
 */
@NullMarked
package io.tallywatt.server.cli;

import org.jspecify.annotations.NullMarked;
