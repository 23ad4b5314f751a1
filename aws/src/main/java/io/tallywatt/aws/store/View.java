package io.tallywatt.aws.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The store as it was at a head and as of an instant: what one question sees from its beginning to its end, whatever is committed
 * meanwhile.
 *
 * @param asOf microseconds since 1970, {@link Long#MAX_VALUE} for now
 */
record View(Revisions revisions, Head head, long asOf) {

    static View of(Revisions revisions, Head head, @Nullable Instant asOf) {
        return new View(revisions, head, asOf == null ? Long.MAX_VALUE : Tickets.micros(asOf));
    }

    /** Those of the tickets that were committed; some of them perhaps later than this view sees. */
    Map<String, Revision> resolve(Collection<String> tickets) {
        return revisions.resolve(tickets, head);
    }

    /** Whether what the revision brought was known. */
    boolean sees(Revision revision) {
        return revision.number() <= head.revision() && revision.knownAt() <= asOf;
    }

    /** Whether what the revision brought was known and had not ended. */
    boolean counts(Revision revision) {
        return sees(revision) && !ended(revision);
    }

    private boolean ended(Revision revision) {
        return revision.ended() <= head.revision() && revision.endedAt() <= asOf;
    }
}
