package io.tallywatt.core.validate;

import java.util.ArrayList;
import java.util.List;

/**
 * Readings are missing between others: nothing is known of more than half an interval. Half, because stamps jitter by seconds, and
 * because what is missing is always whole readings; an interval here is the shorter of the two readings round the hole.
 *
 * <p>A reading that is placed in a gap shortens it, splits it or closes it. So each one is looked at together with its neighbours:
 * the gaps between them as they were are resolved, the gaps as they are now are found. A gap that keeps its start keeps its key,
 * and is replaced. Readings marked INVALID did arrive: they leave no gap.
 *
 * <p>The silence after the last reading is no gap yet ({@link OverdueRule}). A feed whose readings stand apart as a rule (five
 * minutes, every quarter of an hour) misses nothing between them: there one and a half of its steps are a gap.
 *
 * <p>Wrong where a site sends nothing at night on purpose: that is a gap every night. Blind for what is older than the memory:
 * a gap from before stays as it was found.
 *
 * <p>The confidence is the part of a usual interval that is missing, at most 1. Worth knowing up to an hour, to be looked at from
 * then on, critical from a day on.
 */
final class GapRule implements Rule {
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;

    @Override
    public RuleName name() {
        return RuleName.GAP;
    }

    /** A reading's interval, or none at the edge of what is remembered. */
    private record Span(long start, long end) {
        long seconds() {
            return end - start;
        }

        /** Whether more is missing between this and a later one than the jitter of stamps. */
        boolean isFarFrom(Span later) {
            return 2 * (later.start - end) > Math.min(seconds(), later.seconds());
        }
    }

    @Override
    public void look(Arrival arrival, Said said) {
        if (!arrival.isNews() || followsAtOnce(arrival)) {
            return;
        }
        Span own = new Span(arrival.start, arrival.end);
        List<Span> before = around(
                arrival,
                arrival.superseded().stream()
                        .map(past -> new Span(past.start(), past.end()))
                        .toList());
        List<Span> after = around(arrival, List.of(own));
        if (before.equals(after)) {
            return;
        }
        for (int i = 1; i < before.size(); i++) {
            if (before.get(i - 1).isFarFrom(before.get(i))) {
                said.resolved(name(), before.get(i - 1).end());
            }
        }
        for (int i = 1; i < after.size(); i++) {
            judge(arrival, after.get(i - 1), after.get(i), said);
        }
    }

    /** Whether it is simply the next one: nearly all are. */
    private static boolean followsAtOnce(Arrival arrival) {
        Readings readings = arrival.memory.readings();
        int index = arrival.index();
        return arrival.kind() == Placed.Kind.NEW
                && index == readings.size() - 1
                && (index == 0 || arrival.start <= readings.end(index - 1));
    }

    /** Some spans between the reading before the arrival and the one after it. */
    private static List<Span> around(Arrival arrival, List<Span> spans) {
        Readings readings = arrival.memory.readings();
        int index = arrival.index();
        List<Span> all = new ArrayList<>(spans.size() + 2);
        if (index > 0) {
            all.add(new Span(readings.start(index - 1), readings.end(index - 1)));
        }
        all.addAll(spans);
        if (index + 1 < readings.size()) {
            all.add(new Span(readings.start(index + 1), readings.end(index + 1)));
        }
        return all;
    }

    private void judge(Arrival arrival, Span before, Span after, Said said) {
        if (!before.isFarFrom(after)) {
            return;
        }
        Habits habits = arrival.memory.habits();
        long step = Math.max(1, habits.step());
        if (habits.standApart() && 2 * (after.start() - before.start()) <= 3 * step) {
            return;
        }
        long from = before.end();
        long to = after.start();
        long missing = to - from;
        long readings = Math.max(1, (missing + step / 2) / step);
        said.found(
                name(),
                from,
                to,
                missing >= DAY ? Severity.CRITICAL : missing >= HOUR ? Severity.WARNING : Severity.INFO,
                (int) Math.min(100, 100 * missing / Math.min(before.seconds(), after.seconds())),
                "nothing for " + Words.time(missing),
                Words.count(readings, "reading") + ", one every " + Words.time(step),
                null,
                null,
                null,
                arrival.delivery);
    }
}
