package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's entries, one item each by the digest of the document. The ways to them by id, name, size and state are hints beside: they
 * are written before the entry is, so an entry is never without them, and what they lead to is looked at before it is believed.
 */
final class Files {
    private static final String BYTES = "v";
    private static final String KNOWN = "k";
    private static final String TICKET = "t";
    private static final String DIGEST = "g";
    /** Longer names are known by their digest; a key has room for 2,048 bytes. */
    private static final int LONGEST_NAME = 1_000;

    /** Ids of one partition. */
    private static final int BUCKET_BITS = 12;

    private final Table table;

    Files(Table table) {
        this.table = table;
    }

    /**
     * An entry.
     *
     * @param ticket of its last reading, null if it never was read
     */
    record Entry(Delivery delivery, @Nullable String ticket) {
        boolean taken() {
            return delivery.state() == DeliveryState.TAKEN;
        }
    }

    private static Key key(String digest) {
        return new Key("file#" + digest, "-");
    }

    private static Key idKey(long id) {
        return new Key("id#" + (id >>> BUCKET_BITS), String.format(Locale.ROOT, "%012d", id));
    }

    private static String nameOf(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return "name#"
                + (bytes.length <= LONGEST_NAME ? "=" + name : HexFormat.of().formatHex(sha(bytes)));
    }

    private static byte[] sha(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Key sizeKey(long bytes) {
        return new Key("size#" + bytes, "-");
    }

    private static String stateOf(DeliveryState state) {
        return "state#" + state;
    }

    private static Entry entry(Item item) {
        return new Entry(DeliveryBytes.read(item.requiredBytes(BYTES)), item.text(TICKET));
    }

    Optional<Entry> byDigest(String digest) {
        return table.get(key(digest)).map(Files::entry);
    }

    Optional<Entry> byId(long id) {
        return table.get(idKey(id)).flatMap(item -> byDigest(item.requiredText(DIGEST)));
    }

    /** Entries by their ids. */
    Map<Long, Entry> byIds(Collection<Long> ids) {
        List<Key> digests = table.getAll(ids.stream().map(Files::idKey).toList()).values().stream()
                .map(item -> key(item.requiredText(DIGEST)))
                .toList();
        Map<Long, Entry> entries = new HashMap<>();
        table.getAll(digests).values().stream()
                .map(Files::entry)
                .forEach(entry -> entries.put(entry.delivery.id(), entry));
        return entries;
    }

    /** Entries by digest. */
    Map<String, Entry> byDigests(Collection<String> digests) {
        Map<String, Entry> entries = new HashMap<>();
        table.getAll(digests.stream().map(Files::key).toList()).values().stream()
                .map(Files::entry)
                .forEach(entry -> entries.put(entry.delivery.digest(), entry));
        return entries;
    }

    /** Digests of documents that came by a name; of some of them the entry may say another name. */
    List<String> digestsNamed(String name) {
        try (Stream<Item> hints = table.beginning(nameOf(name), "")) {
            return hints.map(hint -> hint.key().sort()).toList();
        }
    }

    /** Digests of documents that were in a state; some of them may be in another by now. */
    List<String> digestsIn(DeliveryState state) {
        try (Stream<Item> hints = table.beginning(stateOf(state), "")) {
            return hints.map(hint -> hint.key().sort()).toList();
        }
    }

    boolean anyOfSize(long bytes) {
        return table.get(sizeKey(bytes)).isPresent();
    }

    /** What leads to an entry besides its digest and id: to be written before the entry is. */
    List<Item> hints(Delivery delivery, @Nullable Entry before) {
        Item name = Item.of(new Key(nameOf(delivery.name()), delivery.digest()));
        Item size = Item.of(sizeKey(delivery.bytes()));
        Item state = Item.of(new Key(stateOf(delivery.state()), delivery.digest()));
        // Most are taken, and are found by the log.
        Stream<Item> hints =
                delivery.state() == DeliveryState.TAKEN ? Stream.of(name, size) : Stream.of(name, size, state);
        if (before != null
                && before.delivery.name().equals(delivery.name())
                && before.delivery.bytes() == delivery.bytes()) {
            return hints.skip(2).toList();
        }
        return hints.toList();
    }

    /** The writes of an entry, if it stands as it was read. */
    List<Table.Write> writes(Entry entry, @Nullable Entry before) {
        Delivery delivery = entry.delivery;
        Item item = Item.of(key(delivery.digest()))
                .with(BYTES, DeliveryBytes.of(delivery))
                .with(KNOWN, Tickets.micros(delivery.knownAt()));
        if (entry.ticket != null) {
            item = item.with(TICKET, entry.ticket);
        }
        if (before != null) {
            return List.of(new Table.Write(item, Condition.is(KNOWN, Tickets.micros(before.delivery.knownAt()))));
        }
        return List.of(
                new Table.Write(item, Condition.absent()),
                new Table.Write(Item.of(idKey(delivery.id())).with(DIGEST, delivery.digest()), Condition.absent()));
    }
}
