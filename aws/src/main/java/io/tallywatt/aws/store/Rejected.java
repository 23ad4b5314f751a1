package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The rows that were not taken, under the ticket of the reading that did not take them, many an item. */
final class Rejected {
    private static final int LARGEST = 300_000;
    private static final String BYTES = "v";
    /** Behind all digits and letters. */
    private static final String LAST = "~";

    private final Table table;

    Rejected(Table table) {
        this.table = table;
    }

    private static String partition(String ticket) {
        return "rejects#" + ticket;
    }

    /**
     * The items of some rejects.
     *
     * @param part of the document, by whose numbers they come back
     */
    static List<Item> items(String ticket, int part, List<Reject> rejects) {
        return items(ticket, count -> Layers.part(part, count), rejects);
    }

    /** Those that only the store found, of a document whose own are there part by part. */
    static List<Item> settledItems(String ticket, List<Reject> rejects) {
        return items(ticket, Layers::settledPart, rejects);
    }

    private static List<Item> items(String ticket, IntFunction<String> sort, List<Reject> rejects) {
        List<Item> items = new ArrayList<>();
        ByteWriter to = new ByteWriter();
        for (Reject reject : rejects) {
            to.unsigned(reject.line()).text(reject.column()).text(reject.code().name());
            to.text(reject.message()).text(reject.text());
            if (to.size() > LARGEST) {
                items.add(item(ticket, sort.apply(items.size()), to));
                to = new ByteWriter();
            }
        }
        if (to.size() > 0) {
            items.add(item(ticket, sort.apply(items.size()), to));
        }
        return items;
    }

    private static Item item(String ticket, String sort, ByteWriter bytes) {
        return Item.of(new Key(partition(ticket), sort)).with(BYTES, bytes.packed(300));
    }

    /** By line. */
    Stream<Reject> of(String ticket) {
        Stream<Reject> ofParts = table.between(partition(ticket), Layers.part(0, 0), Layers.settledPart(0))
                .filter(item -> !Layers.isSettled(item.key().sort()))
                .flatMap(item -> read(item).stream());
        List<Reject> settled;
        try (Stream<Item> items = table.between(partition(ticket), Layers.settledPart(0), LAST)) {
            settled = items.flatMap(item -> read(item).stream()).toList();
        }
        return settled.isEmpty() ? ofParts : merged(ofParts, settled);
    }

    private static Stream<Reject> merged(Stream<Reject> ofParts, List<Reject> settled) {
        Iterator<Reject> each = settled.iterator();
        List<Reject> waiting = new ArrayList<>();
        if (each.hasNext()) {
            waiting.add(each.next());
        }
        Stream<Reject> before = ofParts.flatMap(one -> {
            List<Reject> some = new ArrayList<>();
            while (!waiting.isEmpty() && waiting.getFirst().line() < one.line()) {
                some.add(waiting.removeFirst());
                if (each.hasNext()) {
                    waiting.add(each.next());
                }
            }
            some.add(one);
            return some.stream();
        });
        Stream<Reject> after = Stream.of(each).flatMap(rest -> {
            List<Reject> some = new ArrayList<>(waiting);
            rest.forEachRemaining(some::add);
            return some.stream();
        });
        return Stream.concat(before, after);
    }

    private static List<Reject> read(Item item) {
        ByteReader from = ByteReader.of(item.requiredBytes(BYTES));
        List<Reject> rejects = new ArrayList<>();
        while (from.more()) {
            rejects.add(new Reject(
                    from.unsigned(), from.text(), RejectCode.valueOf(from.text()), from.text(), from.text()));
        }
        return rejects;
    }
}
