package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Random blocks of several series, and the same as text in each of the forms that readings are given in: with the start
 * and the end of each, in the zone's time with its offset, as exports write them.
 */
final class RandomReadings {
    private static final List<String> SERIES = List.of(
            "meter/EE1/consumption",
            "meter/a b~\u00e9/consumption",
            "meter/EE1/generation/E2",
            "home/h1/consumption",
            "site/s:1/generation");

    private final Random random;
    private final ZoneId zone;
    private final Map<String, DayBlock> blocks = new TreeMap<>();

    private record Row(Series series, Reading reading) {}

    private final List<List<Row>> bySeries = new ArrayList<>();

    RandomReadings(Random random) {
        this(random, 1 + random.nextInt(SERIES.size()));
    }

    RandomReadings(Random random, int count) {
        this.random = random;
        zone = ZoneId.of(RandomWide.ZONES.get(random.nextInt(RandomWide.ZONES.size())));
        List<String> names = new ArrayList<>(SERIES);
        Collections.shuffle(names, random);
        for (String name : names.subList(0, count)) {
            String[] parts = name.split("/", -1);
            Series series = new Series(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : null);
            List<Row> rows = new ArrayList<>();
            LocalDate date = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(600));
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                date = random.nextInt(3) == 0 ? nextClockChange(date) : date;
                add(series, date, rows);
                date = date.plusDays(1 + random.nextInt(100));
            }
            bySeries.add(rows);
        }
    }

    private LocalDate nextClockChange(LocalDate date) {
        ZoneOffsetTransition next =
                zone.getRules().nextTransition(date.atStartOfDay(zone).toInstant());
        return next == null
                ? date
                : next.getInstant().minusSeconds(1).atZone(zone).toLocalDate();
    }

    ZoneId zone() {
        return zone;
    }

    Series onlySeries() {
        return bySeries.getFirst().getFirst().series();
    }

    /** Series and date to block. */
    Map<String, DayBlock> blocks() {
        return blocks;
    }

    private void add(Series series, LocalDate date, List<Row> rows) {
        DeliveryDay day = new DeliveryDay(date, zone);
        long start = day.start().getEpochSecond();
        long end = day.end().getEpochSecond();
        DayBlock block = random.nextInt(3) == 0 ? irregular(date, start, end) : regular(day, start);
        blocks.put(series + " " + date, block);
        for (Reading reading : block.readings(end)) {
            rows.add(new Row(series, reading));
        }
    }

    private DayBlock regular(DeliveryDay day, long start) {
        Resolution step = List.of(Resolution.DAY, new Resolution(900), Resolution.HALF_HOUR, new Resolution(300))
                .get(random.nextInt(4));
        int n = day.intervals(step);
        byte[] qualities = new byte[n];
        int scale = random.nextInt(10);
        return DayBlock.regular(
                (int) day.date().toEpochDay(), start, step, scale, values(n, scale, qualities, true), qualities);
    }

    private DayBlock irregular(LocalDate date, long dayStart, long dayEnd) {
        List<Long> bounds = new ArrayList<>();
        // Odd seconds, so that no two intervals are alike.
        for (long at = dayStart + 1 + random.nextInt(3000); at < dayEnd; at += 7 + random.nextInt(20_000)) {
            bounds.add(at);
        }
        int n = Math.max(1, bounds.size() / 2);
        long[] starts = new long[n];
        long[] ends = new long[n];
        for (int i = 0; i < n; i++) {
            starts[i] = bounds.get(2 * i);
            ends[i] = 2 * i + 1 < bounds.size() ? bounds.get(2 * i + 1) : dayEnd;
        }
        byte[] qualities = new byte[n];
        int scale = random.nextInt(10);
        return DayBlock.irregular(
                (int) date.toEpochDay(), dayStart, scale, values(n, scale, qualities, false), qualities, starts, ends);
    }

    private long[] values(int n, int scale, byte[] qualities, boolean gaps) {
        long[] values = new long[n];
        int most = random.nextInt(gaps ? 5 : 4) + 1;
        int calm = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            values[i] =
                    random.nextInt(random.nextBoolean() ? 50 : (int) Math.min(50 * Scaled.power(scale), 1_000_000_000));
            qualities[i] = random.nextInt(4) < calm ? 0 : (byte) random.nextInt(most);
            if (qualities[i] == Quality.INVALID.code() && random.nextBoolean()) {
                values[i] = -values[i];
            }
        }
        // A block without any reading is none.
        int sure = random.nextInt(n);
        qualities[sure] = 0;
        values[sure] = Math.abs(values[sure]);
        return values;
    }

    /** Each series' rows in order, the series themselves mixed. */
    private List<Row> mixed() {
        List<Row> rows = new ArrayList<>();
        int[] next = new int[bySeries.size()];
        while (true) {
            List<Integer> open = new ArrayList<>();
            for (int i = 0; i < next.length; i++) {
                if (next[i] < bySeries.get(i).size()) {
                    open.add(i);
                }
            }
            if (open.isEmpty()) {
                return rows;
            }
            int from = open.get(random.nextInt(open.size()));
            int to = Math.min(bySeries.get(from).size(), next[from] + 1 + random.nextInt(60));
            rows.addAll(bySeries.get(from).subList(next[from], to));
            next[from] = to;
        }
    }

    private String time(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime().toString();
    }

    private static String value(Reading reading) {
        BigDecimal value = reading.value();
        return value == null ? "" : Scaled.text(value);
    }

    /** As exports write it, with a series column or, for one series, without. */
    String csv(boolean named, boolean steps) {
        StringBuilder text = new StringBuilder(named ? "series," : "");
        text.append("start,end,value,quality").append(steps ? ",missing seconds\r\n" : "\r\n");
        for (Row row : mixed()) {
            Reading r = row.reading();
            text.append(named ? row.series() + "," : "")
                    .append(time(r.interval().start()))
                    .append(',')
                    .append(time(r.interval().end()))
                    .append(',')
                    .append(value(r))
                    .append(',')
                    .append(r.quality())
                    .append(steps ? ",0\r\n" : "\r\n");
        }
        return text.toString();
    }

    String json() {
        List<String> objects = new ArrayList<>();
        for (Row row : mixed()) {
            objects.add(object(row));
        }
        String blank = List.of("", " ", "\n", "\r\n  ").get(random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 -> String.join("\n", objects) + (random.nextBoolean() ? "\n" : "");
            case 1 -> "[" + blank + String.join("," + blank, objects) + blank + "]";
            case 2 -> "{\"items\":" + blank + "[" + String.join(blank + "," + blank, objects) + "],\"next\":null}";
            default -> String.join(blank, objects);
        };
    }

    private String object(Row row) {
        Reading r = row.reading();
        List<String> members = new ArrayList<>();
        members.add("\"series\":" + quoted(row.series().toString()));
        members.add("\"start\":" + quoted(time(r.interval().start())));
        members.add("\"end\":"
                + (random.nextInt(4) == 0
                        ? r.interval().end().getEpochSecond() + (random.nextBoolean() ? "000" : "")
                        : quoted(time(r.interval().end()))));
        BigDecimal value = r.value();
        if (value != null) {
            members.add("\"value\":" + number(value));
        } else if (random.nextBoolean()) {
            members.add("\"value\":null");
        }
        if (r.quality() != Quality.ACTUAL || random.nextBoolean()) {
            members.add("\"quality\":" + quoted(r.quality().name()));
        }
        if (random.nextInt(3) == 0) {
            members.add("\"note\":{\"a\":[1,{\"start\":null}],\"}\":\"],[{\"}");
        }
        Collections.shuffle(members, random);
        return "{" + String.join(random.nextBoolean() ? "," : " ,\t", members) + "}";
    }

    private String number(BigDecimal value) {
        IntFunction<String> form = n -> switch (n) {
            case 0 -> value.toPlainString();
            case 1 -> "\"" + value.toPlainString() + "\"";
            case 2 -> value.unscaledValue() + "e" + -value.scale();
            default -> value.toString();
        };
        return Objects.requireNonNull(form.apply(random.nextInt(4)));
    }

    private String quoted(String text) {
        if (random.nextInt(5) > 0) {
            return "\"" + text + "\"";
        }
        StringBuilder escaped = new StringBuilder("\"");
        text.chars().forEach(c -> escaped.append(random.nextBoolean() ? String.format("\\u%04x", c) : (char) c + ""));
        return escaped.append('"').toString();
    }
}
