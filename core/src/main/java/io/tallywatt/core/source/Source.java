package io.tallywatt.core.source;

import io.tallywatt.core.time.Interval;
import java.time.Duration;
import java.util.List;

/**
 * Somebody outside who publishes readings and is asked for them. A source knows its manners (how many questions a minute it
 * may be asked), and makes one attempt a question; when to ask again is for whoever asks.
 */
public interface Source {
    /** Short name, part of file names and settings: {@code entsoe}, {@code elexon}. */
    String name();

    /** How often it has something new. */
    Duration every();

    /** How much time it may be asked for at once, when years are fetched. */
    Duration window();

    /**
     * What to ask in order to know everything of a window of time. The same window gives the same questions; where the
     * source answers in days, so do windows within one UTC day: that makes replies comparable. What is published ahead
     * (prices of tomorrow) is asked for beyond the window's end.
     */
    List<Question> questions(Interval window);

    /** Asks once; waits only as long as its manners need. */
    Reply ask(Question question) throws InterruptedException;
}
