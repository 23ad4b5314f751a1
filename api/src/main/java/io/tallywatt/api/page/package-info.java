/** Answers that are pages of their own: a chart to be looked into, and every digit below it. */
@NullMarked
package io.tallywatt.api.page;

import org.jspecify.annotations.NullMarked;
