package io.tallywatt.core.store;

/**
 * What a delivery held and what it did.
 *
 * @param rows rows of the document, with those rejected
 * @param rejected rows that were not taken
 * @param readings readings taken
 * @param created blocks that were not there before
 * @param unchanged blocks that said what was known
 * @param extended blocks of which only missing intervals were filled
 * @param corrected blocks of which a value changed
 * @param removed blocks of which nothing is left (withdrawn, or read again with other options)
 */
public record Counts(
        long rows,
        long rejected,
        long readings,
        long created,
        long unchanged,
        long extended,
        long corrected,
        long removed) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts o) {
        return new Counts(
                rows + o.rows,
                rejected + o.rejected,
                readings + o.readings,
                created + o.created,
                unchanged + o.unchanged,
                extended + o.extended,
                corrected + o.corrected,
                removed + o.removed);
    }
}
