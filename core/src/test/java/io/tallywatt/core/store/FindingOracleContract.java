package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.core.validate.Verdict;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random verdicts and deliveries against a list of findings that is searched from end to end. The seed is the test's name;
 * {@code -Dtallywatt.seed=N} runs one alone.
 */
public abstract class FindingOracleContract {
    private static final Instant T = Instant.parse("2024-06-30T12:00:00Z");
    private static final List<Series> SERIES = Stream.of(
                    "site/a/generation",
                    "site/a/consumption",
                    "site/ab/generation",
                    "meter/a/consumption",
                    "meter/a/consumption/E1",
                    "meter/a~2Fb/consumption")
            .map(Series::parse)
            .toList();
    private static final List<String> PREFIXES = List.of(
            "",
            "",
            "site",
            "site/",
            "site/a",
            "site/a/",
            "site/ab",
            "meter/a",
            "meter/a/consumption",
            "meter/a/consumption/",
            "meter/a/consumption/E1",
            "m");
    private static final List<RuleName> RULES = List.of(RuleName.SPIKE, RuleName.GAP, RuleName.CONFLICT);

    /** An empty store; it is closed, if it can be, when the run is over. */
    protected abstract BlockStore open(Clock clock) throws Exception;

    @TestFactory
    Stream<DynamicTest> findingsAgreeWithTheOracle() {
        Integer one = Integer.getInteger("tallywatt.seed");
        int seeds = Integer.getInteger("tallywatt.seeds", 20);
        return IntStream.range(one == null ? 0 : one, one == null ? seeds : one + 1)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    TestClock clock = new TestClock(Instant.parse("2031-01-01T00:00:00Z"));
                    BlockStore store = open(clock);
                    try {
                        new Run(seed, store, clock).run();
                    } finally {
                        if (store instanceof AutoCloseable closeable) {
                            closeable.close();
                        }
                    }
                }));
    }

    /**
     * A finding as the oracle knows it.
     *
     * @param change counts from 1
     */
    private record Known(
            Finding finding, int change, @Nullable Instant resolvedAt) {
        boolean is(Series series, RuleName rule, Instant start) {
            return finding.series().equals(series)
                    && finding.rule() == rule
                    && finding.interval().start().equals(start);
        }
    }

    private static final class Run {
        final Random random;
        final BlockStore store;
        final FindingStore findings;
        final Ledger ledger;
        final TestClock clock;
        final List<Known> known = new ArrayList<>();
        final Set<Long> gone = new HashSet<>();
        final List<String> story = new ArrayList<>();
        final Map<Integer, Long> numbers = new HashMap<>();
        int changes;

        Run(int seed, BlockStore store, TestClock clock) {
            this.random = new Random(seed * 7_919L + 29);
            this.store = store;
            this.findings = (FindingStore) store;
            this.ledger = (Ledger) store;
            this.clock = clock;
        }

        void run() {
            for (int id = 1; id <= 3; id++) {
                store.take(document(id));
            }
            int steps = 6 + random.nextInt(8);
            for (int step = 0; step < steps; step++) {
                clock.advance(Duration.ofMillis(random.nextInt(60_000) - 5_000));
                if (random.nextInt(4) == 0) {
                    takeOrWithdraw();
                } else {
                    keep();
                }
                compare();
            }
        }

        private static GivenDocument document(int id) {
            Series series = Series.meterConsumption("given");
            return GivenDocument.of("document " + id)
                    .with(series, Blocks.regular(StoreContract.DAY, StoreContract.UTC, "P1D", "1"));
        }

        private void takeOrWithdraw() {
            long id = 1L + random.nextInt(3);
            story.add((gone.contains(id) ? "take " : "withdraw ") + id);
            if (gone.remove(id)) {
                assertThat(store.take(document((int) id)).delivery().id()).isEqualTo(id);
            } else {
                gone.add(id);
                store.withdraw(id);
            }
        }

        private void keep() {
            List<Finding> found = new ArrayList<>();
            List<Finding.Key> resolved = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                found.add(
                        known.isEmpty() || random.nextInt(4) > 0
                                ? finding()
                                : known.get(random.nextInt(known.size())).finding);
            }
            for (int i = random.nextInt(6); i > 0; i--) {
                resolved.add(
                        known.isEmpty() || random.nextInt(4) == 0
                                ? finding().key()
                                : known.get(random.nextInt(known.size()))
                                        .finding
                                        .key());
            }
            story.add("found " + found + " resolved " + resolved);
            Instant changedAt = ledger.changedAt();
            int before = changes;
            Instant at = clock.instant();
            found.forEach(this::find);
            resolved.forEach(key -> resolve(key, at));
            findings.keep(new Verdict(found, resolved), at.plusSeconds(1), at);
            assertThat(findings.judgedUntil()).isEqualTo(at.plusSeconds(1));
            if (changes == before) {
                assertThat(ledger.changedAt()).as(told()).isEqualTo(changedAt);
            } else {
                assertThat(ledger.changedAt()).as(told()).isAfter(changedAt);
            }
        }

        private Finding finding() {
            Instant start = T.plusSeconds(60L * random.nextInt(4));
            return new Finding(
                    SERIES.get(random.nextInt(SERIES.size())),
                    new Interval(start, start.plusSeconds(60L * (1 + random.nextInt(3)))),
                    RULES.get(random.nextInt(RULES.size())),
                    Severity.values()[random.nextInt(3)],
                    BigDecimal.valueOf(random.nextInt(10), 1),
                    "seen " + random.nextInt(2),
                    "expected",
                    random.nextBoolean() ? null : new BigDecimal(random.nextInt(2)),
                    null,
                    BigDecimal.valueOf(random.nextLong() >> random.nextInt(40), random.nextInt(10)),
                    clock.instant(),
                    random.nextInt(4));
        }

        private @Nullable Known known(Finding.Key key) {
            return known.stream()
                    .filter(k -> k.is(key.series(), key.rule(), key.start()))
                    .findFirst()
                    .orElse(null);
        }

        private void find(Finding finding) {
            Known before = known(finding.key());
            if (before != null
                    && before.resolvedAt == null
                    && words(before.finding).equals(words(finding))) {
                return;
            }
            if (before != null) {
                known.remove(before);
            }
            known.add(new Known(finding, ++changes, null));
        }

        private static String words(Finding f) {
            return List.of(f.interval(), f.severity(), f.observed(), f.expected(), f.delivery()) + " " + f.confidence()
                    + " " + f.value() + " " + f.low() + " " + f.high();
        }

        private void resolve(Finding.Key key, Instant at) {
            Known before = known(key);
            if (before != null && before.resolvedAt == null) {
                known.remove(before);
                known.add(new Known(before.finding, ++changes, at));
            }
        }

        private String told() {
            return String.join("\n", story);
        }

        private void compare() {
            List<Known> shown = known.stream()
                    .filter(k -> !gone.contains(k.finding.delivery()))
                    .toList();
            compareChanges(shown);
            for (int i = 0; i < 2; i++) {
                FindingSearch search = search();
                List<Known> matching = shown.stream()
                        .filter(k -> matches(k, search))
                        .sorted(Comparator.comparing(
                                        (Known k) -> k.finding.interval().start())
                                .reversed()
                                .thenComparing(k -> k.finding.series().toString() + " " + k.finding.rule()))
                        .toList();
                assertThat(paged(search)).as(told() + "\n" + search).isEqualTo(lines(matching));
                assertThat(findings.counts(search)).as(told() + "\n" + search).isEqualTo(counts(matching));
            }
        }

        /** Every change has one number for good, and later ones greater ones. */
        private void compareChanges(List<Known> shown) {
            List<Known> byChange = shown.stream()
                    .sorted(Comparator.comparingInt(k -> k.change))
                    .toList();
            List<StoredFinding> stored = new ArrayList<>();
            long number = 0;
            int limit = 3 + random.nextInt(20);
            while (true) {
                List<StoredFinding> more = findings.changedAfter(number, limit);
                if (more.isEmpty()) {
                    break;
                }
                stored.addAll(more);
                number = more.getLast().number();
            }
            assertThat(stored.stream().map(Run::line).toList()).as(told()).isEqualTo(lines(byChange));
            for (int i = 0; i < stored.size(); i++) {
                long own = stored.get(i).number();
                assertThat(numbers.computeIfAbsent(byChange.get(i).change, c -> own))
                        .as(told())
                        .isEqualTo(own);
            }
            assertThat(List.copyOf(new TreeMap<>(numbers).values()))
                    .as(told())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }

        private FindingSearch search() {
            return new FindingSearch(
                    PREFIXES.get(random.nextInt(PREFIXES.size())),
                    random.nextInt(3) > 0 ? null : RULES.get(random.nextInt(RULES.size())),
                    random.nextInt(3) > 0 ? null : T.plusSeconds(30L * random.nextInt(16)),
                    random.nextInt(3) > 0 ? null : T.plusSeconds(30L * random.nextInt(16)),
                    random.nextInt(3) > 0 ? null : random.nextBoolean(),
                    null,
                    2 + random.nextInt(20));
        }

        private static boolean matches(Known k, FindingSearch search) {
            String name = k.finding.series().toString();
            String prefix = search.prefix();
            boolean within = prefix.isEmpty()
                    || name.equals(prefix)
                    || prefix.endsWith("/") && name.startsWith(prefix)
                    || prefix.split("/").length < 3 && name.startsWith(prefix + "/");
            Instant from = search.from();
            Instant to = search.to();
            return within
                    && (search.rule() == null || search.rule() == k.finding.rule())
                    && (from == null || k.finding.interval().end().isAfter(from))
                    && (to == null || k.finding.interval().start().isBefore(to))
                    && (search.open() == null || search.open() == (k.resolvedAt == null));
        }

        private List<String> paged(FindingSearch search) {
            List<String> lines = new ArrayList<>();
            FindingSearch next = search;
            while (true) {
                List<StoredFinding> page = findings.findings(next);
                assertThat(page).as(told()).hasSizeLessThanOrEqualTo((int) search.limit());
                page.forEach(stored -> lines.add(line(stored)));
                if (page.size() < search.limit()) {
                    return lines;
                }
                next = new FindingSearch(
                        search.prefix(),
                        search.rule(),
                        search.from(),
                        search.to(),
                        search.open(),
                        page.getLast().finding().key(),
                        search.limit());
            }
        }

        private static String line(StoredFinding stored) {
            return stored.finding() + " resolved " + stored.resolvedAt();
        }

        private static List<String> lines(List<Known> all) {
            return all.stream()
                    .map(k -> k.finding + " resolved " + k.resolvedAt)
                    .toList();
        }

        private static List<FindingCount> counts(List<Known> matching) {
            TreeMap<String, FindingCount> counts = new TreeMap<>();
            for (Known k : matching) {
                String[] name = k.finding.series().toString().split("/");
                String thing = name[0] + "/" + name[1];
                long open = k.resolvedAt == null ? 1 : 0;
                counts.merge(
                        thing + " " + k.finding.rule(),
                        new FindingCount(thing, k.finding.rule(), 1, open),
                        (a, b) -> new FindingCount(a.thing(), a.rule(), a.count() + 1, a.open() + b.open()));
            }
            return List.copyOf(counts.values());
        }
    }
}
