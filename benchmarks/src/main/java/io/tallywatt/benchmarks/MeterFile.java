package io.tallywatt.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A generated wide file: {@code Meter,Date,0:00,0:30,...,23:30}, ISO dates, three decimals.
 *
 * @param meters ids from {@code EE0000011} on
 * @param first date
 * @param days from it on
 */
record MeterFile(int meters, LocalDate first, int days, Order order, long seed) {
    static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final int FIRST_ID = 11;
    private static final int LONGEST_ROW = 512;

    /** How the rows are sorted. */
    enum Order {
        METER("meter then date"),
        DATE("date then meter");

        private final String words;

        Order(String words) {
            this.words = words;
        }

        String inWords() {
            return words;
        }
    }

    /** What was written. */
    record Written(Path path, long rows, long bytes, BigDecimal totalKwh) {}

    /** From {@link #FIRST} on. */
    MeterFile(int meters, int days, Order order, long seed) {
        this(meters, FIRST, days, order, seed);
    }

    /** The smallest file of whole years with at least so many rows. */
    static MeterFile ofAtLeast(long rows, int days, Order order, long seed) {
        return new MeterFile(Math.toIntExact(Math.ceilDiv(rows, days)), days, order, seed);
    }

    long rows() {
        return (long) meters * days;
    }

    /** A meter's id as bytes, nine of them. */
    static byte[] id(int meter) {
        byte[] id = {'E', 'E', 0, 0, 0, 0, 0, 0, 0};
        int number = meter + FIRST_ID;
        for (int i = id.length - 1; i >= 2; i--) {
            id[i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        return id;
    }

    static String header() {
        StringBuilder header = new StringBuilder("Meter,Date");
        for (int i = 0; i < Demand.HALF_HOURS; i++) {
            header.append(',').append(i / 2).append(i % 2 == 0 ? ":00" : ":30");
        }
        return header.append('\n').toString();
    }

    Written write(Path path) throws IOException {
        BigDecimal total;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            total = write(out);
        }
        return new Written(path, rows(), Files.size(path), total);
    }

    /** Returns the sum of all values, in kWh. */
    BigDecimal write(OutputStream out) throws IOException {
        Demand demand = new Demand(seed);
        byte[][] dates = new byte[days][];
        for (int d = 0; d < days; d++) {
            dates[d] = first.plusDays(d).toString().getBytes(StandardCharsets.US_ASCII);
        }
        int firstDay = Math.toIntExact(first.toEpochDay());
        long[] values = new long[Demand.HALF_HOURS];
        byte[] row = new byte[LONGEST_ROW];
        long wattHours = 0;
        out.write(header().getBytes(StandardCharsets.US_ASCII));
        for (long i = 0; i < rows(); i++) {
            int meter = (int) (order == Order.METER ? i / days : i % meters);
            int day = (int) (order == Order.METER ? i % days : i / meters);
            wattHours += demand.day(meter, firstDay + day, values, 0);
            out.write(row, 0, put(row, id(meter), dates[day], values));
        }
        return BigDecimal.valueOf(wattHours, 3);
    }

    /** @return the row's length */
    private static int put(byte[] row, byte[] id, byte[] date, long[] values) {
        System.arraycopy(id, 0, row, 0, id.length);
        int n = id.length;
        row[n++] = ',';
        System.arraycopy(date, 0, row, n, date.length);
        n += date.length;
        for (long value : values) {
            int v = (int) value;
            row[n++] = ',';
            row[n++] = (byte) ('0' + v / 1000);
            row[n++] = '.';
            row[n++] = (byte) ('0' + v / 100 % 10);
            row[n++] = (byte) ('0' + v / 10 % 10);
            row[n++] = (byte) ('0' + v % 10);
        }
        row[n++] = '\n';
        return n;
    }
}
