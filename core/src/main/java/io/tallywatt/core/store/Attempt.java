package io.tallywatt.core.store;

import io.tallywatt.core.format.UnreadableDocument;

/** What came of one of several documents that were handed to a store at once. */
public sealed interface Attempt {

    /** It was taken, or known. */
    record Done(Taken taken) implements Attempt {}

    /** It could not be read; nothing of it is stored, and the others are all the same. */
    record Failed(UnreadableDocument why) implements Attempt {}
}
