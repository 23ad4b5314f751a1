package io.tallywatt.core.store;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The findings of the in-memory store, by their keys in the order of the list. */
final class InMemoryFindings {
    private static final Comparator<Finding.Key> LIST = Comparator.comparing(Finding.Key::start)
            .reversed()
            .thenComparing(key -> key.series().toString())
            .thenComparing(key -> key.rule().name());

    private final LongPredicate shown;
    private final TreeMap<Finding.Key, StoredFinding> findings = new TreeMap<>(LIST);
    private Instant judgedUntil = Instant.EPOCH;
    private long number;

    /** @param shown whether what a delivery brought is shown */
    InMemoryFindings(LongPredicate shown) {
        this.shown = shown;
    }

    Instant judgedUntil() {
        return judgedUntil;
    }

    /** Says whether any finding changed. */
    boolean keep(Verdict verdict, Instant until, Instant at) {
        List<StoredFinding> changed = FindingChanges.of(FindingChanges.storable(verdict), findings, number, at);
        changed.forEach(stored -> findings.put(stored.finding().key(), stored));
        if (!changed.isEmpty()) {
            number = changed.getLast().number();
        }
        judgedUntil = until.truncatedTo(ChronoUnit.MICROS);
        return !changed.isEmpty();
    }

    private Stream<StoredFinding> all() {
        return findings.values().stream()
                .filter(stored -> shown.test(stored.finding().delivery()));
    }

    private Stream<StoredFinding> matching(FindingSearch search) {
        SeriesScope scope = SeriesScope.of(search.prefix());
        @Nullable Instant from = search.from();
        @Nullable Instant to = search.to();
        return all().filter(stored -> scope.includes(stored.finding().series()))
                .filter(stored -> search.rule() == null || stored.finding().rule() == search.rule())
                .filter(stored ->
                        from == null || stored.finding().interval().end().isAfter(from))
                .filter(stored ->
                        to == null || stored.finding().interval().start().isBefore(to))
                .filter(stored -> search.open() == null || search.open() == (stored.resolvedAt() == null));
    }

    List<StoredFinding> findings(FindingSearch search) {
        Finding.@Nullable Key after = search.after();
        return matching(search)
                .filter(stored -> after == null || LIST.compare(stored.finding().key(), after) > 0)
                .limit(search.limit())
                .toList();
    }

    List<FindingCount> counts(FindingSearch search) {
        Map<List<String>, FindingCount> counts = new HashMap<>();
        matching(search).forEach(stored -> {
            RuleName rule = stored.finding().rule();
            String thing = thing(stored.finding().series());
            counts.merge(
                    List.of(thing, rule.name()),
                    new FindingCount(thing, rule, 1, stored.resolvedAt() == null ? 1 : 0),
                    (a, b) -> new FindingCount(thing, rule, a.count() + b.count(), a.open() + b.open()));
        });
        return counts.values().stream()
                .sorted(Comparator.comparing(FindingCount::thing)
                        .thenComparing(count -> count.rule().name()))
                .toList();
    }

    /** {@code site/site1} of {@code site/site1/generation}. */
    private static String thing(Series series) {
        String name = series.toString();
        return name.substring(0, name.indexOf('/', name.indexOf('/') + 1));
    }

    List<StoredFinding> changedAfter(long after, int limit) {
        return all().filter(stored -> stored.number() > after)
                .sorted(Comparator.comparingLong(StoredFinding::number))
                .limit(limit)
                .toList();
    }
}
