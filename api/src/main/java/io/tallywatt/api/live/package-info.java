/**
 * Values as they arrive, as server-sent events: one hub looks at the store for all who listen. Enters a filter and where a
 * listener was when it was cut off; leaves the text of the events, at the pace at which each listener reads. Start at
 * {@link io.tallywatt.api.live.Live}.
 */
@NullMarked
package io.tallywatt.api.live;

import org.jspecify.annotations.NullMarked;
