package io.tallywatt.core.register;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.Attempt;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.Taken;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that answers for the energy of homes whose registers it holds, and for what that energy cost, as if both were
 * stored: {@code home/K/consumption} is what {@code home/K/consumption/day} and {@code .../register} come to, with what a history
 * says of the hours in which nothing was read. All else goes through.
 */
public final class HomeBlocks implements BlockStore {
    /** Drops of up to so much (kWh) are no restart of a register, unless a setting says otherwise. */
    public static final BigDecimal USUAL_JITTER = new BigDecimal("0.010");

    private static final String HOMES = Registers.KIND + "/";
    /** No name of a home's series comes after this one, and every other that does is not a home's. */
    private static final String AFTER_HOMES = Registers.KIND + (char) ('/' + 1);

    private static final List<String> WORKED_OUT = List.of(Registers.CONSUMPTION, Registers.COST, Registers.GENERATION);

    private final BlockStore store;
    private final HomeEnergy energy;
    private final HomeCost cost;

    /** @param jitterKwh largest drop of a register that is no restart */
    public HomeBlocks(BlockStore store, BigDecimal jitterKwh) {
        this.store = store;
        this.energy = new HomeEnergy(store, jitterKwh);
        this.cost = new HomeCost(store, energy);
    }

    @Override
    public Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        if (Registers.isCost(series)) {
            return cost.blocks(series, from, to, asOf);
        }
        return Registers.isEnergy(series)
                ? energy.blocks(series, from, to, asOf)
                : store.blocks(series, from, to, asOf);
    }

    @Override
    public Optional<StoredSeries> find(Series series) {
        if (Registers.isCost(series)) {
            return cost.find(series);
        }
        return Registers.isEnergy(series) ? energy.find(series) : store.find(series);
    }

    @Override
    public Stream<StoredSeries> series(SeriesSearch search) {
        if (!search.prefix().startsWith(HOMES) && !HOMES.startsWith(search.prefix())) {
            return store.series(search);
        }
        if (search.prefix().startsWith(HOMES)) {
            return homes(search).limit(search.limit());
        }
        // Each is asked for only when the one before has come to its end.
        return Stream.<Supplier<Stream<StoredSeries>>>of(
                        () -> store.series(search)
                                .takeWhile(s -> s.series().toString().compareTo(HOMES) < 0),
                        () -> homes(search),
                        () -> store.series(after(search, AFTER_HOMES)))
                .flatMap(Supplier::get)
                .limit(search.limit());
    }

    private static SeriesSearch after(SeriesSearch search, String name) {
        return new SeriesSearch(
                search.prefix(),
                search.part(),
                search.after().compareTo(name) > 0 ? search.after() : name,
                search.limit());
    }

    /** There are few homes: all their series are looked at. */
    private Stream<StoredSeries> homes(SeriesSearch search) {
        TreeMap<String, Series> all = new TreeMap<>();
        try (Stream<StoredSeries> stored = store.series(HOMES)) {
            stored.map(StoredSeries::series).forEach(series -> {
                all.put(series.toString(), series);
                for (String quantity : WORKED_OUT) {
                    Series other = Registers.of(series.key(), quantity);
                    all.put(other.toString(), other);
                }
            });
        }
        String part = search.part().toLowerCase(Locale.ROOT);
        return all.tailMap(search.after(), false).entrySet().stream()
                .filter(e -> e.getKey().startsWith(search.prefix())
                        && e.getKey().toLowerCase(Locale.ROOT).contains(part))
                .flatMap(e -> find(e.getValue()).stream());
    }

    @Override
    public Taken take(Intake intake) {
        return store.take(intake);
    }

    @Override
    public List<Attempt> takeAll(List<? extends Intake> intakes) {
        return store.takeAll(intakes);
    }

    @Override
    public Delivery withdraw(long delivery) {
        return store.withdraw(delivery);
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
    public List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return store.totals(meters, from, to, asOf);
    }
}
