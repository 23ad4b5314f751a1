package io.tallywatt.core.query;

import static io.tallywatt.core.query.GivenSites.consumption;
import static io.tallywatt.core.query.GivenSites.generation;
import static io.tallywatt.core.query.GivenSites.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.query.RecordSearch.Position;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate DAY = LocalDate.of(2026, 10, 14);
    private static final Instant NOON = Instant.parse("2026-10-14T12:00:00Z");

    private final GivenSites given = new GivenSites();

    private List<SiteRecord> all() {
        return given.records().page(RecordSearch.ALL, 1_000_000);
    }

    private static String shown(SiteRecord sent) {
        return sent.site() + " " + sent.interval().start() + " "
                + sent.interval().end() + " " + sent.generated() + " " + sent.consumed() + " " + sent.net()
                + (sent.anomaly() ? " !" : "");
    }

    private static Map<Instant, String> values(Object... startsAndValues) {
        Map<Instant, String> values = new TreeMap<>();
        for (int i = 0; i < startsAndValues.length; i += 2) {
            values.put((Instant) startsAndValues[i], (String) startsAndValues[i + 1]);
        }
        return values;
    }

    @Test
    void netIsExactAndAbsentWhereASideIsMissing() {
        given.take(
                generation("a"),
                UTC,
                sent(
                        DAY,
                        UTC,
                        300,
                        values(NOON, "5.000000001", NOON.plusSeconds(300), "2", NOON.plusSeconds(600), "-")));
        given.take(
                consumption("a"),
                UTC,
                sent(DAY, UTC, 300, values(NOON, "0.1", NOON.plusSeconds(600), "3.50", NOON.plusSeconds(900), "-")));

        assertThat(all())
                .extracting(RecordsTest::shown)
                .containsExactly(
                        "a 2026-10-14T12:00:00Z 2026-10-14T12:05:00Z 5.000000001 0.1 4.900000001",
                        "a 2026-10-14T12:05:00Z 2026-10-14T12:10:00Z 2 null null",
                        "a 2026-10-14T12:10:00Z 2026-10-14T12:15:00Z null 3.5 null");
    }

    @Test
    void anInvalidSideIsShownAsReportedAndMarksTheRecord() {
        given.take(generation("a"), UTC, sent(DAY, UTC, 300, values(NOON, "i-1.8", NOON.plusSeconds(300), "1")));
        given.take(consumption("a"), UTC, sent(DAY, UTC, 300, values(NOON, "1.2", NOON.plusSeconds(300), "1")));

        assertThat(all())
                .extracting(RecordsTest::shown)
                .containsExactly(
                        "a 2026-10-14T12:00:00Z 2026-10-14T12:05:00Z -1.8 1.2 -3 !",
                        "a 2026-10-14T12:05:00Z 2026-10-14T12:10:00Z 1 1 0");
    }

    @Test
    void intervalsOfUnlikeLengthStandEachForItselfTheShorterFirst() {
        given.take(generation("a"), UTC, sent(DAY, UTC, 300, values(NOON, "1", NOON.plusSeconds(300), "2")));
        given.take(consumption("a"), UTC, sent(DAY, UTC, 900, values(NOON, "9")));

        List<String> expected = List.of(
                "a 2026-10-14T12:00:00Z 2026-10-14T12:05:00Z 1 null null",
                "a 2026-10-14T12:00:00Z 2026-10-14T12:15:00Z null 9 null",
                "a 2026-10-14T12:05:00Z 2026-10-14T12:10:00Z 2 null null");
        assertThat(all()).extracting(RecordsTest::shown).isEqualTo(expected);
        assertThat(paged(null, null, null, 1)).extracting(RecordsTest::shown).isEqualTo(expected);
    }

    @Test
    void stampsAreKeptAsSentAndOnAGridMissingIntervalsAreNoRecords() {
        Instant odd = Instant.parse("2026-10-14T12:03:17Z");
        given.take(generation("odd"), UTC, sent(DAY, UTC, 299, values(odd, "1")));
        given.take(generation("grid"), UTC, Blocks.filled(DAY, UTC, "PT6H", i -> i == 2 ? "4" : "-"));

        assertThat(all())
                .extracting(RecordsTest::shown)
                .containsExactly(
                        "grid 2026-10-14T12:00:00Z 2026-10-14T18:00:00Z 4 null null",
                        "odd 2026-10-14T12:03:17Z 2026-10-14T12:08:16Z 1 null null");
    }

    @Test
    void theHourThatIsShownTwiceHasItsRecordsTwice() {
        LocalDate autumn = LocalDate.of(2026, 10, 25);
        Map<Instant, String> hours = new TreeMap<>();
        for (int i = 0; i < 25; i++) {
            hours.put(new DeliveryDay(autumn, LONDON).start().plusSeconds(3600L * i), Integer.toString(i));
        }
        given.take(generation("a"), LONDON, sent(autumn, LONDON, 3600, hours));
        given.take(consumption("a"), LONDON, sent(autumn, LONDON, 3600, hours));

        List<SiteRecord> records =
                given.records().page(RecordSearch.of("a", date(autumn), date(autumn.plusDays(1))), 100);

        assertThat(records).hasSize(25).allMatch(r -> r.net() != null && r.net().signum() == 0);
        assertThat(records.stream()
                        .map(r -> r.interval()
                                .start()
                                .atZone(LONDON)
                                .toLocalTime()
                                .toString())
                        .filter("01:00"::equals))
                .hasSize(2);
    }

    private static Moment date(LocalDate date) {
        return new Moment.OnDate(date);
    }

    private static Moment at(String instant) {
        return new Moment.At(Instant.parse(instant));
    }

    @ParameterizedTest
    @EnumSource(RuleName.class)
    void openFindingsAboutAValueMarkTheRecordsTheyOverlap(RuleName rule) {
        for (String site : List.of("a", "ab")) {
            Map<Instant, String> values = values(
                    NOON, "1", NOON.plusSeconds(300), "1", NOON.plusSeconds(600), "1", NOON.plusSeconds(900), "1");
            given.take(generation(site), UTC, sent(DAY, UTC, 300, values));
            given.take(consumption(site), UTC, sent(DAY, UTC, 300, values));
        }
        given.find(consumption("a"), rule, NOON.plusSeconds(300), NOON.plusSeconds(900));
        given.find(generation("a"), rule, NOON, NOON.plusSeconds(300), NOON.plusSeconds(7200));

        boolean aboutAValue = switch (rule) {
            case NEGATIVE, IMPLAUSIBLE, SPIKE, STUCK, REGISTER_RESET, CONFLICT -> true;
            case GAP, LATE, OVERDUE, SOURCE_SIGN, SOURCE_LAG, OVER_CAPACITY, SOURCE_GAP -> false;
        };
        List<SiteRecord> marked = all().stream().filter(SiteRecord::anomaly).toList();
        assertThat(marked)
                .extracting(r -> r.site() + " " + r.interval().start())
                .isEqualTo(
                        aboutAValue ? List.of("a " + NOON.plusSeconds(300), "a " + NOON.plusSeconds(600)) : List.of());
        assertThat(marked)
                .allMatch(r -> r.consumption() != null
                        && r.consumption().doubted()
                        && r.generation() != null
                        && !r.generation().doubted());
        assertThat(given.records().page(new RecordSearch("ab", null, null, null), 10))
                .hasSize(4)
                .noneMatch(SiteRecord::anomaly);
    }

    @Test
    void datesAreThoseOfEachSitesZone() {
        ZoneId kiritimati = ZoneId.of("Pacific/Kiritimati");
        ZoneId baker = ZoneId.of("Etc/GMT+12");
        for (ZoneId zone : List.of(kiritimati, UTC, baker)) {
            for (LocalDate date = DAY.minusDays(1); !date.isAfter(DAY.plusDays(1)); date = date.plusDays(1)) {
                Instant start = new DeliveryDay(date, zone).start();
                given.take(
                        generation(zone.getId()),
                        zone,
                        sent(date, zone, 300, values(start, "1", start.plusSeconds(86_100), "2")));
            }
        }

        assertThat(given.records().page(RecordSearch.of(null, date(DAY), date(DAY.plusDays(1))), 100))
                .extracting(r ->
                        r.site() + " " + r.interval().start().atZone(r.zone()).toLocalDateTime())
                .containsExactly(
                        "Pacific/Kiritimati 2026-10-14T00:00",
                        "UTC 2026-10-14T00:00",
                        "Pacific/Kiritimati 2026-10-14T23:55",
                        "Etc/GMT+12 2026-10-14T00:00",
                        "UTC 2026-10-14T23:55",
                        "Etc/GMT+12 2026-10-14T23:55");
        assertThat(given.records()
                        .page(RecordSearch.of(null, at("2026-10-14T00:00:00Z"), at("2026-10-14T12:00:00Z")), 100))
                .extracting(SiteRecord::site)
                .containsExactly("UTC", "Pacific/Kiritimati", "Pacific/Kiritimati", "Etc/GMT+12");
    }

    @Test
    void otherSeriesOfASiteAreNoSides() {
        given.take(new Series("site", "a", "temperature", null), UTC, sent(DAY, UTC, 300, values(NOON, "20")));
        given.take(new Series("site", "a", "generation", "E1"), UTC, sent(DAY, UTC, 300, values(NOON, "1")));
        given.take(new Series("home", "a", "generation", null), UTC, sent(DAY, UTC, 300, values(NOON, "1")));

        assertThat(all()).isEmpty();
        assertThat(given.records().page(RecordSearch.of("none", null, null), 10))
                .isEmpty();
    }

    @Test
    void aSiteIsKnownByItsWholeKeyWhateverItsLetters() {
        for (String site : List.of("a", "a/b", "a b", "a~2F")) {
            given.take(generation(site), UTC, sent(DAY, UTC, 300, values(NOON, "1")));
        }

        assertThat(all()).extracting(SiteRecord::site).containsExactly("a", "a b", "a/b", "a~2F");
        assertThat(given.records().page(RecordSearch.of("a/b", null, null), 10))
                .extracting(SiteRecord::site)
                .containsExactly("a/b");
    }

    private List<SiteRecord> paged(@Nullable String site, @Nullable Moment from, @Nullable Moment to, int size) {
        List<SiteRecord> all = new ArrayList<>();
        @Nullable Position after = null;
        while (true) {
            List<SiteRecord> page = given.records().page(new RecordSearch(site, from, to, after), size);
            all.addAll(page);
            if (page.size() < size) {
                return all;
            }
            after = Position.of(page.getLast());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pagesAreTheWholeListInPieces(long seed) {
        Random random = new Random(seed);
        List<ZoneId> zones = Stream.of("UTC", "Europe/London", "Pacific/Kiritimati", "Etc/GMT+12", "America/Havana")
                .map(ZoneId::of)
                .toList();
        LocalDate first = LocalDate.of(2026, 10, 22);
        for (int s = 0; s < 5; s++) {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            for (Series series : List.of(generation("s" + s), consumption("s" + s))) {
                List<DayBlock> days = new ArrayList<>();
                for (int d = 0; d < 14; d++) {
                    if (random.nextInt(4) > 0) {
                        days.add(day(random, first.plusDays(d * (d > 10 ? 40L : 1L)), zone));
                    }
                }
                if (!days.isEmpty()) {
                    given.take(series, zone, days.toArray(DayBlock[]::new));
                }
            }
        }
        for (int ask = 0; ask < 8; ask++) {
            @Nullable String site = random.nextInt(3) == 0 ? "s" + random.nextInt(5) : null;
            @Nullable Moment from = moment(random, first);
            @Nullable Moment to = moment(random, first);
            List<SiteRecord> expected = naive(site, from, to);

            String what = "seed " + seed + ", " + site + " from " + from + " to " + to;
            assertThat(given.records().page(RecordSearch.of(site, from, to), 1_000_000))
                    .as(what)
                    .isEqualTo(expected);
            assertThat(paged(site, from, to, 1 + random.nextInt(40))).as(what).isEqualTo(expected);
            List<SiteRecord> streamed = new ArrayList<>();
            given.records().all(RecordSearch.of(site, from, to)).forEachRemaining(streamed::add);
            assertThat(streamed).as(what).isEqualTo(expected);
        }
    }

    private static @Nullable Moment moment(Random random, LocalDate first) {
        LocalDate date = first.plusDays(random.nextInt(20) - 2);
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new Moment.OnDate(date);
            default ->
                new Moment.At(date.atStartOfDay(ZoneId.of("UTC")).toInstant().plusSeconds(random.nextInt(86_400)));
        };
    }

    /** Mostly hours, but some of another length, some missing, on a grid or off it. */
    private static DayBlock day(Random random, LocalDate date, ZoneId zone) {
        DeliveryDay day = new DeliveryDay(date, zone);
        long at = day.start().getEpochSecond();
        long end = day.end().getEpochSecond();
        List<long[]> intervals = new ArrayList<>();
        while (at < end) {
            long until = Math.min(end, at + (random.nextInt(5) == 0 ? 1800 : 3600));
            if (random.nextInt(5) > 0) {
                intervals.add(new long[] {at, until});
            }
            at = until;
        }
        int n = intervals.size();
        long[] values = random.longs(n, -5, 1000).toArray();
        byte[] qualities = new byte[n];
        for (int i = 0; i < n; i++) {
            qualities[i] = (random.nextInt(9) == 0 ? Quality.MISSING : values[i] < 0 ? Quality.INVALID : Quality.ACTUAL)
                    .code();
        }
        return DayBlock.irregular(
                (int) date.toEpochDay(),
                day.start().getEpochSecond(),
                2,
                values,
                qualities,
                intervals.stream().mapToLong(i -> i[0]).toArray(),
                intervals.stream().mapToLong(i -> i[1]).toArray());
    }

    /** All readings of all series, joined by looking at each pair. */
    private List<SiteRecord> naive(@Nullable String site, @Nullable Moment from, @Nullable Moment to) {
        Map<Position, SiteRecord> records = new TreeMap<>();
        for (StoredSeries series : given.blocks().series("site/").toList()) {
            if (site != null && !series.series().key().equals(site)) {
                continue;
            }
            ZoneId zone = series.zone();
            for (StoredBlock stored : given.blocks()
                    .blocks(series.series(), LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1), null)
                    .toList()) {
                long dayEnd = new DeliveryDay(stored.block().date(), zone).end().getEpochSecond();
                for (Reading reading : stored.block().readings(dayEnd)) {
                    Interval interval = reading.interval();
                    BigDecimal value = reading.value();
                    if (value != null
                            && (from == null || !interval.start().isBefore(from.in(zone)))
                            && (to == null || interval.start().isBefore(to.in(zone)))) {
                        SiteRecord.Side side = new SiteRecord.Side(Scaled.trim(value), reading.quality(), false);
                        boolean made = series.series().quantity().equals("generation");
                        records.merge(
                                new Position(interval.start(), series.series().key(), interval.end()),
                                new SiteRecord(
                                        series.series().key(), zone, interval, made ? side : null, made ? null : side),
                                (a, b) -> new SiteRecord(
                                        a.site(),
                                        zone,
                                        interval,
                                        a.generation() == null ? b.generation() : a.generation(),
                                        a.consumption() == null ? b.consumption() : a.consumption()));
                    }
                }
            }
        }
        return List.copyOf(records.values());
    }

    @Test
    void aPageReadsAboutWhatItShows() {
        for (int s = 0; s < 20; s++) {
            DayBlock[] days = new DayBlock[12];
            for (int d = 0; d < days.length; d++) {
                days[d] = Blocks.filled(DAY.plusDays(d), UTC, "PT1H", i -> "1");
            }
            given.take(generation("s" + s), UTC, days);
            given.take(consumption("s" + s), UTC, days);
        }
        given.given = 0;

        List<SiteRecord> page = given.records().page(RecordSearch.of(null, date(DAY.plusDays(3)), null), 100);

        assertThat(page).hasSize(100);
        assertThat(given.given).isLessThanOrEqualTo(41);
        given.given = 0;
        assertThat(given.records().page(RecordSearch.of("s7", date(DAY.plusDays(3)), null), 100))
                .hasSize(100);
        assertThat(given.given).isLessThan(40);
    }

    @Test
    void yearsWithoutAnythingAreNotAskedForDayByDay() {
        LocalDate stray = LocalDate.of(1999, 5, 1);
        given.take(
                generation("a"),
                UTC,
                sent(stray, UTC, 300, values(stray.atStartOfDay(UTC).toInstant(), "1")));
        given.take(generation("a"), UTC, sent(DAY, UTC, 300, values(NOON, "2")));

        assertThat(all()).hasSize(2);
        assertThat(given.questions).isLessThan(40);
    }
}
