/**
 * Time as energy data has it: half-open intervals in UTC, resolutions, and local days that are not always 24 hours.
 * Nothing of Tallywatt enters; every other room may use this one. Start with {@link io.tallywatt.core.time.DeliveryDay}.
 */
@NullMarked
package io.tallywatt.core.time;

import org.jspecify.annotations.NullMarked;
