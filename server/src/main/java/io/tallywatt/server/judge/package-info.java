/**
 * Judging while a server runs: a thread behind the intake. It is told when something was taken, judges what arrived, looks each
 * minute for what should have come, and says when findings changed. Start with
 * {@link io.tallywatt.server.judge.JudgingService}.
 */
@NullMarked
package io.tallywatt.server.judge;

import org.jspecify.annotations.NullMarked;
