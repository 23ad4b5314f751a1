package io.tallywatt.aws.access;

import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.access.ApiKey;
import io.tallywatt.core.access.KeyStore;
import io.tallywatt.core.access.Scope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Keys, an item for each: by its id, so that a request costs one read. */
public final class DynamoKeys implements KeyStore {
    private static final String PARTITION = "key";
    private static final String NAME = "n";
    private static final String SCOPE = "a";
    private static final String HASH = "h";
    private static final String CREATED = "c";
    private static final String REVOKED = "r";

    private final Table table;

    public DynamoKeys(DynamoDbClient client, String table) {
        this.table = new Table(client, table);
    }

    private static Key key(String id) {
        return new Key(PARTITION, id);
    }

    private static Item item(ApiKey key) {
        Item item = Item.of(key(key.id()))
                .with(NAME, key.name())
                .with(SCOPE, key.scope().word())
                .with(HASH, key.hash())
                .with(CREATED, key.created().toString());
        return key.revoked() == null ? item : item.with(REVOKED, key.revoked().toString());
    }

    private static ApiKey read(Item item) {
        @Nullable String revoked = item.text(REVOKED);
        String scope = item.requiredText(SCOPE);
        return new ApiKey(
                item.key().sort(),
                item.requiredText(NAME),
                Scope.of(scope)
                        .orElseThrow(() -> new IllegalStateException(
                                "Key " + item.key().sort() + " has the scope '" + scope + "', which is not known")),
                item.requiredText(HASH),
                Instant.parse(item.requiredText(CREATED)),
                revoked == null ? null : Instant.parse(revoked));
    }

    @Override
    public boolean add(ApiKey key) {
        return table.putIfAbsent(item(key));
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return table.get(key(id)).map(DynamoKeys::read);
    }

    @Override
    public List<ApiKey> all() {
        try (Stream<Item> items = table.beginning(PARTITION, "")) {
            return items.map(DynamoKeys::read)
                    .sorted(Comparator.comparing(ApiKey::created))
                    .toList();
        }
    }

    @Override
    public Optional<ApiKey> revoke(String id, Instant now) {
        Optional<ApiKey> found = find(id);
        if (found.isEmpty() || found.get().revoked() != null) {
            return found;
        }
        ApiKey revoked = found.get().revokedAt(now);
        // Somebody else may do the same just now: who came first stays.
        return table.putIf(item(revoked), Condition.absent(REVOKED)) ? Optional.of(revoked) : find(id);
    }
}
