package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/**
 * Day blocks in short: {@code "1 2.5 - e3 s4 i-9"} are a day's values in order, {@code -} is MISSING, {@code e s i} before a
 * number say ESTIMATED, SUBSTITUTED and INVALID. Irregular: {@code "06:00-06:07=1.5 06:07-09:00=e2"}.
 */
public final class Blocks {
    private Blocks() {}

    private record Cell(BigDecimal value, Quality quality) {
        static Cell of(String text) {
            if (text.equals("-")) {
                return new Cell(BigDecimal.ZERO, Quality.MISSING);
            }
            return switch (text.charAt(0)) {
                case 'e' -> new Cell(new BigDecimal(text.substring(1)), Quality.ESTIMATED);
                case 's' -> new Cell(new BigDecimal(text.substring(1)), Quality.SUBSTITUTED);
                case 'i' -> new Cell(new BigDecimal(text.substring(1)), Quality.INVALID);
                default -> new Cell(new BigDecimal(text), Quality.ACTUAL);
            };
        }
    }

    /** A block on a grid; as many values as the day has intervals. */
    public static DayBlock regular(LocalDate date, ZoneId zone, String resolution, String values) {
        return regular(date, zone, resolution, values.split(" "));
    }

    /** A block on a grid, interval by interval. */
    public static DayBlock filled(LocalDate date, ZoneId zone, String resolution, IntFunction<String> value) {
        int n = new DeliveryDay(date, zone).intervals(Resolution.parse(resolution));
        String[] values = new String[n];
        Arrays.setAll(values, value);
        return regular(date, zone, resolution, values);
    }

    private static DayBlock regular(LocalDate date, ZoneId zone, String resolution, String[] values) {
        DeliveryDay day = new DeliveryDay(date, zone);
        Resolution step = Resolution.parse(resolution);
        if (values.length != day.intervals(step)) {
            throw new IllegalArgumentException(
                    date + " has " + day.intervals(step) + " intervals of " + step + " but these are " + values.length);
        }
        Cell[] cells = Arrays.stream(values).map(Cell::of).toArray(Cell[]::new);
        int scale = scale(cells);
        return DayBlock.regular(
                (int) date.toEpochDay(),
                day.start().getEpochSecond(),
                step,
                scale,
                units(cells, scale),
                qualities(cells));
    }

    /** A block of exact intervals, local times on one date; {@code 24:00} is its end. */
    public static DayBlock irregular(LocalDate date, ZoneId zone, String intervals) {
        String[] texts = intervals.split(" ");
        Cell[] cells = new Cell[texts.length];
        long[] starts = new long[texts.length];
        long[] ends = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            String[] parts = texts[i].split("[-=]", 3);
            starts[i] = instant(date, zone, parts[0]).getEpochSecond();
            ends[i] = instant(date, zone, parts[1]).getEpochSecond();
            cells[i] = Cell.of(parts[2]);
        }
        int scale = scale(cells);
        return DayBlock.irregular(
                (int) date.toEpochDay(),
                new DeliveryDay(date, zone).start().getEpochSecond(),
                scale,
                units(cells, scale),
                qualities(cells),
                starts,
                ends);
    }

    private static Instant instant(LocalDate date, ZoneId zone, String time) {
        return time.equals("24:00")
                ? new DeliveryDay(date, zone).end()
                : date.atTime(LocalTime.parse(time)).atZone(zone).toInstant();
    }

    private static int scale(Cell[] cells) {
        return Arrays.stream(cells)
                .mapToInt(c -> Math.max(0, c.value.scale()))
                .max()
                .orElse(0);
    }

    private static long[] units(Cell[] cells, int scale) {
        return Arrays.stream(cells)
                .mapToLong(c -> c.value.setScale(scale).unscaledValue().longValueExact())
                .toArray();
    }

    private static byte[] qualities(Cell[] cells) {
        byte[] qualities = new byte[cells.length];
        for (int i = 0; i < cells.length; i++) {
            qualities[i] = cells[i].quality.code();
        }
        return qualities;
    }

    /** The values of a block as they are written for {@link #regular}; exact intervals with their local times. */
    public static String shown(DayBlock block, ZoneId zone) {
        StringJoiner all = new StringJoiner(" ");
        long[] starts = block.starts();
        long[] ends = block.ends();
        for (int i = 0; i < block.length(); i++) {
            String cell = cell(block, i);
            all.add(
                    starts == null
                            ? cell
                            : time(starts[i], zone, false) + "-" + time(ends[i], zone, true) + "=" + cell);
        }
        return all.toString();
    }

    private static String time(long instant, ZoneId zone, boolean end) {
        LocalTime time = Instant.ofEpochSecond(instant).atZone(zone).toLocalTime();
        return end && time.equals(LocalTime.MIDNIGHT) ? "24:00" : time.toString();
    }

    private static String cell(DayBlock block, int i) {
        String value = Scaled.text(Scaled.toDecimal(block.values()[i], block.scale()));
        return switch (Quality.ofCode(block.qualities()[i])) {
            case ACTUAL -> value;
            case ESTIMATED -> "e" + value;
            case SUBSTITUTED -> "s" + value;
            case INVALID -> "i" + value;
            case MISSING -> "-";
        };
    }
}
