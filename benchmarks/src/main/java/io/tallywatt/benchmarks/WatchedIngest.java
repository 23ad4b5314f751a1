package io.tallywatt.benchmarks;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.Taken;
import io.tallywatt.server.cli.CommandLineApp;
import io.tallywatt.server.cli.Stores;
import io.tallywatt.server.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program's own command line with an ear at its ports: says when each step began. The program itself holds no hooks for
 * this; all that is listened to are calls that pass between its modules anyway.
 */
final class WatchedIngest {
    /** Begins a line of the output: name, nanoTime, processor milliseconds so far. */
    static final String MARK = "mark ";

    private static final StringBuilder MARKS = new StringBuilder();
    /** Spent by all threads in getting blocks: reading, digesting, parsing. */
    private static final AtomicLong CURSOR_NANOS = new AtomicLong();

    private WatchedIngest() {}

    /** @param args of tallywatt */
    public static void main(String[] args) {
        mark("main");
        PrintStream report = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Clock clock = Clock.systemUTC();
        Surroundings surroundings = Surroundings.of(
                        InputStream.nullInputStream(), report, System.err, System.getenv(), clock)
                .withStores((folder, settings, readOnly, given) -> {
                    mark("opening");
                    Stores.Open open = Stores.DUCKDB.open(folder, settings, readOnly, new WatchedClock(given));
                    mark("opened");
                    return new Stores.Open(
                            new Store(open.blocks()),
                            open.ledger(),
                            open.following(),
                            open.findings(),
                            open.alerts(),
                            open.groups(),
                            () -> {
                                mark("closing");
                                open.close();
                                mark("closed");
                            });
                });
        int exitCode = CommandLineApp.run(args, surroundings);
        System.out.print(MARKS);
        System.out.println(MARK + "cursors " + CURSOR_NANOS.get() + " 0");
        System.out.flush();
        System.exit(exitCode);
    }

    private static void mark(String name) {
        long cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(0L);
        MARKS.append(MARK)
                .append(name)
                .append(' ')
                .append(System.nanoTime())
                .append(' ')
                .append(cpu)
                .append('\n');
    }

    /** The store asks for the time once per revision: when all but the ledger's entry and the commit is done. */
    private static final class WatchedClock extends Clock {
        private final Clock clock;

        WatchedClock(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            mark("revision");
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new WatchedClock(clock.withZone(zone));
        }
    }

    private record Store(BlockStore store) implements BlockStore {
        @Override
        public Taken take(Intake intake) {
            mark("take");
            Taken taken = store.take(new Watched(intake));
            mark("taken");
            return taken;
        }

        @Override
        public Delivery withdraw(long delivery) {
            return store.withdraw(delivery);
        }

        @Override
        public Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
            return store.blocks(series, from, to, asOf);
        }

        @Override
        public Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
            return store.blocksOn(date, asOf);
        }

        @Override
        public List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
            return store.totals(from, to, asOf);
        }

        @Override
        public List<JournalEntry> changes(LocalDate date) {
            return store.changes(date);
        }

        @Override
        public Optional<StoredSeries> find(Series series) {
            return store.find(series);
        }

        @Override
        public Stream<StoredSeries> series(SeriesSearch search) {
            return store.series(search);
        }
    }

    private record Watched(Intake intake) implements Intake {
        @Override
        public String name() {
            return intake.name();
        }

        @Override
        public Instant receivedAt() {
            return intake.receivedAt();
        }

        @Override
        public ZoneId zone() {
            return intake.zone();
        }

        @Override
        public String unit() {
            return intake.unit();
        }

        @Override
        public Pass pass(SeriesIds ids) {
            mark("pass");
            return new WatchedPass(intake.pass(ids));
        }

        @Override
        public Iterator<Reject> rejects() {
            mark("journalled");
            return intake.rejects();
        }

        @Override
        public long rejected() {
            return intake.rejected();
        }

        @Override
        public List<Notice> notices() {
            return intake.notices();
        }
    }

    private record WatchedPass(Intake.Pass pass) implements Intake.Pass {
        @Override
        public BlockCursor cursor() {
            BlockCursor cursor = pass.cursor();
            return batch -> {
                long start = System.nanoTime();
                boolean any = cursor.next(batch);
                CURSOR_NANOS.addAndGet(System.nanoTime() - start);
                return any;
            };
        }

        @Override
        public Intake.Contents contents() {
            mark("inserted");
            return pass.contents();
        }

        @Override
        public void reject(Reject reject) {
            pass.reject(reject);
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            pass.notice(code, line, message);
        }

        @Override
        public void close() {
            pass.close();
        }
    }
}
