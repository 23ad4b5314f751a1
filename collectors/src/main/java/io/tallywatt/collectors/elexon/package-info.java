/**
 * Elexon: what flows through each cable of Great Britain, every five minutes, without a key. {@link
 * io.tallywatt.collectors.elexon.ElexonSource} asks, {@link io.tallywatt.collectors.elexon.ElexonFormat} reads what was
 * answered.
 *
 * <p>Contains BMRS data (c) Elexon Limited copyright and database right.
 */
@NullMarked
package io.tallywatt.collectors.elexon;

import org.jspecify.annotations.NullMarked;
