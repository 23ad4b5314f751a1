package io.tallywatt.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.SyntheticBorder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random borders with several faults, that come bit by bit as they would: what holds at the end is what one look at all of it
 * finds. The seed is in the test's name; {@code -Dtallywatt.seeds=N} runs more.
 */
class ComparingLiveTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int HOURS = 60;
    private static final int STEP = 3;
    private static final int[] RESOLUTIONS = {900, 1800, 3600};
    private static final List<String> BORDERS = List.of("FR-GB", "NL-GB", "IE-GB", "NO2-GB");

    static LongStream seeds() {
        return LongStream.range(0, Math.max(1, Integer.getInteger("tallywatt.seeds", 20) / 5));
    }

    private static void spoil(SyntheticBorder border, Random random) {
        for (int i = 0; i < 4; i++) {
            Instant from = border.start.plus(Duration.ofMinutes(random.nextInt(HOURS * 60)));
            Instant to = from.plus(Duration.ofMinutes(30 + random.nextInt(20 * 60)));
            String cable = List.copyOf(border.cables.keySet()).get(random.nextInt(border.cables.size()));
            switch (random.nextInt(5)) {
                case 0 -> border.flip(from, to);
                case 1 -> border.lag(from, to, 1 + random.nextInt(4));
                case 2 -> border.overload(cable, from, to, 120);
                case 3 -> border.silenceCable(cable, from, to);
                default -> border.silencePlatform(from, to);
            }
        }
    }

    private final TestClock clock = new TestClock(Instant.parse("2026-02-02T00:00:00Z"));

    /** What ended in a stretch of time, as a delivery. */
    private void give(InMemoryStore store, Series series, List<Reading> all, Instant from, Instant to) {
        Map<LocalDate, List<Reading>> days = new TreeMap<>();
        for (Reading reading : all) {
            if (reading.interval().end().isAfter(from)
                    && !reading.interval().end().isAfter(to)) {
                days.computeIfAbsent(LocalDate.ofInstant(reading.interval().start(), LONDON), d -> new ArrayList<>())
                        .add(reading);
            }
        }
        if (days.isEmpty()) {
            return;
        }
        GivenDocument document = GivenDocument.of(series + " " + to).in(LONDON).receivedAt(clock.instant());
        days.forEach((date, readings) -> document.with(
                series,
                DayBlock.irregular(
                        (int) date.toEpochDay(),
                        new DeliveryDay(date, LONDON).start().getEpochSecond(),
                        Scaled.MAX_SCALE,
                        readings.stream()
                                .mapToLong(r -> r.value()
                                        .setScale(Scaled.MAX_SCALE)
                                        .unscaledValue()
                                        .longValueExact())
                                .toArray(),
                        new byte[readings.size()],
                        readings.stream()
                                .mapToLong(r -> r.interval().start().getEpochSecond())
                                .toArray(),
                        readings.stream()
                                .mapToLong(r -> r.interval().end().getEpochSecond())
                                .toArray())));
        clock.advance(Duration.ofSeconds(1));
        store.take(document);
    }

    /** What holds and ended after an instant, in words. */
    private static TreeSet<String> open(InMemoryStore store, Instant after) {
        TreeSet<String> open = new TreeSet<>();
        store.findings(new FindingSearch("border/", null, after, null, true, null, Long.MAX_VALUE))
                .forEach(stored -> {
                    Finding f = stored.finding();
                    open.add(f.series() + " " + f.rule() + " " + f.interval() + " " + f.observed());
                });
        return open;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatComesBitByBitEndsAsWhatComesAtOnce(long seed) {
        Random random = new Random(seed);
        Instant start = clock.instant();
        SyntheticBorder border = new SyntheticBorder(
                BORDERS.get(random.nextInt(BORDERS.size())), start, HOURS, RESOLUTIONS[random.nextInt(3)], random);
        spoil(border, random);
        InMemoryStore live = new InMemoryStore(clock);
        Comparing comparing = new Comparing(border.grid, live, live, live, clock);
        Map<String, Series> cables = new HashMap<>();
        border.cables
                .keySet()
                .forEach(name -> cables.put(
                        name, border.border.flow(border.grid.cable(name).orElseThrow())));
        int late = random.nextInt(3);
        for (int hour = 0; hour <= HOURS + 2 * STEP; hour += STEP) {
            Instant from = start.plus(Duration.ofHours(hour));
            Instant to = from.plus(Duration.ofHours(STEP));
            clock.advance(Duration.between(clock.instant(), to).plusSeconds(90));
            cables.forEach((name, series) -> give(live, series, border.cables.get(name), from, to));
            give(
                    live,
                    border.border.flow(),
                    border.platform,
                    from.minusSeconds(3600L * late),
                    to.minusSeconds(3600L * late));
            comparing.compare();
        }

        InMemoryStore atOnce = new InMemoryStore(clock);
        cables.forEach((name, series) -> give(atOnce, series, border.cables.get(name), start, clock.instant()));
        give(atOnce, border.border.flow(), border.platform, start, clock.instant());
        new Comparing(border.grid, atOnce, atOnce, atOnce, clock).compare();
        // What ended before the last day and a half is not looked for by the one look.
        Instant recent = LocalDate.ofInstant(clock.instant().minus(Duration.ofHours(36)), ZoneOffset.UTC)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        assertThat(open(live, recent)).isEqualTo(open(atOnce, recent));
    }
}
