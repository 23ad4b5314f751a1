package io.tallywatt.core.query;

import io.tallywatt.core.grid.BiddingZone;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What flows across the borders of the grid, now and over time.
 *
 * <p>Two sources know it: {@code border/FR-GB/flow} is what ENTSO-E says of the border as a whole, and its channels
 * ({@code border/FR-GB/flow/IFA}) are what Elexon says of each cable. Which is shown as the latest is settled by these rules:
 *
 * <ol>
 *   <li>A border by its cables is the sum over all cables in service on the date, of one and the same interval: the latest at
 *       which all are known. Where that is more than three intervals older than what is known of any cable, it is the sum
 *       of those that are known of the latest, and says that it is partial.
 *   <li>The source is shown whose interval ends later; where both end together, the cables.
 *   <li>A partial sum is shown only if ENTSO-E has nothing of the two hours before it.
 *   <li>A value is stale once it is older than three intervals of its own, to which ENTSO-E's two hours of publication are
 *       added. Stale values are still shown, with their age.
 * </ol>
 *
 * <p>What is INVALID is not believed here; what has not begun is not the latest. Nothing known is null, never 0.
 */
public final class Flows {
    private static final String PREFIX = Border.KIND + "/";

    /** How fresh ENTSO-E must be beside a partial sum for the sum not to be shown. */
    private static final Duration BESIDE_PARTIAL = Duration.ofHours(2);

    /** So many intervals a cable may be late before the border is shown without it. */
    private static final int LATE_INTERVALS = 3;

    /** How many readings of a series are looked at: more than a late cable may be late. */
    private static final int RECENT = 8;

    /** What is looked at for all series together; of those that are silent for longer, the last days are looked for one by one. */
    private static final Duration LATELY = Duration.ofHours(24);

    /** How far the search for a last value goes back at once, at the most. */
    private static final long MOST_DAYS = 512;

    private final BlockStore blocks;
    private final Following following;
    private final Grid grid;

    public Flows(BlockStore blocks, Following following, Grid grid) {
        this.blocks = blocks;
        this.following = following;
        this.grid = grid;
    }

    /** The borders that may be asked about, whether or not a flow across them is known. */
    public List<Border> borders() {
        return grid.borders();
    }

    /**
     * The first few flows that are asked for, of borders and cables at full resolution, by start and then by series. A whole
     * day of all borders is one question to the store.
     *
     * @param border one of {@link #borders}, null for all of them
     */
    public List<SeriesReading> page(@Nullable Border border, ReadingSearch search, int limit) {
        String prefix = border == null ? PREFIX : PREFIX + border + "/";
        Set<String> borders = keys(border == null ? grid.borders() : List.of(border));
        return Prices.first(
                new ReadingWalk(
                        blocks,
                        following,
                        prefix,
                        b -> isFlow(b.series(), b.unit())
                                && borders.contains(b.series().key()),
                        search),
                limit);
    }

    private static Set<String> keys(List<Border> borders) {
        return borders.stream().map(Border::toString).collect(Collectors.toSet());
    }

    private static boolean isFlow(Series series, String unit) {
        return series.quantity().equals(Border.FLOW) && unit.equals(Units.FLOW);
    }

    /** What is known of each border, in the order of the grid. */
    public List<BorderFlow> latest(Instant now) {
        Map<Series, List<Known>> recent = recent(now);
        return grid.borders().stream().map(b -> latest(b, recent, now)).toList();
    }

    /** A value that can be believed. */
    private record Known(Interval interval, BigDecimal mw, Quality quality) {}

    /** The last readings of each series, the latest first; those of which there is none are absent. */
    private Map<Series, List<Known>> recent(Instant now) {
        // Every date of which a part is within the last 24 hours somewhere.
        LocalDate from = LocalDate.ofInstant(now.minus(LATELY), Moment.WESTERNMOST);
        LocalDate to = LocalDate.ofInstant(now, Moment.EASTERNMOST).plusDays(1);
        Map<Series, List<Known>> recent = recent(PREFIX, from, to, now);
        Set<Series> silent = new HashSet<>();
        for (Border border : grid.borders()) {
            silent.add(border.flow());
            grid.cables(border).forEach(cable -> silent.add(border.flow(cable)));
        }
        silent.removeAll(recent.keySet());
        if (!silent.isEmpty()) {
            List<StoredSeries> stored;
            try (Stream<StoredSeries> all = blocks.series(PREFIX)) {
                stored = all.filter(s -> silent.contains(s.series()) && isFlow(s.series(), s.unit()))
                        .toList();
            }
            stored.forEach(s -> lookBack(s, from, now).ifPresent(known -> recent.put(s.series(), known)));
        }
        return recent;
    }

    /** Where nothing came for days, what was there before. */
    private Optional<List<Known>> lookBack(StoredSeries series, LocalDate before, Instant now) {
        LocalDate end = series.last().isBefore(before) ? series.last().plusDays(1) : before;
        for (long days = 1; end.isAfter(series.first()); days = Math.min(MOST_DAYS, days * 2)) {
            LocalDate from = end.minusDays(days).isBefore(series.first()) ? series.first() : end.minusDays(days);
            @Nullable
            List<Known> known =
                    recent(series.series().toString(), from, end, now).get(series.series());
            if (known != null) {
                return Optional.of(known);
            }
            end = from;
        }
        return Optional.empty();
    }

    private Map<Series, List<Known>> recent(String prefix, LocalDate from, LocalDate to, Instant now) {
        Map<Series, List<StandingBlock>> days = new HashMap<>();
        try (Stream<StandingBlock> all = following.standing(prefix, from, to)) {
            all.filter(b -> isFlow(b.series(), b.unit()))
                    .forEach(b -> days.computeIfAbsent(b.series(), s -> new ArrayList<>())
                            .add(b));
        }
        Map<Series, List<Known>> recent = new HashMap<>();
        days.forEach((series, blocksOf) -> {
            List<Known> known = last(blocksOf.reversed(), now.getEpochSecond());
            if (!known.isEmpty()) {
                recent.put(series, known);
            }
        });
        return recent;
    }

    /** @param days the latest first */
    private static List<Known> last(List<StandingBlock> days, long now) {
        List<Known> last = new ArrayList<>(RECENT);
        for (StandingBlock day : days) {
            DayBlock block = day.block();
            long dayEnd = new DeliveryDay(block.date(), day.zone()).end().getEpochSecond();
            for (int i = block.length() - 1; i >= 0 && last.size() < RECENT; i--) {
                if (Quality.counts(block.qualities()[i]) && block.startOf(i) <= now) {
                    last.add(new Known(
                            new Interval(
                                    Instant.ofEpochSecond(block.startOf(i)),
                                    Instant.ofEpochSecond(block.endOf(i, dayEnd))),
                            Scaled.toDecimal(block.values()[i], block.scale()),
                            Quality.ofCode(block.qualities()[i])));
                }
            }
        }
        return last;
    }

    private BorderFlow latest(Border border, Map<Series, List<Known>> recent, Instant now) {
        ZoneId zone = grid.zoneOf(border);
        LocalDate today = LocalDate.ofInstant(now, zone);
        List<Cable> cables = grid.cables(border);
        @Nullable FlowAt whole = whole(border, zone, recent, now);
        @Nullable FlowAt sum = sum(border, zone, cables, recent, now);
        @Nullable FlowAt shown = shown(whole, sum);
        List<FlowAt> others = Stream.of(sum, whole)
                .flatMap(Stream::ofNullable)
                .filter(f -> !f.equals(shown))
                .toList();
        return new BorderFlow(
                border,
                name(border.from()),
                name(border.to()),
                zone,
                grid.capacityMw(border, today),
                shown,
                others,
                cables.stream()
                        .map(c -> new BorderFlow.OfCable(
                                c, c.capacityMw(today), one(c, zone, recent.get(border.flow(c)), now)))
                        .toList());
    }

    private String name(String code) {
        return grid.zone(code).map(BiddingZone::name).orElse(code);
    }

    private static @Nullable FlowAt shown(@Nullable FlowAt whole, @Nullable FlowAt sum) {
        if (whole == null || sum == null) {
            return whole == null ? sum : whole;
        }
        Instant wholeEnd = whole.interval().end();
        Instant sumEnd = sum.interval().end();
        return sum.partial()
                ? wholeEnd.isBefore(sumEnd.minus(BESIDE_PARTIAL)) ? sum : whole
                : wholeEnd.isAfter(sumEnd) ? whole : sum;
    }

    /** What ENTSO-E says. */
    private @Nullable FlowAt whole(Border border, ZoneId zone, Map<Series, List<Known>> recent, Instant now) {
        @Nullable List<Known> known = recent.get(border.flow());
        return known == null
                ? null
                : at(
                        FlowSource.ENTSOE,
                        known.getFirst(),
                        grid.capacityMw(border, date(known.getFirst().interval(), zone)),
                        0,
                        0,
                        now);
    }

    /** What Elexon says of one cable. */
    private static @Nullable FlowAt one(Cable cable, ZoneId zone, @Nullable List<Known> known, Instant now) {
        return known == null
                ? null
                : at(
                        FlowSource.ELEXON,
                        known.getFirst(),
                        cable.capacityMw(date(known.getFirst().interval(), zone)),
                        0,
                        0,
                        now);
    }

    /** What Elexon says of all cables together. */
    private @Nullable FlowAt sum(
            Border border, ZoneId zone, List<Cable> cables, Map<Series, List<Known>> recent, Instant now) {
        Map<Interval, List<Known>> together = new HashMap<>();
        for (Cable cable : cables) {
            for (Known known : recent.getOrDefault(border.flow(cable), List.of())) {
                if (cable.capacityMw(date(known.interval(), zone)).isPresent()) {
                    together.computeIfAbsent(known.interval(), i -> new ArrayList<>())
                            .add(known);
                }
            }
        }
        Optional<Interval> newest = together.keySet().stream().max(BY_END);
        if (newest.isEmpty()) {
            return null;
        }
        Instant latest = newest.get().end();
        Instant late = latest.minus(newest.get().duration().multipliedBy(LATE_INTERVALS));
        Interval chosen = together.keySet().stream()
                .filter(i -> !i.end().isBefore(late)
                        && together.getOrDefault(i, List.of()).size() == inService(cables, date(i, zone)))
                .max(BY_END)
                .orElse(newest.get());
        List<Known> parts = together.getOrDefault(chosen, List.of());
        BigDecimal mw = parts.stream().map(Known::mw).reduce(BigDecimal.ZERO, BigDecimal::add);
        Quality worst =
                parts.stream().map(Known::quality).max(Quality::compareTo).orElseThrow();
        LocalDate date = date(chosen, zone);
        return at(
                FlowSource.ELEXON,
                new Known(chosen, mw, worst),
                grid.capacityMw(border, date),
                parts.size(),
                inService(cables, date),
                now);
    }

    /** Of two that end together, the shorter is the later. */
    private static final Comparator<Interval> BY_END =
            Comparator.comparing(Interval::end).thenComparing(Interval::start);

    private static int inService(List<Cable> cables, LocalDate date) {
        return (int) cables.stream().filter(c -> c.capacityMw(date).isPresent()).count();
    }

    private static LocalDate date(Interval interval, ZoneId zone) {
        return LocalDate.ofInstant(interval.start(), zone);
    }

    private static FlowAt at(
            FlowSource source, Known known, OptionalInt capacity, int cablesKnown, int cables, Instant now) {
        Duration since = Duration.between(known.interval().end(), now);
        Duration age = since.isNegative() ? Duration.ZERO : since;
        return new FlowAt(
                source,
                known.interval(),
                known.mw(),
                known.quality(),
                age,
                source.isStale(age, known.interval().duration()),
                capacity,
                cablesKnown,
                cables);
    }
}
