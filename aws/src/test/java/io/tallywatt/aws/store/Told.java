package io.tallywatt.aws.store;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a store says, in words that two stores may be compared by; without the time, which each has of its own clock. */
final class Told {
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate END = LocalDate.of(2030, 1, 1);

    private Told() {}

    /** Totals and the blocks of all series. */
    static String readings(BlockStore store, @Nullable Instant asOf) {
        StringJoiner told = new StringJoiner("\n");
        for (JournalEntry entry : store.totals(FIRST, END, asOf)) {
            Tally t = entry.tally();
            if (!t.isZero()) {
                told.add(entry.date() + " " + entry.zone() + " "
                        + t.energyKwh().stripTrailingZeros().toPlainString() + " of " + t.meters() + ", " + t.silent()
                        + " silent; " + t.expected() + " " + t.actual() + " " + t.estimated() + " " + t.substituted()
                        + " " + t.invalid());
            }
        }
        List<StoredSeries> series;
        try (Stream<StoredSeries> all = store.series("")) {
            series = all.toList();
        }
        for (StoredSeries one : series) {
            try (Stream<StoredBlock> blocks = store.blocks(one.series(), FIRST, END, asOf)) {
                blocks.forEach(
                        block -> told.add(one.series() + " " + block.block().date() + " "
                                + Blocks.shown(block.block(), block.zone()) + " " + block.sources()));
            }
        }
        return told.toString();
    }

    /** And the catalogue, the ledger, and what arrived. */
    static <S extends BlockStore & Ledger & Following> String all(S store) {
        StringJoiner told = new StringJoiner("\n");
        told.add(readings(store, null));
        try (Stream<StoredSeries> all = store.series("")) {
            all.forEach(one -> told.add(one.toString()));
        }
        for (Delivery delivery : store.deliveries()) {
            told.add(delivery.id() + " " + delivery.name() + " " + delivery.state() + " " + delivery.counts());
            delivery.notices()
                    .forEach(notice -> told.add(notice.code() + " " + notice.count() + " " + notice.firstLine()));
            try (Stream<Reject> rejects = store.rejects(delivery.id())) {
                rejects.forEach(reject -> told.add(reject.line() + " " + reject.code()));
            }
        }
        try (Stream<ArrivedBlock> arrived = store.arrived("", Instant.EPOCH, Long.MAX_VALUE)) {
            arrived.forEach(one -> told.add(one.series() + " " + one.delivery() + "." + one.line() + " "
                    + Blocks.shown(one.block(), one.zone())));
        }
        return told.toString();
    }
}
