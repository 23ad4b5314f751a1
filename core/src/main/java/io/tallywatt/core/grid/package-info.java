/** The grid as far as it is asked about: bidding zones, the borders between them, and the cables that make a border. */
@NullMarked
package io.tallywatt.core.grid;

import org.jspecify.annotations.NullMarked;
