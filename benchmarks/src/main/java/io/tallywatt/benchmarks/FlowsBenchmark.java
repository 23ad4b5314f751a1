package io.tallywatt.benchmarks;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.Flows;
import io.tallywatt.core.query.News;
import io.tallywatt.core.query.ReadingSearch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Moment;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What flows: the last 24 hours of all borders and cables at full resolution, from a store that holds as many days as asked for
 * of 5-minute cables and 15-minute borders, the last two of which came every five minutes with a window of 24 hours; beside
 * plain SQL over the view that anyone who opens the file has.
 */
final class FlowsBenchmark {
    private static final Instant END = Instant.parse("2026-11-26T12:00:00Z");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int CABLE_SECONDS = 300;
    private static final int BORDER_SECONDS = 900;
    private static final int LIVE_DAYS = 2;
    private static final int RUNS = 5;
    private static final int WARM = 200;

    private final Path folder;
    private final int threads;
    private final int days;
    private final int meters;
    private final long seed;
    private final Progress progress;
    private final Grid grid = Grid.aroundGreatBritain();

    /** @param meters that the store holds beside, with their last 60 days, as many stores do */
    FlowsBenchmark(Path folder, int threads, int days, int meters, long seed, Progress progress) {
        this.folder = folder;
        this.threads = threads;
        this.days = days;
        this.meters = meters;
        this.seed = seed;
        this.progress = progress;
    }

    String measure() throws Exception {
        Path file = Files.createDirectories(folder).resolve("flows-" + meters + ".duckdb");
        Map<String, Figures> ours = new LinkedHashMap<>();
        Map<String, Figures> plain = new LinkedHashMap<>();
        Instant from = END.minus(Duration.ofHours(24));
        int rows;
        String filled;
        try (DuckDbStore store = DuckDbStore.open(file, new DuckDbSettings(threads, "1GB", false), Clock.systemUTC())) {
            filled = fill(store);
            Flows flows = new Flows(store, store, grid);
            ReadingSearch day =
                    new ReadingSearch(new Moment.At(from), new Moment.At(END.plus(Duration.ofDays(3))), null);
            rows = flows.page(null, day, 10_000).size();
            int expected = rows;
            ours.put(
                    LAST_DAY,
                    timed(() -> expect(expected, flows.page(null, day, 10_000).size())));
            ours.put(
                    LATEST,
                    timed(() -> expect(grid.borders().size(), flows.latest(END).size())));
            News news = new News(store, List.of("border/", "zone/"));
            Instant before = store.changedAt().minusNanos(1_000);
            News.Memory memory = news.memory(END, 1_000_000);
            ours.put(NEWS, timed(() -> expect(0, news.fresh(memory, before, END).size())));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            try (Statement s = connection.createStatement()) {
                s.execute("SET threads = " + threads);
                s.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS tallywatt (READ_ONLY)");
                s.execute("USE tallywatt");
            }
            plain.put(LAST_DAY, timed(() -> expect(rows, view(connection, from))));
        }
        Table table = new Table(
                "flows; ms in process, " + RUNS + " runs, warm",
                "median",
                "least",
                "most",
                "SQL over the view",
                "ratio");
        ours.forEach((words, figures) -> {
            Figures other = plain.get(words);
            table.row(
                    "  " + words,
                    Figures.decimals(figures.median(), 2),
                    Figures.decimals(figures.min(), 2),
                    Figures.decimals(figures.max(), 2),
                    other == null ? "-" : Figures.decimals(other.median(), 2),
                    other == null ? "-" : Figures.decimals(other.median() / figures.median(), 1));
        });
        return filled + "\n" + table + "  " + Figures.count(rows) + " values in the last 24 hours\n";
    }

    private static final String LAST_DAY = "the last 24 hours, all borders and cables";
    private static final String LATEST = "the latest of each border and cable";
    private static final String NEWS = "what a delivery brought that is new (nothing)";

    /** What is timed. */
    private interface Work {
        void run() throws Exception;
    }

    private static Figures timed(Work work) throws Exception {
        for (int i = 0; i < WARM; i++) {
            work.run();
        }
        double[] millis = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return new Figures(millis);
    }

    private static void expect(int expected, int got) {
        if (expected != got) {
            throw new IllegalStateException("Expected " + expected + " but got " + got);
        }
    }

    private static int view(Connection connection, Instant from) throws SQLException {
        int n = 0;
        try (PreparedStatement s = connection.prepareStatement("""
                SELECT series, start, "end", value, quality FROM readings
                WHERE starts_with(series, 'border/') AND start >= ? ORDER BY start, series""")) {
            s.setObject(1, LocalDateTime.ofInstant(from, ZoneOffset.UTC));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    rs.getString(1);
                    rs.getObject(2, Timestamp.class);
                    rs.getObject(3, Timestamp.class);
                    rs.getBigDecimal(4);
                    rs.getString(5);
                    n++;
                }
            }
        }
        return n;
    }

    private String fill(DuckDbStore store) {
        long begin = System.nanoTime();
        LocalDate last = LocalDate.ofInstant(END, LONDON);
        if (meters > 0) {
            int beside = Math.min(days, 60);
            for (int day = 0; day < beside; day++) {
                store.take(new MeterBlocks(
                        new Demand(seed), meters, Math.toIntExact(last.toEpochDay()) - beside + 1 + day, 1));
            }
        }
        Instant live = last.minusDays(LIVE_DAYS - 1L).atStartOfDay(LONDON).toInstant();
        List<FlowBlocks> nightly = new ArrayList<>();
        for (int day = days; day > LIVE_DAYS; day--) {
            LocalDate date = last.minusDays(day - 1L);
            Instant end = new DeliveryDay(date, LONDON).end();
            nightly.add(delivery(date.toString(), new DeliveryDay(date, LONDON).start(), end));
        }
        progress.say("flows: " + nightly.size() + " days");
        store.takeAll(nightly);
        int polls = 0;
        for (Instant at = live.plusSeconds(CABLE_SECONDS); !at.isAfter(END); at = at.plusSeconds(CABLE_SECONDS)) {
            store.take(delivery("at " + at, at.minus(Duration.ofHours(24)), at));
            if (++polls % 100 == 0) {
                progress.say("flows: poll " + polls);
            }
        }
        return "a store of " + Figures.count(days) + " days of " + grid.cables().size() + " cables and "
                + grid.borders().size() + " borders, the last " + polls + " deliveries every five minutes"
                + (meters == 0 ? "" : ", beside " + Figures.count(meters) + " meters") + "; filled in "
                + Figures.decimals((System.nanoTime() - begin) / 1e9, 0) + " s";
    }

    private FlowBlocks delivery(String name, Instant from, Instant to) {
        FlowBlocks delivery = new FlowBlocks("flows " + name, to, LONDON);
        for (Cable cable : grid.cables()) {
            add(delivery, cable.border().flow(cable), CABLE_SECONDS, from, to);
        }
        for (Border border : grid.borders()) {
            add(delivery, border.flow(), BORDER_SECONDS, from, to);
        }
        return delivery;
    }

    /** Whole intervals of a range, a block for each local date; values depend on nothing but series and interval. */
    private void add(FlowBlocks delivery, Series series, int seconds, Instant from, Instant to) {
        for (LocalDate date = LocalDate.ofInstant(from, LONDON);
                !date.isAfter(LocalDate.ofInstant(to, LONDON));
                date = date.plusDays(1)) {
            DeliveryDay day = new DeliveryDay(date, LONDON);
            long first = Math.max(day.start().getEpochSecond(), from.getEpochSecond());
            long start = Math.ceilDiv(first, seconds) * seconds;
            long end = Math.min(day.end().getEpochSecond(), to.getEpochSecond());
            int n = (int) Math.max(0, (end - start) / seconds);
            if (n == 0) {
                continue;
            }
            long[] values = new long[n];
            long[] starts = new long[n];
            long[] ends = new long[n];
            for (int i = 0; i < n; i++) {
                starts[i] = start + (long) i * seconds;
                ends[i] = starts[i] + seconds;
                values[i] = new SplittableRandom(seed ^ series.hashCode() * 31L ^ starts[i]).nextLong(-1_000, 1_000);
            }
            delivery.add(
                    series,
                    DayBlock.irregular(
                            (int) date.toEpochDay(),
                            day.start().getEpochSecond(),
                            0,
                            values,
                            new byte[n],
                            starts,
                            ends));
        }
    }
}
