package io.tallywatt.core.store;

import io.tallywatt.core.validate.Verdict;
import java.time.Instant;
import java.util.List;

/** Where findings are kept. A finding of a delivery that was withdrawn is not shown, and neither counted. */
public interface FindingStore {

    /** Up to when what became known has been judged; {@link Instant#EPOCH} if nothing was. */
    Instant judgedUntil();

    /**
     * Keeps a verdict and how far judging has come, together or not at all. A finding whose key is known is replaced and
     * open again (nothing happens, and its number stays, if it says the same and is open); a resolved key that is not
     * known or resolved already is passed over.
     *
     * @param until what {@link #judgedUntil} says from now on
     * @param at when: the time of what is resolved
     */
    void keep(Verdict verdict, Instant until, Instant at);

    /** Findings, those that start last first; of one start by the names of series and rule. */
    List<StoredFinding> findings(FindingSearch search);

    /**
     * How many there are, by thing (kind and key of the series) and rule; of nothing there is no row. All are counted,
     * whatever the search says of where to go on and how many.
     */
    List<FindingCount> counts(FindingSearch search);

    /** Findings by their latest change, whether found, changed or resolved: those after a number, ascending. */
    List<StoredFinding> changedAfter(long number, int limit);
}
