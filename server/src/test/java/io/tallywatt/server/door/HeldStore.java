package io.tallywatt.server.door;

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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real store, which stops in the middle of taking a document until it is let go on, or the command is called away. */
final class HeldStore implements BlockStore {
    private final BlockStore real;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    HeldStore(BlockStore real) {
        this.real = real;
    }

    void waitUntilItTakes() throws InterruptedException {
        reached.await();
    }

    void letGo() {
        letGo.countDown();
    }

    private void hold(Intake intake) {
        reached.countDown();
        try {
            while (letGo.getCount() > 0) {
                Thread.sleep(5);
                intake.rejects();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Taken take(Intake intake) {
        return real.take(new Intake() {
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
            public boolean again() {
                return intake.again();
            }

            @Override
            public Pass pass(SeriesIds ids) {
                Pass pass = intake.pass(ids);
                return new Pass() {
                    @Override
                    public BlockCursor cursor() {
                        BlockCursor cursor = pass.cursor();
                        return batch -> {
                            boolean some = cursor.next(batch);
                            hold(intake);
                            return some;
                        };
                    }

                    @Override
                    public Contents contents() {
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
                };
            }

            @Override
            public Iterator<Reject> rejects() {
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
        });
    }

    @Override
    public Delivery withdraw(long delivery) {
        return real.withdraw(delivery);
    }

    @Override
    public Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return real.blocks(series, from, to, asOf);
    }

    @Override
    public Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        return real.blocksOn(date, asOf);
    }

    @Override
    public List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return real.totals(from, to, asOf);
    }

    @Override
    public List<JournalEntry> changes(LocalDate date) {
        return real.changes(date);
    }

    @Override
    public Optional<StoredSeries> find(Series series) {
        return real.find(series);
    }

    @Override
    public Stream<StoredSeries> series(SeriesSearch search) {
        return real.series(search);
    }
}
