/**
 * The inbox: a folder that is watched. A file that is complete is claimed, taken in, and moved to what is done or to the dead
 * letters, beside a report that says why. The store's commit comes first and the move after it; a document is known by its
 * digest, so a stop in between repeats nothing. Files enter; documents leave for {@code io.tallywatt.core.ingest}, and reports
 * for people. Start with {@link io.tallywatt.server.inbox.Inbox}; what a look at the folder does is in {@code Sweep}.
 */
@NullMarked
package io.tallywatt.server.inbox;

import org.jspecify.annotations.NullMarked;
