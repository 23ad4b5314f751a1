package io.tallywatt.core.store;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where blocks are kept, once, with everything they were before.
 *
 * <p>Every change is one transaction with one revision and one {@code knownAt}; {@code asOf} null means now. Whoever takes
 * a stream closes it.
 */
public interface BlockStore {
    /**
     * Takes a document whole, or, where it throws, not at all. The same bytes read with other settings replace what that
     * delivery gave; read with the same, they change nothing.
     */
    Taken take(Intake intake);

    /**
     * Takes several documents, each as {@link #take} would, but in as few transactions as the store can: many small documents
     * cost much less than one after the other. In which order is the store's affair: who cares gives each another time of
     * receipt. One that cannot be read fails alone. Where the store itself fails, it throws;
     * what was taken until then stays, so that handing in all of them again comes to the same.
     *
     * @return what came of each, in their order
     */
    default List<Attempt> takeAll(List<? extends Intake> intakes) {
        List<Attempt> attempts = new ArrayList<>();
        for (Intake intake : intakes) {
            try {
                attempts.add(new Attempt.Done(take(intake)));
            } catch (UnreadableDocument e) {
                attempts.add(new Attempt.Failed(e));
            }
        }
        return attempts;
    }

    /** Undoes a delivery: its layers end, and what they covered comes to light again. */
    Delivery withdraw(long delivery);

    /** One series' blocks of the dates {@code [from, to)}, in order. */
    Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf);

    /** All blocks of a date that are part of its total, by series. */
    Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf);

    /** The journal summed per date and zone over {@code [from, to)}: dates without entries are absent. */
    List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf);

    /**
     * What made a date's totals, change by change, by when it became known: with each entry and those before it,
     * {@link #totals} of that instant.
     */
    List<JournalEntry> changes(LocalDate date);

    /**
     * What some meters come to over {@code [from, to)}: one entry for each date on which one of them has a block or is silent, made of
     * their blocks. Its zone is {@code mixed} where they differ, {@code -} where none has a reading that counts; {@code knownAt} is
     * that of its latest block, null where there is none.
     *
     * @param meters {@code meter/KEY/consumption} of each, for all registers of that meter; distinct
     */
    default List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        MeterTotals totals = new MeterTotals(from, to);
        for (Series meter : meters) {
            Set<Integer> seen = new HashSet<>();
            for (Series register : registers(meter)) {
                try (Stream<StoredBlock> blocks = blocks(register, totals.seenFrom(), to, asOf)) {
                    blocks.forEach(stored -> {
                        totals.add(stored);
                        if (stored.block().counted() > 0) {
                            seen.add(stored.block().day());
                        }
                    });
                }
            }
            totals.seen(seen);
        }
        return totals.entries();
    }

    /** The series of a meter that are part of totals: one for each of its registers. */
    default List<Series> registers(Series meter) {
        try (Stream<StoredSeries> all = series(meter.toString())) {
            return all.map(StoredSeries::series)
                    .filter(series -> series.countsInTotals() && series.key().equals(meter.key()))
                    .toList();
        }
    }

    Optional<StoredSeries> find(Series series);

    /** Series by name. */
    Stream<StoredSeries> series(SeriesSearch search);

    /** All series whose name starts with the text, by name. */
    default Stream<StoredSeries> series(String prefix) {
        return series(SeriesSearch.startingWith(prefix));
    }
}
