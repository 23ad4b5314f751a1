package io.tallywatt.benchmarks;

import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;

/** A store that a company's meters filled, through its port. */
record MeterStore(Path file, int meters, int days, int threads, long seed) {
    /** How often the meters' readings come. */
    enum Deliveries {
        NIGHTLY(1, "nightly deliveries of one day each"),
        MONTHLY(30, "deliveries of 30 days each");

        private final int days;
        private final String words;

        Deliveries(int days, String words) {
            this.days = days;
            this.words = words;
        }

        String inWords() {
            return words;
        }
    }

    DuckDbStore open() {
        return DuckDbStore.open(file, new DuckDbSettings(threads, "1GB", false), Clock.systemUTC());
    }

    /** Fills it and puts the past months in order, as a company would once a month; returns how long it took, in words. */
    String fill(Deliveries deliveries, Progress progress) throws IOException {
        String filled;
        try (DuckDbStore store = open()) {
            filled = take(store, deliveries, progress);
        }
        long blocks = (long) meters * days;
        filled += "; " + Figures.decimals(Files.size(file) / 1e6, 1) + " MB, "
                + Figures.decimals((double) Files.size(file) / blocks, 1) + " bytes a block";
        progress.say(filled);
        return filled + tidied();
    }

    private String tidied() {
        try (DuckDbStore store = open()) {
            long begin = System.nanoTime();
            int months = store.tidy().size();
            return "; " + months + " months tidied in " + Figures.decimals((System.nanoTime() - begin) / 1e9, 0) + " s";
        }
    }

    private String take(DuckDbStore store, Deliveries deliveries, Progress progress) {
        Demand demand = new Demand(seed);
        int from = Math.toIntExact(MeterFile.FIRST.toEpochDay());
        int n = Math.ceilDiv(days, deliveries.days);
        double[] seconds = new double[n];
        long begin = System.nanoTime();
        for (int i = 0; i < n; i++) {
            int day = i * deliveries.days;
            long start = System.nanoTime();
            store.take(new MeterBlocks(demand, meters, from + day, Math.min(deliveries.days, days - day)));
            seconds[i] = (System.nanoTime() - start) / 1e9;
            if (i % 10 == 0) {
                progress.say(Figures.count(meters) + " meters, delivery " + (i + 1) + " of " + n + ": "
                        + Figures.decimals(seconds[i], 2) + " s");
            }
        }
        double all = (System.nanoTime() - begin) / 1e9;
        return Figures.count(meters) + " meters: " + Figures.count((long) meters * days) + " blocks in "
                + Figures.decimals(all, 0) + " s, a delivery " + Figures.decimals(new Figures(seconds).median(), 3)
                + " s (first " + Figures.decimals(seconds[0], 3) + ", last " + Figures.decimals(seconds[n - 1], 3)
                + ")";
    }

    /** What went in on a date. */
    BigDecimal kwh(LocalDate date) {
        Demand demand = new Demand(seed);
        long[] values = new long[Demand.HALF_HOURS];
        long wattHours = 0;
        for (int m = 0; m < meters; m++) {
            wattHours += demand.day(m, Math.toIntExact(date.toEpochDay()), values, 0);
        }
        return BigDecimal.valueOf(wattHours, 3);
    }

    /** What went in for one meter in a range of dates. */
    BigDecimal kwh(int meter, LocalDate from, LocalDate to) {
        Demand demand = new Demand(seed);
        long[] values = new long[Demand.HALF_HOURS];
        long wattHours = 0;
        for (LocalDate date = from; date.isBefore(to); date = date.plusDays(1)) {
            wattHours += demand.day(meter, Math.toIntExact(date.toEpochDay()), values, 0);
        }
        return BigDecimal.valueOf(wattHours, 3);
    }
}
