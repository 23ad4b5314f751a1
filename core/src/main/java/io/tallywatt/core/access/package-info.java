/**
 * Who may ask what: API keys and what they allow. A request's key and what it wants enter, a decision leaves; keys are kept by a
 * {@link KeyStore}. Start at {@link Access}.
 */
@NullMarked
package io.tallywatt.core.access;

import org.jspecify.annotations.NullMarked;
