package io.tallywatt.server.cli;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Wide files of our own: half-hours, three decimals, a value that is told from meter, day and column. */
public final class Wide {
    public static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int COLUMNS = 48;

    private Wide() {}

    public static String header() {
        StringBuilder header = new StringBuilder("Meter,Date");
        for (int i = 0; i < COLUMNS; i++) {
            header.append(',').append(i / 2).append(i % 2 == 0 ? ":00" : ":30");
        }
        return header.append('\n').toString();
    }

    public static String row(String meter, LocalDate date, int seed) {
        StringBuilder row = new StringBuilder(meter + "," + date);
        for (int i = 0; i < COLUMNS; i++) {
            row.append(',').append(value(seed, i));
        }
        return row.append('\n').toString();
    }

    public static BigDecimal value(int seed, int column) {
        return BigDecimal.valueOf((seed * 7919L + column * 104_729L) % 2_000, 3);
    }

    public static BigDecimal total(int seed) {
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < COLUMNS; i++) {
            total = total.add(value(seed, i));
        }
        return total;
    }

    /** Meters M0, M1, ... over days from {@link #FIRST}; the seed of a row is {@code meter * 1000 + day}. */
    public static String file(String prefix, int meters, int days) {
        StringBuilder file = new StringBuilder(header());
        for (int m = 0; m < meters; m++) {
            for (int d = 0; d < days; d++) {
                file.append(row(prefix + m, FIRST.plusDays(d), m * 1000 + d));
            }
        }
        return file.toString();
    }

    /** Of all meters of such a file on one day. */
    public static BigDecimal total(int meters, int day) {
        BigDecimal total = BigDecimal.ZERO;
        for (int m = 0; m < meters; m++) {
            total = total.add(total(m * 1000 + day));
        }
        return total;
    }

    public static String text(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
