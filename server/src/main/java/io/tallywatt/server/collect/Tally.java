package io.tallywatt.server.collect;

import io.tallywatt.core.ingest.Outcome;

/**
 * What a document that came of a source brought.
 *
 * @param readings that it gave, known ones included
 * @param rejected how many rows were not taken
 * @param trouble what a person should see to, empty if there is nothing
 */
public record Tally(long readings, long rejected, String trouble) {
    public static Tally of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken taken -> {
                long rejected = taken.delivery().counts().rejected();
                yield new Tally(
                        taken.delivery().counts().readings(),
                        rejected,
                        rejected == 0
                                ? ""
                                : rejected + (rejected == 1 ? " row" : " rows") + " of " + taken.name()
                                        + " could not be taken: tallywatt rejects "
                                        + taken.delivery().id());
            }
            case Outcome.Known known -> new Tally(0, 0, "");
            case Outcome.Quarantined quarantined ->
                new Tally(
                        0, 0, quarantined.name() + " cannot be read and waits in quarantine: " + quarantined.reason());
            case Outcome.Refused refused -> new Tally(0, 0, refused.name() + ": " + refused.reason());
        };
    }
}
