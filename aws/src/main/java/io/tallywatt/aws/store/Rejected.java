package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows that were not taken, under the ticket of the reading that did not take them, many an item. */
final class Rejected {
    private static final int LARGEST = 300_000;
    private static final String BYTES = "v";

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
        List<Item> items = new ArrayList<>();
        ByteWriter to = new ByteWriter();
        for (Reject reject : rejects) {
            to.unsigned(reject.line()).text(reject.column()).text(reject.code().name());
            to.text(reject.message()).text(reject.text());
            if (to.size() > LARGEST) {
                items.add(item(ticket, part, items.size(), to));
                to = new ByteWriter();
            }
        }
        if (to.size() > 0) {
            items.add(item(ticket, part, items.size(), to));
        }
        return items;
    }

    private static Item item(String ticket, int part, int count, ByteWriter bytes) {
        return Item.of(new Key(partition(ticket), Layers.part(part, count))).with(BYTES, bytes.packed(300));
    }

    Stream<Reject> of(String ticket) {
        return table.beginning(partition(ticket), "").flatMap(item -> read(item).stream());
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
