package io.tallywatt.aws.store;

import io.tallywatt.aws.store.Given.OfThing;
import io.tallywatt.aws.store.Pages.Page;
import io.tallywatt.aws.store.Weighing.Plan;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Taken;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes documents in, and undoes deliveries. */
final class Taking {
    /** Pages that are read and weighed together. */
    private static final int PAGES_AT_ONCE = 16;

    private final Table table;
    private final Clock clock;
    private final Files files;
    private final Things things;
    private final Pages pages;
    private final Layers layers;
    private final Journal journal;
    private final Revisions revisions;
    private final Manifests manifests;
    private final Commits commits;

    Taking(
            Table table,
            Clock clock,
            Files files,
            Things things,
            Pages pages,
            Layers layers,
            Journal journal,
            Revisions revisions,
            Manifests manifests,
            Commits commits) {
        this.table = table;
        this.clock = clock;
        this.files = files;
        this.things = things;
        this.pages = pages;
        this.layers = layers;
        this.journal = journal;
        this.revisions = revisions;
        this.manifests = manifests;
        this.commits = commits;
    }

    /**
     * A document that is read.
     *
     * @param rows rows seen
     */
    record Document(
            String name,
            String digest,
            long bytes,
            String format,
            String settings,
            String zone,
            String unit,
            Instant receivedAt,
            long rows) {}

    Taken take(Intake intake) {
        SeriesIds ids = new SeriesIds();
        try (Intake.Pass pass = intake.pass(ids)) {
            Given given = Given.read(pass, ids);
            Intake.Contents contents = pass.contents();
            Document document = new Document(
                    intake.name(),
                    contents.digest(),
                    contents.bytes(),
                    contents.format(),
                    contents.settings(),
                    intake.zone().getId(),
                    intake.unit(),
                    intake.receivedAt(),
                    contents.rows());
            Optional<Delivery> known = intake.again() ? Optional.empty() : known(document);
            return known.isPresent() ? new Taken.Known(known.get()) : take(document, given, intake, pass);
        }
    }

    /** The delivery of a document that was taken before and read the same way. */
    Optional<Delivery> known(Document document) {
        return files.byDigest(document.digest)
                .filter(entry -> isSame(entry, document))
                .map(Files.Entry::delivery);
    }

    private static boolean isSame(Files.@Nullable Entry entry, Document document) {
        return entry != null && entry.taken() && entry.delivery().settings().equals(document.settings);
    }

    private Taken take(Document document, Given given, Intake intake, Intake.Pass pass) {
        Map<String, Integer> numbers = things.numbers(given.names());
        Map<Integer, String> names = new HashMap<>();
        numbers.forEach((name, number) -> names.put(number, name));
        Reading reading = new Reading(
                document,
                Tickets.draw(clock),
                given.manifest(numbers),
                names,
                (number, name) -> given.of(name),
                false,
                () -> {
                    RemarkList remarks = new RemarkList();
                    remarks.addAll(intake.rejects());
                    remarks.addAll(intake.notices());
                    return remarks;
                },
                intake.again());
        Result result = take(reading);
        if (result.taken instanceof Taken.Stored) {
            result.remarks.tellOwn(pass);
        }
        return result.taken;
    }

    /**
     * A document that is read, with what it gives.
     *
     * @param ticket under which it is written
     * @param incoming of which days it gives something
     * @param names of the things by number
     * @param given what it gives of a thing, by number and name
     * @param stored whether that has to be read from the table
     * @param remarks those of the document, each time anew
     * @param again whether it is taken even if the same was before
     */
    record Reading(
            Document document,
            String ticket,
            Manifest incoming,
            Map<Integer, String> names,
            BiFunction<Integer, String, OfThing> given,
            boolean stored,
            Supplier<RemarkList> remarks,
            boolean again) {}

    /**
     * What came of it.
     *
     * @param remarks with those that the store added
     */
    record Result(Taken taken, RemarkList remarks) {}

    /** Weighs, writes and commits, until a commit meets the store as it was weighed by. */
    Result take(Reading reading) {
        Written written = new Written(table);
        try {
            while (true) {
                RemarkList remarks = reading.remarks.get();
                @Nullable Taken taken = tryTake(reading, written, remarks);
                if (taken != null) {
                    return new Result(taken, remarks);
                }
            }
        } catch (RuntimeException e) {
            discard(written, e);
            throw e;
        }
    }

    private static void discard(Written written, RuntimeException because) {
        try {
            written.discard();
        } catch (RuntimeException e) {
            // It lies there without counting; what matters is why nothing was taken.
            because.addSuppressed(e);
        }
    }

    /** Null if the store changed meanwhile in what concerns the document. */
    private @Nullable Taken tryTake(Reading reading, Written written, RemarkList remarks) {
        Document document = reading.document;
        View view = View.of(revisions, Head.read(table), null);
        Files.@Nullable Entry before = files.byDigest(document.digest).orElse(null);
        if (before != null && !reading.again && isSame(before, document)) {
            written.discard();
            return new Taken.Known(before.delivery());
        }
        @Nullable Revision ending = ending(before, view);
        Instant receivedAt = before == null
                ? document.receivedAt.truncatedTo(ChronoUnit.MICROS)
                : before.delivery().receivedAt();
        Plan plan = new Plan(
                before == null
                        ? view.head().deliveries() + 1
                        : before.delivery().id(),
                Tickets.micros(receivedAt),
                document.zone,
                document.unit,
                ending,
                ending == null ? new Manifest() : manifests.read(ending.ticket()),
                reading.incoming,
                reading.names,
                reading.given,
                reading.stored);
        Draft draft = new Draft(reading.ticket, remarks);
        written.begin();
        List<Page> crowded = weigh(view, plan, draft, written);
        Counts counts = draft.counts(document.rows);
        Commits.Entry after = (id, knownAt) -> new Files.Entry(
                new Delivery(
                        id,
                        document.name,
                        document.digest,
                        document.bytes,
                        document.format,
                        document.settings,
                        document.zone,
                        receivedAt,
                        Tickets.instant(knownAt),
                        DeliveryState.TAKEN,
                        null,
                        counts,
                        remarks.notices()),
                reading.ticket);
        table.putAll(files.hints(after.of(1, 0).delivery(), before));
        written.put(
                reading.stored
                        ? Rejected.settledItems(reading.ticket, remarks.rejects())
                        : Rejected.items(reading.ticket, 0, remarks.rejects()));
        written.settle();
        Commits.Wanted wanted = new Commits.Wanted(
                reading.ticket,
                draft.touched,
                draft.kindsOfSeries,
                document.digest,
                before,
                ending,
                document.zone,
                after);
        written.seal();
        Optional<Delivery> delivery = commits.commit(view.head(), wanted);
        if (delivery.isEmpty()) {
            written.unseal();
            return null;
        }
        crowded.forEach(pages::tidy);
        return new Taken.Stored(delivery.get());
    }

    /** The revision by which the delivery counts, null if it does not. */
    private static @Nullable Revision ending(Files.@Nullable Entry entry, View view) {
        if (entry == null || !entry.taken() || entry.ticket() == null) {
            return null;
        }
        String ticket = entry.ticket();
        return Objects.requireNonNull(view.resolve(List.of(ticket)).get(ticket), "A delivery's ticket is committed");
    }

    /**
     * Weighs page by page, and writes what that comes to.
     *
     * @return pages that took many changes
     */
    private List<Page> weigh(View view, Plan plan, Draft draft, Written written) {
        TreeSet<Integer> numbers = plan.incoming().pages();
        numbers.addAll(plan.ended().pages());
        List<Integer> all = List.copyOf(numbers);
        List<Page> crowded = new ArrayList<>();
        Weighing weighing = new Weighing(table, layers, view, plan, draft);
        for (int from = 0; from < all.size(); from += PAGES_AT_ONCE) {
            List<Integer> some = all.subList(from, Math.min(all.size(), from + PAGES_AT_ONCE));
            for (Page page : pages.read(some, view).values()) {
                weighing.weigh(page);
                if (page.isCrowded()) {
                    crowded.add(page);
                }
            }
            draft.flush(written);
        }
        written.put(journal.items(draft.ticket(), draft.differences));
        if (!draft.manifest.days().isEmpty()) {
            written.put(Manifests.items(draft.ticket(), draft.manifest));
        }
        return crowded;
    }

    /** Undoes a delivery. */
    Delivery withdraw(long id) {
        String ticket = Tickets.draw(clock);
        Written written = new Written(table);
        try {
            while (true) {
                @Nullable Delivery withdrawn = tryWithdraw(id, ticket, written);
                if (withdrawn != null) {
                    return withdrawn;
                }
            }
        } catch (RuntimeException e) {
            discard(written, e);
            throw e;
        }
    }

    private @Nullable Delivery tryWithdraw(long id, String ticket, Written written) {
        View view = View.of(revisions, Head.read(table), null);
        Files.Entry entry =
                files.byId(id).orElseThrow(() -> new IllegalArgumentException("There is no delivery " + id));
        Delivery old = entry.delivery();
        @Nullable Revision ending = ending(entry, view);
        if (ending == null) {
            written.discard();
            return old;
        }
        Plan plan = new Plan(
                id,
                Tickets.micros(old.receivedAt()),
                old.zone(),
                "",
                ending,
                manifests.read(ending.ticket()),
                new Manifest(),
                Map.of(),
                (number, name) -> new OfThing(),
                false);
        Draft draft = new Draft(ticket, new RemarkList());
        written.begin();
        List<Page> crowded = weigh(view, plan, draft, written);
        Counts counts = draft.counts(old.counts());
        Commits.Entry after = (same, knownAt) -> new Files.Entry(
                changed(old, DeliveryState.WITHDRAWN, counts, Tickets.instant(knownAt)), entry.ticket());
        table.putAll(files.hints(after.of(id, 0).delivery(), entry));
        written.settle();
        Commits.Wanted wanted = new Commits.Wanted(
                ticket, draft.touched, draft.kindsOfSeries, old.digest(), entry, ending, old.zone(), after);
        written.seal();
        Optional<Delivery> delivery = commits.commit(view.head(), wanted);
        if (delivery.isEmpty()) {
            written.unseal();
            return null;
        }
        crowded.forEach(pages::tidy);
        return delivery.get();
    }

    private static Delivery changed(Delivery old, DeliveryState state, Counts counts, Instant knownAt) {
        return new Delivery(
                old.id(),
                old.name(),
                old.digest(),
                old.bytes(),
                old.format(),
                old.settings(),
                old.zone(),
                old.receivedAt(),
                knownAt,
                state,
                old.reason(),
                counts,
                old.notices());
    }

    /** Records a document that could not be read. */
    Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason) {
        while (true) {
            Head head = Head.read(table);
            Files.@Nullable Entry before = files.byDigest(digest).orElse(null);
            if (before != null && before.taken()) {
                return before.delivery();
            }
            Instant received = before == null
                    ? receivedAt.truncatedTo(ChronoUnit.MICROS)
                    : before.delivery().receivedAt();
            Commits.Entry after = (id, knownAt) -> new Files.Entry(
                    new Delivery(
                            id,
                            name,
                            digest,
                            bytes,
                            "",
                            "",
                            "",
                            received,
                            Tickets.instant(knownAt),
                            DeliveryState.QUARANTINED,
                            reason,
                            Counts.NONE,
                            List.of()),
                    null);
            table.putAll(files.hints(after.of(1, 0).delivery(), before));
            Commits.Wanted wanted = new Commits.Wanted(null, Set.of(), Set.of(), digest, before, null, "UTC", after);
            Optional<Delivery> delivery = commits.commit(head, wanted);
            if (delivery.isPresent()) {
                return delivery.get();
            }
        }
    }
}
