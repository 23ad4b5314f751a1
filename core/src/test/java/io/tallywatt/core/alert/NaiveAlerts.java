package io.tallywatt.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a notifier must be told, without a thought to cost: looks at every finding there is at every alert. It remembers as much as
 * was kept, so that it can be set back to there.
 */
final class NaiveAlerts {
    private final FakeFindings findings;
    private final AlertPolicy policy;
    private Memory now = new Memory();
    private Memory kept = new Memory();
    private boolean firstLook = true;

    /** Of one series and rule. */
    private static final class Group {
        final Set<Instant> told = new HashSet<>();
        final Set<Instant> waiting = new HashSet<>();
        boolean open;
        Instant foundAt;

        Group copy() {
            Group copy = new Group();
            copy.told.addAll(told);
            copy.waiting.addAll(waiting);
            copy.open = open;
            copy.foundAt = foundAt;
            return copy;
        }
    }

    private static final class Memory {
        final Map<AlertGroup.Key, Group> groups = new HashMap<>();
        final List<Instant> sent = new ArrayList<>();
        long position;

        Memory copy() {
            Memory copy = new Memory();
            groups.forEach((key, group) -> copy.groups.put(key, group.copy()));
            copy.sent.addAll(sent);
            copy.position = position;
            return copy;
        }
    }

    NaiveAlerts(FakeFindings findings, AlertPolicy policy) {
        this.findings = findings;
        this.policy = policy;
    }

    /** What is remembered is kept. */
    void kept() {
        kept = now.copy();
    }

    /** The process begins anew with what was kept. */
    void restart() {
        now = kept.copy();
        firstLook = now.position == 0;
    }

    private boolean holds(StoredFinding stored) {
        return stored.resolvedAt() == null && stored.finding().severity().compareTo(policy.least()) >= 0;
    }

    private static Instant start(StoredFinding stored) {
        return stored.finding().interval().start();
    }

    void look(Instant time) {
        for (StoredFinding stored : findings.changedAfter(now.position, Integer.MAX_VALUE)) {
            now.position = stored.number();
            Instant seen = firstLook ? time : stored.finding().foundAt();
            boolean old = stored.finding().rule() != RuleName.OVERDUE
                    && Duration.between(stored.finding().interval().end(), seen).compareTo(policy.maxAge()) >= 0;
            Group group = now.groups.computeIfAbsent(
                    new AlertGroup.Key(
                            stored.finding().series(), stored.finding().rule()),
                    k -> new Group());
            if (!holds(stored)) {
                group.waiting.remove(start(stored));
                if (!group.open) {
                    group.told.remove(start(stored));
                }
            } else if (!old && !group.told.contains(start(stored))) {
                group.waiting.add(start(stored));
            }
        }
        firstLook = false;
    }

    private List<StoredFinding> holding(AlertGroup.Key key, Set<Instant> starts) {
        return findings.findings(FindingSearch.of(key.series().toString())).stream()
                .filter(stored ->
                        stored.finding().rule() == key.rule() && starts.contains(start(stored)) && holds(stored))
                .sorted(Comparator.comparing(NaiveAlerts::start))
                .toList();
    }

    /** Something is about to be told. */
    void checkDue(Alert alert, Instant time) {
        AlertGroup.Key key = new AlertGroup.Key(alert.series(), alert.rule());
        Group group = now.groups.get(key);
        assertThat(now.sent.stream().filter(t -> time.isBefore(t.plus(Duration.ofHours(1)))))
                .as("sent within the hour")
                .hasSizeLessThan(policy.perHour());
        switch (alert.kind()) {
            case FOUND -> {
                List<StoredFinding> expected = holding(key, group.waiting);
                assertThat(alert.count()).isPositive().isEqualTo(expected.size());
                assertThat(alert.examples()).isEqualTo(expected.subList(0, Math.min(3, expected.size())));
                assertThat(alert.severity())
                        .isEqualTo(expected.stream()
                                .map(s -> s.finding().severity())
                                .max(Comparator.naturalOrder())
                                .orElse(Severity.INFO));
                if (group.foundAt != null) {
                    assertThat(Duration.between(group.foundAt, time)).isGreaterThanOrEqualTo(policy.coolDown());
                }
            }
            case RESOLVED -> {
                assertThat(group.open).isTrue();
                assertThat(holding(key, group.waiting)).isEmpty();
                assertThat(holding(key, group.told)).isEmpty();
                assertThat(alert.count()).isEqualTo(group.told.size());
            }
        }
    }

    /** It was told, or refused for good. */
    void done(Alert alert, Instant time, boolean arrived) {
        Group group = now.groups.get(new AlertGroup.Key(alert.series(), alert.rule()));
        now.sent.add(time);
        switch (alert.kind()) {
            case FOUND -> {
                holding(new AlertGroup.Key(alert.series(), alert.rule()), group.waiting)
                        .forEach(stored -> group.told.add(start(stored)));
                group.waiting.clear();
                group.open |= arrived;
                group.foundAt = time;
            }
            case RESOLVED -> {
                group.told.clear();
                group.open = false;
            }
        }
    }

    /** Given time, everything was told. */
    void checkNothingIsLeft() {
        now.groups.forEach((key, group) -> {
            assertThat(holding(key, group.waiting))
                    .as("still to be told of %s", key)
                    .isEmpty();
            if (group.open) {
                assertThat(holding(key, group.told))
                        .as("told of and open, of %s", key)
                        .isNotEmpty();
            }
        });
    }
}
