/**
 * The pipeline, the only room that joins the steps: a {@link io.tallywatt.core.ingest.Document} comes in at the door, is
 * recognised, cut into chunks, read into blocks and handed to a store. Start with {@link io.tallywatt.core.ingest.Ingest}.
 */
@NullMarked
package io.tallywatt.core.ingest;

import org.jspecify.annotations.NullMarked;
