package io.tallywatt.core.register;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DayCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The energy of a home, day by day, worked out from its registers and its history. A day needs the reads before and after it:
 * an outage may have swallowed it whole. So each stretch of days is read with the two days before it that have reads, however
 * far back they are, and the one after it. The same reads give the same pieces then, whatever is asked for.
 */
final class HomeEnergy {
    /** So many days are worked out at once; more would fill the memory. */
    private static final int AT_ONCE = 31;

    /** Days with reads that are looked at before the first: one to begin with, one for how its registers stood. */
    private static final int BEFORE = 2;

    private static final int FIRST_LOOK = 8;

    private final BlockStore store;
    private final long jitter;

    HomeEnergy(BlockStore store, BigDecimal jitterKwh) {
        this.store = store;
        this.jitter = jitterKwh
                .movePointRight(Scaled.MAX_SCALE)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** What is known of a home's energy: its registers, and what is stored of it as energy. */
    private record Known(Series series, @Nullable StoredSeries stored, List<StoredSeries> registers) {
        LocalDate first() {
            return all().map(StoredSeries::first).min(Comparator.naturalOrder()).orElseThrow();
        }

        LocalDate last() {
            return all().map(StoredSeries::last).max(Comparator.naturalOrder()).orElseThrow();
        }

        LocalDate firstRead() {
            return registers.stream()
                    .map(StoredSeries::first)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        LocalDate lastRead() {
            return registers.stream()
                    .map(StoredSeries::last)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        private Stream<StoredSeries> all() {
            return Stream.concat(Stream.ofNullable(stored), registers.stream());
        }
    }

    private Known known(Series series) {
        List<StoredSeries> registers = Stream.of(Registers.DAY, Registers.REGISTER)
                .flatMap(channel -> store.find(Registers.channel(series, channel)).stream())
                // Energy of a channel that somebody called so is none.
                .filter(register -> register.unit().equals(Registers.UNIT))
                .toList();
        return new Known(series, store.find(series).orElse(null), registers);
    }

    Optional<StoredSeries> find(Series series) {
        Known known = known(series);
        if (known.registers().isEmpty()) {
            return Optional.ofNullable(known.stored());
        }
        StoredSeries register = known.registers().getFirst();
        return Optional.of(new StoredSeries(
                series, Units.ENERGY, register.commodity(), "irregular", register.zone(), known.first(), known.last()));
    }

    Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        Known known = known(series);
        if (known.registers().isEmpty()) {
            return store.blocks(series, from, to, asOf);
        }
        DayCalendar calendar = new DayCalendar(known.registers().getFirst().zone());
        LocalDate first = later(from, known.first());
        LocalDate end = earlier(to, known.last().plusDays(1));
        return Stream.iterate(first, day -> day.isBefore(end), day -> day.plusDays(AT_ONCE))
                .flatMap(day -> worked(known, day, earlier(day.plusDays(AT_ONCE), end), asOf, calendar));
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    /** What is read of some days. */
    private static final class Days {
        final TreeMap<LocalDate, List<StoredBlock>> reads = new TreeMap<>();
        final TreeMap<LocalDate, StoredBlock> history = new TreeMap<>();
    }

    private Stream<StoredBlock> worked(
            Known known, LocalDate from, LocalDate to, @Nullable Instant asOf, DayCalendar calendar) {
        Days days = new Days();
        read(known, from, to, asOf, days);
        before(known, from, asOf, days);
        after(known, to, asOf, days);
        StoredSeries stored = known.stored();
        if (stored != null) {
            LocalDate first = days.reads.isEmpty() ? from : earlier(from, days.reads.firstKey());
            LocalDate last =
                    days.reads.isEmpty() ? to : later(to, days.reads.lastKey().plusDays(1));
            try (Stream<StoredBlock> blocks = store.blocks(known.series(), first, last, asOf)) {
                blocks.forEach(b -> days.history.put(b.block().date(), b));
            }
        }
        List<Piece> pieces = History.over(RegisterChain.pieces(reads(days), calendar, jitter), history(days, calendar));
        Map<Integer, List<Piece>> byDay = byDay(pieces, calendar, from.toEpochDay(), to.toEpochDay());
        return byDay.entrySet().stream().map(e -> block(known, e.getKey(), e.getValue(), days, calendar));
    }

    private void read(Known known, LocalDate from, LocalDate to, @Nullable Instant asOf, Days days) {
        if (!from.isBefore(to)) {
            return;
        }
        for (StoredSeries register : known.registers()) {
            try (Stream<StoredBlock> blocks = store.blocks(register.series(), from, to, asOf)) {
                blocks.filter(b -> b.block().count(Quality.MISSING) < b.block().length())
                        .forEach(b -> days.reads
                                .computeIfAbsent(b.block().date(), d -> new ArrayList<>())
                                .add(b));
            }
        }
    }

    private void before(Known known, LocalDate from, @Nullable Instant asOf, Days days) {
        Days earlier = new Days();
        LocalDate end = from;
        long look = FIRST_LOOK;
        while (earlier.reads.size() < BEFORE && end.isAfter(known.firstRead())) {
            LocalDate start = later(end.minusDays(look), known.firstRead());
            read(known, start, end, asOf, earlier);
            end = start;
            look *= 2;
        }
        earlier.reads.descendingMap().entrySet().stream()
                .limit(BEFORE)
                .forEach(e -> days.reads.put(e.getKey(), e.getValue()));
    }

    private void after(Known known, LocalDate to, @Nullable Instant asOf, Days days) {
        Days later = new Days();
        LocalDate start = to;
        long look = 1;
        LocalDate end = known.lastRead().plusDays(1);
        while (later.reads.isEmpty() && start.isBefore(end)) {
            LocalDate until = earlier(start.plusDays(look), end);
            read(known, start, until, asOf, later);
            start = until;
            look *= 2;
        }
        if (!later.reads.isEmpty()) {
            days.reads.put(later.reads.firstKey(), later.reads.firstEntry().getValue());
        }
    }

    private static List<Read> reads(Days days) {
        TreeMap<Long, Read> reads = new TreeMap<>();
        for (List<StoredBlock> blocks : days.reads.values()) {
            for (StoredBlock stored : blocks) {
                boolean day = Registers.DAY.equals(stored.series().channel());
                DayBlock block = stored.block();
                for (int i = 0; i < block.length(); i++) {
                    if (Quality.counts(block.qualities()[i])) {
                        long at = block.startOf(i);
                        long nano = Scaled.rescale(block.values()[i], block.scale(), Scaled.MAX_SCALE);
                        Read other = reads.get(at);
                        reads.put(
                                at,
                                new Read(
                                        at,
                                        day ? nano : other == null ? Read.NONE : other.day(),
                                        day ? other == null ? Read.NONE : other.register() : nano));
                    }
                }
            }
        }
        return List.copyOf(reads.values());
    }

    private static List<Piece> history(Days days, DayCalendar calendar) {
        List<Piece> pieces = new ArrayList<>();
        for (StoredBlock stored : days.history.values()) {
            DayBlock block = stored.block();
            for (int i = 0; i < block.length(); i++) {
                if (Quality.counts(block.qualities()[i])) {
                    pieces.add(Piece.of(
                            block.startOf(i),
                            block.endOf(i, calendar.start(block.day() + 1)),
                            Scaled.rescale(block.values()[i], block.scale(), Scaled.MAX_SCALE),
                            Quality.ofCode(block.qualities()[i])));
                }
            }
        }
        return pieces;
    }

    /** What crosses midnight is split by time, as ESTIMATED. */
    private static Map<Integer, List<Piece>> byDay(List<Piece> pieces, DayCalendar calendar, long from, long to) {
        Map<Integer, List<Piece>> byDay = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            int first = RegisterChain.holding(calendar, piece.start());
            int last = RegisterChain.holding(calendar, piece.end() - 1);
            for (int day = first; day <= last; day++) {
                if (day >= from && day < to && calendar.seconds(day) > 0) {
                    byDay.computeIfAbsent(day, d -> new ArrayList<>())
                            .add(first == last ? piece : part(piece, calendar.start(day), calendar.start(day + 1)));
                }
            }
        }
        return byDay;
    }

    private static Piece part(Piece piece, long from, long to) {
        long start = Math.max(piece.start(), from);
        long end = Math.min(piece.end(), to);
        Quality quality = piece.quality() == Quality.ACTUAL ? Quality.ESTIMATED : piece.quality();
        return Piece.of(start, end, piece.between(start, end), quality);
    }

    private static StoredBlock block(Known known, int day, List<Piece> pieces, Days days, DayCalendar calendar) {
        LocalDate date = LocalDate.ofEpochDay(day);
        int n = pieces.size();
        long[] starts = new long[n];
        long[] ends = new long[n];
        long[] values = new long[n];
        byte[] qualities = new byte[n];
        for (int i = 0; i < n; i++) {
            Piece piece = pieces.get(i);
            starts[i] = piece.start();
            ends[i] = piece.end();
            values[i] = piece.nano();
            qualities[i] = piece.quality().code();
        }
        List<StoredBlock> from = sources(date, days);
        return new StoredBlock(
                known.series(),
                calendar.zone(),
                DayBlock.irregular(day, calendar.start(day), Scaled.MAX_SCALE, values, qualities, starts, ends),
                from.stream()
                        .map(StoredBlock::knownAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                merged(from));
    }

    /** The blocks that a day's energy comes from: those of the day, and those of its neighbours where it has none. */
    private static List<StoredBlock> sources(LocalDate date, Days days) {
        List<StoredBlock> blocks = new ArrayList<>();
        List<StoredBlock> own = days.reads.get(date);
        if (own != null) {
            blocks.addAll(own);
        }
        StoredBlock history = days.history.get(date);
        if (history != null) {
            blocks.add(history);
        }
        if (own == null) {
            Stream.of(days.reads.lowerEntry(date), days.reads.higherEntry(date))
                    .filter(Objects::nonNull)
                    .forEach(e -> blocks.addAll(e.getValue()));
        }
        return blocks;
    }

    static List<StoredBlock.Source> merged(Collection<StoredBlock> blocks) {
        Map<Long, StoredBlock.Source> byDelivery = new HashMap<>();
        for (StoredBlock block : blocks) {
            for (StoredBlock.Source source : block.sources()) {
                byDelivery.merge(
                        source.delivery(),
                        source,
                        (a, b) -> new StoredBlock.Source(
                                a.delivery(),
                                a.name(),
                                Math.min(a.line(), b.line()),
                                Math.max(a.readings(), b.readings())));
            }
        }
        return byDelivery.values().stream()
                .sorted(Comparator.comparing((StoredBlock.Source s) -> s.readings() == 0)
                        .thenComparing(Comparator.comparingLong(StoredBlock.Source::delivery)
                                .reversed()))
                .toList();
    }
}
