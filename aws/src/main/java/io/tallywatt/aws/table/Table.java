package io.tallywatt.aws.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The table. Every read is consistent: it sees all that was written before. The client repeats a call that was throttled or broke
 * off; what only a part of a batch suffered is repeated here.
 */
public final class Table {
    private static final int GETS = 100;
    private static final int WRITES = 25;
    /** Most actions of one transaction. */
    public static final int TRANSACTION = 100;
    /** How often what was left undone is tried before it is an error: about a minute. */
    private static final int TRIES = 40;

    private final DynamoDbClient client;
    private final String name;
    private final WriteUnits units;

    public Table(DynamoDbClient client, String name) {
        this(client, name, new WriteUnits());
    }

    /** @param units where consumed write units are added up */
    public Table(DynamoDbClient client, String name, WriteUnits units) {
        this.client = client;
        this.name = name;
        this.units = units;
    }

    /** Makes the table, paid by request, and waits until it is there. */
    public static void create(DynamoDbClient client, String name) {
        client.createTable(t -> t.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute(Key.PARTITION), attribute(Key.SORT))
                .keySchema(element(Key.PARTITION, KeyType.HASH), element(Key.SORT, KeyType.RANGE)));
        client.waiter().waitUntilTableExists(w -> w.tableName(name));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    public Optional<Item> get(Key key) {
        Map<String, AttributeValue> found = client.getItem(
                        g -> g.tableName(name).key(key.attributes()).consistentRead(true))
                .item();
        return found.isEmpty() ? Optional.empty() : Optional.of(Item.of(found));
    }

    /** Those of the items that there are. */
    public Map<Key, Item> getAll(Collection<Key> keys) {
        Map<Key, Item> found = new HashMap<>();
        List<List<Key>> batches = batches(keys.stream().distinct().toList(), GETS);
        Parallel.map(batches, this::batch).forEach(found::putAll);
        return found;
    }

    private Map<Key, Item> batch(List<Key> keys) {
        Map<Key, Item> found = new HashMap<>();
        Map<String, KeysAndAttributes> rest = Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(Key::attributes).toList())
                        .consistentRead(true)
                        .build());
        Backoff backoff = new Backoff();
        while (true) {
            Map<String, KeysAndAttributes> asked = rest;
            BatchGetItemResponse response = client.batchGetItem(b -> b.requestItems(asked));
            for (Map<String, AttributeValue> all : response.responses().getOrDefault(name, List.of())) {
                Item item = Item.of(all);
                found.put(item.key(), item);
            }
            rest = response.unprocessedKeys();
            if (rest.isEmpty()) {
                return found;
            }
            again(backoff, "read");
        }
    }

    private static void again(Backoff backoff, String what) {
        if (backoff.tries() >= TRIES) {
            throw new IllegalStateException("The table could not " + what + " all of a batch after "
                    + (backoff.tries() + 1) + " tries: it is throttled");
        }
        backoff.await();
    }

    /** The items of a partition whose sort keys begin with a text, in order; page by page as they are taken. */
    public Stream<Item> beginning(String partition, String prefix) {
        return prefix.isEmpty()
                ? query("p = :p", Map.of(":p", AttributeValue.fromS(partition)), true, 0)
                : query(
                        "p = :p AND begins_with(s, :s)",
                        Map.of(":p", AttributeValue.fromS(partition), ":s", AttributeValue.fromS(prefix)),
                        true,
                        0);
    }

    /** The items of a partition from one sort key to another, both included. */
    public Stream<Item> between(String partition, String from, String to) {
        return between(partition, from, to, true, 0);
    }

    /**
     * The same in either order.
     *
     * @param page how many are read with one call, 0 for as many as fit
     */
    public Stream<Item> between(String partition, String from, String to, boolean ascending, int page) {
        if (from.compareTo(to) > 0) {
            return Stream.empty();
        }
        return query(
                "p = :p AND s BETWEEN :from AND :to",
                Map.of(
                        ":p", AttributeValue.fromS(partition),
                        ":from", AttributeValue.fromS(from),
                        ":to", AttributeValue.fromS(to)),
                ascending,
                page);
    }

    private Stream<Item> query(String condition, Map<String, AttributeValue> values, boolean ascending, int page) {
        Iterator<Item> items = new Pages(condition, values, ascending, page);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false);
    }

    private final class Pages implements Iterator<Item> {
        private final Function<Map<String, AttributeValue>, QueryResponse> ask;
        private Iterator<Map<String, AttributeValue>> page;
        private Map<String, AttributeValue> next;

        Pages(String condition, Map<String, AttributeValue> values, boolean ascending, int size) {
            ask = start -> client.query(q -> {
                q.tableName(name)
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(values)
                        .scanIndexForward(ascending)
                        .consistentRead(true);
                if (!start.isEmpty()) {
                    q.exclusiveStartKey(start);
                }
                if (size > 0) {
                    q.limit(size);
                }
            });
            QueryResponse first = ask.apply(Map.of());
            page = first.items().iterator();
            next = first.lastEvaluatedKey();
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && !next.isEmpty()) {
                QueryResponse more = ask.apply(next);
                page = more.items().iterator();
                next = more.lastEvaluatedKey();
            }
            return page.hasNext();
        }

        @Override
        public Item next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Item.of(page.next());
        }
    }

    /** Asks many questions at once, a bounded number at a time; answers in their order. */
    public <T, R> List<R> each(List<T> inputs, Function<T, R> call) {
        return inputs.isEmpty() ? List.of() : Parallel.map(inputs, call);
    }

    /** Puts items, each of a key of its own, in no order: where this throws, some may be there. */
    public void putAll(Collection<Item> items) {
        write(items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(p -> p.item(item.all()))
                        .build())
                .toList());
    }

    public void deleteAll(Collection<Key> keys) {
        write(keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(d -> d.key(key.attributes()))
                        .build())
                .toList());
    }

    private void write(List<WriteRequest> requests) {
        each(batches(requests, WRITES), batch -> {
            writeBatch(batch);
            return true;
        });
    }

    private void writeBatch(List<WriteRequest> batch) {
        Map<String, List<WriteRequest>> rest = Map.of(name, batch);
        Backoff backoff = new Backoff();
        while (true) {
            Map<String, List<WriteRequest>> asked = rest;
            BatchWriteItemResponse response = client.batchWriteItem(
                    b -> b.requestItems(asked).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
            units.add(response.consumedCapacity());
            rest = response.unprocessedItems();
            if (rest.isEmpty()) {
                return;
            }
            again(backoff, "write");
        }
    }

    public void put(Item item) {
        PutItemResponse response = client.putItem(
                p -> p.tableName(name).item(item.all()).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        units.add(response.consumedCapacity());
    }

    /** Puts an item where there is none; false if there is one, which stays. */
    public boolean putIfAbsent(Item item) {
        return putIf(item, Condition.absent());
    }

    /** Puts an item if what is there now meets a condition; false if it does not. */
    public boolean putIf(Item item, Condition condition) {
        try {
            PutItemResponse response = client.putItem(p -> p.tableName(name)
                    .item(item.all())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNone())
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
            units.add(response.consumedCapacity());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** Adds to a number, which is 0 where it is not there yet. */
    public long add(Key key, String attribute, long more) {
        UpdateItemResponse response = client.updateItem(u -> u.tableName(name)
                .key(key.attributes())
                .updateExpression("ADD #a :more")
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(Map.of(":more", AttributeValue.fromN(Long.toString(more))))
                .returnValues(ReturnValue.UPDATED_NEW)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        units.add(response.consumedCapacity());
        return Long.parseLong(
                Objects.requireNonNull(response.attributes().get(attribute)).n());
    }

    /** Deletes an item if it meets a condition; false if it does not. */
    public boolean deleteIf(Key key, Condition condition) {
        try {
            client.deleteItem(d -> d.tableName(name)
                    .key(key.attributes())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNone()));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** One action of a transaction. */
    public record Write(Item item, @Nullable Condition condition) {
        TransactWriteItem action(String table) {
            return TransactWriteItem.builder()
                    .put(p -> {
                        p.tableName(table).item(item.all());
                        if (condition != null) {
                            p.conditionExpression(condition.expression())
                                    .expressionAttributeNames(condition.names())
                                    .expressionAttributeValues(condition.valuesOrNone());
                        }
                    })
                    .build();
        }
    }

    /**
     * Puts all of the items or none.
     *
     * @return false if a condition was not met, or another transaction was at one of the items: then look again before the next try
     */
    public boolean transact(List<Write> writes) {
        try {
            units.add(client.transactWriteItems(t -> t.transactItems(
                                    writes.stream().map(w -> w.action(name)).toList())
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                    .consumedCapacity());
            return true;
        } catch (TransactionCanceledException e) {
            if (e.hasCancellationReasons() && e.cancellationReasons().stream().anyMatch(Table::passes)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean passes(CancellationReason reason) {
        return switch (reason.code()) {
            case "ConditionalCheckFailed", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded" ->
                true;
            default -> false;
        };
    }

    private static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }
}
