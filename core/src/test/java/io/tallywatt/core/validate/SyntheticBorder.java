package io.tallywatt.core.validate;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A border as two sources see it: each cable is sold by the hour, ramps for half an hour between, and trembles by some MW.
 * Elexon has it in whole MW every five minutes; ENTSO-E has means of all, less what is lost on the way. Then somebody spoils it.
 */
public final class SyntheticBorder {
    static final int STEP = 300;

    public final Grid grid = Grid.aroundGreatBritain();
    public final Border border;
    public final Instant start;
    public final Map<String, List<Reading>> cables = new LinkedHashMap<>();
    public final List<Reading> platform = new ArrayList<>();
    private final Map<String, int[]> truth = new LinkedHashMap<>();

    /** @param seconds of ENTSO-E's intervals */
    public SyntheticBorder(String border, Instant start, int hours, int seconds, Random random) {
        this.border = Border.parse(border);
        this.start = start;
        int steps = hours * 12;
        for (Cable cable : grid.cables(this.border)) {
            truth.put(cable.name(), flow(steps, capacity(cable.name()), random));
        }
        truth.forEach((name, mw) -> {
            List<Reading> readings = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                readings.add(reading(at(i), STEP, BigDecimal.valueOf(mw[i])));
            }
            cables.put(name, readings);
        });
        int per = seconds / STEP;
        int lossPercent = random.nextInt(4);
        // A hundredth of what it carries, either way.
        int noise = 8 + truth.keySet().stream().mapToInt(name -> capacity(name)).sum() / 100;
        for (int i = 0; i + per <= steps; i += per) {
            long sum = 0;
            for (int[] mw : truth.values()) {
                for (int j = i; j < i + per; j++) {
                    sum += mw[j];
                }
            }
            BigDecimal mean = BigDecimal.valueOf(sum * (100 - lossPercent))
                    .divide(BigDecimal.valueOf(100L * per), 2, RoundingMode.HALF_EVEN)
                    .add(BigDecimal.valueOf(random.nextInt(2 * noise + 1) - noise));
            platform.add(reading(at(i), seconds, mean));
        }
    }

    private int capacity(String cable) {
        return grid.cable(cable)
                .orElseThrow()
                .capacityMw(LocalDate.ofInstant(start, grid.zoneOf(border)))
                .orElseThrow();
    }

    private static int[] flow(int steps, int capacity, Random random) {
        int[] mw = new int[steps];
        int level = random.nextInt(2 * capacity + 1) - capacity;
        int before = level;
        for (int i = 0; i < steps; i++) {
            if (i % 12 == 0) {
                before = level;
                level = switch (random.nextInt(6)) {
                    case 0 -> capacity;
                    case 1 -> -capacity;
                    case 2 -> random.nextInt(2 * capacity + 1) - capacity;
                    default -> level;
                };
            }
            // Half an hour up or down, then as sold.
            int ramped = Math.min(6, i % 12 + 1);
            int tremble = random.nextInt(7) - 3;
            mw[i] = before + (level - before) * ramped / 6 + tremble;
        }
        return mw;
    }

    Instant at(int step) {
        return start.plusSeconds((long) step * STEP);
    }

    public Instant end() {
        return platform.getLast().interval().end();
    }

    private static Reading reading(Instant start, int seconds, BigDecimal mw) {
        return new Reading(new Interval(start, start.plusSeconds(seconds)), mw, Quality.ACTUAL);
    }

    private static boolean within(Reading reading, Instant from, Instant to) {
        return !reading.interval().start().isBefore(from)
                && !reading.interval().end().isAfter(to);
    }

    /** ENTSO-E has it the wrong way round for a time. */
    public void flip(Instant from, Instant to) {
        platform.replaceAll(
                r -> within(r, from, to) ? new Reading(r.interval(), r.value().negate(), r.quality()) : r);
    }

    /** ENTSO-E says for a time what it should have said some of its intervals before, or will have to (negative). */
    public void lag(Instant from, Instant to, int steps) {
        List<Reading> before = List.copyOf(platform);
        for (int i = 0; i < platform.size(); i++) {
            int other = i - steps;
            if (within(before.get(i), from, to) && other >= 0 && other < before.size()) {
                platform.set(
                        i,
                        new Reading(before.get(i).interval(), before.get(other).value(), Quality.ACTUAL));
            }
        }
    }

    /** ENTSO-E has nothing for a time. */
    public void silencePlatform(Instant from, Instant to) {
        platform.removeIf(inside(from, to));
    }

    /** Elexon has nothing of a cable for a time. */
    public void silenceCable(String cable, Instant from, Instant to) {
        cables.get(cable).removeIf(inside(from, to));
    }

    private static Predicate<Reading> inside(Instant from, Instant to) {
        return r -> within(r, from, to);
    }

    /** Elexon has a cable at a share of what it can carry for a time, in the direction in which it flows. */
    public void overload(String cable, Instant from, Instant to, int percent) {
        int capacity = capacity(cable);
        cables.get(cable)
                .replaceAll(r -> within(r, from, to)
                        ? new Reading(
                                r.interval(),
                                BigDecimal.valueOf(
                                        (long) capacity * percent * (r.value().signum() < 0 ? -1 : 1), 2),
                                r.quality())
                        : r);
    }

    /** Compares all of it, a day of nothing before it being seen too. */
    Verdict compare(List<Finding> open, Instant now) {
        Interval seen = new Interval(start.minusSeconds(2 * 86_400), now.plusSeconds(1));
        return new BorderComparison(grid, border)
                .compare(new BorderComparison.Flows(platform, cables), seen, seen, open, now);
    }

    List<Finding> findings() {
        return compare(List.of(), end().plusSeconds(6 * 3600)).found();
    }
}
