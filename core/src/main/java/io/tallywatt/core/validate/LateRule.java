package io.tallywatt.core.validate;

/**
 * A reading of a live feed that came long after its interval: more than {@link JudgeSettings#lateAfter} after its end.
 *
 * <p>What comes late must be told from what was never meant to come at once: history given at the first start, a file of last week, a
 * document with weeks in it, a meter that is read once a day. So a reading is late only if
 *
 * <ul>
 *   <li>its interval had no reading yet;
 *   <li>it was due after listening began, that is, after the first delivery of the series was received that was judged since the
 *       program started: what was due before may have waited at a door that was closed;
 *   <li>it is late by no more than a day: what comes later than that is history, filled in;
 *   <li>the series is live: a delivery with nothing late in it was received within the day before, and three quarters of the last 64
 *       deliveries were such. Late deliveries in a row count once, so that a long outage does not end that by itself.
 * </ul>
 *
 * <p>Late readings one after the other are one finding, whatever the order in which they came and by how many deliveries.
 *
 * <p>Blind for what comes late while the program is down, and for the first readings of a feed. Wrong, for a day, where a live feed
 * is changed to one that sends once an hour. The confidence is the chance that a delivery is in time, by those remembered (rule of
 * succession). Worth knowing up to an hour, to be looked at beyond.
 */
final class LateRule implements Rule {
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;

    @Override
    public RuleName name() {
        return RuleName.LATE;
    }

    @Override
    public void look(Arrival arrival, Said said) {}

    @Override
    public void look(Delivered delivered, Said said) {
        if (delivered.late().isEmpty() || !isLive(delivered)) {
            return;
        }
        Hearing hearing = delivered.memory.hearing();
        for (Delivered.Late late : delivered.late()) {
            long delay = delivered.receivedAt - late.end();
            if (late.due() >= hearing.since() && delay <= DAY) {
                Hearing.Burst burst = hearing.join(
                        new Hearing.Burst(late.start(), late.end(), 1, delay, delay),
                        (late.end() - late.start()) / 2,
                        start -> said.resolved(name(), start));
                report(delivered, burst, said);
            }
        }
    }

    private static boolean isLive(Delivered delivered) {
        Hearing hearing = delivered.memory.hearing();
        return hearing.inTime() != Hearing.NEVER
                && delivered.receivedAt - hearing.inTime() <= DAY
                && 4 * hearing.heardInTime() >= 3 * hearing.heard();
    }

    private void report(Delivered delivered, Hearing.Burst burst, Said said) {
        Hearing hearing = delivered.memory.hearing();
        String delay = burst.leastDelay() == burst.greatestDelay()
                ? Words.time(burst.leastDelay())
                : Words.time(burst.leastDelay()) + " to " + Words.time(burst.greatestDelay());
        said.found(
                name(),
                burst.start(),
                burst.end(),
                burst.greatestDelay() > HOUR ? Severity.WARNING : Severity.INFO,
                Confidence.ofSuccession(hearing.heardInTime(), hearing.heard()),
                Words.count(burst.readings(), "reading") + ", received " + delay + " after the end",
                "at most " + Words.time(delivered.settings.lateAfter().toSeconds()) + " after, as "
                        + hearing.heardInTime() + " of the last "
                        + (hearing.heard() == 1 ? "delivery" : hearing.heard() + " deliveries"),
                null,
                null,
                null,
                delivered.id);
    }
}
