package io.tallywatt.benchmarks;

import io.tallywatt.collectors.simulator.Shape;
import io.tallywatt.collectors.simulator.SimulatedFile;
import io.tallywatt.collectors.simulator.Simulation;
import io.tallywatt.collectors.simulator.SimulationSettings;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.time.Resolution;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.inbox.Inbox;
import io.tallywatt.server.inbox.InboxSettings;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import io.tallywatt.server.inbox.Receiving;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Small files that wait in the inbox: how many a second are read, stored, counted once and put away, from a warm start; beside
 * DuckDB's own {@code read_json} over the same files, which knows nothing of deliveries and leaves the files where they are.
 */
final class InboxBenchmark {
    private static final int WARM = 4_000;
    private static final int ROUNDS = 5;

    private final Path folder;
    private final int files;
    private final int threads;
    private final long seed;
    private final Progress progress;

    InboxBenchmark(Path folder, int files, int threads, long seed, Progress progress) {
        this.folder = folder;
        this.files = files;
        this.threads = threads;
        this.seed = seed;
        this.progress = progress;
    }

    String measure() throws IOException, SQLException, InterruptedException {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Instant from = Instant.now().minus(Duration.ofDays(200));
        Iterator<SimulatedFile> feed = Simulation.of(SimulationSettings.live(
                                20,
                                Resolution.parse("PT5M"),
                                SimulationSettings.startOfInterval(from, Resolution.parse("PT5M")),
                                null,
                                seed)
                        .withShape(Shape.OBJECT)
                        .withoutLate())
                .files()
                .iterator();
        try (DuckDbStore store = DuckDbStore.open(
                        folder.resolve("inbox.duckdb"), new DuckDbSettings(threads, "1GB", false), Clock.systemUTC());
                Inbox watched = Inbox.open(
                        new InboxSettings(inbox.toAbsolutePath(), Duration.ofSeconds(1), SameName.REFUSE),
                        new Receiving(
                                store,
                                store,
                                folder.toAbsolutePath(),
                                ReadingOptions.in(ZoneOffset.UTC),
                                FreeSpace.OF_DISK,
                                Clock.systemUTC()),
                        System.getLogger("io.tallywatt.benchmarks"),
                        () -> {})) {
            long done = 0;
            for (int round = 0; round <= ROUNDS; round++) {
                int n = round == 0 ? WARM : files;
                progress.say(round == 0 ? "inbox: warming up" : "inbox: round " + round + " of " + ROUNDS);
                Path waiting = Files.createDirectories(folder.resolve("waiting-" + round));
                write(feed, waiting, n);
                if (round > 0) {
                    theirs.add(n / readJson(waiting));
                }
                // One rename, so that all of them wait at the same moment.
                Files.move(waiting, inbox.resolve("round-" + round));
                long start = System.nanoTime();
                watched.start();
                done += n;
                while (total(watched) < done) {
                    Thread.sleep(5);
                }
                if (round > 0) {
                    ours.add(n * 1e9 / (System.nanoTime() - start));
                }
            }
        }
        return new Table("inbox", "files", "files a second", "least", "most", "read_json", "ratio")
                .row(
                        "  one record a file",
                        Figures.count(files),
                        Figures.count(Math.round(median(ours))),
                        Figures.count(Math.round(Collections.min(ours))),
                        Figures.count(Math.round(Collections.max(ours))),
                        Figures.count(Math.round(median(theirs))),
                        Figures.decimals(median(ours) / median(theirs), 2))
                .toString();
    }

    private static long total(Inbox inbox) {
        var counts = inbox.counts();
        if (counts.refused() > 0) {
            throw new IllegalStateException(counts.refused() + " files were refused");
        }
        return counts.taken() + counts.known();
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    /** As old as files are that waited. */
    private static void write(Iterator<SimulatedFile> feed, Path waiting, int n) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofMinutes(1)));
        for (int i = 0; i < n; i++) {
            SimulatedFile file = feed.next();
            Path path = Files.write(waiting.resolve(file.name()), file.content());
            Files.setLastModifiedTime(path, old);
        }
    }

    /** @return seconds */
    private double readJson(Path waiting) throws SQLException, IOException {
        try (DirectoryStream<Path> any = Files.newDirectoryStream(waiting);
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement s = connection.createStatement()) {
            if (!any.iterator().hasNext()) {
                throw new IllegalStateException("no files");
            }
            s.execute("SET threads = " + threads);
            long start = System.nanoTime();
            s.execute("CREATE TABLE records AS SELECT * FROM read_json('" + waiting
                    + "/*.json', columns = {site_id: 'VARCHAR',"
                    + " timestamp: 'TIMESTAMPTZ', energy_generated_kwh: 'DECIMAL(18,3)',"
                    + " energy_consumed_kwh: 'DECIMAL(18,3)'})");
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
