package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rules to what arrives. A rule that fails is left out and told of; it never keeps the others from judging.
 *
 * <p>What is judged depends on the memory, the arrivals and {@code now} alone, so the same again gives the same. A judge keeps
 * nothing of a series and may be used by several threads, each with memories of its own.
 */
public final class Judge {
    /** What states an interval so far ahead is a wrong clock's; it would make all that is true look old. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final Comparator<Arrived> AS_RECEIVED =
            Comparator.comparing(Arrived::receivedAt).thenComparingLong(Arrived::delivery);

    private final JudgeSettings settings;
    private final List<Rule> rules;
    private final OverdueRule overdue;
    private final Consumer<String> failures;

    /** Failures of rules are told to nobody. */
    public Judge(JudgeSettings settings) {
        this(settings, failure -> {});
    }

    /** @param failures told, in a line, of a rule that failed: once per rule and call of {@link #judge} */
    public Judge(JudgeSettings settings, Consumer<String> failures) {
        this(
                settings,
                failures,
                // A reset is not said to be negative as well; what is impossible is neither a spike nor stuck.
                List.of(
                        new RegisterResetRule(),
                        new NegativeRule(),
                        new ImplausibleRule(),
                        new SpikeRule(),
                        new StuckRule(),
                        new GapRule(),
                        new ConflictRule(),
                        new LateRule()));
    }

    Judge(JudgeSettings settings, Consumer<String> failures, List<Rule> rules) {
        this.settings = Objects.requireNonNull(settings);
        this.failures = failures;
        this.rules = List.copyOf(rules);
        this.overdue = new OverdueRule(settings);
    }

    /**
     * Judges readings of one series, and remembers them. Those of one call are taken in the order in which their deliveries were
     * received, which is that of their precedence; calls are made in the order in which readings became known.
     *
     * @param now when this is found
     */
    public Verdict judge(SeriesMemory memory, List<Arrived> arrived, Instant now) {
        return new Session(memory, now).judge(inOrder(arrived));
    }

    private static List<Arrived> inOrder(List<Arrived> arrived) {
        for (int i = 1; i < arrived.size(); i++) {
            if (AS_RECEIVED.compare(arrived.get(i - 1), arrived.get(i)) > 0) {
                return arrived.stream().sorted(AS_RECEIVED).toList();
            }
        }
        return arrived;
    }

    /**
     * Looks whether something should have come from a thing by now.
     *
     * @param ofOneThing all series of one site, home or meter
     */
    public Verdict overdue(List<SeriesMemory> ofOneThing, Instant now) {
        return overdue.look(ofOneThing, now);
    }

    /** One call of {@link #judge}. */
    private final class Session {
        private final SeriesMemory memory;
        private final Said said;
        private final Set<RuleName> failed = EnumSet.noneOf(RuleName.class);

        Session(SeriesMemory memory, Instant now) {
            this.memory = memory;
            this.said = new Said(memory.series(), now);
        }

        Verdict judge(List<Arrived> arrived) {
            for (int from = 0; from < arrived.size(); ) {
                int to = from + 1;
                while (to < arrived.size() && AS_RECEIVED.compare(arrived.get(from), arrived.get(to)) == 0) {
                    to++;
                }
                deliver(arrived.subList(from, to));
                from = to;
            }
            return said.verdict();
        }

        /** Judges what one delivery gave. */
        private void deliver(List<Arrived> arrived) {
            Arrived first = arrived.getFirst();
            Delivered delivered = new Delivered(
                    memory, settings, first.delivery(), first.receivedAt().getEpochSecond());
            long endBefore = latestEnd();
            Finding.@Nullable Key perhaps = endBefore != Hearing.NEVER
                            && memory.hearing().since() == Hearing.NEVER
                    ? new Finding.Key(
                            memory.series(), RuleName.OVERDUE, Instant.ofEpochSecond(OverdueRule.missingFrom(memory)))
                    : null;
            for (Arrived each : arrived) {
                if (each.reading().quality() != Quality.MISSING) {
                    judge(each.reading(), delivered);
                }
            }
            for (Rule rule : rules) {
                try {
                    rule.look(delivered, said);
                } catch (RuntimeException e) {
                    fail(rule, first.reading(), e);
                }
            }
            long endAfter = latestEnd();
            endSilence(perhaps, endBefore, endAfter);
            memory.hearing()
                    .hear(delivered, endBefore, endAfter, memory.habits().step());
        }

        private long latestEnd() {
            Readings readings = memory.readings();
            return readings.size() == 0 ? Hearing.NEVER : readings.end(readings.size() - 1);
        }

        /** @param perhaps what may have been found before the start of the program */
        private void endSilence(Finding.@Nullable Key perhaps, long endBefore, long endAfter) {
            if (perhaps != null && endAfter > endBefore) {
                said.resolved(perhaps);
            }
            Hearing.@Nullable Silence silence = memory.hearing().silence();
            if (silence != null && endAfter > silence.end()) {
                said.resolved(silence.key());
                memory.hearing().silence(null);
            }
        }

        private void judge(Reading reading, Delivered delivered) {
            BigDecimal value = Objects.requireNonNull(reading.value());
            long start = reading.interval().start().getEpochSecond();
            long end = Math.max(start + 1, reading.interval().end().getEpochSecond());
            long units = SeriesMemory.units(value);
            int marks = Marks.of(reading.quality());
            Placed placed = end - delivered.receivedAt > AHEAD.toSeconds()
                    ? Placed.OUTSIDE
                    : memory.place(start, end, units, marks, delivered.id);
            if (placed.kind() == Placed.Kind.SAME) {
                return;
            }
            if (placed.kind() == Placed.Kind.NEW) {
                delivered.add(start, end);
            }
            Arrival arrival = new Arrival(memory, settings, start, end, value, units, marks, delivered.id, placed);
            for (Rule rule : rules) {
                try {
                    rule.look(arrival, said);
                } catch (RuntimeException e) {
                    fail(rule, reading, e);
                }
            }
        }

        private void fail(Rule rule, Reading reading, RuntimeException e) {
            if (failed.add(rule.name())) {
                failures.accept("The rule " + rule.name() + " failed at " + memory.series() + " "
                        + reading.interval().start() + ": " + e);
            }
        }
    }
}
