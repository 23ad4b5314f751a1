package io.tallywatt.core.store;

import io.tallywatt.core.reading.Quality;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: single readings in maps, decimals and java.time, and nothing of the program's own arithmetic. It knows
 * nothing of blocks, layers or deltas; each question is answered from all readings ever given.
 */
final class NaiveStore {
    /** How a series is measured; one zone and one resolution for ever. */
    record Meter(
            String series,
            String meter,
            boolean counts,
            ZoneId zone,
            @Nullable Duration step,
            boolean daily) {}

    /** What a document says of one series' day: {@code "1 - e2"} or {@code "06:00-07:00=1"}, as for {@link Blocks}. */
    record Row(Meter meter, LocalDate date, String text, long line) {}

    private record Reading(
            Meter meter,
            LocalDate date,
            Instant start,
            Instant end,
            BigDecimal value,
            Quality quality,
            Instant receivedAt,
            long delivery,
            long line,
            int born,
            int[] died) {
        boolean standsAt(int step) {
            return born <= step && step < died[0];
        }

        Reading endingAt(Instant sooner) {
            return new Reading(meter, date, start, sooner, value, quality, receivedAt, delivery, line, born, died);
        }
    }

    /** A date's total; {@link #NONE} where there is nothing to tell. */
    record Sum(
            BigDecimal energy,
            int meters,
            int silent,
            long expected,
            long actual,
            long estimated,
            long substituted,
            long invalid) {
        static final Sum NONE = new Sum(BigDecimal.ZERO, 0, 0, 0, 0, 0, 0, 0);
    }

    private final List<Reading> readings = new ArrayList<>();

    void take(int step, long delivery, Instant receivedAt, List<Row> rows) {
        withdraw(step, delivery);
        for (Row row : rows) {
            String[] cells = row.text.split(" ");
            for (int i = 0; i < cells.length; i++) {
                add(step, delivery, receivedAt, row, cells[i], i);
            }
        }
    }

    private void add(int step, long delivery, Instant receivedAt, Row row, String cell, int index) {
        Meter meter = row.meter;
        Instant dayStart = row.date.atStartOfDay(meter.zone).toInstant();
        Instant dayEnd = row.date.plusDays(1).atStartOfDay(meter.zone).toInstant();
        Instant start;
        Instant end;
        String value = cell;
        if (meter.daily) {
            start = dayStart;
            end = dayEnd;
        } else if (meter.step != null) {
            start = dayStart.plus(meter.step.multipliedBy(index));
            end = start.plus(meter.step);
        } else {
            value = cell.substring(cell.indexOf('=') + 1);
            start = row.date
                    .atTime(LocalTime.parse(cell.substring(0, 5)))
                    .atZone(meter.zone)
                    .toInstant();
            end = row.date
                    .atTime(LocalTime.parse(cell.substring(6, 11)))
                    .atZone(meter.zone)
                    .toInstant();
        }
        if (value.equals("-")) {
            return;
        }
        Quality quality = switch (value.charAt(0)) {
            case 'e' -> Quality.ESTIMATED;
            case 's' -> Quality.SUBSTITUTED;
            case 'i' -> Quality.INVALID;
            default -> Quality.ACTUAL;
        };
        BigDecimal number = new BigDecimal(quality == Quality.ACTUAL ? value : value.substring(1));
        readings.add(new Reading(
                meter, row.date, start, end, number, quality, receivedAt, delivery, row.line, step, new int[] {
                    Integer.MAX_VALUE
                }));
    }

    void withdraw(int step, long delivery) {
        for (Reading reading : readings) {
            if (reading.delivery == delivery && reading.died[0] == Integer.MAX_VALUE) {
                reading.died[0] = step;
            }
        }
    }

    /** Per series and date the readings that count after a step, in time order. */
    private Map<String, TreeMap<LocalDate, List<Reading>>> standing(int step) {
        List<Reading> best =
                new ArrayList<>(readings.stream().filter(r -> r.standsAt(step)).toList());
        best.sort(Comparator.comparing(Reading::receivedAt)
                .thenComparing(Reading::delivery)
                .thenComparing(Reading::line)
                .reversed());
        Map<String, TreeMap<LocalDate, List<Reading>>> placed = new HashMap<>();
        for (Reading reading : best) {
            List<Reading> day = placed.computeIfAbsent(reading.meter.series, s -> new TreeMap<>())
                    .computeIfAbsent(reading.date, d -> new ArrayList<>());
            if (day.stream().noneMatch(other -> ofOneTime(other, reading))) {
                day.add(reading);
            }
        }
        placed.values().forEach(days -> days.values().forEach(NaiveStore::settle));
        return placed;
    }

    /** Two readings share time, and not only a tenth or less of the shorter at the later's beginning. */
    private static boolean ofOneTime(Reading a, Reading b) {
        boolean inOrder = a.start.isBefore(b.start);
        Reading first = inOrder ? a : b;
        Reading second = inOrder ? b : a;
        if (!second.start.isBefore(first.end)) {
            return false;
        }
        boolean neighbours = first.start.isBefore(second.start) && second.end.isAfter(first.end);
        Duration shared = Duration.between(second.start, first.end);
        Duration shorter = Stream.of(first, second)
                .map(r -> Duration.between(r.start, r.end))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return !neighbours || shared.multipliedBy(10).compareTo(shorter) > 0;
    }

    /** In time order; what reaches into the next ends there. */
    private static void settle(List<Reading> day) {
        day.sort(Comparator.comparing(Reading::start));
        for (int i = 0; i + 1 < day.size(); i++) {
            Instant next = day.get(i + 1).start;
            if (day.get(i).end.isAfter(next)) {
                day.set(i, day.get(i).endingAt(next));
            }
        }
    }

    private static String text(Reading r) {
        return r.start + "/" + r.end + "=" + r.value.stripTrailingZeros().toPlainString() + " " + r.quality;
    }

    /** All readings after a step, as text: series, then date. */
    Map<String, Map<LocalDate, List<String>>> readings(int step) {
        Map<String, Map<LocalDate, List<String>>> texts = new TreeMap<>();
        standing(step)
                .forEach((series, days) ->
                        days.forEach((date, all) -> texts.computeIfAbsent(series, s -> new TreeMap<>())
                                .put(date, all.stream().map(NaiveStore::text).toList())));
        return texts;
    }

    /** All readings of deliveries that count after a step, whether they are shown or not: with delivery and reception. */
    Set<String> given(int step) {
        Set<String> texts = new HashSet<>();
        for (Reading r : readings) {
            if (r.standsAt(step)) {
                texts.add(r.meter.series + " " + r.delivery + " of " + r.receivedAt + ": " + text(r));
            }
        }
        return texts;
    }

    private static long intervals(Meter meter, LocalDate date, int readings) {
        if (meter.daily) {
            return 1;
        }
        Duration step = meter.step;
        return step == null
                ? readings
                : Duration.between(
                                date.atStartOfDay(meter.zone), date.plusDays(1).atStartOfDay(meter.zone))
                        .dividedBy(step);
    }

    /** The totals after a step, of all dates that have something to tell. */
    Map<LocalDate, Sum> totals(int step) {
        Map<LocalDate, Set<String>> seen = new HashMap<>();
        Map<LocalDate, Sum> sums = new TreeMap<>();
        standing(step)
                .values()
                .forEach(days -> days.forEach((date, all) -> {
                    Meter meter = all.getFirst().meter;
                    if (meter.counts) {
                        sums.merge(date, sum(meter, date, all), NaiveStore::plus);
                        if (all.stream().anyMatch(r -> r.quality != Quality.INVALID)) {
                            seen.computeIfAbsent(date, d -> new HashSet<>()).add(meter.meter);
                        }
                    }
                }));
        Set<LocalDate> dates = new HashSet<>(sums.keySet());
        for (LocalDate date : seen.keySet()) {
            for (int d = 1; d <= 35; d++) {
                dates.add(date.plusDays(d));
            }
        }
        for (LocalDate date : dates) {
            Set<String> silent = new HashSet<>();
            for (int d = 1; d <= 35; d++) {
                silent.addAll(seen.getOrDefault(date.minusDays(d), Set.of()));
            }
            Set<String> today = seen.getOrDefault(date, Set.of());
            silent.removeAll(today);
            Sum sum = sums.getOrDefault(date, Sum.NONE);
            Sum whole = new Sum(
                    sum.energy.signum() == 0 ? BigDecimal.ZERO : sum.energy.stripTrailingZeros(),
                    today.size(),
                    silent.size(),
                    sum.expected,
                    sum.actual,
                    sum.estimated,
                    sum.substituted,
                    sum.invalid);
            sums.put(date, whole);
        }
        sums.values().removeIf(Sum.NONE::equals);
        return sums;
    }

    private static Sum sum(Meter meter, LocalDate date, List<Reading> all) {
        BigDecimal energy = BigDecimal.ZERO;
        long[] counts = new long[Quality.values().length];
        for (Reading r : all) {
            counts[r.quality.ordinal()]++;
            if (r.quality != Quality.INVALID) {
                energy = energy.add(r.value);
            }
        }
        return new Sum(
                energy,
                0,
                0,
                intervals(meter, date, all.size()),
                counts[Quality.ACTUAL.ordinal()],
                counts[Quality.ESTIMATED.ordinal()],
                counts[Quality.SUBSTITUTED.ordinal()],
                counts[Quality.INVALID.ordinal()]);
    }

    private static Sum plus(Sum a, Sum b) {
        return new Sum(
                a.energy.add(b.energy),
                0,
                0,
                a.expected + b.expected,
                a.actual + b.actual,
                a.estimated + b.estimated,
                a.substituted + b.substituted,
                a.invalid + b.invalid);
    }
}
