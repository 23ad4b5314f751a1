package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.time.Instant;

/**
 * How far the store has come: the one item that every commit moves, and by that the order of all of them.
 *
 * @param revision number of the last revision, 0 at first
 * @param changedAt when it became known, microseconds since 1970
 * @param deliveries the greatest id of a delivery
 * @param ending number of the last revision that ended another
 */
record Head(long revision, long changedAt, long deliveries, long ending) {
    static final Key KEY = new Key("head", "head");
    private static final String REVISION = "r";
    private static final String CHANGED = "k";
    private static final String DELIVERIES = "d";
    private static final String ENDING = "e";

    private static final Head NONE = new Head(0, 0, 0, 0);

    static Head read(Table table) {
        return table.get(KEY)
                .map(item -> new Head(
                        item.requiredNumber(REVISION),
                        item.requiredNumber(CHANGED),
                        item.requiredNumber(DELIVERIES),
                        item.requiredNumber(ENDING)))
                .orElse(NONE);
    }

    /** The write that moves the head from here. */
    Table.Write movedTo(Head next) {
        Item item = Item.of(KEY)
                .with(REVISION, next.revision)
                .with(CHANGED, next.changedAt)
                .with(DELIVERIES, next.deliveries)
                .with(ENDING, next.ending);
        return new Table.Write(item, revision == 0 ? Condition.absent() : Condition.is(REVISION, revision));
    }

    /** Now, but later than anything before. */
    long later(Instant now) {
        return Math.max(Tickets.micros(now), changedAt + 1);
    }
}
