package io.tallywatt.core.store;

import io.tallywatt.core.format.Notice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One received document, as the ledger knows it.
 *
 * @param id counts from 1
 * @param name as it came: a path, an upload's name, {@code archive.zip!entry.csv}
 * @param digest SHA-256 of the document's bytes (unpacked), lower-case hex
 * @param bytes size of the document (unpacked)
 * @param format name of the format, empty if none was recognised
 * @param settings how it was read, see {@code Layout.settings()}
 * @param zone the zone of its days
 * @param receivedAt fixed once, at the door
 * @param knownAt when its state became known
 * @param state where it stands
 * @param reason why it is in quarantine, else null
 * @param counts what it held and did when it was last read
 * @param notices remarks of that reading, by the names of their codes: the same from every store
 */
public record Delivery(
        long id,
        String name,
        String digest,
        long bytes,
        String format,
        String settings,
        String zone,
        Instant receivedAt,
        Instant knownAt,
        DeliveryState state,
        @Nullable String reason,
        Counts counts,
        List<Notice> notices) {
    public Delivery {
        notices = notices.stream()
                .sorted(Comparator.comparing(notice -> notice.code().name()))
                .toList();
    }
}
