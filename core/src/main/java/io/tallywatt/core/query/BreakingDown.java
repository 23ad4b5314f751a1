package io.tallywatt.core.query;

import io.tallywatt.core.query.Breakdown.OfDelivery;
import io.tallywatt.core.query.Breakdown.OfQuality;
import io.tallywatt.core.query.Breakdown.Profile;
import io.tallywatt.core.query.Breakdown.Step;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Breakdown} says, block by block; memory does not grow with the number of meters. */
final class BreakingDown {
    private static final int[] PERCENTS = {10, 25, 75, 90};
    private static final int MEAN_DIGITS = 9;

    private final LocalDate date;
    private final long[] intervals = new long[Quality.values().length];
    private final Sum[] energy = new Sum[Quality.values().length];
    private final Map<Long, Given> deliveries = new HashMap<>();
    private final Map<Grid, Shape> shapes = new HashMap<>();
    private long withoutSteps;

    BreakingDown(LocalDate date) {
        this.date = date;
        for (int i = 0; i < energy.length; i++) {
            energy[i] = new Sum();
        }
    }

    /** A sum that is a long as long as it fits. */
    private static final class Sum {
        private final long[] units = new long[Scaled.MAX_SCALE + 1];
        private BigDecimal carried = BigDecimal.ZERO;

        void add(long value, int scale) {
            long sum = units[scale] + value;
            if (((units[scale] ^ sum) & (value ^ sum)) < 0) {
                carried = carried.add(Scaled.toDecimal(units[scale], scale));
                sum = value;
            }
            units[scale] = sum;
        }

        BigDecimal total() {
            BigDecimal total = carried;
            for (int scale = 0; scale < units.length; scale++) {
                total = total.add(Scaled.toDecimal(units[scale], scale));
            }
            return total;
        }
    }

    private static final class Given {
        private final String name;
        private final Sum energy = new Sum();
        private long blocks;
        private long readings;

        Given(String name) {
            this.name = name;
        }
    }

    /** How the days of meters are divided. */
    private record Grid(ZoneId zone, int seconds) {}

    /** What meters of one grid use, step by step. */
    private static final class Shape {
        private final Sum[] sums;
        private final Census[] values;
        private long meters;

        Shape(int steps) {
            sums = new Sum[steps];
            values = new Census[steps];
            for (int i = 0; i < steps; i++) {
                sums[i] = new Sum();
                values[i] = new Census();
            }
        }
    }

    void add(StoredBlock stored) {
        DayBlock block = stored.block();
        byte[] qualities = block.qualities();
        long[] values = block.values();
        for (int i = 0; i < block.length(); i++) {
            intervals[qualities[i]]++;
            if (qualities[i] != Quality.MISSING.code()) {
                energy[qualities[i]].add(values[i], block.scale());
            }
        }
        sources(stored);
        shape(stored);
    }

    private void sources(StoredBlock stored) {
        boolean decisive = true;
        for (StoredBlock.Source source : stored.sources()) {
            Given given = deliveries.computeIfAbsent(source.delivery(), d -> new Given(source.name()));
            given.readings += source.readings();
            if (decisive) {
                given.blocks++;
                given.energy.add(stored.block().totalUnits(), stored.block().scale());
                decisive = false;
            }
        }
    }

    private void shape(StoredBlock stored) {
        DayBlock block = stored.block();
        @Nullable Resolution resolution = block.resolution();
        if (resolution == null || resolution.isDay()) {
            withoutSteps++;
            return;
        }
        Shape shape =
                shapes.computeIfAbsent(new Grid(stored.zone(), resolution.seconds()), grid -> new Shape(steps(grid)));
        shape.meters++;
        for (int i = 0; i < block.length() && i < shape.sums.length; i++) {
            if (Quality.ofCode(block.qualities()[i]).counts()) {
                shape.sums[i].add(block.values()[i], block.scale());
                shape.values[i].add(nano(block.values()[i], block.scale()));
            }
        }
    }

    private int steps(Grid grid) {
        return new DeliveryDay(date, grid.zone()).intervals(new Resolution(grid.seconds()));
    }

    /** What does not fit is out of all proportion, and stays so. */
    private static long nano(long units, int scale) {
        return Scaled.fits(units, scale, Scaled.MAX_SCALE)
                ? Scaled.rescale(units, scale, Scaled.MAX_SCALE)
                : units < 0 ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2;
    }

    Breakdown result(Total total, List<Total> history) {
        List<OfQuality> qualities = new ArrayList<>();
        for (Quality quality : Quality.values()) {
            long count = intervals[quality.code()];
            if (count > 0) {
                qualities.add(new OfQuality(quality, count, quality.counts() ? energy[quality.code()].total() : null));
            }
        }
        List<OfDelivery> given = deliveries.entrySet().stream()
                .map(e -> new OfDelivery(
                        e.getKey(),
                        e.getValue().name,
                        e.getValue().blocks,
                        e.getValue().readings,
                        e.getValue().energy.total()))
                .sorted(Comparator.comparingLong(OfDelivery::blocks)
                        .thenComparingLong(OfDelivery::readings)
                        .reversed()
                        .thenComparingLong(OfDelivery::delivery))
                .toList();
        return new Breakdown(
                total,
                List.copyOf(qualities),
                given.subList(0, Math.min(given.size(), Breakdown.MOST_DELIVERIES)),
                given.size(),
                profile(),
                history);
    }

    private Profile profile() {
        long all =
                withoutSteps + shapes.values().stream().mapToLong(s -> s.meters).sum();
        Map.@Nullable Entry<Grid, Shape> most = shapes.entrySet().stream()
                .max(Comparator.comparingLong((Map.Entry<Grid, Shape> e) -> e.getValue().meters)
                        .thenComparingInt(e -> e.getKey().seconds()))
                .orElse(null);
        if (most == null) {
            return new Profile(0, "-", 0, all, List.of());
        }
        Grid grid = most.getKey();
        Shape shape = most.getValue();
        Instant at = new DeliveryDay(date, grid.zone()).start();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < shape.sums.length; i++) {
            Instant end = at.plusSeconds(grid.seconds());
            steps.add(step(new Interval(at, end), shape.sums[i], shape.values[i]));
            at = end;
        }
        return new Profile(grid.seconds(), grid.zone().getId(), shape.meters, all - shape.meters, List.copyOf(steps));
    }

    private static Step step(Interval interval, Sum sum, Census values) {
        long meters = values.total();
        if (meters == 0) {
            return new Step(interval, 0, null, null, null, null, null);
        }
        BigDecimal[] q = values.quantiles(PERCENTS);
        return new Step(
                interval,
                meters,
                sum.total().divide(BigDecimal.valueOf(meters), MEAN_DIGITS, RoundingMode.HALF_EVEN),
                q[0],
                q[1],
                q[2],
                q[3]);
    }
}
