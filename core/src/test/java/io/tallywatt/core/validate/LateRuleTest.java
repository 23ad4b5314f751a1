package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LateRuleTest {
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private final TestFeed feed = new TestFeed("consumption");

    private static Instant after(int readings) {
        return TEN.plus(TestFeed.STEP.multipliedBy(readings));
    }

    private void live(int from, int to) {
        feed.usual(after(from), after(to));
    }

    private void late(int reading, Instant receivedAt) {
        feed.give(after(reading), TestFeed.usual(after(reading)), receivedAt);
    }

    @Test
    void aReadingOfALiveFeedThatComesLongAfterItsIntervalIsLate() {
        live(0, 20);
        live(21, 30);
        late(20, after(30));
        Finding late = feed.open(RuleName.LATE).getFirst();
        assertThat(TestFeed.line(late)).isEqualTo("LATE 2026-03-02T11:40:00Z 2026-03-02T11:45:00Z");
        assertThat(late.observed()).isEqualTo("1 reading, received 45 min after the end");
        assertThat(late.expected()).isEqualTo("at most 15 min after, as 29 of the last 29 deliveries");
        assertThat(late.severity()).isEqualTo(Severity.INFO);
        assertThat(late.confidence()).isEqualTo("0.96");
        assertThat(feed.open(RuleName.GAP)).isEmpty();
    }

    @Test
    void upToTheBoundItIsInTime() {
        live(0, 20);
        late(20, after(21).plus(Duration.ofMinutes(15)));
        assertThat(feed.open).isEmpty();
    }

    @Test
    void aBurstIsOneFinding() {
        live(0, 20);
        live(32, 33);
        for (int i = 20; i < 32; i++) {
            late(i, after(37).plusSeconds(i));
        }
        assertThat(feed.open(RuleName.LATE)).hasSize(1);
        Finding burst = feed.open(RuleName.LATE).getFirst();
        assertThat(TestFeed.line(burst)).isEqualTo("LATE 2026-03-02T11:40:00Z 2026-03-02T12:40:00Z");
        assertThat(burst.observed()).startsWith("12 readings, received 25 min 31 s to 1 h 20 min after");
        assertThat(burst.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aBurstInAnyOrderIsOneFinding() {
        live(0, 20);
        live(32, 33);
        List<Integer> order = new ArrayList<>();
        for (int i = 20; i < 32; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(1));
        for (int k = 0; k < order.size(); k++) {
            late(order.get(k), after(37).plusSeconds(k));
        }
        assertThat(feed.open(RuleName.LATE))
                .extracting(TestFeed::line)
                .containsExactly("LATE 2026-03-02T11:40:00Z 2026-03-02T12:40:00Z");
    }

    @Test
    void aBurstInOneDocumentIsOneFinding() {
        live(0, 20);
        List<Reading> document = new ArrayList<>();
        for (int i = 20; i < 32; i++) {
            document.add(feed.reading(after(i), "1.1"));
        }
        feed.give(document, after(32));
        // The last four of them are in time.
        assertThat(feed.open(RuleName.LATE))
                .extracting(TestFeed::line)
                .containsExactly("LATE 2026-03-02T11:40:00Z 2026-03-02T12:20:00Z");
    }

    @Test
    void burstsThatDoNotTouchAreTwoFindings() {
        live(0, 20);
        live(21, 25);
        live(26, 40);
        late(20, after(40));
        late(25, after(40).plusSeconds(1));
        assertThat(feed.open(RuleName.LATE)).hasSize(2);
    }

    @Test
    void aBacklogAtTheFirstStartIsNotLate() {
        // Thousands of files that waited, in any order, and then the feed goes on.
        List<Integer> order = new ArrayList<>();
        for (int i = -2000; i < 0; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(2));
        for (int k = 0; k < order.size(); k++) {
            late(order.get(k), TEN.plusMillis(5L * k));
        }
        live(0, 10);
        assertThat(feed.open(RuleName.LATE)).isEmpty();
    }

    @Test
    void whatWasDueBeforeTheProgramStartedIsNotLate() {
        live(0, 5);
        late(-30, after(6));
        assertThat(feed.open(RuleName.LATE)).isEmpty();
    }

    @Test
    void weeksOfHistoryAreNotLate() {
        for (int day = 0; day < 10; day++) {
            live(day * 288, day * 288 + 280);
        }
        // The nights that were missing, weeks later in one document.
        List<Reading> document = new ArrayList<>();
        for (int day = 0; day < 8; day++) {
            for (int i = 280; i < 288; i++) {
                document.add(feed.reading(after(day * 288 + i), "1.1"));
            }
        }
        feed.give(document, after(9 * 288 + 280).plusSeconds(20));
        assertThat(feed.open(RuleName.LATE)).isEmpty();
        assertThat(feed.open(RuleName.GAP)).hasSize(1);
    }

    @Test
    void aMeterThatSendsADayAtOnceIsNotLate() {
        for (int day = 0; day < 6; day++) {
            List<Reading> document = new ArrayList<>();
            for (int i = 0; i < 288; i++) {
                document.add(feed.reading(after(day * 288 + i), TestFeed.usual(after(day * 288 + i))));
            }
            feed.give(document, after(day * 288 + 290));
        }
        assertThat(feed.open).isEmpty();
    }

    @Test
    void aFeedThatIsLateMoreOftenThanNotIsNotLive() {
        for (int i = 0; i < 200; i += 2) {
            late(i, after(i + 1).plusSeconds(2));
            late(i + 1, after(i + 8));
        }
        assertThat(feed.open(RuleName.LATE).size()).isLessThan(5);
    }

    @Test
    void aDuplicateThatComesLateIsNothing() {
        live(0, 20);
        feed.give(after(3), TestFeed.usual(after(3)), after(21));
        assertThat(feed.open).isEmpty();
    }
}
