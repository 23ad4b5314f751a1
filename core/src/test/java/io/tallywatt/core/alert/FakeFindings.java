package io.tallywatt.core.alert;

import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Findings in memory, as far as alerts need them. Any thread may use it. */
public final class FakeFindings implements FindingStore {
    private static final Comparator<StoredFinding> LISTED = Comparator.comparing(
                    (StoredFinding stored) -> stored.finding().interval().start())
            .reversed()
            .thenComparing(stored -> stored.finding().series().toString())
            .thenComparing(stored -> stored.finding().rule());

    private final Map<Finding.Key, StoredFinding> all = new HashMap<>();
    private final Set<Finding.Key> withdrawn = new HashSet<>();
    private Instant judgedUntil = Instant.EPOCH;
    private long number;

    @Override
    public synchronized Instant judgedUntil() {
        return judgedUntil;
    }

    @Override
    public synchronized void keep(Verdict verdict, Instant until, Instant at) {
        judgedUntil = until;
        for (Finding finding : verdict.found()) {
            StoredFinding known = all.get(finding.key());
            if (known == null || known.resolvedAt() != null || !known.finding().equals(finding)) {
                all.put(finding.key(), new StoredFinding(++number, finding, null));
            }
        }
        for (Finding.Key key : verdict.resolved()) {
            StoredFinding known = all.get(key);
            if (known != null && known.resolvedAt() == null) {
                all.put(key, new StoredFinding(++number, known.finding(), at));
            }
        }
    }

    /** As if the delivery that brought it were withdrawn: it is not shown any more, and no change says so. */
    public synchronized void withdraw(Finding.Key key) {
        withdrawn.add(key);
    }

    public synchronized void found(Finding... findings) {
        keep(new Verdict(List.of(findings), List.of()), judgedUntil, judgedUntil);
    }

    public synchronized void resolved(Instant at, Finding... findings) {
        List<Finding.Key> keys = List.of(findings).stream().map(Finding::key).toList();
        keep(new Verdict(List.of(), keys), judgedUntil, at);
    }

    private static boolean isNamed(Finding finding, String prefix) {
        String name = finding.series().toString();
        return prefix.isEmpty() || name.equals(prefix) || name.startsWith(prefix + "/");
    }

    private List<StoredFinding> shown() {
        return all.values().stream()
                .filter(stored -> !withdrawn.contains(stored.finding().key()))
                .toList();
    }

    @Override
    public synchronized List<StoredFinding> findings(FindingSearch search) {
        List<StoredFinding> listed = shown().stream()
                .filter(stored -> {
                    Finding finding = stored.finding();
                    return (search.rule() == null || search.rule() == finding.rule())
                            && isNamed(finding, search.prefix())
                            && (search.from() == null
                                    || finding.interval().end().isAfter(search.from()))
                            && (search.to() == null
                                    || finding.interval().start().isBefore(search.to()))
                            && (search.open() == null || search.open() == (stored.resolvedAt() == null));
                })
                .sorted(LISTED)
                .toList();
        int from = 0;
        if (search.after() != null) {
            while (from < listed.size() && !listed.get(from).finding().key().equals(search.after())) {
                from++;
            }
            from++;
        }
        return listed.stream().skip(from).limit(search.limit()).toList();
    }

    @Override
    public List<FindingCount> counts(FindingSearch search) {
        throw new UnsupportedOperationException("Alerts do not count");
    }

    @Override
    public synchronized List<StoredFinding> changedAfter(long after, int limit) {
        return shown().stream()
                .filter(stored -> stored.number() > after)
                .sorted(Comparator.comparingLong(StoredFinding::number))
                .limit(limit)
                .toList();
    }
}
