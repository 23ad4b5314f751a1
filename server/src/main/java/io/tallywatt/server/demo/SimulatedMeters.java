package io.tallywatt.server.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/**
 * Half-hourly meter files of a town that does not exist, as a meter operator would deliver them: a month, the day on which
 * the clocks go back in a file of its own (50 half-hours), and a correction. A few rows are as bad as rows get.
 *
 * <p>All numbers come from a seeded generator in whole watt-hours: the same on every machine.
 */
public final class SimulatedMeters {
    public static final ZoneId ZONE = ZoneId.of("Europe/London");
    public static final LocalDate FIRST = LocalDate.of(2026, 10, 5);
    public static final LocalDate AFTER_LAST = FIRST.plusDays(30);

    /** 25 hours long. */
    public static final LocalDate CLOCK_CHANGE = LocalDate.of(2026, 10, 25);

    /** Meter and date of a day that a later file corrects. */
    public static final int CORRECTED_METER = 7;

    public static final LocalDate CORRECTED = LocalDate.of(2026, 10, 14);

    public static final int METERS = 200;

    private static final long SEED = 20_261_025;
    private static final int HALF_HOURS = 48;

    /** What a household uses in the half-hours of a day, in thousandths of its mean. */
    private static final int[] SHAPE = {
        620, 560, 520, 500, 490, 480, 480, 490, 510, 560, 640, 760, 900, 1080, 1230, 1250, 1180, 1080, 990, 940, 910,
        900, 910, 940, 960, 940, 900, 870, 860, 880, 940, 1040, 1190, 1390, 1580, 1700, 1740, 1700, 1620, 1530, 1440,
        1350, 1260, 1150, 1030, 910, 800, 700
    };

    private SimulatedMeters() {}

    public static String meter(int number) {
        return "SIM-%04d".formatted(number);
    }

    /** Writes the files. They are to be taken in this order. */
    public static List<Path> write(Path folder) throws IOException {
        Path month = folder.resolve("simulated-2026-10.csv");
        Path change = folder.resolve("simulated-2026-10-25-clock-change.csv");
        Path correction = folder.resolve("simulated-2026-10-14-correction.csv");
        try (Writer monthRows = Files.newBufferedWriter(month);
                Writer changeRows = Files.newBufferedWriter(change);
                Writer corrected = Files.newBufferedWriter(correction)) {
            monthRows.write(header(HALF_HOURS, 0));
            changeRows.write(header(HALF_HOURS, 2));
            corrected.write(header(HALF_HOURS, 0));
            Random random = new Random(SEED);
            for (int m = 1; m <= METERS; m++) {
                // From a flat of 130 W to a shop of 1.6 kW.
                int meanWh = 65 + random.nextInt(200) + (m % 20 == 0 ? 500 : 0);
                for (LocalDate date = FIRST; date.isBefore(AFTER_LAST); date = date.plusDays(1)) {
                    boolean longer = date.equals(CLOCK_CHANGE);
                    int[] day = day(random, meanWh, date, longer);
                    if (longer) {
                        changeRows.write(row(m, date, day));
                    } else {
                        monthRows.write(spoiled(m, date, row(m, date, day)));
                    }
                    if (m == CORRECTED_METER && date.equals(CORRECTED)) {
                        corrected.write(row(m, date, read(day)));
                    }
                }
            }
        }
        return List.of(month, change, correction);
    }

    /** The clock times of the columns; when the clocks go back, 1:00 and 1:30 come twice. */
    private static String header(int halfHours, int repeated) {
        StringBuilder header = new StringBuilder("Meter,Date");
        for (int i = 0; i < halfHours + repeated; i++) {
            int shown = i >= 4 ? i - repeated : i;
            header.append(',').append(shown / 2).append(shown % 2 == 0 ? ":00" : ":30");
        }
        return header.append('\n').toString();
    }

    private static int[] day(Random random, int meanWh, LocalDate date, boolean longer) {
        boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        int[] wh = new int[longer ? HALF_HOURS + 2 : HALF_HOURS];
        for (int i = 0; i < wh.length; i++) {
            int clock = longer && i >= 4 ? i - 2 : i;
            int shape = weekend && clock > 14 && clock < 32 ? SHAPE[clock] + 250 : SHAPE[clock];
            int noise = 700 + random.nextInt(600);
            wh[i] = (int) ((long) meanWh * shape * noise / 1_000_000);
        }
        return wh;
    }

    /** What was estimated low for an afternoon, and was read later. */
    private static int[] read(int[] day) {
        int[] read = day.clone();
        for (int i = 26; i < 38; i++) {
            read[i] = day[i] * 3 / 2 + 11;
        }
        return read;
    }

    private static String row(int meter, LocalDate date, int[] wh) {
        StringBuilder row = new StringBuilder(meter(meter)).append(',').append(date);
        for (int value : wh) {
            row.append(',').append(value / 1000).append('.');
            row.append((char) ('0' + value / 100 % 10));
            row.append((char) ('0' + value / 10 % 10));
            row.append((char) ('0' + value % 10));
        }
        return row.append('\n').toString();
    }

    /** What happens to rows on their way. */
    private static String spoiled(int meter, LocalDate date, String row) {
        int day = date.getDayOfMonth();
        if (meter == 23 && day == 9) {
            return row.replaceFirst(",0\\.", ",o."); // typed by hand
        }
        if (meter == 64 && day == 12) {
            return row.replace("2026-10-12", "2026-13-12"); // no such month
        }
        if (meter == 101 && day == 16) {
            return row.substring(0, row.indexOf(',', 120)) + "\n"; // torn off
        }
        if (meter == 150 && day == 20) {
            return row.replaceFirst("(,2026-10-20),", "$1,-"); // energy cannot be negative: kept, not counted
        }
        if (meter == 188 && (day == 28 || day == 29)) {
            return ""; // silent for two days
        }
        if (meter == 42 && day == 22) {
            String[] cells = row.strip().split(",", -1);
            for (int i = 20; i < 28; i++) {
                cells[i] = ""; // a gap of four hours
            }
            return String.join(",", cells) + "\n";
        }
        return row;
    }
}
