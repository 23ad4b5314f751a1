/**
 * Where data comes from that nobody hands us: one room per source, each with its client and its wire format, knowing core
 * alone. So far {@link io.tallywatt.collectors.simulator}, a source that is made up.
 */
@NullMarked
package io.tallywatt.collectors;

import org.jspecify.annotations.NullMarked;
