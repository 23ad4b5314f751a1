package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Layer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Where layers are: one item each, the days of a series in one partition in their order. */
final class Layers {
    private static final String BYTES = "v";
    /** What continues a layer in a further item; sorts behind every digit and letter. */
    private static final String MORE = "~";
    /** An item may have 400 kB, with its key. */
    private static final int LARGEST = 380_000;

    private static final int DAY_DIGITS = 6;
    private static final int PART_DIGITS = 4;
    private static final int COUNT_DIGITS = 4;
    /** Behind the numbers of all parts. */
    private static final int SETTLED = 36 * 36 * 36 * 36 - 1;

    private final Table table;

    Layers(Table table) {
        this.table = table;
    }

    /**
     * A layer as it is stored.
     *
     * @param day epoch day
     * @param part of the document it came with, and which of that part's layers of the day
     * @param keys of its items
     */
    record Stored(int day, String ticket, String part, long line, DayBlock block, List<Key> keys) {
        Layer layer(Revision revision) {
            return new Layer(revision.number(), revision.precedence(line), block);
        }
    }

    private static String partition(Series series) {
        return "s#" + series;
    }

    private static String dayText(int day) {
        return String.format(Locale.ROOT, "%0" + DAY_DIGITS + "d", day);
    }

    /** @param count which of the layers that the part gives for the day */
    static String part(int part, int count) {
        if (part >= SETTLED) {
            throw new IllegalArgumentException("A document has fewer than " + SETTLED + " parts");
        }
        return text(part, count);
    }

    /** Of a document that was weighed as a whole. */
    static String settledPart(int count) {
        return text(SETTLED, count);
    }

    static boolean isSettled(String part) {
        return part.startsWith(Tickets.padded(SETTLED, PART_DIGITS));
    }

    private static String text(int part, int count) {
        return Tickets.padded(part, PART_DIGITS) + Tickets.padded(count, COUNT_DIGITS);
    }

    /** One item, or several for a day that is larger than an item may be. */
    static List<Item> items(Series series, int day, String ticket, String part, long line, DayBlock block) {
        byte[] bytes = LayerBytes.of(line, block);
        String sort = dayText(day) + "#" + ticket + "#" + part;
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += LARGEST) {
            Key key = new Key(partition(series), items.isEmpty() ? sort : sort + MORE + items.size());
            items.add(Item.of(key)
                    .with(BYTES, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + LARGEST))));
        }
        return items;
    }

    /** Says that none of the layers counts that parts of a document wrote of a day. */
    static Item none(Series series, int day, String ticket) {
        return Item.of(new Key(partition(series), dayText(day) + "#" + ticket + "#" + settledPart(0)));
    }

    /** The items of one day and ticket at a time, which follow each other. */
    private static Iterator<List<Item>> groups(Iterator<Item> items) {
        return new Iterator<>() {
            private @Nullable Item next = items.hasNext() ? items.next() : null;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public List<Item> next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                List<Item> group = new ArrayList<>();
                String ticket = ticketOf(next);
                while (next != null && ticketOf(next).equals(ticket)) {
                    group.add(next);
                    next = items.hasNext() ? items.next() : null;
                }
                return group;
            }
        };
    }

    /** Day and ticket. */
    private static String ticketOf(Item item) {
        String sort = item.key().sort();
        return sort.substring(0, sort.lastIndexOf('#') + 1);
    }

    private static String partOf(Item item) {
        String sort = item.key().sort();
        return sort.substring(sort.lastIndexOf('#') + 1);
    }

    /** Once a document is weighed as a whole, what its parts wrote of a day gives way to what came of it. */
    private static List<Item> standing(List<Item> group) {
        boolean settled = isSettled(partOf(group.getLast()));
        return group.stream()
                .filter(item -> !settled || isSettled(partOf(item)))
                .filter(item -> item.bytes(BYTES) != null)
                .toList();
    }

    private static List<Item> ofParts(List<Item> group) {
        return group.stream().filter(item -> !isSettled(partOf(item))).toList();
    }

    /** Joins the items of each layer. */
    private static List<Stored> joined(List<Item> group) {
        List<Stored> layers = new ArrayList<>();
        for (int from = 0, end; from < group.size(); from = end) {
            String sort = group.get(from).key().sort();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            end = from;
            do {
                bytes.writeBytes(group.get(end).requiredBytes(BYTES));
                end++;
            } while (end < group.size() && group.get(end).key().sort().startsWith(sort + MORE));
            List<Key> keys = group.subList(from, end).stream().map(Item::key).toList();
            layers.add(stored(sort, bytes.toByteArray(), keys));
        }
        return layers;
    }

    private static Stored stored(String sort, byte[] bytes, List<Key> keys) {
        int ticket = sort.indexOf('#');
        int part = sort.indexOf('#', ticket + 1);
        int day = Integer.parseInt(sort.substring(0, ticket));
        LayerBytes.Given given = LayerBytes.read(day, bytes);
        return new Stored(
                day, sort.substring(ticket + 1, part), sort.substring(part + 1), given.line(), given.block(), keys);
    }

    /** All that was ever written of a series' days {@code [from, to)}, by day, in the order of tickets and parts. */
    Stream<Stored> of(Series series, int from, int to) {
        return groups(series, from, to).flatMap(group -> joined(standing(group)).stream());
    }

    /** What parts of a document wrote of the days, whatever came of it. */
    Stream<Stored> ofParts(Series series, int from, int to, String ticket) {
        return groups(series, from, to)
                .filter(group -> ticketOf(group.getFirst()).endsWith("#" + ticket + "#"))
                .flatMap(group -> joined(ofParts(group)).stream());
    }

    private Stream<List<Item>> groups(Series series, int from, int to) {
        Iterator<List<Item>> groups = groups(
                table.between(partition(series), dayText(from), dayText(to)).iterator());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(groups, Spliterator.ORDERED), false);
    }

    /** The same by day. */
    Map<Integer, List<Stored>> byDay(Series series, int from, int to) {
        TreeMap<Integer, List<Stored>> days = new TreeMap<>();
        of(series, from, to)
                .forEach(layer -> days.computeIfAbsent(layer.day(), d -> new ArrayList<>())
                        .add(layer));
        return days;
    }
}
