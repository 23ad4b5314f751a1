package io.tallywatt.server.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.replies.Given;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.replies.RepliesFormat;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.Collecting;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.Interval;
import io.tallywatt.server.files.Quarantine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parser that was wrong is put right, and what it gave with it, without asking anybody. */
class ReplayTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Interval HOUR = new Interval(NOON.minus(Duration.ofHours(1)), NOON);
    private static final Series FLOW = Series.parse("border/FR-GB/flow");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 26);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(NOON);
    private final InMemoryStore store = new InMemoryStore(clock);

    /** The wrong one reads a thousandth, and a cable that is none. */
    private static final class Wire extends RepliesFormat {
        private final boolean right;

        Wire(boolean right) {
            super("wire", right ? 2 : 1);
            this.right = right;
        }

        @Override
        protected String unit(Replies head) {
            return "MW";
        }

        @Override
        protected ZoneId zone(Replies head) {
            return ZoneId.of("UTC");
        }

        @Override
        protected void read(Replies replies, Given given) {
            BigDecimal kw = new BigDecimal(new String(replies.parts().getFirst().body(), StandardCharsets.UTF_8));
            BigDecimal mw = right ? kw.movePointLeft(3) : kw;
            given.reading(FLOW, HOUR, mw, Quality.ACTUAL, 1);
            if (!right) {
                given.reading(Series.parse("border/FR-GB/flow/None"), HOUR, mw, Quality.ACTUAL, 1);
            }
        }
    }

    /** Answers once, and then is gone. */
    private static final class Once implements Source {
        private boolean gone;

        @Override
        public String name() {
            return "wire";
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration window() {
            return Duration.ofDays(1);
        }

        @Override
        public List<Question> questions(Interval window) {
            return List.of(new Question("flow FR-GB", window));
        }

        @Override
        public Reply ask(Question question) {
            assertThat(gone).as("nobody is asked").isFalse();
            gone = true;
            Replies replies = new Replies(
                    "wire",
                    question,
                    NOON,
                    Map.of(),
                    List.of(new Replies.Part("all", "1250000".getBytes(StandardCharsets.UTF_8))));
            return new Reply.Fetched(replies.bytes(), "abc", NOON);
        }
    }

    private Collecting collecting(Source source, boolean right) {
        return new Collecting(
                source,
                new ReplyFiles(folder.resolve("replies")),
                new Ingest(
                        store,
                        store,
                        new Quarantine(folder.resolve("quarantine")),
                        attempt -> {},
                        List.of(new Wire(right))),
                ReadingOptions.in(ZoneOffset.UTC),
                Collecting.Patience.NONE,
                (pause, why) -> {},
                new Random(1));
    }

    private List<String> values(String series, @Nullable Instant asOf) {
        return store.blocks(Series.parse(series), DAY, DAY.plusDays(1), asOf)
                .map(stored -> stored.block().total().toPlainString())
                .toList();
    }

    @Test
    void whatIsKeptIsReadAsItIsReadByNowAndWhatWasKnownIsStillKnown() throws Exception {
        Once source = new Once();
        collecting(source, false).window(HOUR, result -> {});
        Instant before = store.changedAt();
        assertThat(values("border/FR-GB/flow", null)).containsExactly("1250000");
        assertThat(values("border/FR-GB/flow/None", null)).containsExactly("1250000");

        clock.advance(Duration.ofDays(3));
        List<Outcome> outcomes = new ArrayList<>();
        collecting(source, true).replay(outcomes::add);

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Taken.class);
        assertThat(values("border/FR-GB/flow", null)).containsExactly("1250");
        assertThat(values("border/FR-GB/flow/None", null)).isEmpty();
        assertThat(values("border/FR-GB/flow", before)).containsExactly("1250000");
        assertThat(store.deliveries()).hasSize(1);

        // And once more: the same bytes read the same way.
        outcomes.clear();
        collecting(source, true).replay(outcomes::add);
        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Known.class);
    }
}
