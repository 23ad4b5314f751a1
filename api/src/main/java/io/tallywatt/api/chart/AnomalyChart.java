package io.tallywatt.api.chart;

import io.tallywatt.core.query.Anomalies;
import io.tallywatt.core.query.AnomalySearch;
import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The charts of anomalies: how they spread over sites and rules, and how many there are from day to day.
 *
 * @param search which of them
 * @param today shown where there is none and nobody set a range
 * @param origin where the data is from if not measured, or null
 */
public record AnomalyChart(
        AnomalySearch search, LocalDate today, @Nullable String origin) {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String SITE = "site/";

    /** Which of the charts. */
    public enum Kind {
        SPREAD,
        TREND
    }

    /** Asks for what the chart shows. */
    public Graphic draw(Anomalies anomalies, Kind kind) {
        return switch (kind) {
            case SPREAD -> spread(anomalies);
            case TREND -> trend(anomalies);
        };
    }

    private String title(String rest) {
        return "Anomalies" + (search.of().isEmpty() ? "" : " of " + search.of()) + rest;
    }

    private List<String> filters() {
        List<String> notes = new ArrayList<>();
        RuleName rule = search.rule();
        if (rule != null) {
            notes.add("rule " + Words.rule(rule).toLowerCase(Locale.ROOT));
        }
        Boolean open = search.open();
        if (open != null) {
            notes.add(open ? "open only" : "resolved only");
        }
        return notes;
    }

    private Spread spread(Anomalies anomalies) {
        Map<String, Map<RuleName, Long>> counts = new TreeMap<>();
        for (FindingCount count : anomalies.counts(search)) {
            if (count.count() > 0) {
                counts.computeIfAbsent(count.thing(), t -> new EnumMap<>(RuleName.class))
                        .merge(count.rule(), count.count(), Long::sum);
            }
        }
        boolean onlySites = counts.keySet().stream().allMatch(thing -> thing.startsWith(SITE));
        List<Spread.Row> rows = new ArrayList<>();
        counts.forEach((thing, byRule) ->
                rows.add(new Spread.Row(onlySites ? thing.substring(SITE.length()) : thing, byRule)));
        List<String> notes = new ArrayList<>(List.of(range()));
        notes.addAll(filters());
        return new Spread(title(onlySites ? " by site and rule" : " by rule"), notes, origin, rows);
    }

    private String range() {
        String zone = search.hasDates() ? "dates of each site's own zone" : "UTC";
        Moment from = search.from();
        Moment to = search.to();
        if (from == null && to == null) {
            return "all dates";
        }
        return (from == null ? "" : "from " + words(from)) + (from == null || to == null ? "" : " ")
                + (to == null ? "" : "until before " + words(to)) + ", " + zone;
    }

    private static String words(Moment moment) {
        return switch (moment) {
            case Moment.OnDate day -> Words.date(day.date());
            case Moment.At at ->
                Words.date(at.instant().atZone(UTC).toLocalDate()) + " "
                        + Words.time(at.instant().atZone(UTC).toLocalTime());
        };
    }

    private Trend trend(Anomalies anomalies) {
        Anomalies.ByDay found = anomalies.days(search);
        List<DayCount> days = found.days();
        ZoneId zone = found.zone() == null ? UTC : found.zone();
        LocalDate last = !days.isEmpty() ? days.getLast().date() : today;
        LocalDate end = search.to() == null ? last.plusDays(1) : endOf(search.to(), zone);
        LocalDate first = search.from() != null
                ? date(search.from(), zone)
                : !days.isEmpty() ? days.getFirst().date() : end.minusDays(1);
        return new Trend(
                title(" over time"),
                filters(),
                origin,
                found.zone() == null && days.isEmpty() ? UTC : found.zone(),
                first,
                end.isAfter(first) ? end : first.plusDays(1),
                days);
    }

    private static LocalDate date(Moment moment, ZoneId zone) {
        return moment.in(zone).atZone(zone).toLocalDate();
    }

    /** The date after the last instant before a moment. */
    private static LocalDate endOf(Moment moment, ZoneId zone) {
        Instant last = moment.in(zone).minusNanos(1);
        return last.atZone(zone).toLocalDate().plusDays(1);
    }
}
