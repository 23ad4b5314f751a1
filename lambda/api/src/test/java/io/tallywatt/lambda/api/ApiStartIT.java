package io.tallywatt.lambda.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.access.DynamoKeys;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.access.Scope;
import io.tallywatt.lambda.LambdaRuntime;
import io.tallywatt.lambda.Medians;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long the API takes until it asks for its first event, and how long a question takes then: printed, the median of five. */
class ApiStartIT {
    private static final int STARTS = 5;
    /** So long it takes only if something is wrong. */
    private static final Duration SANE = Duration.ofSeconds(20);

    @Test
    void theApiStarts() throws Exception {
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        Map<String, String> environment = LambdaRuntime.environment(table, "none");
        String key = new DynamoKeys(LocalDynamoDb.get().client(), table)
                .make("test", Scope.READ, Instant.now())
                .text();
        List<Duration> ready = new ArrayList<>();
        List<Duration> first = new ArrayList<>();
        List<Duration> warm = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            try (Gateway gateway = new Gateway(environment)) {
                ready.add(gateway.function().start());
                first.add(total(gateway, key));
                for (int i = 0; i < 8; i++) {
                    warm.add(total(gateway, key));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "API: ready after %d ms, first answer %d ms, a warm answer %.1f ms (medians)%n",
                Medians.of(ready).toMillis(),
                Medians.of(first).toMillis(),
                Medians.millis(warm));
        assertThat(Medians.of(ready)).isLessThan(SANE);
    }

    private static Duration total(Gateway gateway, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.address() + "/api/v1/consumption/total/2024-07-01"))
                .header("X-Api-Key", key)
                .build();
        long began = System.nanoTime();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
