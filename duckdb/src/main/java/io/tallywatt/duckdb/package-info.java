/**
 * The embedded store: core's ports on one DuckDB file. {@link io.tallywatt.duckdb.DuckDbStore} is the door; {@code Writer}
 * and {@code Taking} take deliveries, {@code Merge} lays them over what is there, {@code Reader} answers, and {@code
 * Follower} those who follow series. SQL lives here and nowhere else.
 */
@NullMarked
package io.tallywatt.duckdb;

import org.jspecify.annotations.NullMarked;
