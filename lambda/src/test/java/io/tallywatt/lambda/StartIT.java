package io.tallywatt.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.store.DynamoStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long each function takes until it asks for its first event, and how long a call takes then: printed, the median of five. */
class StartIT {
    private static final int STARTS = 5;
    /** So long it takes only if something is wrong. */
    private static final Duration SANE = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"IngestHandler", "JudgeHandler", "TidyHandler"})
    void functionsStart(String name) throws Exception {
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        Map<String, String> environment = LambdaRuntime.environment(table, "none");
        List<Duration> ready = new ArrayList<>();
        List<Duration> first = new ArrayList<>();
        List<Duration> warm = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            try (LambdaRuntime function = new LambdaRuntime(
                    "io.tallywatt.lambda." + name + "::handleRequest", environment, Duration.ofMinutes(5))) {
                ready.add(function.start());
                first.add(call(function));
                for (int i = 0; i < 20; i++) {
                    warm.add(call(function));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: ready after %d ms, first call %d ms, a warm call %.1f ms (medians)%n",
                name,
                Medians.of(ready).toMillis(),
                Medians.of(first).toMillis(),
                Medians.millis(warm));
        assertThat(Medians.of(ready)).isLessThan(SANE);
    }

    private static Duration call(LambdaRuntime function) throws Exception {
        long began = System.nanoTime();
        function.invoke("{\"Records\":[]}", null);
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
