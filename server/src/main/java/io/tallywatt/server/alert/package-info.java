/**
 * Telling people: what is wrong with the data goes to the server's log, to a webhook and by mail. Findings enter by their store,
 * settings as {@link io.tallywatt.server.alert.AlertSettings}; what is sent, and when, is decided in {@code core.alert}. No
 * secret leaves here in a log line or a failure. Start at {@link io.tallywatt.server.alert.AlertService}.
 */
@NullMarked
package io.tallywatt.server.alert;

import org.jspecify.annotations.NullMarked;
