package io.tallywatt.core.store;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that knows no short way: what it need not answer itself is worked out from its blocks. */
record ByBlocks(BlockStore store) implements BlockStore {
    @Override
    public Taken take(Intake intake) {
        return store.take(intake);
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
