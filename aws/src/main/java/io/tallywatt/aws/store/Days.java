package io.tallywatt.aws.store;

import io.tallywatt.aws.store.Layers.Stored;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Overlay;
import io.tallywatt.core.store.StoredBlock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Blocks as a view shows them, made of layers as they lie. */
final class Days {
    private final View view;
    private final Files files;
    private final Map<Long, String> names = new HashMap<>();

    /** @param files where the names of sources are found */
    Days(View view, Files files) {
        this.view = view;
        this.files = files;
    }

    /**
     * One day of one series.
     *
     * @param stored all that was ever written of it
     */
    record Lying(Series series, List<Stored> stored) {}

    /** A layer and the revision that brought it. */
    private record Brought(Revision revision, Layer layer) {}

    /** The blocks that there are, in order. */
    List<StoredBlock> blocks(Collection<Lying> days) {
        Map<String, Revision> revisions = resolve(days);
        List<Showing> showing = new ArrayList<>();
        for (Lying day : days) {
            @Nullable Showing shown = showing(day, revisions);
            if (shown != null) {
                showing.add(shown);
            }
        }
        lookUpNames(showing);
        return showing.stream().map(this::block).toList();
    }

    Map<String, Revision> resolve(Collection<Lying> days) {
        Set<String> tickets = new HashSet<>();
        days.forEach(day -> day.stored.forEach(one -> tickets.add(one.ticket())));
        return view.resolve(tickets);
    }

    /**
     * A day of which something counts.
     *
     * @param all that was committed, whether it counts or not
     */
    private record Showing(Series series, DayBlock block, List<Brought> active, List<Brought> all) {}

    private @Nullable Showing showing(Lying day, Map<String, Revision> revisions) {
        List<Brought> all = new ArrayList<>();
        for (Stored stored : day.stored) {
            Revision revision = revisions.get(stored.ticket());
            if (revision != null && view.sees(revision)) {
                all.add(new Brought(revision, stored.layer(revision)));
            }
        }
        all.sort(Comparator.comparingLong(one -> one.revision.number()));
        List<Brought> active =
                all.stream().filter(one -> view.counts(one.revision)).toList();
        @Nullable DayBlock block = overlay(active);
        return block == null ? null : new Showing(day.series, block, active, all);
    }

    private static @Nullable DayBlock overlay(List<Brought> layers) {
        return Overlay.of(layers.stream().map(Brought::layer).toList());
    }

    /** What stands of a day and in which zone, without where it comes from; null if nothing does. */
    @Nullable
    Standing standing(Lying day, Map<String, Revision> revisions) {
        @Nullable Showing shown = showing(day, revisions);
        return shown == null ? null : new Standing(shown.block, zone(shown.active));
    }

    record Standing(DayBlock block, ZoneId zone) {}

    private static ZoneId zone(List<Brought> active) {
        return active.getLast().revision.zoneId();
    }

    private void lookUpNames(List<Showing> showing) {
        Set<Long> ids = new HashSet<>();
        showing.forEach(one -> one.active.forEach(b -> ids.add(b.revision.delivery())));
        ids.removeAll(names.keySet());
        if (!ids.isEmpty()) {
            files.byIds(ids)
                    .forEach((id, entry) -> names.put(id, entry.delivery().name()));
        }
    }

    private StoredBlock block(Showing shown) {
        return new StoredBlock(
                shown.series,
                zone(shown.active),
                shown.block,
                Tickets.instant(knownAt(shown)),
                StoredBlock.sources(
                        shown.active.stream().map(Brought::layer).toList(),
                        id -> Objects.requireNonNull(names.get(id), "A layer's delivery is in the ledger")));
    }

    /** When the block became what it is: the last coming or ending of a layer that changed it. */
    private long knownAt(Showing shown) {
        TreeSet<Long> numbers = new TreeSet<>();
        Map<Long, Long> times = new HashMap<>();
        for (Brought one : shown.all) {
            numbers.add(one.revision.number());
            times.put(one.revision.number(), one.revision.knownAt());
            if (!view.counts(one.revision)) {
                numbers.add(one.revision.ended());
                times.put(one.revision.ended(), one.revision.endedAt());
            }
        }
        for (long number : numbers.descendingSet()) {
            List<Brought> before = shown.all.stream()
                    .filter(one -> one.revision.number() < number && one.revision.ended() >= number)
                    .toList();
            if (!shown.block.equals(overlay(before))) {
                return Objects.requireNonNull(times.get(number));
            }
        }
        throw new IllegalStateException("A block that shows was brought by some revision");
    }
}
