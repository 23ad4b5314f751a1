package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.NaiveStore.Meter;
import io.tallywatt.core.store.NaiveStore.Row;
import io.tallywatt.core.store.NaiveStore.Sum;
import io.tallywatt.core.time.DeliveryDay;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random deliveries against {@link NaiveStore}: after every step all totals and readings are compared, and at the end once
 * more as of each step. The seed is the test's name; {@code -Dtallywatt.seed=N} runs one alone.
 */
public abstract class StoreOracleContract {
    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC",
                    "Europe/London",
                    "Europe/Paris",
                    "Australia/Lord_Howe",
                    "America/Sao_Paulo",
                    "America/St_Johns",
                    "Asia/Kolkata",
                    "Africa/Casablanca",
                    "Asia/Beirut")
            .map(ZoneId::of)
            .toList();

    /** An empty store; it is closed, if it can be, when the run is over. */
    protected abstract BlockStore open(Clock clock) throws Exception;

    /**
     * A look at what a store wrote, by other means than the store.
     *
     * @param readings all that should be there, as {@code SERIES START/END=VALUE QUALITY}, sorted
     */
    protected void inspect(BlockStore store, List<String> readings) throws Exception {}

    @TestFactory
    Stream<DynamicTest> storeAgreesWithTheOracle() {
        Integer one = Integer.getInteger("tallywatt.seed");
        int seeds = Integer.getInteger("tallywatt.seeds", 20);
        return IntStream.range(one == null ? 0 : one, one == null ? seeds : one + 1)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    TestClock clock = new TestClock(Instant.parse("2031-01-01T00:00:00Z"));
                    BlockStore store = open(clock);
                    try {
                        Run run = new Run(seed, store, clock);
                        run.run();
                        inspect(store, run.readings());
                    } finally {
                        if (store instanceof AutoCloseable closeable) {
                            closeable.close();
                        }
                    }
                }));
    }

    /** A document that can be taken again. */
    private static final class Given {
        final String digest;
        final Instant receivedAt;
        final ZoneId zone;
        List<Row> rows;
        String settings = "settings 0";
        long delivery;
        boolean stands;

        Given(String digest, Instant receivedAt, ZoneId zone, List<Row> rows) {
            this.digest = digest;
            this.receivedAt = receivedAt;
            this.zone = zone;
            this.rows = rows;
        }
    }

    private static final class Run {
        final Random random;
        final BlockStore store;
        final Ledger ledger;
        final TestClock clock;
        final NaiveStore oracle = new NaiveStore();
        final List<Meter> meters = new ArrayList<>();
        final Map<ZoneId, List<LocalDate>> days = new LinkedHashMap<>();
        final List<Given> documents = new ArrayList<>();
        final List<Instant> known = new ArrayList<>();
        final List<String> story = new ArrayList<>();
        final Followed followed;

        Run(int seed, BlockStore store, TestClock clock) {
            this.random = new Random(seed * 7_919L + 17);
            this.store = store;
            this.ledger = (Ledger) store;
            this.clock = clock;
            this.followed = new Followed(store, new Random(seed));
        }

        void run() {
            chooseMeters();
            int steps = 8 + random.nextInt(10);
            for (int step = 0; step < steps; step++) {
                Instant at = step(step);
                known.add(at);
                compare(step, null);
            }
            for (int step = 0; step < steps; step++) {
                compare(step, known.get(step));
                if (step > 0 && known.get(step).isAfter(known.get(step - 1))) {
                    assertThat(totals(known.get(step).minusNanos(1)))
                            .as(told() + "\njust before step " + step)
                            .isEqualTo(oracle.totals(step - 1));
                }
            }
        }

        /** All that should be stored now. */
        List<String> readings() {
            List<String> all = new ArrayList<>();
            oracle.readings(known.size() - 1)
                    .forEach((series, days) ->
                            days.forEach((date, texts) -> texts.forEach(text -> all.add(series + " " + text))));
            all.sort(null);
            return all;
        }

        private void chooseMeters() {
            int year = 2001 + random.nextInt(28);
            for (int z = 0; z < 1 + random.nextInt(3); z++) {
                ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
                days.computeIfAbsent(zone, id -> daysOf(id, year));
            }
            for (Map.Entry<ZoneId, List<LocalDate>> zone : days.entrySet()) {
                int n = 2 + random.nextInt(4);
                for (int m = 0; m < n; m++) {
                    String key = "K" + meters.size();
                    switch (random.nextInt(6)) {
                        case 0 -> {
                            add(new Series("meter", key, "consumption", "E1"), zone);
                            add(new Series("meter", key, "consumption", "E2"), zone);
                        }
                        case 1 -> add(new Series("site", key, "generation", null), zone);
                        default -> add(Series.meterConsumption(key), zone);
                    }
                }
            }
        }

        private void add(Series series, Map.Entry<ZoneId, List<LocalDate>> zone) {
            boolean counts = series.kind().equals("meter");
            String step = List.of("PT15M", "PT30M", "PT1H", "PT6H", "P1D", "irregular")
                    .get(random.nextInt(6));
            Duration length = null;
            if (step.startsWith("PT")) {
                length = Duration.parse(step);
                for (LocalDate day : zone.getValue()) {
                    Duration whole = Duration.between(
                            day.atStartOfDay(zone.getKey()), day.plusDays(1).atStartOfDay(zone.getKey()));
                    if (whole.toSeconds() % length.toSeconds() != 0) {
                        length = Duration.ofMinutes(15);
                    }
                }
            }
            meters.add(new Meter(series.toString(), series.key(), counts, zone.getKey(), length, step.equals("P1D")));
        }

        /** A few days around one clock change of the year, and some far enough away for meters to fall silent. */
        private List<LocalDate> daysOf(ZoneId zone, int year) {
            LocalDate around = LocalDate.of(year, 1 + random.nextInt(12), 1 + random.nextInt(28));
            ZoneOffsetTransition change =
                    zone.getRules().nextTransition(around.atStartOfDay(zone).toInstant());
            if (change != null && change.getDateTimeBefore().getYear() <= year + 1) {
                around = change.getDateTimeBefore().toLocalDate();
            }
            List<LocalDate> all = new ArrayList<>();
            for (int offset : new int[] {-1, 0, 1, 2, 34, 35, 36}) {
                all.add(around.plusDays(offset));
            }
            return all;
        }

        private Instant step(int step) {
            clock.advance(Duration.ofSeconds(random.nextInt(7200) - 600));
            int dice = documents.isEmpty() ? 0 : random.nextInt(100);
            if (dice < 55) {
                return takeNew(step);
            }
            Given any = documents.get(random.nextInt(documents.size()));
            if (dice < 70) {
                return withdraw(step, any);
            }
            if (dice < 85) {
                return takeAgain(step, any);
            }
            if (dice < 90) {
                return breakOff(step);
            }
            if (dice < 94) {
                story.add(step + ": quarantine");
                return ledger.quarantine("junk " + step, "junk " + step, 5, clock.instant(), "junk")
                        .knownAt();
            }
            // What was said before, from somebody else, in other words.
            Given same = new Given("document " + documents.size(), receivedAt(), any.zone, any.rows);
            return take(step, same, "says what " + any.digest + " said");
        }

        private Instant receivedAt() {
            return Instant.parse("2030-01-01T00:00:00Z").plusSeconds(random.nextInt(20) * 60L);
        }

        private Instant takeNew(int step) {
            List<ZoneId> zones = List.copyOf(days.keySet());
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            return take(step, new Given("document " + documents.size(), receivedAt(), zone, rows(zone)), "new");
        }

        private Instant take(int step, Given document, String why) {
            story.add(step + ": take " + document.digest + " (" + why + ")");
            Taken taken = random.nextBoolean() ? store.take(asIntake(document)) : takeAmongOthers(document);
            assertThat(taken).as(told()).isInstanceOf(Taken.Stored.class);
            if (document.delivery == 0) {
                documents.add(document);
            }
            document.delivery = taken.delivery().id();
            document.stands = true;
            oracle.take(step, document.delivery, document.receivedAt, document.rows);
            return taken.delivery().knownAt();
        }

        /** At once with one that cannot be read, and perhaps with one that is known. */
        private Taken takeAmongOthers(Given document) {
            GivenDocument bad = asIntake(new Given("bad", receivedAt(), document.zone, document.rows))
                    .breakingAt(
                            GivenDocument.Where.FIRST_BATCH,
                            new UnreadableDocument(UnreadableDocument.Reason.NOT_JSON, "bad"));
            List<Intake> all = new ArrayList<>(List.of(bad, asIntake(document)));
            documents.stream()
                    .filter(d -> d.stands && d != document)
                    .findFirst()
                    .ifPresent(d -> all.add(random.nextInt(all.size() + 1), asIntake(d)));
            List<Attempt> attempts = store.takeAll(all);
            assertThat(attempts).as(told()).hasSameSizeAs(all);
            Taken taken = null;
            for (int i = 0; i < all.size(); i++) {
                switch (attempts.get(i)) {
                    case Attempt.Failed failed ->
                        assertThat(all.get(i)).as(told()).isSameAs(bad);
                    case Attempt.Done done -> {
                        assertThat(done.taken().delivery().name())
                                .as(told())
                                .isEqualTo(all.get(i).name());
                        if (all.get(i).name().equals(document.digest)) {
                            taken = done.taken();
                        } else {
                            assertThat(done.taken()).as(told()).isInstanceOf(Taken.Known.class);
                        }
                    }
                }
            }
            return taken;
        }

        private GivenDocument asIntake(Given document) {
            GivenDocument intake = GivenDocument.of(document.digest)
                    .in(document.zone)
                    .receivedAt(document.receivedAt)
                    .settings(document.settings)
                    .perBatch(1 + random.nextInt(6));
            for (Row row : document.rows) {
                intake.with(Series.parse(row.meter().series()), block(row));
            }
            return intake;
        }

        private static DayBlock block(Row row) {
            Meter meter = row.meter();
            Duration step = meter.step();
            if (meter.daily() || step != null) {
                return Blocks.regular(row.date(), meter.zone(), step == null ? "P1D" : step.toString(), row.text());
            }
            return Blocks.irregular(row.date(), meter.zone(), row.text());
        }

        private Instant withdraw(int step, Given document) {
            story.add(step + ": withdraw " + document.digest);
            Delivery before = ledger.delivery(document.delivery).orElseThrow();
            Delivery after = store.withdraw(document.delivery);
            if (document.stands) {
                assertThat(after.state()).isEqualTo(DeliveryState.WITHDRAWN);
                oracle.withdraw(step, document.delivery);
                document.stands = false;
                return after.knownAt();
            }
            assertThat(after).isEqualTo(before);
            return latest();
        }

        private Instant latest() {
            return known.isEmpty() ? Instant.EPOCH : known.getLast();
        }

        private Instant takeAgain(int step, Given document) {
            if (document.stands && random.nextBoolean()) {
                story.add(step + ": same again " + document.digest);
                assertThat(store.take(asIntake(document))).as(told()).isInstanceOf(Taken.Known.class);
                return latest();
            }
            if (random.nextBoolean()) {
                document.settings = "settings " + step;
                document.rows = random.nextBoolean() ? rows(document.zone) : retold(document.rows);
            } else if (document.stands) {
                document.settings = "settings " + step;
            }
            return take(step, document, "again");
        }

        /** The same rows with a few other values. */
        private List<Row> retold(List<Row> rows) {
            List<Row> told = new ArrayList<>();
            for (Row row : rows) {
                boolean same = row.meter().step() == null && !row.meter().daily() || random.nextInt(3) > 0;
                told.add(same ? row : new Row(row.meter(), row.date(), regular(row.meter(), row.date()), row.line()));
            }
            return told;
        }

        private Instant breakOff(int step) {
            story.add(step + ": breaks off");
            ZoneId zone = days.keySet().iterator().next();
            GivenDocument broken = asIntake(new Given("broken " + step, receivedAt(), zone, rows(zone)));
            GivenDocument.Where where =
                    GivenDocument.Where.values()[random.nextInt(GivenDocument.Where.values().length)];
            IllegalStateException failure = new IllegalStateException("broken");
            if (where == GivenDocument.Where.LATER_BATCH) {
                where = GivenDocument.Where.CONTENTS;
            }
            GivenDocument document = broken.breakingAt(where, failure);
            assertThatThrownBy(() -> store.take(document)).isSameAs(failure);
            return latest();
        }

        private List<Row> rows(ZoneId zone) {
            List<Meter> here =
                    meters.stream().filter(m -> m.zone().equals(zone)).toList();
            List<LocalDate> dates = days.get(zone);
            List<Row> rows = new ArrayList<>();
            int n = 1 + random.nextInt(12);
            for (long line = 1; line <= n; line++) {
                boolean again = line > 1 && random.nextInt(5) == 0;
                Meter meter =
                        again ? rows.get(random.nextInt(rows.size())).meter() : here.get(random.nextInt(here.size()));
                LocalDate date =
                        again ? rows.get(random.nextInt(rows.size())).date() : dates.get(random.nextInt(dates.size()));
                boolean exact = meter.step() == null && !meter.daily();
                rows.add(new Row(meter, date, exact ? irregular() : regular(meter, date), line));
            }
            return rows;
        }

        private String regular(Meter meter, LocalDate date) {
            Duration step = meter.step();
            long n = step == null
                    ? 1
                    : Duration.between(
                                    date.atStartOfDay(meter.zone()),
                                    date.plusDays(1).atStartOfDay(meter.zone()))
                            .dividedBy(step);
            int missing = List.of(0, 0, 10, 50, 95, 100).get(random.nextInt(6));
            boolean marked = random.nextBoolean();
            int scale = random.nextInt(10);
            StringJoiner cells = new StringJoiner(" ");
            for (int i = 0; i < n; i++) {
                cells.add(random.nextInt(100) < missing ? "-" : value(scale, marked));
            }
            return cells.toString();
        }

        private String irregular() {
            int n = 1 + random.nextInt(5);
            int scale = random.nextInt(10);
            StringJoiner cells = new StringJoiner(" ");
            int minute = 6 * 60 + random.nextInt(100);
            for (int i = 0; i < n; i++) {
                int end = minute + 1 + random.nextInt(120);
                cells.add("%02d:%02d-%02d:%02d=%s"
                        .formatted(minute / 60, minute % 60, end / 60, end % 60, value(scale, true)));
                minute = end + (random.nextBoolean() ? 0 : random.nextInt(60));
            }
            return cells.toString();
        }

        private String value(int scale, boolean marked) {
            BigDecimal value = BigDecimal.valueOf(random.nextInt(5) == 0 ? 0 : random.nextInt(3_000_000), scale);
            if (!marked) {
                return value.toPlainString();
            }
            return switch (random.nextInt(8)) {
                case 0 -> "e" + value.toPlainString();
                case 1 -> "s" + value.toPlainString();
                case 2 -> "i" + value.negate().subtract(BigDecimal.ONE).toPlainString();
                case 3 -> "i9000000000";
                default -> value.toPlainString();
            };
        }

        private String told() {
            return String.join("\n", story);
        }

        private void compare(int step, @Nullable Instant asOf) {
            String when = told() + "\nafter step " + step + (asOf == null ? "" : ", asked at the end as of " + asOf);
            assertThat(totals(asOf)).as(when).isEqualTo(oracle.totals(step));
            Map<String, Map<LocalDate, List<String>>> expected = oracle.readings(step);
            Map<String, Map<LocalDate, List<String>>> stored = new TreeMap<>();
            Map<String, Map<LocalDate, List<String>>> wanted = new TreeMap<>();
            for (Meter meter : meters) {
                // As of then, every other series will do.
                if (asOf == null || random.nextBoolean()) {
                    stored.put(meter.series(), readings(meter, asOf));
                    wanted.put(meter.series(), expected.getOrDefault(meter.series(), Map.of()));
                }
            }
            assertThat(stored).as(when).isEqualTo(wanted);
            compareDates(expected, asOf, when);
            compareSomeMeters(asOf, when);
            if (asOf == null) {
                followed.check(
                        meters.stream().map(m -> Series.parse(m.series())).toList(), oracle.given(step), when);
            }
        }

        /** What {@code blocksOn} shows of a date is what the series' own blocks are. */
        private void compareDates(
                Map<String, Map<LocalDate, List<String>>> expected, @Nullable Instant asOf, String when) {
            Set<LocalDate> dates = new HashSet<>();
            days.values().forEach(all -> dates.add(all.get(random.nextInt(all.size()))));
            for (LocalDate date : dates) {
                Map<String, List<String>> stored = new TreeMap<>();
                try (Stream<StoredBlock> blocks = store.blocksOn(date, asOf)) {
                    blocks.forEach(b -> stored.put(b.series().toString(), texts(b)));
                }
                Map<String, List<String>> here = new TreeMap<>();
                expected.forEach((series, byDate) -> {
                    if (series.startsWith("meter/") && byDate.containsKey(date)) {
                        here.put(series, byDate.get(date));
                    }
                });
                assertThat(stored).as(when).isEqualTo(here);
            }
        }

        /** All meters come to what the journal says, and some to what their blocks do. */
        private void compareSomeMeters(@Nullable Instant asOf, String when) {
            List<Series> all = meters.stream()
                    .filter(Meter::counts)
                    .map(meter -> Series.meterConsumption(meter.meter()))
                    .distinct()
                    .toList();
            assertThat(sums(store.totals(all, FIRST, LAST, asOf))).as(when).isEqualTo(totals(asOf));
            List<Series> some = new ArrayList<>(
                    all.stream().filter(meter -> random.nextBoolean()).toList());
            some.add(Series.meterConsumption("not known"));
            List<LocalDate> dates =
                    days.values().stream().flatMap(List::stream).sorted().toList();
            LocalDate from = random.nextBoolean() ? FIRST : dates.get(random.nextInt(dates.size()));
            LocalDate to = random.nextBoolean() ? LAST : from.plusDays(1 + random.nextInt(40));
            assertThat(entries(store.totals(some, from, to, asOf)))
                    .as(when + "\n" + some + " from " + from + " to " + to)
                    .isEqualTo(entries(new ByBlocks(store).totals(some, from, to, asOf)));
        }

        private static List<String> entries(List<JournalEntry> entries) {
            return entries.stream()
                    .map(e -> e.date() + " " + e.zone() + " "
                            + Scaled.text(e.tally().energyKwh()) + " "
                            + e.tally().meters() + " " + e.tally().silent() + " "
                            + e.tally().expected() + " " + e.tally().actual() + " "
                            + e.tally().estimated() + " " + e.tally().substituted() + " "
                            + e.tally().invalid() + " " + e.knownAt())
                    .toList();
        }

        private static final LocalDate FIRST = LocalDate.of(1999, 1, 1);
        private static final LocalDate LAST = LocalDate.of(2040, 1, 1);

        private Map<LocalDate, Sum> totals(@Nullable Instant asOf) {
            List<JournalEntry> entries = store.totals(FIRST, LAST, asOf);
            if (!entries.isEmpty()) {
                compareChanges(entries.get(random.nextInt(entries.size())).date(), entries, asOf);
            }
            return sums(entries);
        }

        /** What a date's changes come to is what its totals are. */
        private void compareChanges(LocalDate any, List<JournalEntry> entries, @Nullable Instant asOf) {
            Tally changed = store.changes(any).stream()
                    .filter(c -> asOf == null || !c.knownAt().isAfter(asOf))
                    .map(JournalEntry::tally)
                    .reduce(Tally.NONE, Tally::plus);
            Tally known = entries.stream()
                    .filter(e -> e.date().equals(any))
                    .map(JournalEntry::tally)
                    .reduce(Tally.NONE, Tally::plus);
            assertThat(changed.minus(known).isZero())
                    .as("changes of " + any + "\n" + told())
                    .isTrue();
        }

        private static Map<LocalDate, Sum> sums(List<JournalEntry> entries) {
            Map<LocalDate, Tally> tallies = new TreeMap<>();
            for (JournalEntry entry : entries) {
                tallies.merge(entry.date(), entry.tally(), Tally::plus);
            }
            Map<LocalDate, Sum> sums = new TreeMap<>();
            tallies.forEach((date, t) -> {
                Sum sum = new Sum(
                        t.energyKwh().signum() == 0
                                ? BigDecimal.ZERO
                                : t.energyKwh().stripTrailingZeros(),
                        (int) t.meters(),
                        (int) t.silent(),
                        t.expected(),
                        t.actual(),
                        t.estimated(),
                        t.substituted(),
                        t.invalid());
                if (!sum.equals(Sum.NONE)) {
                    sums.put(date, sum);
                }
            });
            return sums;
        }

        private Map<LocalDate, List<String>> readings(Meter meter, @Nullable Instant asOf) {
            Map<LocalDate, List<String>> byDate = new TreeMap<>();
            Series series = Series.parse(meter.series());
            try (Stream<StoredBlock> blocks =
                    store.blocks(series, LocalDate.of(1999, 1, 1), LocalDate.of(2040, 1, 1), asOf)) {
                blocks.forEach(b -> {
                    assertThat(b.series()).isEqualTo(series);
                    assertThat(b.zone()).isEqualTo(meter.zone());
                    assertThat(b.sources().stream()
                                    .mapToInt(StoredBlock.Source::readings)
                                    .sum())
                            .isEqualTo(texts(b).size());
                    byDate.put(b.block().date(), texts(b));
                });
            }
            return byDate;
        }

        private static List<String> texts(StoredBlock stored) {
            long end =
                    new DeliveryDay(stored.block().date(), stored.zone()).end().getEpochSecond();
            List<String> texts = new ArrayList<>();
            for (Reading r : stored.block().readings(end)) {
                BigDecimal value = r.value();
                if (value != null) {
                    texts.add(r.interval().start() + "/" + r.interval().end() + "="
                            + value.stripTrailingZeros().toPlainString() + " " + r.quality());
                }
            }
            return texts;
        }
    }
}
