/**
 * Judging: what arrived is looked at by rules, each a small class with its reasons, and what is not as it should be becomes a
 * {@link io.tallywatt.core.validate.Finding}. Readings as they arrive and what is remembered of their series enter, a
 * {@link io.tallywatt.core.validate.Verdict} leaves; nothing is stored or changed here, and no rule can keep a reading out.
 * Start with {@link io.tallywatt.core.validate.Judge}.
 */
@NullMarked
package io.tallywatt.core.validate;

import org.jspecify.annotations.NullMarked;
