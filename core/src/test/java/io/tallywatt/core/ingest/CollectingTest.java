package io.tallywatt.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.Collecting.Result;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.source.Archive;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CollectingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Interval DAY = new Interval(NOW.minus(Duration.ofDays(1)), NOW);
    private static final Series HOME = Series.parse("home/h1/consumption");
    private static final Question FIRST = new Question("flow FR-GB", DAY);
    private static final Question SECOND = new Question("flow BE-GB", DAY);

    private final TestClock clock = new TestClock(NOW);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final Kept archive = new Kept();
    private final Scripted source = new Scripted();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();

    private Collecting collecting(int tries) {
        return new Collecting(
                source,
                archive,
                new Ingest(store, store, NOT_KEPT, attempt -> {}),
                ReadingOptions.in(ZoneOffset.UTC),
                new Collecting.Patience(tries, Duration.ofMinutes(15)),
                (pause, why) -> pauses.add(pause),
                new Random(1));
    }

    private static Reply.Fetched reply(String fingerprint, String value) {
        String json =
                "[{\"series\":\"home/h1/consumption\",\"start\":\"2026-11-26T10:00:00Z\",\"end\":\"2026-11-26T11:00:00Z\","
                        + "\"value\":" + value + "}]";
        return new Reply.Fetched(json.getBytes(StandardCharsets.UTF_8), fingerprint, NOW);
    }

    private List<String> values() {
        return store.blocks(
                        HOME,
                        DAY.start().atZone(ZoneOffset.UTC).toLocalDate(),
                        NOW.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1),
                        null)
                .map(stored -> stored.block().total().toPlainString())
                .toList();
    }

    @Test
    void whatIsNewIsTakenAndKept() throws Exception {
        source.answers(reply("f1", "12.5"));

        Result result = collecting(1).ask(FIRST);

        assertThat(result).isInstanceOf(Result.Came.class);
        assertThat(values()).containsExactly("12.5");
        assertThat(archive.names).containsExactly("test/flow FR-GB/f1");
        assertThat(store.deliveries()).extracting(Delivery::name).containsExactly("test/flow FR-GB/f1");
    }

    @Test
    void whatSaysTheSameAsBeforeIsNeitherTakenNorKept() throws Exception {
        source.answers(reply("f1", "12.5"), reply("f1", "12.5"));
        Collecting collecting = collecting(1);
        collecting.ask(FIRST);

        assertThat(collecting.ask(FIRST)).isEqualTo(new Result.Unchanged(FIRST));
        assertThat(store.deliveries()).hasSize(1);
        assertThat(archive.names).hasSize(1);
    }

    @Test
    void aCorrectionIsARevision() throws Exception {
        source.answers(reply("f1", "12.5"), reply("f2", "13"));
        Collecting collecting = collecting(1);
        collecting.ask(FIRST);
        Instant before = store.changedAt();
        clock.advance(Duration.ofMinutes(15));
        collecting.ask(FIRST);

        assertThat(values()).containsExactly("13");
        assertThat(store.blocks(
                                HOME,
                                NOW.atZone(ZoneOffset.UTC).toLocalDate(),
                                NOW.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1),
                                before)
                        .map(stored -> stored.block().total().toPlainString()))
                .containsExactly("12.5");
    }

    @Test
    void aBusySourceIsGivenEverMoreTimeAndAtLeastWhatItAsksFor() throws Exception {
        Reply.Throttled busy = new Reply.Throttled(Duration.ZERO, "status 503");
        source.answers(busy, busy, new Reply.Throttled(Duration.ofMinutes(10), "status 429"), reply("f1", "1"));

        assertThat(collecting(5).ask(FIRST)).isInstanceOf(Result.Came.class);
        assertThat(pauses).hasSize(3);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
        assertThat(pauses.get(2)).isBetween(Duration.ofMinutes(10), Duration.ofSeconds(750));
    }

    @Test
    void whoDoesNotWantToWaitSoLongIsToldAtOnce() throws Exception {
        source.answers(new Reply.Throttled(Duration.ofHours(1), "status 429"));

        Result result = collecting(5).ask(FIRST);

        assertThat(result).isInstanceOf(Result.Busy.class);
        assertThat(((Result.Busy) result).pause()).isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(pauses).isEmpty();
    }

    @Test
    void theQuestionsLeftAreNotAskedOfASourceThatIsBusy() throws Exception {
        source.questions = List.of(FIRST, SECOND);
        source.answers(new Reply.Throttled(Duration.ofMinutes(10), "status 429"));
        List<Result> results = new ArrayList<>();

        Duration pause = collecting(1).window(DAY, results::add);

        assertThat(pause).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(results).singleElement().isInstanceOf(Result.Busy.class);
        assertThat(source.asked).containsExactly(FIRST);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatIsRefusedOrNotPublishedKeepsNobodyElseWaiting() throws Exception {
        source.questions = List.of(FIRST, SECOND, new Question("price FR", DAY));
        source.answers(
                new Reply.Rejected("no such border"), new Reply.NotYetPublished("no matching data"), reply("f", "1"));
        List<Result> results = new ArrayList<>();

        assertThat(collecting(3).window(DAY, results::add)).isZero();
        assertThat(results.get(0)).isEqualTo(new Result.Refused(FIRST, "no such border"));
        assertThat(results.get(1)).isEqualTo(new Result.Nothing(SECOND, "no matching data"));
        assertThat(results.get(2)).isInstanceOf(Result.Came.class);
    }

    @Test
    void aKillBetweenTakingAndKeepingCostsNothing() throws Exception {
        source.answers(reply("f1", "12.5"), reply("f1", "12.5"));
        Collecting collecting = collecting(1);
        collecting.ask(FIRST);
        archive.names.clear();
        archive.all.clear();

        Result again = collecting.ask(FIRST);

        assertThat(((Result.Came) again).outcome()).isInstanceOf(Outcome.Known.class);
        assertThat(values()).containsExactly("12.5");
        assertThat(archive.names).hasSize(1);
    }

    @Test
    void whatIsKeptIsReadAgainWithoutAsking() throws Exception {
        source.answers(reply("f1", "12.5"));
        collecting(1).ask(FIRST);
        InMemoryStore lost = new InMemoryStore(clock);
        Ingest anew = new Ingest(lost, lost, NOT_KEPT, attempt -> {});
        archive.all.add(new Archive.Kept("test/damaged", NOW, () -> {
            throw new IOException("the file is damaged");
        }));

        new Collecting(
                        source,
                        archive,
                        anew,
                        ReadingOptions.in(ZoneOffset.UTC),
                        Collecting.Patience.NONE,
                        (pause, why) -> {},
                        new Random(1))
                .replay(outcome -> outcomes.add(outcome.getClass().getSimpleName()));

        assertThat(outcomes).containsExactly("Taken", "Refused");
        assertThat(lost.find(HOME)).isPresent();
        assertThat(source.asked).hasSize(1);
    }

    @Test
    void aLongRangeIsCutIntoWindowsThatTheSourceBears() {
        Interval all = new Interval(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-03T12:00:00Z"));

        assertThat(collecting(1).windows(all))
                .containsExactly(
                        new Interval(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T00:00:00Z")),
                        new Interval(Instant.parse("2024-01-02T00:00:00Z"), Instant.parse("2024-01-03T00:00:00Z")),
                        new Interval(Instant.parse("2024-01-03T00:00:00Z"), Instant.parse("2024-01-03T12:00:00Z")));
    }

    @Test
    void aWindowIsDoneOnceItWasAnsweredLongEnoughAfterIt() throws Exception {
        Collecting collecting = collecting(1);
        assertThat(collecting.isDone(FIRST, Duration.ofDays(5))).isFalse();
        archive.keep("test", FIRST, new Reply.Fetched(new byte[0], "f", NOW.plus(Duration.ofDays(5))));
        assertThat(collecting.isDone(FIRST, Duration.ofDays(5))).isFalse();
        archive.keep("test", FIRST, new Reply.Fetched(new byte[0], "g", NOW.plus(Duration.ofDays(6))));
        assertThat(collecting.isDone(FIRST, Duration.ofDays(5))).isTrue();
        assertThat(collecting.isDone(SECOND, Duration.ofDays(5))).isFalse();
    }

    private static final DeadLetters NOT_KEPT = new DeadLetters() {
        @Override
        public void keep(long delivery, Document document) {}

        @Override
        public Optional<Document> find(long delivery) {
            return Optional.empty();
        }

        @Override
        public void discard(long delivery) {}
    };

    /** A source that answers as it is told. */
    private static final class Scripted implements Source {
        List<Question> questions = List.of(FIRST);
        final List<Question> asked = new ArrayList<>();
        private final Deque<Reply> replies = new ArrayDeque<>();

        void answers(Reply... all) {
            replies.addAll(List.of(all));
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public Duration every() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration window() {
            return Duration.ofDays(1);
        }

        @Override
        public List<Question> questions(Interval window) {
            return questions;
        }

        @Override
        public Reply ask(Question question) {
            asked.add(question);
            return replies.pop();
        }
    }

    private static final class Kept implements Archive {
        final List<String> names = new ArrayList<>();
        final List<Archive.Kept> all = new ArrayList<>();
        private final List<Object> known = new ArrayList<>();

        private record Key(Question question, Object what) {}

        @Override
        public String name(String source, Question question, Reply.Fetched reply) {
            return source + "/" + question.what() + "/" + reply.fingerprint();
        }

        @Override
        public boolean has(String source, Question question, String fingerprint) {
            return !names.isEmpty() && known.contains(new Key(question, fingerprint));
        }

        @Override
        public Optional<Instant> lastKept(String source, Question question) {
            return known.stream()
                    .map(Key.class::cast)
                    .filter(key -> key.question.equals(question) && key.what instanceof Instant)
                    .map(key -> (Instant) key.what)
                    .max(Instant::compareTo);
        }

        @Override
        public void keep(String source, Question question, Reply.Fetched reply) {
            String name = name(source, question, reply);
            names.add(name);
            all.add(new Archive.Kept(name, reply.at(), reply::document));
            known.add(new Key(question, reply.fingerprint()));
            known.add(new Key(question, reply.at()));
        }

        @Override
        public Stream<Archive.Kept> kept(String source) {
            return all.stream();
        }

        @Override
        public long count(String source) {
            return all.size();
        }
    }
}
