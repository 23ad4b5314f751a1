package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A random file of single readings, and what it says, worked out with java.time and BigDecimal alone. */
final class RandomRows {
    private final Random random;
    private final ZoneId zone;
    private final int stepMinutes;
    private final String delimiter;
    private final boolean end;
    private final boolean offsets;
    private final DateTimeFormatter stamps;
    private final int decimals;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<String, String> expected = new TreeMap<>();
    private int rows;
    private int duplicates;

    RandomRows(Random random) {
        this.random = random;
        zone = ZoneId.of(RandomWide.ZONES.get(random.nextInt(RandomWide.ZONES.size())));
        // Lord Howe changes its clock by half an hour.
        stepMinutes = List.of(30, 15, 10, 5).get(random.nextInt(4));
        delimiter = List.of(",", ";", "\t").get(random.nextInt(3));
        end = random.nextBoolean();
        offsets = random.nextInt(3) == 0;
        stamps = DateTimeFormatter.ofPattern(
                offsets
                        ? "yyyy-MM-dd'T'HH:mm:ssXXX"
                        : List.of(
                                        "yyyy-MM-dd HH:mm:ss",
                                        "yyyy-MM-dd'T'HH:mm",
                                        "dd MMM yyyy HH:mm",
                                        "yyyyMMddHHmm",
                                        "d/M/yyyy h:mm a")
                                .get(random.nextInt(5)),
                Locale.ENGLISH);
        decimals = random.nextInt(10);
        write();
    }

    ReadingOptions options() {
        return Snippets.options(
                zone,
                EnergyUnit.KWH,
                end ? ReadingOptions.Stamps.END : ReadingOptions.Stamps.START,
                ReadingOptions.DateOrder.DAY_FIRST,
                null,
                null,
                null,
                new Resolution(stepMinutes * 60));
    }

    ZoneId zone() {
        return zone;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    Map<String, String> expected() {
        return expected;
    }

    int rows() {
        return rows;
    }

    int duplicates() {
        return duplicates;
    }

    private void write() {
        text.append(String.join(delimiter, "MPAN", "Stamp", "Value", "Quality")).append('\n');
        List<Deque<String>> meters = new ArrayList<>();
        for (int meter = 0; meter < 1 + random.nextInt(6); meter++) {
            meters.add(meter("m" + meter));
        }
        // Rows of meters come mixed, each meter's own in order.
        while (!meters.isEmpty()) {
            int meter = random.nextInt(meters.size());
            int run = 1 + random.nextInt(60);
            for (int i = 0; i < run && !meters.get(meter).isEmpty(); i++) {
                text.append(meters.get(meter).remove()).append('\n');
                rows++;
            }
            if (meters.get(meter).isEmpty()) {
                meters.remove(meter);
            }
        }
    }

    private Deque<String> meter(String key) {
        Deque<String> lines = new ArrayDeque<>();
        LocalDate date = LocalDate.of(2015 + random.nextInt(10), 1 + random.nextInt(12), 1 + random.nextInt(28));
        days(key, date, 2, lines);
        ZoneOffsetTransition change = zone.getRules()
                .nextTransition(date.plusDays(4).atStartOfDay(zone).toInstant());
        if (change != null) {
            days(key, change.getDateTimeBefore().toLocalDate().minusDays(1), 3, lines);
        }
        return lines;
    }

    private void days(String key, LocalDate first, int count, Deque<String> lines) {
        for (int i = 0; i < count; i++) {
            LocalDate date = first.plusDays(i);
            Instant from = date.atStartOfDay(zone).toInstant();
            Instant to = date.plusDays(1).atStartOfDay(zone).toInstant();
            // Near a change a left-out row would change which of two a stamp means.
            boolean calm = !zone.getRules()
                            .getOffset(from.minusSeconds(86_400))
                            .equals(zone.getRules().getOffset(to.plusSeconds(86_400)))
                    ? false
                    : zone.getRules().getOffset(from).equals(zone.getRules().getOffset(to));
            for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofMinutes(stepMinutes))) {
                reading(key, at, offsets || calm, lines);
            }
        }
    }

    private void reading(String key, Instant at, boolean free, Deque<String> lines) {
        if (free && random.nextInt(10) == 0) {
            return;
        }
        BigDecimal value = value();
        lines.add(row(key, at, value, "A"));
        String quality = "ACTUAL";
        if (free && random.nextInt(20) == 0) {
            duplicates++;
            if (random.nextBoolean()) {
                value = value.add(BigDecimal.ONE);
                quality = "ESTIMATED";
            }
            lines.add(row(key, at, value, quality.substring(0, 1)));
        }
        expected.put(key + " " + at + " " + Duration.ofMinutes(stepMinutes), RandomWide.plain(value) + " " + quality);
    }

    private String row(String key, Instant start, BigDecimal value, String quality) {
        Instant stamped = end ? start.plus(Duration.ofMinutes(stepMinutes)) : start;
        ZoneId shown = offsets && random.nextBoolean() ? ZoneOffset.ofHours(random.nextInt(24) - 12) : zone;
        String stamp = stamps.format(ZonedDateTime.ofInstant(stamped, shown));
        String cell = random.nextInt(5) == 0 ? "\"" + stamp + "\"" : stamp;
        return String.join(delimiter, key, cell, value.toPlainString(), quality);
    }

    private BigDecimal value() {
        return BigDecimal.valueOf(random.nextInt(8_000), random.nextInt(3) == 0 ? random.nextInt(10) : decimals);
    }
}
