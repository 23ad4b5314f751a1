/**
 * Alerts: which findings are worth telling somebody about, and when. Findings and their ends enter in the order of their
 * numbers, {@link io.tallywatt.core.alert.Alert}s leave through the port {@link io.tallywatt.core.alert.Notifier}; what was sent
 * is kept in an {@link io.tallywatt.core.alert.AlertLog}, so that a restart neither repeats nor forgets one. Start with
 * {@link io.tallywatt.core.alert.Alerter}.
 */
@NullMarked
package io.tallywatt.core.alert;

import org.jspecify.annotations.NullMarked;
