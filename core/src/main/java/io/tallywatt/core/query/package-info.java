/**
 * Questions and answers as records, the same for every way of asking. Store ports go in, answers come out. Start with
 * {@link io.tallywatt.core.query.Answers}; of sites, with {@link io.tallywatt.core.query.Records} and
 * {@link io.tallywatt.core.query.Anomalies}; of what flows between zones and what it costs, with
 * {@link io.tallywatt.core.query.Flows} and {@link io.tallywatt.core.query.Prices}.
 */
@NullMarked
package io.tallywatt.core.query;

import org.jspecify.annotations.NullMarked;
