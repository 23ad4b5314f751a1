package io.tallywatt.core.store;

import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a verdict does to the findings that are stored. Pure: every store decides by this, and then writes. */
public final class FindingChanges {
    private FindingChanges() {}

    /** The same with instants as stores hold them, which is to the microsecond. */
    public static Verdict storable(Verdict verdict) {
        return new Verdict(
                verdict.found().stream().map(FindingChanges::storable).toList(),
                verdict.resolved().stream()
                        .map(key -> new Finding.Key(key.series(), key.rule(), micros(key.start())))
                        .toList());
    }

    private static Finding storable(Finding f) {
        Instant start = micros(f.interval().start());
        Instant end = micros(f.interval().end());
        // An interval is never empty, however short it was.
        Instant after = end.isAfter(start) ? end : start.plus(1, ChronoUnit.MICROS);
        return new Finding(
                f.series(),
                new Interval(start, after),
                f.rule(),
                f.severity(),
                f.confidence(),
                f.observed(),
                f.expected(),
                f.value(),
                f.low(),
                f.high(),
                micros(f.foundAt()),
                f.delivery());
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The findings that change, as they are afterwards, by their new numbers. What a verdict resolves it does after it has
     * found what it found: a gap that opens and closes in one verdict is kept as resolved.
     *
     * @param verdict {@link #storable}
     * @param known what is stored under its keys
     * @param number the last one given
     * @param at when what is resolved ceased to hold
     */
    public static List<StoredFinding> of(
            Verdict verdict, Map<Finding.Key, StoredFinding> known, long number, Instant at) {
        Map<Finding.Key, StoredFinding> changed = new HashMap<>();
        long last = number;
        for (Finding finding : verdict.found()) {
            @Nullable StoredFinding stored = latest(finding.key(), changed, known);
            if (stored == null || stored.resolvedAt() != null || !stored.says(finding)) {
                changed.put(finding.key(), new StoredFinding(++last, finding, null));
            }
        }
        for (Finding.Key key : verdict.resolved()) {
            @Nullable StoredFinding stored = latest(key, changed, known);
            if (stored != null && stored.resolvedAt() == null) {
                changed.put(key, new StoredFinding(++last, stored.finding(), micros(at)));
            }
        }
        return changed.values().stream()
                .sorted(Comparator.comparingLong(StoredFinding::number))
                .toList();
    }

    private static @Nullable StoredFinding latest(
            Finding.Key key, Map<Finding.Key, StoredFinding> changed, Map<Finding.Key, StoredFinding> known) {
        @Nullable StoredFinding now = changed.get(key);
        return now == null ? known.get(key) : now;
    }
}
