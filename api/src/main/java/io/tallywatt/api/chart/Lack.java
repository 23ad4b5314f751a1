package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Time without one of two values, or without both.
 *
 * @param words which
 */
record Lack(Interval interval, String words) {
    /** @param made gaps of what was made, in order, as are those of what was {@code used} */
    static List<Lack> of(List<Interval> made, List<Interval> used) {
        TreeSet<Instant> borders = new TreeSet<>();
        for (List<Interval> gaps : List.of(made, used)) {
            gaps.forEach(gap -> borders.addAll(List.of(gap.start(), gap.end())));
        }
        List<Lack> lacks = new ArrayList<>();
        Within inMade = new Within(made);
        Within inUsed = new Within(used);
        Instant from = Instant.MIN;
        for (Instant to : borders) {
            if (!from.equals(Instant.MIN)) {
                boolean noMade = inMade.has(from);
                boolean noUsed = inUsed.has(from);
                if (noMade || noUsed) {
                    lacks.add(new Lack(
                            new Interval(from, to),
                            noMade && noUsed ? "no data" : noMade ? "no generation" : "no consumption"));
                }
            }
            from = to;
        }
        return lacks;
    }

    /** Asked about ever later instants. */
    private static final class Within {
        private final List<Interval> intervals;
        private int at;

        Within(List<Interval> intervals) {
            this.intervals = intervals;
        }

        boolean has(Instant instant) {
            while (at < intervals.size() && !intervals.get(at).end().isAfter(instant)) {
                at++;
            }
            return at < intervals.size() && !intervals.get(at).start().isAfter(instant);
        }
    }
}
