package io.tallywatt.core.ingest;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.BorderComparison;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the sources of what flows over borders, behind the intake: the last day and a half whenever something of it came, and every
 * {@link #ROUND} since time alone makes a source late; older days when a delivery touched them. Keeps its findings beside those of
 * {@link Judging}, whose place in what arrived it leaves alone.
 *
 * <p>How far it has come is not kept: after a start the last day and a half is looked at, and older days that arrived in the meantime are not.
 * Belongs to the thread that judges, since both write findings.
 */
public final class Comparing {
    private static final String PREFIX = Border.KIND + "/";
    private static final String FLOW = "flow";

    /** How long nothing need come for a new look. */
    static final Duration ROUND = Duration.ofMinutes(10);

    private static final Duration WINDOW = Duration.ofHours(36);
    /** Blocks looked at together: of some 30 a day, half a year's. */
    private static final int AT_ONCE = 5_000;
    /** Days of older data that are compared together. */
    private static final int MOST_DAYS = 14;
    /** So far back it is looked for the start of what is still open. */
    private static final int MOST_DAYS_BACK = 14;

    private final Grid grid;
    private final Ledger ledger;
    private final Following following;
    private final FindingStore findings;
    private final Clock clock;

    /** Up to when what became known has been compared; null before the first look. */
    private @Nullable Instant until;

    private Instant nextRound = Instant.MIN;

    public Comparing(Grid grid, Ledger ledger, Following following, FindingStore findings, Clock clock) {
        this.grid = grid;
        this.ledger = ledger;
        this.following = following;
        this.findings = findings;
        this.clock = clock;
    }

    /**
     * Compares what came since the last time. Where nothing did it asks the store for one instant, and at most once for what
     * came of borders.
     *
     * @return whether a finding came, changed or was resolved
     */
    public boolean compare() {
        Instant now = clock.instant();
        boolean round = !now.isBefore(nextRound);
        // Asked first: what becomes known meanwhile is for the next time.
        Instant changed = ledger.changedAt();
        Instant first = until == null ? changed : until;
        boolean any = false;
        Instant after = first;
        boolean more = changed.isAfter(after);
        while (more) {
            List<ArrivedBlock> arrived;
            try (Stream<ArrivedBlock> all = following.arrived(PREFIX, after, AT_ONCE)) {
                arrived = all.toList();
            }
            more = arrived.size() >= AT_ONCE;
            after = more ? arrived.getLast().knownAt() : later(changed, arrived);
            NavigableSet<LocalDate> touched = new TreeSet<>();
            arrived.stream()
                    .filter(b -> isFlow(b.series()))
                    .forEach(b -> touched.add(b.block().date()));
            round |= !touched.isEmpty() && !touched.last().isBefore(recentFrom(now));
            any |= compareOlder(touched, now);
        }
        if (round) {
            any |= compare(recentFrom(now), ahead(now), now);
            nextRound = now.plus(ROUND);
        }
        // Only now: whoever failed above looks again.
        until = after;
        return any;
    }

    /** All that was known at {@code changed} has been seen, and perhaps more. */
    private static Instant later(Instant changed, List<ArrivedBlock> arrived) {
        return arrived.isEmpty() || arrived.getLast().knownAt().isBefore(changed)
                ? changed
                : arrived.getLast().knownAt();
    }

    private static LocalDate date(Instant instant) {
        // Borders' days are of one zone or another; a day more on both sides makes up for it.
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate recentFrom(Instant now) {
        return date(now.minus(WINDOW));
    }

    private static LocalDate ahead(Instant now) {
        return date(now).plusDays(2);
    }

    private static boolean isFlow(Series series) {
        return series.kind().equals(Border.KIND) && series.quantity().equals(FLOW);
    }

    /** Series may be of borders that nobody asks about. */
    private Optional<Border> border(Series series) {
        return grid.borders().stream()
                .filter(b -> b.toString().equals(series.key()))
                .findFirst();
    }

    private boolean compareOlder(NavigableSet<LocalDate> touched, Instant now) {
        boolean any = false;
        NavigableSet<LocalDate> left = new TreeSet<>(touched.headSet(recentFrom(now), false));
        while (!left.isEmpty()) {
            LocalDate from = left.first();
            LocalDate to = from.plusDays(1);
            while (left.contains(to) && to.isBefore(from.plusDays(MOST_DAYS))) {
                to = to.plusDays(1);
            }
            left.headSet(to, false).clear();
            any |= compare(from, to.plusDays(1), now);
        }
        return any;
    }

    /** Compares the dates {@code [from, to)}, seeing as much around them as what is open there extends over. */
    private boolean compare(LocalDate from, LocalDate to, Instant now) {
        Map<Border, List<Finding>> open = open(from, to);
        LocalDate least = from.minusDays(MOST_DAYS_BACK);
        LocalDate first = from.minusDays(1);
        LocalDate end = to;
        for (List<Finding> of : open.values()) {
            for (Finding finding : of) {
                LocalDate start = date(finding.interval().start()).minusDays(1);
                LocalDate over = date(finding.interval().end()).plusDays(2);
                first = start.isBefore(first) ? start : first;
                end = over.isAfter(end) ? over : end;
            }
        }
        first = first.isBefore(least) ? least : first;
        // What reaches the last days may be growing still.
        end = end.isAfter(recentFrom(now)) ? ahead(now) : end;
        Interval judged = new Interval(start(from), start(to));
        @Nullable Verdict verdict = compare(first, end, judged, open, now, first.equals(least));
        if (verdict == null) {
            verdict = Objects.requireNonNull(compare(least, end, judged, open, now, true));
        }
        if (verdict.found().isEmpty() && verdict.resolved().isEmpty()) {
            return false;
        }
        findings.keep(verdict, findings.judgedUntil(), now);
        return true;
    }

    /** @return null if something is found whose start is not seen, although that is asked for */
    private @Nullable Verdict compare(
            LocalDate first,
            LocalDate end,
            Interval judged,
            Map<Border, List<Finding>> open,
            Instant now,
            boolean whateverIsSeen) {
        Map<Border, BorderComparison.Flows> flows = flows(first, end);
        BorderComparison.Flows none = new BorderComparison.Flows(List.of(), Map.of());
        Verdict verdict = Verdict.NOTHING;
        for (Border border : grid.borders()) {
            ZoneId zone = grid.zoneOf(border);
            Interval seen = new Interval(new DeliveryDay(first, zone).start(), new DeliveryDay(end, zone).start());
            List<Finding> known = open.getOrDefault(border, List.of());
            Verdict all = new BorderComparison(grid, border)
                    .compare(flows.getOrDefault(border, none), seen, judged, known, now);
            if (!whateverIsSeen && all.found().stream().anyMatch(f -> !BorderComparison.seesStart(seen.start(), f))) {
                return null;
            }
            verdict = verdict.plus(changes(all, known));
        }
        return verdict;
    }

    /** Without what is known to be so already. */
    private static Verdict changes(Verdict verdict, List<Finding> open) {
        Map<Finding.Key, StoredFinding> known = new HashMap<>();
        open.forEach(f -> known.put(f.key(), new StoredFinding(0, f, null)));
        List<Finding> found = verdict.found().stream()
                .filter(f -> {
                    @Nullable StoredFinding before = known.get(f.key());
                    return before == null || !before.says(f);
                })
                .toList();
        return new Verdict(found, verdict.resolved());
    }

    private Map<Border, List<Finding>> open(LocalDate from, LocalDate to) {
        FindingSearch search = new FindingSearch(PREFIX, null, start(from), start(to), true, null, Long.MAX_VALUE);
        Map<Border, List<Finding>> open = new HashMap<>();
        for (StoredFinding stored : findings.findings(search)) {
            Finding finding = stored.finding();
            if (BorderComparison.RULES.contains(finding.rule()) && isFlow(finding.series())) {
                border(finding.series())
                        .ifPresent(border -> open.computeIfAbsent(border, b -> new ArrayList<>())
                                .add(finding));
            }
        }
        return open;
    }

    private Map<Border, BorderComparison.Flows> flows(LocalDate from, LocalDate to) {
        Map<Border, BorderComparison.Flows> flows = new HashMap<>();
        try (Stream<StandingBlock> days = following.standing(PREFIX, from, to)) {
            days.filter(day -> isFlow(day.series())).forEach(day -> {
                Optional<Border> border = border(day.series());
                if (border.isEmpty()) {
                    return;
                }
                BorderComparison.Flows of = flows.computeIfAbsent(
                        border.get(), b -> new BorderComparison.Flows(new ArrayList<>(), new HashMap<>()));
                @Nullable String cable = day.series().channel();
                List<Reading> readings =
                        cable == null ? of.platform() : of.cables().computeIfAbsent(cable, c -> new ArrayList<>());
                Instant dayEnd = new DeliveryDay(day.block().date(), day.zone()).end();
                for (Reading reading : day.block().readings(dayEnd.getEpochSecond())) {
                    if (reading.quality() != Quality.MISSING) {
                        readings.add(reading);
                    }
                }
            });
        }
        return flows;
    }
}
