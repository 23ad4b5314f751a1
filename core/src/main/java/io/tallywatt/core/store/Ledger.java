package io.tallywatt.core.store;

import io.tallywatt.core.format.Reject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * The digests of what is taken, by name, of those among the names by which anything came that is.
     *
     * @param names may be a thousand: asked for at once where the store can
     */
    default Map<String, Set<String>> digestsTaken(Collection<String> names) {
        Map<String, Set<String>> digests = new HashMap<>();
        for (String name : names) {
            for (Delivery taken : deliveries(new DeliverySearch(DeliveryState.TAKEN, name, null, Long.MAX_VALUE))) {
                digests.computeIfAbsent(name, n -> new HashSet<>()).add(taken.digest());
            }
        }
        return digests;
    }

    /**
     * When the latest change of the store, of findings too, became known: as long as this is the same, every answer is. It
     * never runs ahead of what can be read, and whatever comes next becomes known later. {@link Instant#EPOCH} if nothing
     * ever came.
     */
    Instant changedAt();

    /** The rows that a delivery's last reading could not take, by line. */
    Stream<Reject> rejects(long delivery);
}
