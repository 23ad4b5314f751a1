/**
 * The platform of Europe's grid operators (ENTSO-E Transparency Platform): how it is asked for flows, schedules and prices, what
 * it answers, and how that is read. The rules and their reasons: docs/design/entsoe.md.
 */
@NullMarked
package io.tallywatt.collectors.entsoe;

import org.jspecify.annotations.NullMarked;
