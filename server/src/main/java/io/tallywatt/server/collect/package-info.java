/**
 * Asks the sources outside, on their schedules while a server runs or once for a command, and keeps their replies in the data
 * folder. Start with {@link io.tallywatt.server.collect.Sources}; what is done with a reply is core's
 * {@link io.tallywatt.core.ingest.Collecting}.
 */
@NullMarked
package io.tallywatt.server.collect;

import org.jspecify.annotations.NullMarked;
