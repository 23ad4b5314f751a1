package io.tallywatt.api;

import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * Something long, asked of the store part by part: between two parts nothing of the store is held, so a reader as slow as
 * it likes is in nobody's way.
 */
final class Parts<T> implements Iterator<T> {
    /** The items whose interval starts in {@code [from, to)}; to be closed. */
    interface Question<T> {
        Stream<T> ask(Instant from, Instant to);
    }

    private final Backend backend;
    private final Iterator<Interval> ranges;
    private final Question<T> question;
    private Iterator<T> part = Collections.emptyIterator();

    Parts(Backend backend, Iterator<Interval> ranges, Question<T> question) {
        this.backend = backend;
        this.ranges = ranges;
        this.question = question;
    }

    /** Asks for the first part. To be called inside {@link Backend#ask}. */
    Parts<T> begun() {
        part = next(ranges);
        return this;
    }

    private Iterator<T> next(Iterator<Interval> from) {
        while (from.hasNext()) {
            Interval range = from.next();
            try (Stream<T> all = question.ask(range.start(), range.end())) {
                List<T> items = all.toList();
                if (!items.isEmpty()) {
                    return items.iterator();
                }
            }
        }
        return Collections.emptyIterator();
    }

    @Override
    public boolean hasNext() {
        if (!part.hasNext() && ranges.hasNext()) {
            part = backend.ask(() -> next(ranges));
        }
        return part.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return part.next();
    }
}
