package io.tallywatt.core.register;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a home's energy cost: each piece of energy by the price of its time ({@code home/K/price}, per MWh). A piece of which
 * the price changes is split by time, as ESTIMATED; of a piece without a price nothing is known. Rounded once, to 10^-9 of the
 * currency, half-even, so that the costs of quarters, days and months sum exactly.
 */
final class HomeCost {
    private static final long KWH_PER_MWH = 1000;

    private final BlockStore store;
    private final HomeEnergy energy;

    HomeCost(BlockStore store, HomeEnergy energy) {
        this.store = store;
        this.energy = energy;
    }

    Optional<StoredSeries> find(Series series) {
        Optional<StoredSeries> energyKnown = energy.find(Registers.of(series.key(), Registers.CONSUMPTION));
        Optional<StoredSeries> price = store.find(Registers.of(series.key(), Registers.PRICE));
        @Nullable String currency = price.map(p -> Registers.currency(p.unit())).orElse(null);
        if (energyKnown.isEmpty() || price.isEmpty() || currency == null) {
            return store.find(series);
        }
        StoredSeries used = energyKnown.get();
        StoredSeries paid = price.get();
        LocalDate first = used.first().isAfter(paid.first()) ? used.first() : paid.first();
        LocalDate last = used.last().isBefore(paid.last()) ? used.last() : paid.last();
        return first.isAfter(last)
                ? Optional.empty()
                : Optional.of(
                        new StoredSeries(series, currency, used.commodity(), "irregular", used.zone(), first, last));
    }

    Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        Optional<StoredSeries> known = find(series);
        if (known.isEmpty()) {
            return Stream.empty();
        }
        LocalDate first = from.isAfter(known.get().first()) ? from : known.get().first();
        LocalDate after = known.get().last().plusDays(1);
        LocalDate end = to.isBefore(after) ? to : after;
        return energy.blocks(Registers.of(series.key(), Registers.CONSUMPTION), first, end, asOf)
                .flatMap(used -> block(series, used, asOf).stream());
    }

    private Optional<StoredBlock> block(Series series, StoredBlock used, @Nullable Instant asOf) {
        LocalDate date = used.block().date();
        Optional<StoredBlock> price = price(Registers.of(series.key(), Registers.PRICE), date, asOf);
        return price.flatMap(paid -> block(series, used, paid));
    }

    private Optional<StoredBlock> price(Series series, LocalDate date, @Nullable Instant asOf) {
        try (Stream<StoredBlock> blocks = store.blocks(series, date, date.plusDays(1), asOf)) {
            return blocks.findFirst();
        }
    }

    private static Optional<StoredBlock> block(Series series, StoredBlock used, StoredBlock paid) {
        DayBlock energyBlock = used.block();
        DayBlock price = paid.block();
        long dayEnd = energyBlock.date().plusDays(1).atStartOfDay(used.zone()).toEpochSecond();
        List<Piece> costs = new ArrayList<>();
        for (int i = 0; i < energyBlock.length(); i++) {
            if (Quality.counts(energyBlock.qualities()[i])) {
                Piece piece = Piece.of(
                        energyBlock.startOf(i),
                        energyBlock.endOf(i, dayEnd),
                        Scaled.rescale(energyBlock.values()[i], energyBlock.scale(), Scaled.MAX_SCALE),
                        Quality.ofCode(energyBlock.qualities()[i]));
                costs(piece, price, dayEnd, costs);
            }
        }
        if (costs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StoredBlock(
                series,
                used.zone(),
                DayBlock.irregular(
                        energyBlock.day(),
                        energyBlock.start(),
                        Scaled.MAX_SCALE,
                        costs.stream().mapToLong(Piece::nano).toArray(),
                        qualities(costs),
                        costs.stream().mapToLong(Piece::start).toArray(),
                        costs.stream().mapToLong(Piece::end).toArray()),
                used.knownAt().isAfter(paid.knownAt()) ? used.knownAt() : paid.knownAt(),
                HomeEnergy.merged(List.of(used, paid))));
    }

    private static byte[] qualities(List<Piece> pieces) {
        byte[] codes = new byte[pieces.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = pieces.get(i).quality().code();
        }
        return codes;
    }

    /** The parts of a piece, each by its price; the pieces hold money then. */
    private static void costs(Piece piece, DayBlock price, long dayEnd, List<Piece> costs) {
        for (int i = 0; i < price.length(); i++) {
            long start = Math.max(price.startOf(i), piece.start());
            long end = Math.min(price.endOf(i, dayEnd), piece.end());
            if (start < end && Quality.counts(price.qualities()[i])) {
                boolean whole = start == piece.start() && end == piece.end();
                Quality quality = whole || piece.quality() != Quality.ACTUAL ? piece.quality() : Quality.ESTIMATED;
                costs.add(Piece.of(
                        start,
                        end,
                        cost(piece.between(start, end), Scaled.toDecimal(price.values()[i], price.scale())),
                        quality));
            }
        }
    }

    private static long cost(long nanoKwh, BigDecimal pricePerMwh) {
        return pricePerMwh
                .multiply(BigDecimal.valueOf(nanoKwh))
                .divide(BigDecimal.valueOf(KWH_PER_MWH), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
