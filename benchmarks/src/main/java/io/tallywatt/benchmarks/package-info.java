/**
 * Measurements: how fast Tallywatt is, beside the fastest other way found and beside what the machine can do at all.
 * Nothing depends on this module, and no test measures time.
 *
 * <p>One command prints the tables of {@code docs/benchmarks.md}; stdout is the tables, stderr tells what is going on:
 *
 * <pre>
 * ./benchmark [ingest|store|serve|loops|all] [--rows N,...] [--order meter|date,...] [--runs 5]
 *             [--meters N,...] [--days 365] [--deliveries nightly|monthly] [--seconds 10] [--upload N]
 *             [--threads 2] [--seed 42]
 * </pre>
 *
 * <ul>
 *   <li>{@code ingest}: whole processes in turns, {@code ./tallywatt ingest} and a JVM that runs DuckDB's own {@code CREATE
 *       TABLE AS SELECT * FROM read_csv}, on a generated wide file; then what reading, digesting and parsing take alone, and
 *       where the time of an ingest goes
 *   <li>{@code store}: a store of many meters filled through its port, and how long each kind of question takes in process,
 *       with DuckDB's scan of the same file beside it
 *   <li>{@code serve}: the whole program as a server on such a store: its starts, how much it answers and how fast, also while
 *       a large file comes in, with the JDK's own HTTP server over DuckDB's SQL in turns
 *   <li>{@code loops}: the inner loops by JMH
 * </ul>
 *
 * <p>What enters is a seed: everything is generated ({@link io.tallywatt.benchmarks.Demand}), the same each time, and laid
 * in a temporary folder that goes at the end. Answers are compared with what was generated: a wrong one ends the run. Start
 * with {@link io.tallywatt.benchmarks.Main}.
 */
@NullMarked
package io.tallywatt.benchmarks;

import org.jspecify.annotations.NullMarked;
