package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where manifests are: under the ticket of the delivery's reading. */
final class Manifests {
    private static final int LARGEST = 350_000;
    private static final String BYTES = "m";
    private static final String PREFIX = "m#";

    private final Table table;

    Manifests(Table table) {
        this.table = table;
    }

    static List<Item> items(String ticket, Manifest manifest) {
        List<Item> items = new ArrayList<>();
        for (byte[] piece : Manifest.pieces(manifest.bytes(), LARGEST)) {
            String sort = PREFIX + String.format(Locale.ROOT, "%04d", items.size());
            items.add(Item.of(new Key(Revision.partition(ticket), sort)).with(BYTES, piece));
        }
        return items;
    }

    /** What a ticket's reading gave; nothing where it gave nothing. */
    Manifest read(String ticket) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stream<Item> pieces = table.beginning(Revision.partition(ticket), PREFIX)) {
            pieces.forEach(piece -> bytes.writeBytes(piece.requiredBytes(BYTES)));
        }
        return bytes.size() == 0 ? new Manifest() : Manifest.read(bytes.toByteArray());
    }
}
