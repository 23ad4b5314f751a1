package io.tallywatt.core.source;

import io.tallywatt.core.time.Interval;

/**
 * One thing to ask a source for.
 *
 * @param what is asked for, in a few words that a file may be named by: {@code flow FR-GB}, {@code price FR}
 * @param window of which time
 */
public record Question(String what, Interval window) {
    public Question {
        if (!what.matches("[A-Za-z0-9_. -]+")) {
            throw new IllegalArgumentException("A question's name is made of letters, digits, '_', '.', '-' and blanks,"
                    + " but got '" + what + "'");
        }
    }
}
