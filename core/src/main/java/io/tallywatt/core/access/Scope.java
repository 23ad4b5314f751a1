package io.tallywatt.core.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key allows; each includes those before it. */
public enum Scope {
    /** To ask. */
    READ,
    /** To send files and readings, to withdraw and to retry. */
    WRITE,
    /** To change who may do what. */
    ADMIN;

    public boolean includes(Scope other) {
        return compareTo(other) >= 0;
    }

    /** In small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
