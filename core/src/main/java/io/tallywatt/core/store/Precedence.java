package io.tallywatt.core.store;

import java.time.Instant;

/**
 * Which of two readings of one interval counts: the one with the greater precedence, in whatever order deliveries were
 * processed.
 *
 * @param time document time if the source states one, else when the delivery was received
 * @param delivery id of the delivery
 * @param line line of the document
 */
public record Precedence(Instant time, long delivery, long line) implements Comparable<Precedence> {
    @Override
    public int compareTo(Precedence other) {
        int byTime = time.compareTo(other.time);
        if (byTime != 0) {
            return byTime;
        }
        int byDelivery = Long.compare(delivery, other.delivery);
        return byDelivery != 0 ? byDelivery : Long.compare(line, other.line);
    }
}
