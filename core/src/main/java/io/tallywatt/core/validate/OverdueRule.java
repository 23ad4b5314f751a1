package io.tallywatt.core.validate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nothing came from a thing although something should have by now: the interval after its latest reading is over, and
 * {@link JudgeSettings#overdueAfter} more.
 *
 * <p>One finding for the thing, kept with that of its series (the first by name) which was heard last; it lies where readings are
 * missing first. It is said again only when it turns critical, after an hour, and is resolved by the next reading of any of them.
 *
 * <p>A thing that sends several intervals at once is silent for longer between: where half of the last 15 silences were longer than
 * a live feed's, the longest of them counts in place of the interval. Nothing is said of a thing whose last delivery was of the past
 * (a file of last week is not followed by one of this week), and of one that has been silent for {@value #GIVEN_UP_DAYS} days when
 * it is first looked at.
 *
 * <p>After a start nothing is known of when things are heard, and each is taken for a live one until it has been: of a meter that is
 * read once a day something is said once, wrongly. One series that falls silent while others of its thing go on is not
 * found here. The confidence is the chance that a delivery is in time, as for {@link LateRule}.
 */
final class OverdueRule {
    private static final int GIVEN_UP_DAYS = 7;
    private static final Duration CRITICAL_AFTER = Duration.ofHours(1);

    private final JudgeSettings settings;

    OverdueRule(JudgeSettings settings) {
        this.settings = settings;
    }

    Verdict look(List<SeriesMemory> ofOneThing, Instant now) {
        Optional<SeriesMemory> heardLast = ofOneThing.stream()
                .filter(memory -> memory.size() > 0)
                .min(Comparator.comparingLong((SeriesMemory memory) -> -end(memory))
                        .thenComparing(memory -> memory.series().toString()));
        return heardLast.map(memory -> look(memory, ofOneThing, now)).orElse(Verdict.NOTHING);
    }

    private Verdict look(SeriesMemory memory, List<SeriesMemory> ofOneThing, Instant now) {
        long end = end(memory);
        long from = missingFrom(memory);
        int last = memory.readings().size() - 1;
        long to = from + memory.readings().length(last);
        long due = Math.max(to, end + usualSilence(memory, to - end))
                + settings.overdueAfter().toSeconds();
        long at = now.getEpochSecond();
        if (at <= due || !isExpected(memory)) {
            return Verdict.NOTHING;
        }
        Finding.Key key = new Finding.Key(memory.series(), RuleName.OVERDUE, Instant.ofEpochSecond(from));
        Hearing.@Nullable Silence known = memory.hearing().silence();
        if (known == null && at - end > Duration.ofDays(GIVEN_UP_DAYS).toSeconds()) {
            return Verdict.NOTHING;
        }
        Severity severity = at - due > CRITICAL_AFTER.toSeconds() ? Severity.CRITICAL : Severity.WARNING;
        Hearing.Silence silence = new Hearing.Silence(key, severity, end);
        if (silence.equals(known)) {
            return Verdict.NOTHING;
        }
        ofOneThing.forEach(each -> each.hearing().silence(silence));
        Said said = new Said(memory.series(), now);
        Hearing hearing = memory.hearing();
        said.found(
                RuleName.OVERDUE,
                from,
                to,
                severity,
                Confidence.ofSuccession(hearing.heardInTime(), hearing.heard()),
                "nothing after " + Instant.ofEpochSecond(end),
                "something by " + Instant.ofEpochSecond(due) + ": a reading every "
                        + Words.time(memory.habits().step()),
                null,
                null,
                null,
                0);
        return said.verdict();
    }

    private static long end(SeriesMemory memory) {
        return memory.readings().end(memory.readings().size() - 1);
    }

    /** Where a series' next reading should begin. */
    static long missingFrom(SeriesMemory memory) {
        Readings readings = memory.readings();
        int last = readings.size() - 1;
        Habits habits = memory.habits();
        return habits.standApart() ? readings.start(last) + habits.step() : readings.end(last);
    }

    /** How long a thing that sends several intervals at once is silent; 0 for a live one. */
    private long usualSilence(SeriesMemory memory, long ofOneInterval) {
        Hearing hearing = memory.hearing();
        long live = ofOneInterval + settings.lateAfter().toSeconds();
        return hearing.usualSilence() > live ? hearing.longestSilence() : 0;
    }

    private static boolean isExpected(SeriesMemory memory) {
        Hearing hearing = memory.hearing();
        return hearing.since() == Hearing.NEVER || hearing.isUpToDate() || hearing.usualSilence() != Hearing.NEVER;
    }
}
