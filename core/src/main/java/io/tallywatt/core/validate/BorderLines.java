package io.tallywatt.core.validate;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Both sources' lines of one border, and how they compare. */
final class BorderLines {
    /** How findings name the sources. */
    static final String PLATFORM = "ENTSO-E";

    static final String CABLES = "Elexon";

    final Grid grid;
    final Border border;
    final FlowLine platform;
    private final Map<String, FlowLine> cables;
    private final ZoneId zone;
    /** Where both are known: an interval of the platform each. */
    final List<Pair> pairs;

    /**
     * @param cables the sum of all of them
     * @param seconds length of the platform's interval
     */
    record Pair(long start, long seconds, BigDecimal platform, BigDecimal cables) {
        long end() {
            return start + seconds;
        }
    }

    BorderLines(Grid grid, Border border, FlowLine platform, Map<String, FlowLine> cables) {
        this.grid = grid;
        this.border = border;
        this.platform = platform;
        this.cables = cables;
        this.zone = grid.zoneOf(border);
        List<Pair> all = new ArrayList<>();
        for (int i = 0; i < platform.size(); i++) {
            @Nullable BigDecimal mean = cables(platform.start(i), platform.end(i));
            if (mean != null) {
                all.add(new Pair(platform.start(i), platform.end(i) - platform.start(i), platform.value(i), mean));
            }
        }
        this.pairs = List.copyOf(all);
    }

    @Nullable
    FlowLine cable(String name) {
        return cables.get(name);
    }

    LocalDate date(long instant) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(instant), zone);
    }

    /**
     * What flows through all cables together, exact; null where one of those in service is not known. A cable that is not in
     * service and yet has values (before its start, in tests) is part of it.
     */
    @Nullable
    BigDecimal cables(long from, long to) {
        Set<String> needed = new HashSet<>();
        for (LocalDate date = date(from); !date.isAfter(date(to - 1)); date = date.plusDays(1)) {
            for (Cable cable : grid.inService(border, date)) {
                needed.add(cable.name());
            }
        }
        cables.forEach((name, line) -> {
            if (line.touches(from, to)) {
                needed.add(name);
            }
        });
        if (needed.isEmpty()) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (String name : needed) {
            @Nullable FlowLine line = cables.get(name);
            @Nullable BigDecimal mean = line == null ? null : line.mean(from, to);
            if (mean == null) {
                return null;
            }
            sum = sum.add(mean);
        }
        return sum;
    }

    /** The greater of what the border can carry at both ends of an interval, in MW; empty where it is not known. */
    OptionalInt capacityMw(long from, long to) {
        return greater(grid.capacityMw(border, date(from)), grid.capacityMw(border, date(to - 1)));
    }

    /** The same of a cable. */
    OptionalInt capacityMw(Cable cable, long from, long to) {
        return greater(cable.capacityMw(date(from)), cable.capacityMw(date(to - 1)));
    }

    private static OptionalInt greater(OptionalInt a, OptionalInt b) {
        return a.isEmpty() || b.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Math.max(a.getAsInt(), b.getAsInt()));
    }

    /** A share of what the border can carry, but never less than a number of MW. */
    BigDecimal share(Pair pair, int percent, int leastMw) {
        int capacity = capacityMw(pair.start(), pair.end()).orElse(0);
        return BigDecimal.valueOf(Math.max(leastMw * 100L, (long) capacity * percent), 2);
    }

    /** {@code IFA 1,980 MW, IFA2 990 MW}: the cables one by one between two instants, as far as they are known. */
    String each(long from, long to) {
        List<String> known = new ArrayList<>();
        for (Cable cable : grid.cables(border)) {
            @Nullable FlowLine line = cables.get(cable.name());
            @Nullable BigDecimal mean = line == null ? null : line.mean(from, to);
            if (mean != null) {
                known.add(cable.name() + " " + mw(mean));
            }
        }
        return String.join(", ", known);
    }

    /** {@code -790 MW}: to a tenth, which is finer than any source is. */
    static String mw(BigDecimal value) {
        return Words.amount(value.setScale(1, RoundingMode.HALF_EVEN), Quantity.FLOW);
    }
}
