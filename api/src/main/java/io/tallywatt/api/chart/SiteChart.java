package io.tallywatt.api.chart;

import io.tallywatt.core.query.Anomalies;
import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.query.AnomalySearch;
import io.tallywatt.core.query.RecordSearch;
import io.tallywatt.core.query.Records;
import io.tallywatt.core.query.Site;
import io.tallywatt.core.query.SiteRecord;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chart of a site: what it made against what it used.
 *
 * @param from first moment, null for the first there is
 * @param to first moment that is no longer shown, null for all
 * @param origin where the data is from if not measured, or null
 */
public record SiteChart(
        Site site,
        @Nullable Moment from,
        @Nullable Moment to,
        @Nullable String origin) {

    /** Rules after which a value is no part of the line: it is wrong, not only doubtful. */
    private static final Set<RuleName> LEFT_OUT =
            EnumSet.of(RuleName.NEGATIVE, RuleName.IMPLAUSIBLE, RuleName.SPIKE, RuleName.REGISTER_RESET);

    /** Rules after which it is, all the same. */
    private static final Set<RuleName> LEFT_IN = EnumSet.of(RuleName.STUCK, RuleName.CONFLICT);

    /** Asks for the records, and for what is wrong with them. */
    public Balance draw(Records records, Anomalies anomalies) {
        Instant start = from == null ? site.first().atStartOfDay(site.zone()).toInstant() : from.in(site.zone());
        Instant end =
                to == null ? site.last().plusDays(1).atStartOfDay(site.zone()).toInstant() : to.in(site.zone());
        Moment begins = new Moment.At(start);
        Moment ends = new Moment.At(end.isAfter(start) ? end : start.plusSeconds(1));
        Line made = new Line();
        Line used = new Line();
        Set<Duration> lengths = new HashSet<>();
        for (Iterator<SiteRecord> all = records.all(RecordSearch.of(site.key(), begins, ends)); all.hasNext(); ) {
            SiteRecord sent = all.next();
            lengths.add(sent.interval().duration());
            made.add(sent.interval(), sent.generation());
            used.add(sent.interval(), sent.consumption());
            if (made.points.size() + used.points.size() > SeriesChart.MOST_POINTS) {
                throw new SeriesChart.TooMany("");
            }
        }
        List<Balance.Flag> flags = new ArrayList<>();
        AnomalySearch open = new AnomalySearch(AnomalySearch.site(site.key()), null, begins, ends, true);
        for (Iterator<Anomaly> all = anomalies.all(open); all.hasNext(); ) {
            Finding finding = all.next().found().finding();
            if (finding.series().channel() == null) {
                switch (finding.series().quantity()) {
                    case "generation" -> made.flag(finding, flags);
                    case "consumption" -> used.flag(finding, flags);
                    default -> {
                        // Of another series of the site, which is not drawn.
                    }
                }
            }
        }
        made.flagInvalid(flags);
        used.flagInvalid(flags);
        return new Balance(
                "Generation and consumption of site " + site.key(),
                lengths.size() == 1
                        ? "per " + Words.step(lengths.iterator().next().toSeconds())
                        : "",
                origin,
                site.zone(),
                new Interval(start, ends.in(site.zone())),
                made.points,
                used.points,
                flags);
    }

    /** One of the two lines while it is put together. */
    private static final class Line {
        private final List<Point> points = new ArrayList<>();
        private final Set<Instant> flagged = new HashSet<>();

        void add(Interval interval, SiteRecord.@Nullable Side side) {
            if (side != null) {
                points.add(new Point(interval, side.energyKwh(), side.quality()));
            }
        }

        /** Marks what a finding speaks of; where no value is there any more, nothing. */
        void flag(Finding finding, List<Balance.Flag> flags) {
            boolean leftOut = LEFT_OUT.contains(finding.rule());
            if (!leftOut && !LEFT_IN.contains(finding.rule())) {
                return;
            }
            boolean seen = false;
            BigDecimal value = finding.value();
            for (int i = firstIn(finding.interval());
                    i < points.size()
                            && points.get(i)
                                    .interval()
                                    .start()
                                    .isBefore(finding.interval().end());
                    i++) {
                Point point = points.get(i);
                seen = true;
                value = value == null ? point.value() : value;
                flagged.add(point.interval().start());
                if (leftOut) {
                    points.set(i, new Point(point.interval(), point.value(), Quality.INVALID));
                }
            }
            if (seen && value != null) {
                flags.add(new Balance.Flag(
                        finding.rule() == RuleName.STUCK
                                ? Balance.Shape.RUN
                                : finding.severity() == Severity.CRITICAL
                                        ? Balance.Shape.FILLED
                                        : Balance.Shape.OUTLINED,
                        finding.interval(),
                        Words.rule(finding.rule()),
                        value,
                        nearest(finding, value),
                        words(finding, value)));
            }
        }

        /** Index of the first point that ends after the interval begins. */
        private int firstIn(Interval interval) {
            int low = 0;
            int high = points.size();
            while (low < high) {
                int middle = (low + high) / 2;
                if (points.get(middle).interval().end().isAfter(interval.start())) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        /** What is impossible is marked even where no rule has spoken of it yet. */
        void flagInvalid(List<Balance.Flag> flags) {
            for (Point point : points) {
                BigDecimal value = point.value();
                if (value != null
                        && point.quality() == Quality.INVALID
                        && !flagged.contains(point.interval().start())) {
                    flags.add(new Balance.Flag(
                            Balance.Shape.FILLED,
                            point.interval(),
                            "Invalid",
                            value,
                            null,
                            Words.rounded(value) + ", left out"));
                }
            }
        }
    }

    private static @Nullable BigDecimal nearest(Finding finding, BigDecimal value) {
        BigDecimal low = finding.low();
        BigDecimal high = finding.high();
        if (low != null && value.compareTo(low) < 0) {
            return low;
        }
        return high != null && value.compareTo(high) > 0 ? high : null;
    }

    private static String words(Finding finding, BigDecimal value) {
        String seen = Words.rounded(value);
        BigDecimal low = finding.low();
        BigDecimal high = finding.high();
        if (finding.rule() == RuleName.STUCK) {
            return "at " + seen;
        }
        if (low != null && high != null) {
            return seen + ", usual " + Words.rounded(low)
                    + (low.compareTo(high) == 0 ? "" : " to " + Words.rounded(high));
        }
        return high != null
                ? seen + ", at most " + Words.rounded(high)
                : low != null ? seen + ", at least " + Words.rounded(low) : seen;
    }
}
