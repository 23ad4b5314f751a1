package io.tallywatt.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Findings come, change, end and vanish at random, the notifier fails, and the process dies at any moment: what is told is what
 * {@link NaiveAlerts} tells. The seed is in the test's name; {@code -Dtallywatt.seeds=N} runs more.
 */
class AlerterOracleTest {
    private static final Instant T = Instant.parse("2026-03-28T22:00:00Z");
    private static final int STEPS = 300;

    static LongStream seeds() {
        return LongStream.range(0, 2L * Integer.getInteger("tallywatt.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everythingIsToldOnceInTimeAndWithinTheLimits(long seed) throws Exception {
        World world = new World(new Random(seed));
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        world.settle();
        world.checkLimits();
    }

    private enum Mood {
        WORKS,
        FAILS,
        REFUSES
    }

    private static final class World implements Notifier, AlertLog {
        private final Random random;
        private final AlertPolicy policy;
        private final TestClock clock = new TestClock(T);
        private final FakeFindings findings = new FakeFindings();
        private final InMemoryAlertLog log = new InMemoryAlertLog();
        private final NaiveAlerts naive;
        private final List<Alert> certain = new ArrayList<>();
        private final List<Alert> sinceKept = new ArrayList<>();
        private Mood mood = Mood.WORKS;
        /** Keeps until the process dies; below 0, it does not. */
        private int keeps = -1;

        private Alerter alerter;

        World(Random random) {
            this.random = random;
            policy = new AlertPolicy(
                    Duration.ofMinutes(1 + random.nextInt(90)),
                    1 + random.nextInt(8),
                    Severity.values()[random.nextInt(3)],
                    Duration.ofDays(1 + random.nextInt(3)));
            naive = new NaiveAlerts(findings, policy);
            alerter = new Alerter(findings, this, this, policy, clock);
        }

        void step() throws InterruptedException {
            clock.advance(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 10_000_000 : 600_000)));
            for (int i = random.nextInt(4); i > 0; i--) {
                change();
            }
            if (random.nextInt(8) == 0) {
                mood = Mood.values()[random.nextInt(3)];
            }
            if (random.nextInt(12) == 0) {
                keeps = random.nextInt(4);
            }
            run();
            if (random.nextInt(15) == 0) {
                restart();
            }
        }

        private void change() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> findings.found(invented());
                case 4 -> known().ifPresent(this::again);
                case 5, 6, 7, 8 -> known().ifPresent(s -> findings.resolved(clock.instant(), s.finding()));
                default -> known().ifPresent(s -> findings.withdraw(s.finding().key()));
            }
        }

        private Finding invented() {
            Series series = Series.parse("site/s" + random.nextInt(3) + "/generation");
            RuleName rule =
                    List.of(RuleName.GAP, RuleName.SPIKE, RuleName.OVERDUE).get(random.nextInt(3));
            Duration ago =
                    random.nextBoolean() ? Duration.ofMinutes(5) : Duration.ofMinutes(random.nextInt(5 * 24 * 60));
            Instant start = clock.instant().minus(ago);
            return Findings.of(series, rule, severity(), start, clock.instant());
        }

        private Severity severity() {
            return Severity.values()[random.nextInt(3)];
        }

        private Optional<StoredFinding> known() {
            List<StoredFinding> all = findings.findings(FindingSearch.ALL);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(Math.min(12, all.size()))));
        }

        /** It is found again, and may matter more or less. */
        private void again(StoredFinding known) {
            Finding f = known.finding();
            findings.found(
                    Findings.of(f.series(), f.rule(), severity(), f.interval().start(), clock.instant()));
        }

        /** What one run came to; null where the process died. */
        private AlertRun run() throws InterruptedException {
            naive.look(clock.instant());
            try {
                AlertRun run = alerter.run();
                assertThat(run.failure() != null).isEqualTo(run.failures() > 0 && mood == Mood.FAILS && tried);
                return run;
            } catch (StoreException died) {
                restart();
                return null;
            } finally {
                tried = false;
            }
        }

        private boolean tried;

        private void restart() {
            // Told and not kept: it may be told again, and that is all.
            sinceKept.clear();
            keeps = -1;
            naive.restart();
            alerter = new Alerter(findings, this, this, policy, clock);
        }

        void settle() throws InterruptedException {
            mood = Mood.WORKS;
            keeps = -1;
            clock.advance(Duration.ofHours(2));
            int rounds = 0;
            // Once more after all was told: what was withdrawn is looked for by the hour.
            for (int i = 0; i < 2; i++) {
                Instant next = clock.instant();
                while (next != null) {
                    assertThat(rounds++)
                            .as("rounds until nothing is left to tell")
                            .isLessThan(500);
                    clock.advance(Duration.between(clock.instant(), next));
                    next = run().next();
                }
                clock.advance(Duration.ofMinutes(61));
            }
            naive.checkNothingIsLeft();
        }

        void checkLimits() {
            Map<AlertGroup.Key, Alert> last = new HashMap<>();
            Map<AlertGroup.Key, Instant> lastFound = new HashMap<>();
            for (int i = 0; i < certain.size(); i++) {
                Alert alert = certain.get(i);
                if (i >= policy.perHour()) {
                    Alert before = certain.get(i - policy.perHour());
                    assertThat(Duration.between(before.at(), alert.at())).isGreaterThanOrEqualTo(Duration.ofHours(1));
                }
                AlertGroup.Key key = new AlertGroup.Key(alert.series(), alert.rule());
                switch (alert.kind()) {
                    case FOUND -> {
                        if (lastFound.containsKey(key)) {
                            assertThat(Duration.between(lastFound.get(key), alert.at()))
                                    .isGreaterThanOrEqualTo(policy.coolDown());
                        }
                        lastFound.put(key, alert.at());
                    }
                    case RESOLVED ->
                        assertThat(last.get(key))
                                .isNotNull()
                                .extracting(Alert::kind)
                                .isEqualTo(Alert.Kind.FOUND);
                }
                last.put(key, alert);
            }
            assertThat(certain).isNotEmpty();
        }

        @Override
        public String name() {
            return "random";
        }

        @Override
        public void send(Alert alert) throws NotSent {
            tried = true;
            naive.checkDue(alert, clock.instant());
            switch (mood) {
                case WORKS -> {
                    naive.done(alert, clock.instant(), true);
                    sinceKept.add(alert);
                    clock.advance(Duration.ofMillis(random.nextInt(3000)));
                }
                case FAILS -> throw new NotSent("fails", true);
                case REFUSES -> {
                    naive.done(alert, clock.instant(), false);
                    throw new NotSent("refuses", false);
                }
            }
        }

        @Override
        public State state(String notifier) {
            return log.state(notifier);
        }

        @Override
        public void keep(String notifier, long position, List<Instant> sent, List<Group> changed) {
            boolean dies = keeps == 0;
            keeps--;
            if (!dies || random.nextBoolean()) {
                log.keep(notifier, position, sent, changed);
                certain.addAll(sinceKept);
                sinceKept.clear();
                naive.kept();
            }
            if (dies) {
                throw new StoreException(StoreException.Kind.INTERNAL, "The process died");
            }
        }
    }
}
