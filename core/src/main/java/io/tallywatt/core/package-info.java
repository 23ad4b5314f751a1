/**
 * The heart of Tallywatt: it knows nobody but the JDK. Rooms: {@code time}, {@code reading}, {@code format} (bytes to
 * blocks), {@code validate} (readings to findings), {@code store} (ports and the rules of layers), {@code rollup} (blocks to
 * totals), {@code query} (questions and answers), {@code alert} (findings to whom they are told) and {@code ingest}, the only
 * room that joins the steps. Data flows source, format, validate, store, query.
 */
@NullMarked
package io.tallywatt.core;

import org.jspecify.annotations.NullMarked;
