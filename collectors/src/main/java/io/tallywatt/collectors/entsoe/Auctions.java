package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.entsoe.MarketDocument.TimeSeries;
import java.util.List;

/**
 * Which of the prices that a reply gives for one time are the zone's. Those of the day-ahead auction that couples the zones are
 * of sequence 1 as a rule, or of none where there is no other; a zone's own auctions follow (EXAA's as 2 in Germany and
 * Austria). So the lowest that the reply has counts, for all of its days: where that of tomorrow is not there yet while another
 * auction's is, tomorrow has no price yet.
 */
final class Auctions {
    private static final String DAY_AHEAD = "A01";
    private static final long NONE = Long.MAX_VALUE;

    private Auctions() {}

    /** The series that count, and those that do not. */
    record Choice(List<TimeSeries> counting, List<TimeSeries> others, long sequence) {}

    static Choice choose(List<TimeSeries> series) {
        long lowest = series.stream()
                .filter(Auctions::isDayAhead)
                .mapToLong(Auctions::sequence)
                .min()
                .orElse(NONE);
        return new Choice(
                series.stream()
                        .filter(s -> isDayAhead(s) && sequence(s) == lowest)
                        .toList(),
                series.stream()
                        .filter(s -> !isDayAhead(s) || sequence(s) != lowest)
                        .toList(),
                lowest);
    }

    /** Where no contract is said there is but one. */
    private static boolean isDayAhead(TimeSeries series) {
        return series.contract().isEmpty() || series.contract().equals(DAY_AHEAD);
    }

    /** One without a number is the first; what is no number comes last. */
    private static long sequence(TimeSeries series) {
        if (series.sequence().isEmpty()) {
            return 1;
        }
        return series.sequence().matches("[0-9]{1,9}") ? Long.parseLong(series.sequence()) : NONE - 1;
    }
}
