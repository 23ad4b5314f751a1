package io.tallywatt.server.cli;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.Taken;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real store, whose disk is full after a while. */
final class FailingStore implements BlockStore {
    private final BlockStore real;
    private int left;

    private FailingStore(BlockStore real, int left) {
        this.real = real;
        this.left = left;
    }

    static Stores afterTaking(int documents) {
        return (folder, settings, readOnly, clock) -> {
            Stores.Open open = Stores.DUCKDB.open(folder, settings, readOnly, clock);
            return new Stores.Open(
                    new FailingStore(open.blocks(), documents),
                    open.ledger(),
                    open.following(),
                    open.findings(),
                    open.alerts(),
                    open.groups(),
                    open::close);
        };
    }

    @Override
    public Taken take(Intake intake) {
        if (left-- == 0) {
            throw new StoreException(StoreException.Kind.RESOURCES, "the disk is full");
        }
        return real.take(intake);
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
