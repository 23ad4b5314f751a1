package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Backoff;
import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.store.Delivery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Commits: one transaction of a few items moves the head, and by that everything that lies under a ticket counts at once. What was
 * committed since a draft was weighed is looked at: if it concerns other things, the draft is still true and only its number changes.
 */
final class Commits {
    private final Table table;
    private final Log log;
    private final Files files;
    private final Manifests manifests;
    private final Clock clock;

    Commits(Table table, Log log, Files files, Manifests manifests, Clock clock) {
        this.table = table;
        this.log = log;
        this.files = files;
        this.manifests = manifests;
        this.clock = clock;
    }

    /**
     * What is to be committed.
     *
     * @param ticket of what counts from then on, null if nothing lies there
     * @param touched numbers of the things that were looked at
     * @param kinds kinds of the series concerned
     * @param before the delivery's entry as it was read, null if it is new
     * @param ending the revision that ends with it, null if none does
     * @param zone of the days
     * @param after makes the delivery's entry, of the id and the time that it gets
     */
    record Wanted(
            @Nullable String ticket,
            Set<Integer> touched,
            Set<String> kinds,
            String digest,
            Files.@Nullable Entry before,
            @Nullable Revision ending,
            String zone,
            Entry after) {}

    /** Makes an entry of the ledger. */
    interface Entry {
        /** @param knownAt microseconds since 1970 */
        Files.Entry of(long id, long knownAt);
    }

    /**
     * Commits.
     *
     * @param head the one that the draft was weighed by
     * @return the ledger's entry; empty if the draft is stale
     */
    Optional<Delivery> commit(Head head, Wanted wanted) {
        Head at = head;
        Backoff backoff = new Backoff();
        while (true) {
            long knownAt = at.later(clock.instant());
            long id = wanted.before == null
                    ? at.deliveries() + 1
                    : wanted.before.delivery().id();
            Files.Entry after = wanted.after.of(id, knownAt);
            if (table.transact(writes(at, wanted, after, knownAt))) {
                return Optional.of(after.delivery());
            }
            backoff.await();
            Head now = Head.read(table);
            if (now.revision() != at.revision() && isStale(at, now, wanted)) {
                return Optional.empty();
            }
            at = now;
        }
    }

    private List<Table.Write> writes(Head at, Wanted wanted, Files.Entry after, long knownAt) {
        long number = at.revision() + 1;
        Delivery delivery = after.delivery();
        @Nullable Revision ending = wanted.ending;
        List<Table.Write> writes = new ArrayList<>();
        writes.add(at.movedTo(new Head(
                number, knownAt, Math.max(at.deliveries(), delivery.id()), ending == null ? at.ending() : number)));
        if (wanted.ticket != null) {
            Revision made = new Revision(
                    wanted.ticket,
                    number,
                    knownAt,
                    Revision.NEVER,
                    Revision.NEVER,
                    delivery.id(),
                    wanted.zone,
                    Tickets.micros(delivery.receivedAt()));
            writes.add(new Table.Write(made.item(), Condition.absent()));
        }
        if (ending != null) {
            writes.add(new Table.Write(ending.endedBy(number, knownAt).item(), null));
        }
        writes.add(Log.write(new Log.Entry(
                number,
                wanted.ticket == null ? "" : wanted.ticket,
                knownAt,
                wanted.digest,
                ending == null ? "" : ending.ticket(),
                wanted.kinds)));
        writes.addAll(files.writes(after, wanted.before));
        return writes;
    }

    /** Whether anything that was committed in between concerns the same things or the same document. */
    private boolean isStale(Head from, Head to, Wanted wanted) {
        for (Log.Entry entry : log.all(from.revision() + 1, to.revision())) {
            if (entry.digest().equals(wanted.digest) || meets(entry.ticket(), wanted) || meets(entry.ended(), wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean meets(String ticket, Wanted wanted) {
        return !ticket.isEmpty()
                && !wanted.touched.isEmpty()
                && manifests.read(ticket).days().keySet().stream().anyMatch(wanted.touched::contains);
    }

    /**
     * Commits something that is of no delivery, such as findings.
     *
     * @param further writes beside, of the revision's number
     * @return false if the conditions of the further writes are not met
     */
    boolean commit(String ticket, LongFunction<List<Table.Write>> further, Clock at) {
        Backoff backoff = new Backoff();
        while (true) {
            Head head = Head.read(table);
            long number = head.revision() + 1;
            long knownAt = head.later(at.instant());
            Revision made = new Revision(ticket, number, knownAt, Revision.NEVER, Revision.NEVER, 0, "UTC", 0);
            List<Table.Write> writes = new ArrayList<>();
            writes.add(head.movedTo(new Head(number, knownAt, head.deliveries(), head.ending())));
            writes.add(new Table.Write(made.item(), Condition.absent()));
            writes.add(Log.write(new Log.Entry(number, "", knownAt, "", "", Set.of())));
            writes.addAll(further.apply(number));
            if (table.transact(writes)) {
                return true;
            }
            if (Head.read(table).revision() == head.revision() && backoff.tries() > 3) {
                return false;
            }
            backoff.await();
        }
    }
}
