package io.tallywatt.core.store;

import io.tallywatt.core.format.Reject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The record of every delivery. Entries of documents that are taken are written by {@link BlockStore#take}. */
public interface Ledger {
    /** Records a document that could not be read. One that is known by its digest keeps its id and what it gave. */
    Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason);

    Optional<Delivery> delivery(long id);

    /** The delivery of these bytes, whatever its state. */
    Optional<Delivery> byDigest(String digest);

    /**
     * Whether a document of this size was ever received, so that a look at its digest makes sense.
     *
     * @param bytes size unpacked, -1 where it is not known
     */
    boolean mayKnow(long bytes);

    /** Deliveries, those whose state became known last first. */
    List<Delivery> deliveries(DeliverySearch search);

    default List<Delivery> deliveries() {
        return deliveries(DeliverySearch.ALL);
    }

    /** Those of the names by which a delivery came that is taken. */
    default Set<String> namesTaken(Collection<String> names) {
        return names.stream()
                .filter(name -> deliveries(new DeliverySearch(DeliveryState.TAKEN, name, null, 1))
                                .size()
                        > 0)
                .collect(Collectors.toSet());
    }

    /**
     * When the latest change of the store became known: as long as this is the same, every answer is. It never runs ahead
     * of what can be read. {@link Instant#EPOCH} if nothing ever came.
     */
    Instant changedAt();

    /** The rows that a delivery's last reading could not take, by line. */
    Stream<Reject> rejects(long delivery);
}
