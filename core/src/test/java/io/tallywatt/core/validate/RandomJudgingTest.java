package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random feeds, in and out of order, with jitter, holes, duplicates, corrections, other lengths and values of all sizes. The seed
 * is in the test's name; {@code -Dtallywatt.seeds=N} runs more.
 */
class RandomJudgingTest {
    private static final BigDecimal PLAUSIBLE_KW = new BigDecimal(1000);
    private static final Instant START = Instant.parse("2026-03-20T00:00:00Z");

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    /** Calls of the judge, made up from a seed. */
    private static List<List<Arrived>> calls(long seed) {
        Random random = new Random(seed);
        int seconds = new int[] {60, 300, 300, 300, 900, 1800, 3600}[random.nextInt(7)];
        boolean jitters = random.nextInt(3) == 0;
        double lost = random.nextDouble() * 0.4;
        List<Arrived> all = new ArrayList<>();
        int n = 50 + random.nextInt(400);
        long delivery = 0;
        for (int i = 0; i < n; i++) {
            Instant start = START.plusSeconds((long) i * seconds + (jitters ? random.nextInt(seconds / 10) : 0));
            if (random.nextDouble() >= lost) {
                delivery++;
                all.add(arrived(random, start, seconds, delivery));
                if (random.nextInt(20) == 0) {
                    all.add(arrived(random, start, seconds, delivery + (random.nextBoolean() ? 100_000 : 0)));
                }
            }
            if (random.nextInt(100) == 0) {
                all.add(arrived(random, start, seconds * (1 + random.nextInt(6)), ++delivery));
            }
            if (i > 20 && random.nextInt(100) == 0) {
                Arrived old = arrived(random, start.minus(Duration.ofDays(60)), seconds, ++delivery);
                all.add(new Arrived(old.reading(), start.plusSeconds(10), delivery));
            }
            if (random.nextInt(200) == 0) {
                Arrived early = arrived(random, start.plusSeconds(seconds / 2), seconds, ++delivery);
                all.add(new Arrived(early.reading(), early.receivedAt().minus(Duration.ofDays(3)), delivery));
            }
        }
        int disorder = random.nextInt(4);
        if (disorder == 0) {
            Collections.shuffle(all.subList(20, all.size()), random);
        } else if (disorder == 1) {
            for (int i = 0; i < all.size() / 10; i++) {
                Collections.swap(all, 20 + random.nextInt(all.size() - 20), 20 + random.nextInt(all.size() - 20));
            }
        }
        List<List<Arrived>> calls = new ArrayList<>();
        for (int i = 0; i < all.size(); ) {
            int to = Math.min(all.size(), i + 1 + (random.nextBoolean() ? 0 : random.nextInt(40)));
            calls.add(List.copyOf(all.subList(i, to)));
            i = to;
        }
        return calls;
    }

    private static Arrived arrived(Random random, Instant start, int seconds, long delivery) {
        Quality quality = Quality.ofCode(random.nextInt(4));
        Instant end = start.plusSeconds(seconds);
        return new Arrived(
                new Reading(new Interval(start, end), value(random), quality),
                end.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(100_000) : random.nextInt(60)),
                delivery);
    }

    private static BigDecimal value(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> BigDecimal.ZERO;
            case 1 -> new BigDecimal(random.nextLong());
            case 2 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(10));
            case 3 -> BigDecimal.valueOf(-random.nextInt(5000), 3);
            case 4, 5, 6 -> new BigDecimal("2.5");
            default -> BigDecimal.valueOf(1000 + random.nextInt(2000), 3);
        };
    }

    private static SeriesMemory memory(long seed) {
        String quantity = new String[] {"consumption", "generation", "flow"}[(int) (seed % 3)];
        ZoneId zone = ZoneId.of(new String[] {"UTC", "Europe/Berlin", "Australia/Lord_Howe"}[(int) (seed / 3 % 3)]);
        return new SeriesMemory(new Series("site", "s1", quantity, null), zone);
    }

    private static Judge judge() {
        return new Judge(JudgeSettings.of(PLAUSIBLE_KW), failure -> {
            throw new AssertionError(failure);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void openGapsAreThoseBetweenTheReadingsThatAreLeft(long seed) {
        Judge judge = judge();
        SeriesMemory memory = memory(seed);
        NaiveReadings naive = new NaiveReadings();
        Map<Finding.Key, Finding> open = new LinkedHashMap<>();
        for (List<Arrived> call : calls(seed)) {
            Verdict verdict = judge.judge(memory, call, START);
            Set<Finding.Key> keys = new HashSet<>(verdict.resolved());
            assertThat(keys).hasSameSizeAs(verdict.resolved());
            verdict.found()
                    .forEach(finding -> assertThat(keys.add(finding.key())).isTrue());
            verdict.resolved().forEach(open::remove);
            verdict.found().forEach(finding -> open.put(finding.key(), finding));
            naive.take(call);
            Set<String> gaps = new TreeSet<>();
            open.values().stream()
                    .filter(finding -> finding.rule() == RuleName.GAP)
                    .forEach(finding -> gaps.add(finding.interval().toString()));
            assertThat(gaps).isEqualTo(naive.gaps());
        }
        assertThat(memory.size()).isEqualTo(naive.left.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrongByItselfIsFoundOfTheReadingsThatAreLeft(long seed) {
        Judge judge = judge();
        SeriesMemory memory = memory(seed);
        NaiveReadings naive = new NaiveReadings();
        Map<Finding.Key, Finding> open = new LinkedHashMap<>();
        for (List<Arrived> call : calls(seed)) {
            Verdict verdict = judge.judge(memory, call, START);
            verdict.resolved().forEach(open::remove);
            verdict.found().forEach(finding -> open.put(finding.key(), finding));
            naive.take(call);
        }
        Set<Instant> negative = new TreeSet<>();
        Set<Instant> implausible = new TreeSet<>();
        Set<Instant> starts = new TreeSet<>();
        List<Arrived> known = new ArrayList<>(naive.left);
        known.addAll(naive.outside);
        for (Arrived each : known) {
            Interval interval = each.reading().interval();
            BigDecimal value = Objects.requireNonNull(each.reading().value());
            BigDecimal kwSeconds = value.multiply(BigDecimal.valueOf(3600));
            starts.add(interval.start());
            if (memory.quantity().isEnergy() && value.signum() < 0) {
                negative.add(interval.start());
            }
            if (memory.quantity().isEnergy()
                    && kwSeconds.compareTo(PLAUSIBLE_KW.multiply(
                                    BigDecimal.valueOf(interval.duration().toSeconds())))
                            > 0) {
                implausible.add(interval.start());
            }
        }
        assertThat(starts(open, RuleName.NEGATIVE, RuleName.REGISTER_RESET)).isEqualTo(negative);
        assertThat(starts(open, RuleName.IMPLAUSIBLE)).isEqualTo(implausible);
        assertThat(starts).containsAll(starts(open, RuleName.SPIKE, RuleName.STUCK));
    }

    private static Set<Instant> starts(Map<Finding.Key, Finding> open, RuleName... rules) {
        Set<Instant> starts = new TreeSet<>();
        open.keySet().stream()
                .filter(key -> List.of(rules).contains(key.rule()))
                .forEach(key -> starts.add(key.start()));
        return starts;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameAgainIsJudgedTheSame(long seed) {
        List<Verdict> first = new ArrayList<>();
        List<Verdict> second = new ArrayList<>();
        SeriesMemory one = memory(seed);
        SeriesMemory two = memory(seed);
        calls(seed).forEach(call -> first.add(judge().judge(one, call, START)));
        Judge judge = judge();
        calls(seed).forEach(call -> second.add(judge.judge(two, call, START)));
        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMemoryOfDaysIsGoodForAnyThatFollow(long seed) {
        SeriesMemory before = memory(seed);
        List<List<Arrived>> calls = calls(seed);
        int half = calls.size() / 2;
        calls.subList(0, half).forEach(call -> judge().judge(before, call, START));
        SeriesMemory memory = memory(seed);
        Days.of(before).forEach(memory::remember);
        assertThat(memory.size()).isEqualTo(before.size());
        calls.subList(half, calls.size()).forEach(call -> judge().judge(memory, call, START));
        assertThat(judge().overdue(List.of(memory), START.plus(Duration.ofDays(20)))
                        .found()
                        .size())
                .isLessThan(2);
    }

    /** Readings by the words of {@link Readings} alone. */
    private static final class NaiveReadings {
        private final List<Arrived> left = new ArrayList<>();
        private final List<Arrived> outside = new ArrayList<>();

        void take(List<Arrived> call) {
            call.stream()
                    .sorted(Comparator.comparing(Arrived::receivedAt).thenComparingLong(Arrived::delivery))
                    .forEach(this::take);
        }

        private void take(Arrived arrived) {
            Interval interval = arrived.reading().interval();
            boolean ahead = interval.end().isAfter(arrived.receivedAt().plus(Duration.ofDays(1)));
            boolean old = !left.isEmpty()
                    && interval.start()
                            .isBefore(end(left.getLast())
                                    .minus(Duration.ofDays(28))
                                    .minus(Duration.ofHours(2)));
            if (ahead || old) {
                outside.add(arrived);
                return;
            }
            left.removeIf(other -> overlap(interval, other.reading().interval()) * 2
                    > Math.min(
                            interval.duration().toSeconds(),
                            other.reading().interval().duration().toSeconds()));
            left.add(arrived);
            left.sort(Comparator.comparing(each -> each.reading().interval().start()));
        }

        private static Instant end(Arrived arrived) {
            return arrived.reading().interval().end();
        }

        private static long overlap(Interval a, Interval b) {
            return Math.min(a.end().getEpochSecond(), b.end().getEpochSecond())
                    - Math.max(a.start().getEpochSecond(), b.start().getEpochSecond());
        }

        Set<String> gaps() {
            Set<String> gaps = new TreeSet<>();
            for (int i = 1; i < left.size(); i++) {
                Interval before = left.get(i - 1).reading().interval();
                Interval after = left.get(i).reading().interval();
                long missing = Duration.between(before.end(), after.start()).toSeconds();
                if (2 * missing
                        > Math.min(
                                before.duration().toSeconds(), after.duration().toSeconds())) {
                    Instant from = before.end();
                    Instant to = after.start();
                    gaps.add(new Interval(from, to).toString());
                }
            }
            return gaps;
        }
    }
}
