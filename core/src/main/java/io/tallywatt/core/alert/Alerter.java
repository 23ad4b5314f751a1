package io.tallywatt.core.alert;

import io.tallywatt.core.alert.Alert.Kind;
import io.tallywatt.core.alert.Notifier.NotSent;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one notifier is to be told, and when: the first finding of a series and rule at once; what comes within the
 * cool-down together when it is over; the end once, when nothing of what was told holds any more. Belongs to one thread.
 *
 * <p>There is no queue of alerts. What is to be told is a set of findings for each series and rule, kept in the
 * {@link AlertLog}, and an alert is made of them at the moment when it can be sent: while the limit per hour or a failing notifier
 * holds it back, what comes is added and what is resolved is taken away. So a mail server that comes back after a night
 * gets what holds in the morning, once. An alert is kept as sent after it was: if the process dies in between, it is sent again.
 */
public final class Alerter {
    private static final int CHANGES = 5000;
    private static final int PAGE = 1000;
    private static final int EXAMPLES = 3;
    private static final int CHECKS_PER_RUN = 100;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_ASKED_PAUSE = Duration.ofHours(1);

    private final FindingStore findings;
    private final AlertLog log;
    private final Notifier notifier;
    private final AlertPolicy policy;
    private final Clock clock;

    private final Map<AlertGroup.Key, AlertGroup> groups = new LinkedHashMap<>();
    private final Deque<Instant> sent = new ArrayDeque<>();
    private boolean loaded;
    private boolean firstLook;
    private long position;
    private boolean moved;
    private Instant checkedAt = Instant.MIN;
    private int failures;
    private Instant notBefore = Instant.MIN;

    public Alerter(FindingStore findings, AlertLog log, Notifier notifier, AlertPolicy policy, Clock clock) {
        this.findings = findings;
        this.log = log;
        this.notifier = notifier;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Looks at what changed, and sends what is due. If a store fails, nothing is lost: the next run goes on from there.
     *
     * @throws InterruptedException while something was being sent, which will be sent again
     */
    public AlertRun run() throws InterruptedException {
        load();
        read();
        keep();
        boolean allChecked = check();
        List<Alert> arrived = new ArrayList<>();
        List<AlertRun.Dropped> dropped = new ArrayList<>();
        @Nullable String failure = send(arrived, dropped);
        keep();
        return new AlertRun(arrived, dropped, failure, failures, allChecked ? next() : now());
    }

    private Instant now() {
        // Whatever keeps it keeps as much.
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void load() {
        Instant now = now();
        if (!loaded) {
            AlertLog.State state = log.state(notifier.name());
            position = state.position();
            firstLook = position == 0;
            sent.addAll(state.sent());
            for (AlertLog.Group kept : state.groups()) {
                AlertGroup group = new AlertGroup(kept);
                groups.put(group.key(), group);
            }
            loaded = true;
        }
        if (!sent.isEmpty() && sent.peekLast().isAfter(now)) {
            List<Instant> times =
                    sent.stream().map(t -> t.isAfter(now) ? now : t).toList();
            sent.clear();
            sent.addAll(times);
            groups.values().forEach(group -> group.notAfter(now));
        }
        forget(now);
    }

    private void read() throws InterruptedException {
        Instant now = now();
        List<StoredFinding> page;
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            page = findings.changedAfter(position, CHANGES);
            for (StoredFinding stored : page) {
                learn(stored, now);
                position = stored.number();
                moved = true;
            }
        } while (page.size() == CHANGES);
        firstLook = false;
    }

    private void learn(StoredFinding stored, Instant now) {
        Finding finding = stored.finding();
        AlertGroup.Key key = new AlertGroup.Key(finding.series(), finding.rule());
        boolean holds = holds(stored);
        boolean news = isNews(finding, now);
        @Nullable AlertGroup group = groups.get(key);
        if (group == null && holds && news) {
            group = new AlertGroup(key);
            groups.put(key, group);
        }
        if (group != null) {
            group.learn(stored, holds, news);
        }
    }

    private boolean holds(StoredFinding stored) {
        return stored.resolvedAt() == null && stored.finding().severity().compareTo(policy.least()) >= 0;
    }

    /** Of a notifier's first look, what was found before is history too, even what was news then. */
    private boolean isNews(Finding finding, Instant now) {
        Instant seen = firstLook ? now : finding.foundAt();
        // That something has not come is about now, however long ago it was to come.
        return finding.rule() == RuleName.OVERDUE || finding.interval().end().isAfter(seen.minus(policy.maxAge()));
    }

    private void keep() {
        List<AlertGroup> changed =
                groups.values().stream().filter(AlertGroup::changed).toList();
        if (moved || !changed.isEmpty()) {
            log.keep(
                    notifier.name(),
                    position,
                    List.copyOf(sent),
                    changed.stream().map(AlertGroup::kept).toList());
            changed.forEach(AlertGroup::wasKept);
            moved = false;
        }
    }

    /** Whether what was told of holds still. Returns whether all that was to be looked up has been. */
    private boolean check() {
        Instant now = now();
        if (now.isAfter(checkedAt.plus(HOUR)) || checkedAt.isAfter(now)) {
            groups.values().forEach(AlertGroup::checkAgain);
            checkedAt = now;
        }
        int checks = 0;
        for (AlertGroup group : groups.values()) {
            if (group.toCheck()) {
                if (checks == CHECKS_PER_RUN) {
                    return false;
                }
                group.checked(among(group, group.told(), true).isEmpty());
                checks++;
            }
        }
        return true;
    }

    /** Sends what is due, as far as the limit allows. Returns why that ended early, if another try may help. */
    private @Nullable String send(List<Alert> arrived, List<AlertRun.Dropped> dropped) throws InterruptedException {
        Deque<AlertGroup> due = due(now());
        while (!due.isEmpty() && !now().isBefore(notBefore) && capacity() > 0) {
            AlertGroup group = due.remove();
            @Nullable Alert alert = group.resolved() ? resolved(group, due.size()) : found(group, due.size());
            if (alert == null) {
                continue;
            }
            try {
                notifier.send(alert);
                arrived.add(alert);
                tell(group, alert, true);
            } catch (NotSent e) {
                if (e.mayPass()) {
                    backOff(e.pause());
                    return e.getMessage();
                }
                dropped.add(new AlertRun.Dropped(alert, String.valueOf(e.getMessage())));
                tell(group, alert, false);
            } catch (RuntimeException e) {
                // Not its message, which may hold anything.
                dropped.add(
                        new AlertRun.Dropped(alert, "unexpected " + e.getClass().getName()));
                tell(group, alert, false);
            }
        }
        return null;
    }

    /** At once, so that no more than this alert is sent twice if the process ends here. */
    private void tell(AlertGroup group, Alert alert, boolean wasSent) {
        Instant now = now();
        failures = 0;
        sent.add(now);
        switch (alert.kind()) {
            case FOUND -> group.wasFound(now, wasSent);
            case RESOLVED -> group.wasResolved();
        }
        keep();
    }

    private void backOff(Duration asked) {
        Duration own = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 20));
        Duration pause = min(own, LONGEST_PAUSE);
        if (asked.compareTo(pause) > 0) {
            pause = min(asked, LONGEST_ASKED_PAUSE);
        }
        failures++;
        notBefore = now().plus(pause);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** What was never told comes first, the gravest before others; then what was told of the longest ago. Nobody waits for ever. */
    private Deque<AlertGroup> due(Instant now) {
        Comparator<AlertGroup> byLastTime =
                Comparator.comparing(AlertGroup::foundAt, Comparator.nullsFirst(Comparator.naturalOrder()));
        return groups.values().stream()
                .filter(group -> group.resolved() || (!group.waiting().isEmpty() && !now.isBefore(coolDownEnd(group))))
                .sorted(byLastTime.thenComparing(AlertGroup::severity, Comparator.reverseOrder()))
                .collect(ArrayDeque::new, ArrayDeque::add, ArrayDeque::addAll);
    }

    private Instant coolDownEnd(AlertGroup group) {
        @Nullable Instant foundAt = group.foundAt();
        return foundAt == null ? Instant.MIN : foundAt.plus(policy.coolDown());
    }

    private int capacity() {
        forget(now());
        return policy.perHour() - sent.size();
    }

    private void forget(Instant now) {
        while (!sent.isEmpty() && !now.isBefore(sent.getFirst().plus(HOUR))) {
            sent.removeFirst();
        }
    }

    /** Null where nothing of what waits holds any more. */
    private @Nullable Alert found(AlertGroup group, int others) {
        List<StoredFinding> holding = among(group, group.waiting(), true);
        group.holding(holding.stream()
                .map(stored -> stored.finding().interval().start())
                .toList());
        return holding.isEmpty() ? null : alert(Kind.FOUND, group, holding.size(), holding, others);
    }

    private Alert resolved(AlertGroup group, int others) {
        return alert(Kind.RESOLVED, group, group.told().size(), among(group, group.told(), false), others);
    }

    private Alert alert(Kind kind, AlertGroup group, long count, List<StoredFinding> all, int others) {
        Severity severity = all.stream()
                .map(stored -> stored.finding().severity())
                .max(Comparator.naturalOrder())
                .orElse(policy.least());
        List<StoredFinding> examples = all.subList(0, Math.min(EXAMPLES, all.size()));
        return new Alert(
                kind,
                group.key().series(),
                group.key().rule(),
                severity,
                now(),
                count,
                List.copyOf(examples),
                capacity() == 1 ? others : 0);
    }

    /** A group's findings that start at one of the given instants, oldest first. */
    private List<StoredFinding> among(AlertGroup group, NavigableSet<Instant> starts, boolean holding) {
        List<StoredFinding> all = new ArrayList<>();
        if (starts.isEmpty()) {
            return all;
        }
        Finding.@Nullable Key after = null;
        List<StoredFinding> page;
        do {
            page = findings.findings(new FindingSearch(
                    group.key().series().toString(),
                    group.key().rule(),
                    starts.first(),
                    starts.last().plus(1, ChronoUnit.MICROS),
                    holding ? true : null,
                    after,
                    PAGE));
            for (StoredFinding stored : page) {
                Finding finding = stored.finding();
                after = finding.key();
                if (finding.series().equals(group.key().series())
                        && starts.contains(finding.interval().start())
                        && (!holding || holds(stored))) {
                    all.add(stored);
                }
            }
        } while (page.size() == PAGE);
        return all.reversed();
    }

    /** When something may be due that is not now, null if nothing waits. */
    private @Nullable Instant next() {
        @Nullable Instant next = null;
        for (AlertGroup group : groups.values()) {
            if (group.resolved() || !group.waiting().isEmpty()) {
                Instant at = group.resolved() ? Instant.MIN : coolDownEnd(group);
                next = next == null || at.isBefore(next) ? at : next;
            }
        }
        if (next == null) {
            return null;
        }
        Instant now = now();
        next = later(next, now);
        next = later(next, notBefore);
        return capacity() > 0 ? next : later(next, sent.getFirst().plus(HOUR));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
