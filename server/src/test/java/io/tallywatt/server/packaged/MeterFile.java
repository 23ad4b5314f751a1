package io.tallywatt.server.packaged;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Files of half-hours whose totals are known. */
final class MeterFile {
    static final LocalDate FIRST = LocalDate.parse("2024-01-01");
    private static final int COLUMNS = 48;

    private MeterFile() {}

    static String header() {
        StringBuilder header = new StringBuilder("Meter,Date");
        for (int i = 0; i < COLUMNS; i++) {
            header.append(',').append(i / 2).append(i % 2 == 0 ? ":00" : ":30");
        }
        return header.append('\n').toString();
    }

    static String row(String meter, LocalDate date, String value) {
        return meter + "," + date + ("," + value).repeat(COLUMNS) + "\n";
    }

    /** Meters with the same value in every half-hour. */
    static String of(String prefix, int meters, int days, String value) {
        StringBuilder file = new StringBuilder(header());
        for (int m = 0; m < meters; m++) {
            for (int d = 0; d < days; d++) {
                file.append(row(prefix + m, FIRST.plusDays(d), value));
            }
        }
        return file.toString();
    }

    /** Of such a file on each of its days. */
    static BigDecimal total(int meters, String value) {
        return new BigDecimal(value).multiply(BigDecimal.valueOf((long) COLUMNS * meters));
    }
}
