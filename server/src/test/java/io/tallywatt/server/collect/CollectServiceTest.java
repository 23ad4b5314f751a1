package io.tallywatt.server.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.Collecting;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.Interval;
import io.tallywatt.server.files.Quarantine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectServiceTest {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Series HOME = Series.parse("home/h1/consumption");

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore(new TestClock(Instant.parse("2026-11-26T12:00:00Z")));
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final AtomicInteger arrivals = new AtomicInteger();
    private @Nullable CollectService service;

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
    }

    private Asked start(CollectService.Plan plan, Function<Integer, Reply> replies) {
        Asked source = new Asked(replies);
        Collecting collecting = new Collecting(
                source,
                new ReplyFiles(folder.resolve("replies")),
                new Ingest(store, store, new Quarantine(folder.resolve("quarantine")), attempt -> {}),
                ReadingOptions.in(ZoneOffset.UTC),
                Collecting.Patience.NONE,
                (pause, why) -> Thread.sleep(pause),
                new Random(1));
        service = CollectService.start(
                source, plan, collecting, Clock.systemUTC(), arrivals::incrementAndGet, log::add, new Random(1));
        return source;
    }

    private static Reply reply(int number) {
        String json = "[{\"series\":\"home/h1/consumption\",\"start\":\"2026-11-26T10:00:00Z\","
                + "\"end\":\"2026-11-26T11:00:00Z\",\"value\":" + number + "}]";
        return new Reply.Fetched(json.getBytes(StandardCharsets.UTF_8), "f" + number, Instant.now());
    }

    private String told() throws InterruptedException {
        return String.valueOf(log.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aSourceIsAskedAtOnceAndThenAgainAndAgain() throws Exception {
        Asked source = start(new CollectService.Plan(A_DAY, null), CollectServiceTest::reply);

        for (int i = 0; i < 3; i++) {
            Interval window = source.next();
            assertThat(window.duration()).isEqualTo(A_DAY);
        }
        assertThat(told()).isEqualTo("test: 1 reading came in the first round");
        assertThat(store.find(HOME)).isPresent();
        assertThat(arrivals.get()).isPositive();
    }

    @Test
    void betweenWholeLooksOnlyWhatIsRecentIsAskedFor() throws Exception {
        Asked source = start(new CollectService.Plan(A_DAY, Duration.ofMinutes(15)), CollectServiceTest::reply);

        Interval first = source.next();
        Interval second = source.next();
        assertThat(first.duration()).isEqualTo(A_DAY);
        assertThat(second.start()).isEqualTo(first.end().minus(Duration.ofMinutes(15)));
        assertThat(second.end()).isAfter(first.end());
    }

    @Test
    void afterTroubleAllThatWasMissedIsAskedForAgain() throws Exception {
        Asked source = start(
                new CollectService.Plan(A_DAY, Duration.ofMinutes(15)),
                n -> n == 1 || n == 2 ? new Reply.Rejected("status 400") : reply(n));

        Interval first = source.next();
        source.next();
        source.next();
        Interval fourth = source.next();
        assertThat(fourth.start()).isEqualTo(first.end().minus(Duration.ofMinutes(15)));
    }

    @Test
    void troubleIsToldOnceAndSoIsItsEnd() throws Exception {
        start(
                new CollectService.Plan(A_DAY, null),
                n -> n < 3 ? new Reply.Rejected("the token was not accepted") : reply(n));

        assertThat(told())
                .isEqualTo("test: thing: the token was not accepted; it is asked again in time, and nothing is lost");
        assertThat(told()).isEqualTo("test answers again");
    }

    @Test
    void aSourceThatAsksForPatienceIsLeftAlone() throws Exception {
        Asked source = start(
                new CollectService.Plan(A_DAY, null), n -> new Reply.Throttled(Duration.ofHours(1), "status 429"));

        source.next();
        assertThat(told()).startsWith("test: status 429");
        assertThat(source.asked.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void closingWaitsForNoAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        start(new CollectService.Plan(A_DAY, null), n -> {
            asked.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Reply.NotYetPublished("nothing");
        });
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        long began = System.nanoTime();
        close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(log).isEmpty();
    }

    /** A source of ten looks a second that tells what it is asked. */
    private static final class Asked implements Source {
        final BlockingQueue<Interval> asked = new LinkedBlockingQueue<>();
        private final Function<Integer, Reply> replies;
        private int count;

        Asked(Function<Integer, Reply> replies) {
            this.replies = replies;
        }

        Interval next() throws InterruptedException {
            Interval window = asked.poll(20, TimeUnit.SECONDS);
            assertThat(window).isNotNull();
            return window;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration window() {
            return Duration.ofDays(1);
        }

        @Override
        public List<Question> questions(Interval window) {
            return List.of(new Question("thing", window));
        }

        @Override
        public Reply ask(Question question) {
            asked.add(question.window());
            return replies.apply(count++);
        }
    }
}
