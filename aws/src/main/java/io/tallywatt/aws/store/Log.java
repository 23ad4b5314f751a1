package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** All revisions in their order, some thousands a partition. */
final class Log {
    private static final int BUCKET_BITS = 12;
    private static final String TICKET = "t";
    private static final String KNOWN = "k";
    private static final String DIGEST = "g";
    private static final String ENDED = "e";
    private static final String KINDS = "q";

    private final Table table;

    Log(Table table) {
        this.table = table;
    }

    /**
     * A revision in the log.
     *
     * @param ticket of what it brought, or empty
     * @param knownAt microseconds since 1970
     * @param digest of the delivery whose state it changed, or empty
     * @param ended ticket of what it ended, or empty
     * @param kinds kinds of the series that it concerns, such as {@code site}
     */
    record Entry(long number, String ticket, long knownAt, String digest, String ended, Set<String> kinds) {}

    private static String partition(long bucket) {
        return "log#" + bucket;
    }

    private static String sort(long number) {
        return String.format(Locale.ROOT, "%012d", number);
    }

    static Table.Write write(Entry entry) {
        Item item = Item.of(new Key(partition(entry.number >>> BUCKET_BITS), sort(entry.number)))
                .with(TICKET, entry.ticket)
                .with(KNOWN, entry.knownAt)
                .with(DIGEST, entry.digest)
                .with(ENDED, entry.ended)
                .with(KINDS, String.join(" ", new TreeSet<>(entry.kinds)));
        return new Table.Write(item, Condition.absent());
    }

    private static Entry entry(Item item) {
        String kinds = item.requiredText(KINDS);
        return new Entry(
                Long.parseLong(item.key().sort()),
                item.requiredText(TICKET),
                item.requiredNumber(KNOWN),
                item.requiredText(DIGEST),
                item.requiredText(ENDED),
                kinds.isEmpty() ? Set.of() : Set.of(kinds.split(" ", -1)));
    }

    /** The entries from one number to another, both included. */
    Stream<Entry> between(long from, long to) {
        return LongStream.rangeClosed(from >>> BUCKET_BITS, to >>> BUCKET_BITS)
                .boxed()
                .flatMap(bucket -> table.between(partition(bucket), sort(from), sort(to)))
                .map(Log::entry);
    }

    /** The entries up to a number, the last first. */
    Stream<Entry> backFrom(long number) {
        return LongStream.iterate(number >>> BUCKET_BITS, bucket -> bucket >= 0, bucket -> bucket - 1)
                .boxed()
                .flatMap(bucket -> table.between(partition(bucket), sort(0), sort(number), false, 0))
                .map(Log::entry);
    }

    /** The number of the last revision that was known at a time, or one before it; 0 if there was none. */
    long knownBy(long micros, long last) {
        long low = 0;
        long high = last >>> BUCKET_BITS;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            boolean before = first(middle).map(entry -> entry.knownAt <= micros).orElse(false);
            low = before ? middle : low;
            high = before ? high : middle - 1;
        }
        try (Stream<Item> items = table.between(partition(low), sort(0), sort(last), false, 200)) {
            return items.map(Log::entry)
                    .filter(entry -> entry.knownAt <= micros)
                    .findFirst()
                    .map(Entry::number)
                    .orElse(Math.max(0, (low << BUCKET_BITS) - 1));
        }
    }

    private Optional<Entry> first(long bucket) {
        try (Stream<Item> items = table.between(partition(bucket), sort(0), sort(Long.MAX_VALUE), true, 1)) {
            return items.findFirst().map(Log::entry);
        }
    }

    /** Entries of several numbers' ranges as a list. */
    List<Entry> all(long from, long to) {
        Collection<Entry> entries = new ArrayList<>();
        between(from, to).forEach(entries::add);
        return List.copyOf(entries);
    }
}
