package io.tallywatt.aws.table;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The right to do alone, for some time, what must not be done twice at once. It ends by itself, so nobody has to look after those
 * that were killed; its holder has to be done by then. Clocks that differ by seconds do no harm while the time is minutes: what
 * is done under a lease is guarded by conditions of its own.
 */
public final class Lease implements AutoCloseable {
    private static final String UNTIL = "u";
    private static final String HOLDER = "h";

    private final Table table;
    private final Key key;
    private final String holder;

    private Lease(Table table, Key key, String holder) {
        this.table = table;
        this.key = key;
        this.holder = holder;
    }

    /** Empty if somebody else holds it. */
    public static Optional<Lease> tryTake(DynamoDbClient client, String table, String name, Duration time) {
        return tryTake(new Table(client, table), name, time, Clock.systemUTC());
    }

    /** Empty if somebody else holds it by this clock. */
    public static Optional<Lease> tryTake(Table table, String name, Duration time, Clock clock) {
        Key key = new Key("lease", name);
        String holder = UUID.randomUUID().toString();
        long now = clock.millis();
        Item item = Item.of(key).with(UNTIL, now + time.toMillis()).with(HOLDER, holder);
        return table.putIf(item, Condition.absentOrBelow(UNTIL, now))
                ? Optional.of(new Lease(table, key, holder))
                : Optional.empty();
    }

    /** Gives it back; nothing happens if it ended and somebody else holds it. */
    @Override
    public void close() {
        table.deleteIf(key, Condition.is(HOLDER, holder));
    }
}
