package io.tallywatt.core.validate;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what two sources say of one border: the platform of all grids (ENTSO-E) of the border as a whole, and Elexon of its
 * cables one by one. Both are positive from the border's first zone to its second. They are compared where all cables that are in
 * service at the date are known over an interval of the platform.
 *
 * <p>Pure: the same flows give the same findings. A finding starts where its stretch starts, so that a stretch that grows
 * replaces its finding, and one that is repaired is resolved.
 */
public final class BorderComparison {
    /** What is found here, and by nobody else. */
    public static final Set<RuleName> RULES =
            Set.of(RuleName.SOURCE_SIGN, RuleName.SOURCE_LAG, RuleName.OVER_CAPACITY, RuleName.SOURCE_GAP);

    /**
     * What is known of a border.
     *
     * @param platform of the whole border, in MW; in any order
     * @param cables by name, in MW
     */
    public record Flows(List<Reading> platform, Map<String, List<Reading>> cables) {}

    /** What must be seen before a stretch so that it is known to start there: shifts, and the value before a gap. */
    private static final Duration CONTEXT = Duration.ofDays(1);

    private final Grid grid;
    private final Border border;

    public BorderComparison(Grid grid, Border border) {
        this.grid = grid;
        this.border = border;
    }

    /**
     * Says what is found in a stretch of time, and what no longer holds.
     *
     * @param flows from at least a day before, so that it is seen where stretches start
     * @param seen of when the flows are given; where it ends before now, it is of the past alone
     * @param judged what is found is told if any of it lies here
     * @param open findings of {@link #RULES} of this border that hold still, those of which any lies there
     * @param now what may not be published by then is not missed
     */
    public Verdict compare(Flows flows, Interval seen, Interval judged, List<Finding> open, Instant now) {
        List<Finding> found = findings(flows, seen, now).stream()
                .filter(f -> f.interval().start().isBefore(judged.end())
                        && f.interval().end().isAfter(judged.start()))
                .toList();
        return settled(found, seen.start(), open);
    }

    private List<Finding> findings(Flows flows, Interval seen, Instant now) {
        SourceGapRule.Sight sight = new SourceGapRule.Sight(seen.end().getEpochSecond(), now.getEpochSecond());
        Map<String, FlowLine> cables = new HashMap<>();
        flows.cables().forEach((name, readings) -> {
            FlowLine line = FlowLine.of(readings);
            if (line.size() > 0) {
                cables.put(name, line);
            }
        });
        BorderLines lines = new BorderLines(grid, border, FlowLine.of(flows.platform()), cables);
        List<Finding> found = new ArrayList<>();
        Said ofBorder = new Said(border.flow(), now);
        SourceSignRule.look(lines, SourceLagRule.look(lines, ofBorder), ofBorder);
        OverCapacityRule.lookAtBorder(lines, ofBorder);
        SourceGapRule.lookAtPlatform(lines, sight, ofBorder);
        found.addAll(ofBorder.verdict().found());
        for (Cable cable : grid.cables(border)) {
            Said ofCable = new Said(border.flow(cable), now);
            OverCapacityRule.lookAtCable(lines, cable, ofCable);
            SourceGapRule.lookAtCable(lines, cable, sight, ofCable);
            found.addAll(ofCable.verdict().found());
        }
        return found;
    }

    /** Whether so much is seen before a finding that it is known to start where it does. */
    public static boolean seesStart(Instant seenFrom, Finding finding) {
        return !finding.interval().start().isBefore(seenFrom.plus(CONTEXT));
    }

    private record Kind(Series series, RuleName rule) {
        static Kind of(Finding finding) {
            return new Kind(finding.series(), finding.rule());
        }
    }

    /**
     * What is open and is not found again is resolved, unless its start is not seen: then it stays, and what is found of its
     * later part is part of it.
     */
    private static Verdict settled(List<Finding> found, Instant seenFrom, List<Finding> open) {
        Map<Kind, List<Finding>> older = new HashMap<>();
        Set<Finding.Key> unseen = new HashSet<>();
        for (Finding finding : open) {
            if (!seesStart(seenFrom, finding)) {
                older.computeIfAbsent(Kind.of(finding), k -> new ArrayList<>()).add(finding);
                unseen.add(finding.key());
            }
        }
        Map<Finding.Key, Finding> kept = new LinkedHashMap<>();
        for (Finding finding : found) {
            Finding whole = older.getOrDefault(Kind.of(finding), List.of()).stream()
                    .filter(o -> !o.interval().end().isBefore(finding.interval().start()))
                    .findFirst()
                    .map(o -> from(o.interval().start(), finding))
                    .orElse(finding);
            kept.put(whole.key(), whole);
        }
        List<Finding.Key> resolved = open.stream()
                .map(Finding::key)
                .filter(key -> !unseen.contains(key) && !kept.containsKey(key))
                .toList();
        return new Verdict(List.copyOf(kept.values()), resolved);
    }

    private static Finding from(Instant start, Finding finding) {
        return new Finding(
                finding.series(),
                new Interval(start, finding.interval().end()),
                finding.rule(),
                finding.severity(),
                finding.confidence(),
                finding.observed(),
                finding.expected(),
                finding.value(),
                finding.low(),
                finding.high(),
                finding.foundAt(),
                finding.delivery());
    }
}
