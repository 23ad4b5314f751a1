package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How well findings agree with labels.
 *
 * <p>A label is found if a finding of its rule overlaps it in its series; if its kind is no rule's name, a finding of any rule. A
 * finding is right if it overlaps a label of its series, whatever the label's kind: a value that is late and too great is
 * labelled once. Touching is no overlap.
 *
 * @param all all labels and findings
 * @param byRule what the findings of each rule came to, and the labels that are its own
 * @param byKind what became of the labels of each kind, and no findings
 */
public record Score(Counts all, Map<RuleName, Counts> byRule, Map<String, Counts> byKind) {

    /**
     * @param right findings that overlap a label
     * @param wrong findings that overlap none
     * @param found labels that were found
     * @param missed labels that were not
     */
    public record Counts(long right, long wrong, long found, long missed) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        /** The part of the findings that is right, to three digits; null where there are no findings. */
        public @Nullable BigDecimal precision() {
            return share(right, wrong);
        }

        /** The part of the labels that was found, to three digits; null where there are no labels. */
        public @Nullable BigDecimal recall() {
            return share(found, missed);
        }

        private static @Nullable BigDecimal share(long part, long rest) {
            return part + rest == 0
                    ? null
                    : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(part + rest), 3, RoundingMode.HALF_EVEN);
        }

        public Counts plus(Counts other) {
            return new Counts(right + other.right, wrong + other.wrong, found + other.found, missed + other.missed);
        }

        private static Counts finding(boolean isRight) {
            return new Counts(isRight ? 1 : 0, isRight ? 0 : 1, 0, 0);
        }

        private static Counts label(boolean isFound) {
            return new Counts(0, 0, isFound ? 1 : 0, isFound ? 0 : 1);
        }
    }

    /** @param findings each as it was said last; resolved ones too, if they should count */
    public static Score of(List<Label> labels, List<Finding> findings) {
        Intervals<Label> labelled = new Intervals<>(labels, Label::series, Label::interval);
        Intervals<Finding> found = new Intervals<>(findings, Finding::series, Finding::interval);
        Counts all = Counts.NONE;
        Map<RuleName, Counts> byRule = new EnumMap<>(RuleName.class);
        Map<String, Counts> byKind = new TreeMap<>();
        for (Finding finding : findings) {
            Counts one = Counts.finding(labelled.anyOverlaps(finding.series(), finding.interval(), label -> true));
            all = all.plus(one);
            byRule.merge(finding.rule(), one, Counts::plus);
        }
        for (Label label : labels) {
            Optional<RuleName> rule = label.rule();
            Counts one = Counts.label(found.anyOverlaps(
                    label.series(), label.interval(), finding -> rule.isEmpty() || rule.get() == finding.rule()));
            all = all.plus(one);
            byKind.merge(label.kind(), one, Counts::plus);
            rule.ifPresent(name -> byRule.merge(name, one, Counts::plus));
        }
        return new Score(all, byRule, byKind);
    }

    public Score plus(Score other) {
        Map<RuleName, Counts> rules = new EnumMap<>(RuleName.class);
        rules.putAll(byRule);
        other.byRule.forEach((rule, counts) -> rules.merge(rule, counts, Counts::plus));
        Map<String, Counts> kinds = new TreeMap<>(byKind);
        other.byKind.forEach((kind, counts) -> kinds.merge(kind, counts, Counts::plus));
        return new Score(all.plus(other.all), rules, kinds);
    }

    /** Things that have a series and an interval, by series and start. */
    private static final class Intervals<T> {
        private final Map<Series, TreeMap<Instant, List<T>>> bySeries = new HashMap<>();
        private final Map<Series, Duration> longest = new HashMap<>();
        private final Function<T, Interval> intervalOf;

        Intervals(List<T> all, Function<T, Series> seriesOf, Function<T, Interval> intervalOf) {
            this.intervalOf = intervalOf;
            for (T each : all) {
                Interval interval = intervalOf.apply(each);
                bySeries.computeIfAbsent(seriesOf.apply(each), key -> new TreeMap<>())
                        .computeIfAbsent(interval.start(), key -> new ArrayList<>())
                        .add(each);
                longest.merge(
                        seriesOf.apply(each),
                        interval.duration(),
                        (a, b) -> Comparator.<Duration>naturalOrder().compare(a, b) >= 0 ? a : b);
            }
        }

        boolean anyOverlaps(Series series, Interval interval, Predicate<T> which) {
            TreeMap<Instant, List<T>> byStart = bySeries.get(series);
            if (byStart == null) {
                return false;
            }
            Instant earliest = interval.start().minus(longest.getOrDefault(series, Duration.ZERO));
            return byStart.subMap(earliest, true, interval.end(), false).values().stream()
                    .flatMap(List::stream)
                    .anyMatch(each -> intervalOf.apply(each).end().isAfter(interval.start()) && which.test(each));
        }
    }
}
