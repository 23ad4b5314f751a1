package io.tallywatt.core.validate;

import java.math.BigDecimal;

/**
 * The same value again and again, where it usually varies: a sensor or a gateway that repeats its last answer.
 *
 * <p>How long a run must be is learned: if at this time of day a reading repeats the one before it in a share p of all cases, a run of
 * n has a chance of p^(n - 1) to come by itself; it is stuck once that is below one in a million, and never with fewer than
 * {@value #SHORTEST} readings. p is counted within an hour of the same time on the remembered days (of the same kind, where the
 * quantity follows the week and there are three of them); while there are too few, over the readings before. Where repeats are
 * common (8 % and more) they come in runs, so then p is the chance that a repeat is followed by another.
 *
 * <p>Zeros count apart: at night a solar site repeats zero for hours, and that says nothing about noon. Where there never was a zero at
 * this time of day, an hour of them is stuck. Where they are rare, runs of them are as likely as they were; where more than 5 % are
 * zero, nothing is said, and neither where the value before was hardly more than zero: dusk and calm come by and by.
 *
 * <p>A run at the greatest value that there is, and has been before, is what an inverter or a fuse lets through.
 *
 * <p>Wrong where values are coarse and something runs evenly for the first time, and on the first day that a solar site spends at its
 * inverter's limit; blind for a sensor that sticks where repeats are usual. A run of n is found with confidence 1 - N / 2n, N being
 * the length from which it is stuck. One finding for all of it, from its first reading, which may be the last right one.
 */
final class StuckRule implements Rule {
    private static final int SHORTEST = 5;
    private static final double CHANCE = 1e-6;
    private static final int PAIRS_NEEDED = 50;
    private static final int PAIRS_BEFORE = 500;
    private static final double COMMON = 0.08;
    private static final double MOST_CHANCE = 0.97;
    private static final double RARE_ZEROS = 0.05;
    private static final int MOST_BESIDE = 12;
    private static final int LIMIT_SEEN = 3;
    private static final int PART_OF_MUCH = 20;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int HOUR = 3600;

    @Override
    public RuleName name() {
        return RuleName.STUCK;
    }

    @Override
    public void look(Arrival arrival, Said said) {
        if (!arrival.isNews()) {
            return;
        }
        SeriesMemory memory = arrival.memory;
        int index = arrival.index();
        for (Past past : arrival.superseded()) {
            leave(memory, index, past, said);
        }
        new Run(memory, index).judge(arrival, said);
        // What it splits.
        if (index > 0 && differs(memory, index - 1, arrival) && isMarked(memory, index - 1)) {
            new Run(memory, index - 1).judge(arrival, said);
        }
        if (index + 1 < memory.readings().size()
                && differs(memory, index + 1, arrival)
                && isMarked(memory, index + 1)) {
            new Run(memory, index + 1).judge(arrival, said);
        }
    }

    private static boolean differs(SeriesMemory memory, int index, Arrival arrival) {
        return memory.readings().units(index) != arrival.units;
    }

    private static boolean isMarked(SeriesMemory memory, int index) {
        return (memory.readings().marks(index) & Marks.STUCK) != 0;
    }

    /** A reading leaves its run: where the run began, what was found no longer holds, unless it is found again. */
    private void leave(SeriesMemory memory, int index, Past past, Said said) {
        if (past.has(Marks.STUCK_HEAD)) {
            said.resolved(name(), past.start());
        } else if (past.has(Marks.PRELOADED)) {
            Readings readings = memory.readings();
            int head = index;
            while (head > 0 && readings.units(head - 1) == past.units()) {
                head--;
            }
            said.resolved(name(), head == index ? past.start() : readings.start(head));
        }
    }

    /** Readings of the same value one after the other. */
    private final class Run {
        private final SeriesMemory memory;
        private final Readings readings;
        private final long units;
        private int first;
        private int last;

        Run(SeriesMemory memory, int index) {
            this.memory = memory;
            this.readings = memory.readings();
            this.units = readings.units(index);
            first = index;
            while (first > 0 && goesOn(first - 1)) {
                first--;
            }
            last = index;
            while (last + 1 < readings.size() && goesOn(last)) {
                last++;
            }
        }

        private boolean goesOn(int i) {
            return readings.units(i) == readings.units(i + 1) && areNeighbours(i);
        }

        /** A reading or two may be missing between. */
        private boolean areNeighbours(int i) {
            return readings.areAlike(i, i + 1)
                    && readings.start(i + 1) - readings.start(i) <= Math.max(HOUR, 3L * readings.length(i));
        }

        private int length() {
            return last - first + 1;
        }

        void judge(Arrival arrival, Said said) {
            boolean known = false;
            for (int i = first; i <= last; i++) {
                int marks = readings.marks(i);
                known |= (marks & Marks.STUCK) != 0;
                if ((marks & Marks.STUCK_HEAD) != 0) {
                    said.resolved(name(), readings.start(i));
                }
            }
            int least = length() < SHORTEST || (readings.marks(first) & Marks.IMPOSSIBLE) != 0
                    ? NEVER
                    : least(last == arrival.index() ? arrival.sameTime() : new SameTime(memory, last));
            boolean stuck = length() >= least && (known || !isLimit()) || known && length() >= SHORTEST;
            if (stuck) {
                report(arrival, Math.min(least, length()), said);
            }
            if (stuck || known) {
                mark(stuck);
            }
        }

        private void mark(boolean stuck) {
            for (int i = first; i <= last; i++) {
                readings.unmark(i, Marks.STUCK | Marks.STUCK_HEAD);
                if (stuck) {
                    readings.mark(i, i == first ? Marks.STUCK | Marks.STUCK_HEAD : Marks.STUCK);
                }
            }
        }

        /** From which length on such a run is stuck. */
        private int least(SameTime same) {
            if (units == 0 && (areZerosCommon(same) || !fellAtOnce())) {
                return NEVER;
            }
            Repeats repeats = atSameTime(same);
            if (units == 0) {
                return repeats.pairs < PAIRS_NEEDED || repeats.share() > RARE_ZEROS ? NEVER : repeats.leastZeros();
            }
            if (repeats.pairs < PAIRS_NEEDED) {
                repeats = new Repeats();
                repeats.count(Math.max(0, first - PAIRS_BEFORE), first - 1);
            }
            return repeats.pairs < PAIRS_NEEDED ? NEVER : repeats.least();
        }

        /** A calm and a dusk come by and by, a failure does not. */
        private boolean fellAtOnce() {
            return first > 0
                    && readings.isGood(first - 1)
                    && readings.units(first - 1) > memory.habits().high() / PART_OF_MUCH;
        }

        /** Nights are long: this is quicker than counting an hour round each. */
        private boolean areZerosCommon(SameTime same) {
            int zeros = 0;
            for (int d = 0; d < same.count(); d++) {
                zeros += readings.units(same.index(d)) == 0 ? 1 : 0;
            }
            return zeros > same.count() / 4;
        }

        /** Whether it is about the greatest value that there is, and has been before: what an inverter or a fuse lets through. */
        private boolean isLimit() {
            int equal = 0;
            int greater = 0;
            for (int i = 0; i < readings.size(); i++) {
                if (i < first || i > last) {
                    // Also where it was found stuck: a limit is, when it is first reached.
                    equal += readings.units(i) == units ? 1 : 0;
                    greater += readings.units(i) > units && readings.isGood(i) ? 1 : 0;
                }
            }
            return units > 0 && equal >= LIMIT_SEEN && greater <= equal;
        }

        private Repeats atSameTime(SameTime same) {
            boolean ofKind = memory.quantity().followsTheWeek() && same.countOfKind() >= 3;
            int reach = Math.clamp(HOUR / readings.length(last), 1, MOST_BESIDE);
            Repeats repeats = new Repeats();
            for (int d = 0; d < same.count(); d++) {
                if (!ofKind || same.isOfKind(d)) {
                    repeats.count(
                            Math.max(0, same.index(d) - reach), Math.min(readings.size() - 1, same.index(d) + reach));
                }
            }
            return repeats;
        }

        private void report(Arrival arrival, int least, Said said) {
            BigDecimal value = SeriesMemory.decimal(units);
            said.found(
                    name(),
                    readings.start(first),
                    readings.end(last),
                    Severity.WARNING,
                    Math.min(99, 100 - 50 * least / length()),
                    length() + " times " + Words.reading(value, memory.quantity(), readings.length(last)) + " running",
                    "another value, at the latest after " + Words.count(least - 1L, "repeat"),
                    value,
                    null,
                    null,
                    arrival.delivery);
        }

        /** How often readings repeat the one before them, as zeros or as other values. */
        private final class Repeats {
            private int pairs;
            private int equal;
            private int equalAfterEqual;

            void count(int from, int to) {
                boolean before = false;
                for (int i = from; i < to; i++) {
                    int marks = readings.marks(i + 1);
                    if (i >= first && i < last
                            || (marks & (Marks.STUCK | Marks.IMPOSSIBLE)) != 0
                            || !areNeighbours(i)) {
                        before = false;
                        continue;
                    }
                    boolean repeats =
                            readings.units(i) == readings.units(i + 1) && readings.units(i) == 0 == (units == 0);
                    pairs++;
                    equal += repeats ? 1 : 0;
                    equalAfterEqual += repeats && before ? 1 : 0;
                    before = repeats;
                }
            }

            double share() {
                return (equal + 0.5) / (pairs + 1);
            }

            int least() {
                double share = share();
                return leastAt(share < COMMON ? share : Math.max(share, again()));
            }

            int leastZeros() {
                int hour = HOUR / readings.length(last);
                return Math.max(hour, equal == 0 ? SHORTEST : leastAt(again()));
            }

            /** The chance that a repeat is followed by another. */
            private double again() {
                return (equalAfterEqual + 0.5) / (equal + 1);
            }

            private static int leastAt(double chance) {
                return chance > MOST_CHANCE
                        ? NEVER
                        : Math.max(SHORTEST, 1 + (int) Math.ceil(StrictMath.log(CHANCE) / StrictMath.log(chance)));
            }
        }
    }
}
