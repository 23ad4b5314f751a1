package io.tallywatt.aws.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A table that leaves batches undone, lets transactions meet, does what it is told without the answer arriving, and whose user may be
 * killed before or after any call: from then on no call of his comes through.
 */
final class TroubledDynamoDb {
    /** The process is no more. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final DynamoDbClient real;
    private final Random random;
    private final int killsIn;
    private volatile boolean dead;

    private TroubledDynamoDb(DynamoDbClient real, Random random, int killsIn) {
        this.real = real;
        this.random = random;
        this.killsIn = killsIn;
    }

    /** @param killsIn how many calls there are to one kill, about; 0 for none */
    static DynamoDbClient of(DynamoDbClient real, Random random, int killsIn) {
        TroubledDynamoDb troubled = new TroubledDynamoDb(real, random, killsIn);
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> troubled.call((DynamoDbClient) proxy, method, arguments));
    }

    private synchronized int dice(int sides) {
        return random.nextInt(sides);
    }

    private boolean kill() {
        if (killsIn > 0 && dice(2 * killsIn) == 0) {
            dead = true;
        }
        return dead;
    }

    private Object call(DynamoDbClient proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof Consumer<?>) {
            // The interface makes a request of it and calls itself again.
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        if (kill()) {
            throw new Killed();
        }
        Object answer = answer(method, arguments);
        if (kill()) {
            throw new Killed();
        }
        if (killsIn > 0 && dice(2 * killsIn) == 0) {
            throw SdkClientException.create("The answer got lost");
        }
        return answer;
    }

    private Object answer(Method method, Object[] arguments) throws Throwable {
        Object request = arguments == null || arguments.length == 0 ? null : arguments[0];
        if (request instanceof BatchWriteItemRequest write && dice(4) == 0) {
            return partly(write);
        }
        if (request instanceof BatchGetItemRequest get && dice(4) == 0) {
            return partly(get);
        }
        if (method.getName().equals("transactWriteItems") && dice(6) == 0) {
            throw TransactionCanceledException.builder()
                    .message("met another")
                    .cancellationReasons(CancellationReason.builder()
                            .code("TransactionConflict")
                            .build())
                    .build();
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private BatchWriteItemResponse partly(BatchWriteItemRequest write) {
        String table = write.requestItems().keySet().iterator().next();
        List<WriteRequest> all = write.requestItems().get(table);
        int done = dice(all.size() + 1);
        if (done > 0) {
            real.batchWriteItem(b -> b.requestItems(Map.of(table, all.subList(0, done))));
        }
        return BatchWriteItemResponse.builder()
                .unprocessedItems(done == all.size() ? Map.of() : Map.of(table, all.subList(done, all.size())))
                .build();
    }

    private BatchGetItemResponse partly(BatchGetItemRequest get) {
        String table = get.requestItems().keySet().iterator().next();
        KeysAndAttributes asked = get.requestItems().get(table);
        List<Map<String, AttributeValue>> keys = new ArrayList<>(asked.keys());
        int done = dice(keys.size());
        KeysAndAttributes rest =
                asked.toBuilder().keys(keys.subList(done, keys.size())).build();
        if (done == 0) {
            return BatchGetItemResponse.builder()
                    .responses(Map.of())
                    .unprocessedKeys(Map.of(table, rest))
                    .build();
        }
        BatchGetItemResponse some = real.batchGetItem(b -> b.requestItems(
                Map.of(table, asked.toBuilder().keys(keys.subList(0, done)).build())));
        return some.toBuilder().unprocessedKeys(Map.of(table, rest)).build();
    }
}
