package io.tallywatt.collectors.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    /** Time that passes when somebody waits, and starts just before its number turns over. */
    private static final class Waited implements RequestBudget.Time {
        long now = Long.MAX_VALUE - 10;
        final List<Duration> pauses = new ArrayList<>();

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            pauses.add(duration);
            now += duration.toNanos();
        }
    }

    private final Waited time = new Waited();

    @Test
    void letsPassWhatIsAllowedAndThenWaitsUntilTheFirstIsLongEnoughAgo() throws InterruptedException {
        RequestBudget budget = new RequestBudget(3, Duration.ofSeconds(60), time);
        for (int i = 0; i < 3; i++) {
            budget.await();
            time.now += Duration.ofSeconds(10).toNanos();
        }
        assertThat(time.pauses).isEmpty();

        budget.await();
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(30));
        budget.await();
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));

        time.now += Duration.ofMinutes(5).toNanos();
        budget.await();
        assertThat(time.pauses).hasSize(2);
    }

    @Test
    void neverMoreThanAllowedInAnyStretch() throws InterruptedException {
        RequestBudget budget = new RequestBudget(4, Duration.ofSeconds(60), time);
        List<Long> went = new ArrayList<>();
        long begin = time.now;
        for (int i = 0; i < 200; i++) {
            time.now += Duration.ofSeconds(i * 7 % 23).toNanos();
            budget.await();
            went.add(time.now - begin);
        }
        for (int i = 4; i < went.size(); i++) {
            assertThat(went.get(i) - went.get(i - 4))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(60).toNanos());
        }
    }

    @Test
    void isSharedByThreads() throws Exception {
        RequestBudget budget = new RequestBudget(5, Duration.ofMillis(20));
        List<Long> went = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> asking = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                asking.add(threads.submit(() -> {
                    go.await();
                    for (int j = 0; j < 5; j++) {
                        budget.await();
                        went.add(System.nanoTime());
                    }
                    return null;
                }));
            }
            long begin = System.nanoTime();
            go.countDown();
            for (Future<?> one : asking) {
                one.get(10, TimeUnit.SECONDS);
            }
            assertThat(went).hasSize(20);
            // The 20th is in the fourth stretch.
            assertThat(Collections.max(went) - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
        }
    }

    @Test
    void allowsAtLeastOne() {
        assertThatThrownBy(() -> RequestBudget.perMinute(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
