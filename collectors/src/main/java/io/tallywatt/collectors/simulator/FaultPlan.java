package io.tallywatt.collectors.simulator;

import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at a site in a stretch of {@link #SLOTS} intervals (a day of five minutes). Each value has at most one
 * fault, and each kind of fault has its part of the share that is asked for, on average exactly: where what is left for a kind
 * does not pay for one more, chance decides.
 *
 * <p>A fault is such as can be seen: nothing is stuck at what the site does at night anyway, and a spike is many times both the
 * usual of its time of day and what was true. That need not be more than the site does at other times.
 */
final class FaultPlan {
    static final int SLOTS = 288;

    // Of all anomalous values, how many are of which kind.
    private static final double STUCK = 0.20;
    private static final double LATE = 0.12;
    private static final double UNSENT = 0.14;
    private static final double REPEATED = 0.10;
    private static final double CONTRADICTED = 0.08;
    private static final double NEGATIVE = 0.15;
    private static final double SPIKE = 0.15;
    private static final double ABSENT = 0.06;

    private static final int TRIES = 100;
    private static final int SHORTEST_STUCK = 6;
    private static final int LONGEST_STUCK = 24;
    private static final int LONGEST_LATE = 6;
    private static final int LONGEST_OUTAGE = 12;
    private static final int LATEST_REPEAT = 12;
    private static final int LEAST_LATE_SECONDS = 3600;
    private static final int LATE_SPREAD_SECONDS = 7200;

    private final Site site;
    private final SimulationSettings settings;
    private final long first;
    private final Random random;
    private final @Nullable RecordFault[] records = new @Nullable RecordFault[SLOTS];
    private final @Nullable ValueFault[][] values = new @Nullable ValueFault[Side.values().length][SLOTS];

    /** Puts faults of one kind somewhere, if there is room. */
    private interface Placing {
        boolean tried(int length);
    }

    private FaultPlan(Site site, SimulationSettings settings, long first, Random random) {
        this.site = site;
        this.settings = settings;
        this.first = first;
        this.random = random;
    }

    /** The plan of the stretch that a slot is in. */
    static FaultPlan of(Site site, SimulationSettings settings, long slot) {
        long stretch = Math.floorDiv(slot, (long) SLOTS);
        Random random = site.chance().of(3).generator(stretch);
        FaultPlan plan = new FaultPlan(site, settings, stretch * SLOTS, random);
        plan.fill();
        return plan;
    }

    boolean covers(long slot) {
        return slot >= first && slot < first + SLOTS;
    }

    @Nullable
    RecordFault ofRecord(long slot) {
        return records[(int) (slot - first)];
    }

    @Nullable
    ValueFault ofValue(Side side, long slot) {
        return values[side.ordinal()][(int) (slot - first)];
    }

    /** Runs first, while there is room for them. */
    private void fill() {
        double others = settings.late() ? 1 : 1 - LATE;
        double anomalous = 2 * SLOTS * settings.anomalies() / others;
        spend(anomalous * STUCK, SHORTEST_STUCK, LONGEST_STUCK, 1, this::stick);
        if (settings.late()) {
            spend(anomalous * LATE, 1, LONGEST_LATE, 2, this::delay);
        }
        // Half of what is not sent is single records, half of it outages.
        spend(anomalous * UNSENT / 2, 2, LONGEST_OUTAGE, 2, this::silence);
        spend(anomalous * UNSENT / 2, 1, 1, 2, this::silence);
        spend(anomalous * REPEATED, 1, 1, 2, length -> repeat());
        spend(anomalous * CONTRADICTED, 1, 1, 1, length -> contradict());
        spend(anomalous * NEGATIVE, 1, 1, 1, length -> put(LabelKind.NEGATIVE));
        spend(anomalous * SPIKE, 1, 1, 1, length -> put(LabelKind.SPIKE));
        spend(anomalous * ABSENT, 1, 1, 1, length -> empty());
    }

    private void spend(double budget, int shortest, int longest, int sides, Placing placing) {
        double left = budget;
        while (left > 0) {
            int length = shortest + random.nextInt(longest - shortest + 1);
            double cost = (double) length * sides;
            if (cost > left && random.nextDouble() * cost >= left) {
                return;
            }
            left -= cost;
            boolean placed = false;
            for (int i = 0; i < TRIES && !placed; i++) {
                placed = placing.tried(length);
            }
        }
    }

    private boolean stick(int length) {
        Side side = side();
        int at = place(length);
        // Neighbours of another run would be one run with it.
        if (!freeRun(side, at, length) || stuck(side, at - 1) || stuck(side, at + length)) {
            return false;
        }
        long wh = wh(side, at);
        if (wh < noticeable(side) || IntStream.range(at + 1, at + length).allMatch(i -> wh(side, i) == wh)) {
            return false;
        }
        ValueFault stuck = new ValueFault.Stuck(first + at, first + at + length, wh);
        for (int i = at; i < at + length; i++) {
            values[side.ordinal()][i] = stuck;
        }
        return true;
    }

    /** A site that could not send for a while sends all of it later. */
    private boolean delay(int length) {
        int at = place(length);
        if (!freeRun(at, length)) {
            return false;
        }
        int after = LEAST_LATE_SECONDS + random.nextInt(LATE_SPREAD_SECONDS + 1);
        RecordFault late =
                new RecordFault.Late(settings.start(first + at + length).plusSeconds(after));
        for (int i = at; i < at + length; i++) {
            records[i] = late;
        }
        return true;
    }

    private boolean silence(int length) {
        int at = place(length);
        if (!freeRun(at, length)
                || records[at - 1] instanceof RecordFault.Unsent
                || records[at + length] instanceof RecordFault.Unsent) {
            return false;
        }
        for (int i = at; i < at + length; i++) {
            records[i] = new RecordFault.Unsent();
        }
        return true;
    }

    private boolean repeat() {
        int at = random.nextInt(SLOTS);
        if (!freeRun(at, 1)) {
            return false;
        }
        records[at] = new RecordFault.Repeated(1 + random.nextInt(LATEST_REPEAT));
        return true;
    }

    private boolean contradict() {
        int at = random.nextInt(SLOTS);
        Side side = side();
        if (!freeRun(at, 1)) {
            return false;
        }
        long wh = wh(side, at);
        double part = 0.1 + 0.4 * random.nextDouble();
        long other = wh == 0
                ? Math.max(1, Math.round(noticeable(side) * 2 * part))
                : Math.round(wh * (random.nextBoolean() ? 1 + part : 1 - part));
        records[at] =
                new RecordFault.Contradicted(side, other == wh ? wh + 1 : other, 1 + random.nextInt(LATEST_REPEAT));
        return true;
    }

    private boolean put(LabelKind kind) {
        Side side = side();
        int at = random.nextInt(SLOTS);
        if (!free(side, at)) {
            return false;
        }
        long wh = wh(side, at);
        long wrong;
        if (kind == LabelKind.NEGATIVE) {
            double part = 0.2 + random.nextDouble();
            wrong = -Math.max(1, Math.round(Math.max(wh, noticeable(side)) * part));
        } else {
            long start = settings.startSecond(first + at);
            long usual = site.flow(side).usualWh(start, settings.every().seconds());
            double times = 5 + 10 * random.nextDouble();
            wrong = Math.round(Math.max(Math.max(wh, usual), noticeable(side)) * times);
        }
        values[side.ordinal()][at] = new ValueFault.Wrong(kind, wrong);
        return true;
    }

    private boolean empty() {
        Side side = side();
        int at = random.nextInt(SLOTS);
        if (!free(side, at)) {
            return false;
        }
        values[side.ordinal()][at] = new ValueFault.Absent();
        return true;
    }

    private boolean stuck(Side side, int at) {
        return values[side.ordinal()][at] instanceof ValueFault.Stuck;
    }

    private Side side() {
        return random.nextBoolean() ? Side.GENERATION : Side.CONSUMPTION;
    }

    /** Where a run may begin: never at the edge, beyond which another plan begins. */
    private int place(int length) {
        return 1 + random.nextInt(SLOTS - length - 1);
    }

    private long wh(Side side, int at) {
        return site.flow(side)
                .wh(settings.startSecond(first + at), settings.every().seconds());
    }

    private long noticeable(Side side) {
        return site.flow(side).noticeableWh(settings.every().seconds());
    }

    private boolean free(Side side, int at) {
        return records[at] == null && values[side.ordinal()][at] == null;
    }

    private boolean freeRun(Side side, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (!free(side, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean freeRun(int at, int length) {
        return freeRun(Side.GENERATION, at, length) && freeRun(Side.CONSUMPTION, at, length);
    }
}
