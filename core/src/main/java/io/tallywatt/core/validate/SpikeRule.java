package io.tallywatt.core.validate;

import org.jspecify.annotations.Nullable;

/**
 * Far from what is usual at this time on such a day: outside the bounds that {@link Season} learns from the last four weeks.
 *
 * <p>Days are told apart as weekdays, Saturdays and Sundays where people make the difference; the sun makes none. Too few days of
 * the kind: all days; too few of those: neighbouring times of day, with twice the margin; nothing known of two days: nothing is said.
 * What was found wrong is no longer part of what is usual, so a spike does not hide the next one. But after
 * {@value #RUN} in a row the rest of the run is taken as it comes, unmarked and untold: a new machine is not an error
 * for ever, and an alert that has been read twelve times says nothing the thirteenth time.
 *
 * <p>Most readings need no bounds: those that at least three other days reach and three do not exceed are among many like them.
 *
 * <p>Low values of generation are left alone: a cloud, snow, a calm or the grid's operator may make any of them.
 *
 * <p>Wrong on public holidays (not known here), in the first days of heating, at a new machine until it has run for an hour, and
 * for things that are switched by hand at any time of day: their days have nothing in common, which makes the bounds wide, so that
 * most of what is wrong with them is missed rather than too much said. The confidence is 0.5 at the bound and 0.95 at ten
 * times its distance from the median, times n / (n + 1) for n days.
 */
final class SpikeRule implements Rule {
    private static final int RUN = 12;

    @Override
    public RuleName name() {
        return RuleName.SPIKE;
    }

    @Override
    public void look(Arrival arrival, Said said) {
        if (!arrival.isNews()) {
            return;
        }
        arrival.resolveSuperseded(said, name(), Marks.SPIKE, past -> true);
        if (!Marks.isGood(arrival.marks()) || isCommon(arrival)) {
            return;
        }
        @Nullable Usual usual = Season.of(arrival);
        if (usual == null || usual.holds(arrival.units)) {
            return;
        }
        if (isNewLevel(arrival)) {
            arrival.mark(Marks.SHIFTED);
            return;
        }
        arrival.mark(Marks.SPIKE);
        report(arrival, usual, said);
    }

    /** Whether enough readings of other days at the same time are as great and as small. */
    private static boolean isCommon(Arrival arrival) {
        Quantity quantity = arrival.memory.quantity();
        if (!quantity.hasUnusualLows() && arrival.units <= 0) {
            return true;
        }
        Readings readings = arrival.memory.readings();
        SameTime same = arrival.sameTime();
        int good = 0;
        int reach = 0;
        int stayBelow = 0;
        // Season's bounds are at least 20 % wider than what two days in three reached.
        long about = Robust.distance(arrival.units, 0) / 8;
        for (int i = 0; i < same.count(); i++) {
            int index = same.index(i);
            if (readings.isGood(index) && (!quantity.followsTheWeek() || same.isOfKind(i))) {
                good++;
                reach += readings.units(index) >= arrival.units - about ? 1 : 0;
                stayBelow += readings.units(index) <= arrival.units + about ? 1 : 0;
            }
        }
        int enough = good >= 12 ? 3 : 2;
        return good >= Season.DAYS_OF_KIND && reach >= enough && (stayBelow >= enough || !quantity.hasUnusualLows());
    }

    /** Whether so many spikes came just before that this one is no news. */
    private static boolean isNewLevel(Arrival arrival) {
        Readings readings = arrival.memory.readings();
        int index = arrival.index();
        if (index > 0 && (readings.marks(index - 1) & Marks.SHIFTED) != 0) {
            return true;
        }
        int run = 0;
        while (run < RUN && run < index && (readings.marks(index - 1 - run) & Marks.SPIKE) != 0) {
            run++;
        }
        return run == RUN;
    }

    private void report(Arrival arrival, Usual usual, Said said) {
        Quantity quantity = arrival.memory.quantity();
        int beyond = Confidence.beyond(usual.distance(arrival.units), usual.room(arrival.units));
        said.found(
                name(),
                arrival.start,
                arrival.end,
                Severity.WARNING,
                Confidence.backedBy(beyond, usual.days()),
                arrival.seen() + afterGap(arrival),
                Words.range(usual.low(), usual.high(), quantity) + " (median "
                        + SeriesMemory.decimal(usual.median()).toPlainString() + ", on "
                        + Words.count(usual.days(), usual.day()) + (usual.around() ? " around " : " at ")
                        + Words.clock(arrival.memory.clock().time(arrival.start)) + ")",
                arrival.value(),
                SeriesMemory.decimal(usual.low()),
                SeriesMemory.decimal(usual.high()),
                arrival.delivery);
    }

    /** Meters that were cut off often send the energy of all that time at once: then the gap is the reason. */
    private static String afterGap(Arrival arrival) {
        Readings readings = arrival.memory.readings();
        int index = arrival.index();
        if (index == 0) {
            return "";
        }
        long silence = arrival.start - readings.end(index - 1);
        return 2 * silence > arrival.seconds() ? ", after " + Words.time(silence) + " without readings" : "";
    }
}
