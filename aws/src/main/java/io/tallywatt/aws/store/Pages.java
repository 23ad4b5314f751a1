package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: pages of things by their numbers, each with its series and the days that they have. A page is a base and the changes
 * that came since; each change counts as soon as its ticket is committed. A base is all that was committed up to a revision.
 */
final class Pages {
    /** Things of a page. */
    static final int SIZE = 128;

    /** A page with so many changes since its base gets a new one. */
    private static final int MANY = 24;
    /** Whoever still reads by an older base is done by then. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int LARGEST = 350_000;
    private static final String BASE = "b#";
    private static final String CHANGE = "d#";
    private static final String BYTES = "v";
    private static final String PIECES = "n";
    private static final String WRITTEN = "w";

    private final Table table;
    private final Clock clock;

    Pages(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    static int pageOf(int thing) {
        return thing / SIZE;
    }

    static int slotOf(int thing) {
        return thing % SIZE;
    }

    private static String partition(int page) {
        return "page#" + page;
    }

    /** A base: what was committed up to a revision. */
    private record Base(long revision, int pieces, long writtenAt, List<Item> items) {
        boolean whole() {
            return items.size() == pieces;
        }
    }

    /**
     * A page as a view sees it.
     *
     * @param things by slot
     * @param number of the page
     * @param head what the view's head was
     * @param changes how many it took since its base
     * @param old what is not needed any more to read it
     */
    record Page(int number, TreeMap<Integer, ThingState> things, long head, int changes, List<Key> old) {
        boolean isCrowded() {
            return changes >= MANY;
        }

        @Nullable
        SeriesState state(int slot, String suffix) {
            ThingState thing = things.get(slot);
            return thing == null ? null : thing.series().get(suffix);
        }
    }

    /** The items that write a change under a ticket. */
    static List<Item> items(int page, String ticket, PageChange change) {
        return pieces(page, CHANGE + ticket, change);
    }

    private static List<Item> pieces(int page, String sort, PageChange change) {
        List<Item> items = new ArrayList<>();
        List<byte[]> pieces = change.pieces(LARGEST);
        for (byte[] piece : pieces) {
            items.add(Item.of(new Key(partition(page), sort + "#" + items.size()))
                    .with(BYTES, piece)
                    .with(PIECES, pieces.size()));
        }
        return items;
    }

    /** A page as it stands at a view's head, whatever instant the view is as of: a catalogue has no history. */
    Page read(int page, View view) {
        TreeMap<Long, Base> bases = new TreeMap<>();
        TreeMap<String, List<Item>> changes = new TreeMap<>();
        try (Stream<Item> items = table.beginning(partition(page), "")) {
            items.forEach(item -> sort(item, bases, changes));
        }
        @Nullable Base base = null;
        for (Base one : bases.descendingMap().values()) {
            if (one.whole() && one.revision <= view.head().revision()) {
                base = one;
                break;
            }
        }
        return folded(page, base, bases, changes, view);
    }

    private static void sort(Item item, Map<Long, Base> bases, Map<String, List<Item>> changes) {
        String sort = item.key().sort();
        String name = sort.substring(2, sort.lastIndexOf('#'));
        if (sort.startsWith(CHANGE)) {
            changes.computeIfAbsent(name, t -> new ArrayList<>()).add(item);
            return;
        }
        bases.computeIfAbsent(
                        Long.valueOf(name),
                        r -> new Base(
                                r, (int) item.requiredNumber(PIECES), item.requiredNumber(WRITTEN), new ArrayList<>()))
                .items
                .add(item);
    }

    private Page folded(
            int page, @Nullable Base base, NavigableMap<Long, Base> bases, Map<String, List<Item>> changes, View view) {
        TreeMap<Integer, ThingState> things = new TreeMap<>();
        long from = 0;
        if (base != null) {
            from = base.revision;
            change(base.items).applyTo(things);
        }
        List<Key> old = new ArrayList<>();
        @Nullable Base forgettable = forgettable(bases);
        TreeMap<Long, List<Item>> since = new TreeMap<>();
        Map<String, Revision> revisions = view.resolve(changes.keySet());
        for (Map.Entry<String, List<Item>> one : changes.entrySet()) {
            Revision revision = revisions.get(one.getKey());
            if (revision != null && revision.number() > from) {
                since.put(revision.number(), one.getValue());
            } else if (revision != null && forgettable != null && revision.number() <= forgettable.revision) {
                one.getValue().forEach(item -> old.add(item.key()));
            }
        }
        since.values().forEach(items -> change(items).applyTo(things));
        if (forgettable != null) {
            bases.headMap(forgettable.revision).values().forEach(b -> b.items.forEach(item -> old.add(item.key())));
        }
        return new Page(page, things, view.head().revision(), since.size(), old);
    }

    /** The latest whole base so old that nobody reads by what was before it. */
    private @Nullable Base forgettable(NavigableMap<Long, Base> bases) {
        long before = clock.millis() - GRACE.toMillis();
        return bases.descendingMap().values().stream()
                .filter(base -> base.whole() && base.writtenAt < before)
                .findFirst()
                .orElse(null);
    }

    private static PageChange change(List<Item> pieces) {
        PageChange change = new PageChange();
        pieces.forEach(piece -> change.read(piece.requiredBytes(BYTES)));
        return change;
    }

    /** Puts a page in order that took many changes: it may be read as before all the while. */
    void tidy(Page page) {
        String name = String.format(Locale.ROOT, "%012d", page.head);
        table.putAll(pieces(page.number, BASE + name, PageChange.from(page.things)).stream()
                .map(item -> item.with(WRITTEN, clock.millis()))
                .toList());
        table.deleteAll(page.old);
    }

    /** Reads several pages at once. */
    Map<Integer, Page> read(Collection<Integer> pages, View view) {
        Map<Integer, Page> read = new TreeMap<>();
        table.each(List.copyOf(Set.copyOf(pages)), page -> read(page, view))
                .forEach(page -> read.put(page.number, page));
        return read;
    }
}
