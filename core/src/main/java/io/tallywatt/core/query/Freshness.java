package io.tallywatt.core.query;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How old the last value of every source is, beside how often one is due. A source is late once its last value is older than
 * three intervals of its own (flows by the rule of {@link Flows}, which knows when they are published).
 */
public final class Freshness {
    /** How far back a total of all meters is looked for. */
    private static final int DAYS_BACK = 400;

    private static final int LATE_INTERVALS = 3;
    private static final int MOST_SITES = 10_000;

    private final Answers answers;
    private final Flows flows;
    private final Sites sites;

    public Freshness(BlockStore blocks, Following following, FindingStore findings, Flows flows) {
        this.answers = new Answers(blocks);
        this.flows = flows;
        this.sites = new Sites(blocks, following, findings);
    }

    /**
     * One source.
     *
     * @param source {@code elexon, entsoe, sites, meters} or, of those who listen, {@code homes}
     * @param kind of the series it gives: {@code border, site, meter, home}
     * @param newest end of its last value; of meters, when the last total became known
     * @param every how often a value is due
     * @param late whether the last one is older than it should be
     * @param parts how many there are of it: cables, borders, sites
     * @param lateParts which of them are late, by name, at most {@link #MOST_NAMED}
     */
    public record Source(
            String source,
            String kind,
            Instant newest,
            Duration every,
            boolean late,
            int parts,
            List<Part> lateParts) {}

    /** @param newest end of its last value, null where there never was one */
    public record Part(String name, @Nullable Instant newest) {}

    public static final int MOST_NAMED = 20;

    /** All of which anything is known. */
    public List<Source> sources(Instant now) {
        List<Source> all = new ArrayList<>(ofFlows(now));
        ofSites(now).ifPresent(all::add);
        ofMeters(now).ifPresent(all::add);
        return List.copyOf(all);
    }

    private record Told(String name, FlowAt flow) {}

    private List<Source> ofFlows(Instant now) {
        Map<FlowSource, List<Told>> bySource = new TreeMap<>();
        for (BorderFlow border : flows.latest(now)) {
            for (BorderFlow.OfCable cable : border.cables()) {
                if (cable.latest() != null && cable.capacityMw().isPresent()) {
                    add(bySource, cable.cable().name(), cable.latest());
                }
            }
            FlowAt shown = border.shown();
            if (shown != null && shown.cables() == 0) {
                add(bySource, border.fromName(), shown);
            }
            border.others().stream().filter(o -> o.cables() == 0).forEach(o -> add(bySource, border.fromName(), o));
        }
        return bySource.entrySet().stream()
                .map(e -> source(e.getKey(), e.getValue()))
                .toList();
    }

    private static void add(Map<FlowSource, List<Told>> bySource, String name, FlowAt flow) {
        bySource.computeIfAbsent(flow.source(), s -> new ArrayList<>()).add(new Told(name, flow));
    }

    private static Source source(FlowSource source, List<Told> told) {
        Told newest = told.stream()
                .max((a, b) ->
                        a.flow.interval().end().compareTo(b.flow.interval().end()))
                .orElseThrow();
        List<Part> late = told.stream()
                .filter(t -> t.flow.stale())
                .limit(MOST_NAMED)
                .map(t -> new Part(t.name, t.flow.interval().end()))
                .toList();
        return new Source(
                source.word(),
                "border",
                newest.flow.interval().end(),
                newest.flow.interval().duration(),
                newest.flow.stale(),
                told.size(),
                late);
    }

    private Optional<Source> ofSites(Instant now) {
        List<SiteRecord> latest = sites.page(null, MOST_SITES).stream()
                .flatMap(site -> Optional.ofNullable(site.latest()).stream())
                .toList();
        Optional<SiteRecord> newest = latest.stream()
                .max((a, b) -> a.interval().end().compareTo(b.interval().end()));
        return newest.map(last -> new Source(
                "sites",
                "site",
                last.interval().end(),
                last.interval().duration(),
                isLate(last, now),
                latest.size(),
                latest.stream()
                        .filter(site -> isLate(site, now))
                        .limit(MOST_NAMED)
                        .map(site -> new Part(site.site(), site.interval().end()))
                        .collect(Collectors.toList())));
    }

    private static boolean isLate(SiteRecord last, Instant now) {
        return isLate(last.interval().end(), last.interval().duration(), now);
    }

    /** Whether more than three intervals have passed since. */
    public static boolean isLate(Instant newest, Duration every, Instant now) {
        return newest.plus(every.multipliedBy(LATE_INTERVALS)).isBefore(now);
    }

    private Optional<Source> ofMeters(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Total> totals = answers.totals(today.minusDays(DAYS_BACK), today.plusDays(2), null);
        Duration day = Duration.ofDays(1);
        return totals.stream()
                .filter(total -> total.meters() > 0)
                .reduce((a, b) -> b)
                .flatMap(last -> Optional.ofNullable(last.knownAt())
                        .map(known -> new Source(
                                "meters",
                                "meter",
                                known,
                                day,
                                isLate(known, day, now),
                                Math.toIntExact(last.meters()),
                                List.of())));
    }
}
