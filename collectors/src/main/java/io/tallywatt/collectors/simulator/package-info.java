/**
 * A renewable-energy company that does not exist: its solar and wind sites send a JSON file every few minutes, a part of the
 * values is anomalous, and labels say which, so that detection can be scored. {@link SimulationSettings} enter,
 * {@link Sending}s leave in the order in which they arrive; nothing touches the disk but {@link FeedFolder}. Start with
 * {@link Simulation}.
 *
 * <p>Every value is a function of seed, site and instant, whatever the range asked for and however many sites there are:
 * history written at once and a live feed with the same seed and interval fit together. It is reckoned in doubles by functions
 * that are exact to the bit on every machine ({@link java.lang.StrictMath}) and rounded once to whole watt-hours, which is
 * what is written.
 *
 * <p>How a site is made: {@link Site}, from a {@link Flow} of what it generates ({@link Solar}, {@link Wind}) and one of what
 * it uses ({@link Demand}). What goes wrong: {@link FaultPlan}. What is sent: {@link SiteFeed}. In which order:
 * {@link SimulationRun}.
 */
@NullMarked
package io.tallywatt.collectors.simulator;

import org.jspecify.annotations.NullMarked;
