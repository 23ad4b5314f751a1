package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.core.store.Precedence;
import java.time.ZoneId;

/**
 * What a ticket came to when it was committed.
 *
 * @param number counts from 1 without regard to what it is of
 * @param knownAt microseconds since 1970
 * @param ended number of the revision that ended its layers, {@link #NEVER} if none did
 * @param endedAt when that became known
 * @param delivery id of the delivery, 0 where it is of none
 * @param zone of the days
 * @param receivedAt of the delivery, microseconds since 1970
 */
record Revision(
        String ticket,
        long number,
        long knownAt,
        long ended,
        long endedAt,
        long delivery,
        String zone,
        long receivedAt) {
    static final long NEVER = Long.MAX_VALUE;

    private static final String NUMBER = "r";
    private static final String KNOWN = "k";
    private static final String ENDED = "e";
    private static final String ENDED_AT = "ek";
    private static final String DELIVERY = "d";
    private static final String ZONE = "z";
    private static final String RECEIVED = "t";

    static String partition(String ticket) {
        return "rev#" + ticket;
    }

    static Key key(String ticket) {
        return new Key(partition(ticket), "-");
    }

    static Revision of(Item item) {
        return new Revision(
                item.key().partition().substring(partition("").length()),
                item.requiredNumber(NUMBER),
                item.requiredNumber(KNOWN),
                item.number(ENDED, NEVER),
                item.number(ENDED_AT, NEVER),
                item.requiredNumber(DELIVERY),
                item.requiredText(ZONE),
                item.requiredNumber(RECEIVED));
    }

    Item item() {
        Item item = Item.of(key(ticket))
                .with(NUMBER, number)
                .with(KNOWN, knownAt)
                .with(DELIVERY, delivery)
                .with(ZONE, zone)
                .with(RECEIVED, receivedAt);
        return ended == NEVER ? item : item.with(ENDED, ended).with(ENDED_AT, endedAt);
    }

    Revision endedBy(long other, long at) {
        return new Revision(ticket, number, knownAt, other, at, delivery, zone, receivedAt);
    }

    ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    Precedence precedence(long line) {
        return new Precedence(Tickets.instant(receivedAt), delivery, line);
    }
}
