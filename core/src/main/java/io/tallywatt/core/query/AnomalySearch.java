package io.tallywatt.core.query;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Which anomalies are asked for.
 *
 * @param of name of a series, or of a thing such as {@code site/site1}; empty for all
 * @param rule only of this rule, null for all
 * @param from only those that end after this moment; of a date, its midnight in the zone of the series; null for all
 * @param to only those that start before this moment, likewise
 * @param open true for those that hold still, false for those resolved, null for both
 */
public record AnomalySearch(
        String of,
        @Nullable RuleName rule,
        @Nullable Moment from,
        @Nullable Moment to,
        @Nullable Boolean open) {
    public static final AnomalySearch ALL = new AnomalySearch("", null, null, null, null);

    /** The name of a site as one asks for it here. */
    public static String site(String key) {
        String prefix = Records.prefix(key);
        return prefix.substring(0, prefix.length() - 1);
    }

    /** Kind and key of a series, as its name has them. */
    static String thing(Series series) {
        String name = series.toString();
        return name.substring(0, name.indexOf('/', name.indexOf('/') + 1));
    }

    /** Whether a range begins or ends with a date, which is another instant in each zone. */
    public boolean hasDates() {
        return from instanceof Moment.OnDate || to instanceof Moment.OnDate;
    }

    FindingSearch in(ZoneId zone) {
        return search(zone, zone, null, Long.MAX_VALUE);
    }

    /** For all that may be meant, whatever the zone of the series. */
    FindingSearch anywhere(Finding.@Nullable Key after, long limit) {
        return search(Moment.EASTERNMOST, Moment.WESTERNMOST, after, limit);
    }

    private FindingSearch search(ZoneId begins, ZoneId ends, Finding.@Nullable Key after, long limit) {
        return new FindingSearch(
                of, rule, from == null ? null : from.in(begins), to == null ? null : to.in(ends), open, after, limit);
    }

    /** Whether it is asked for, once the zone of its series is known. */
    boolean asksFor(Finding finding, ZoneId zone) {
        @Nullable Instant begins = from == null ? null : from.in(zone);
        @Nullable Instant ends = to == null ? null : to.in(zone);
        return (of.isEmpty()
                        || of.equals(finding.series().toString())
                        || of.equals(thing(finding.series()))
                        || of.equals(finding.series().kind()))
                && (begins == null || finding.interval().end().isAfter(begins))
                && (ends == null || finding.interval().start().isBefore(ends));
    }
}
