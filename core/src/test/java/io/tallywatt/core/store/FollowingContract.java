package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Following} does. */
public abstract class FollowingContract extends StoreContract {
    private static final Series GENERATION = new Series("site", "site1", "generation", null);
    private static final Series CONSUMPTION = new Series("site", "site1", "consumption", null);
    private static final Series TENTH = new Series("site", "site10", "generation", null);
    private static final Series REGISTER = new Series("site", "site1", "generation", "E1");

    private Following following() {
        return (Following) store;
    }

    private List<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        try (Stream<StandingBlock> blocks = following().standing(prefix, from, to)) {
            return blocks.toList();
        }
    }

    /** {@code 2024-02-10 site/site1/generation: 1 2 3 4}. */
    private List<String> shownStanding(String prefix) {
        return standing(prefix, DAY.minusDays(9), DAY.plusDays(9)).stream()
                .map(b -> b.block().date() + " " + b.series() + ": " + Blocks.shown(b.block(), b.zone()))
                .toList();
    }

    private List<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        try (Stream<ArrivedBlock> blocks = following().arrived(prefix, after, limit)) {
            return blocks.toList();
        }
    }

    private List<ArrivedBlock> arrived() {
        return arrived("", Instant.EPOCH, Long.MAX_VALUE);
    }

    /** {@code 1.2 site/site1/generation: 1 2 3 4}: from delivery 1, line 2. */
    private static List<String> shown(List<ArrivedBlock> arrived) {
        return arrived.stream()
                .map(b -> b.delivery() + "." + b.line() + " " + b.series() + ": " + Blocks.shown(b.block(), b.zone()))
                .toList();
    }

    // How days stand.

    @Test
    void blocksStandInTheUnitOfTheirSeries() {
        Series flow = Series.parse("border/FR-GB/flow");
        take(document("flows").unit("MW").with(flow, Blocks.irregular(DAY, UTC, "06:00-06:05=1.5")));
        assertThat(standing("border/", DAY, DAY.plusDays(1)))
                .containsExactly(new StandingBlock(flow, UTC, "MW", Blocks.irregular(DAY, UTC, "06:00-06:05=1.5")));
    }

    @Test
    void blocksStandByDateAndThenBySeries() {
        take(document("a")
                .with(TENTH, quarters(DAY, "1 1 1 1"))
                .with(GENERATION, quarters(DAY.plusDays(1), "2 2 2 2"))
                .with(GENERATION, quarters(DAY, "3 3 3 3"))
                .with(CONSUMPTION, quarters(DAY.plusDays(1), "4 4 4 4"))
                .with(M1, quarters(DAY, "5 5 5 5")));
        assertThat(shownStanding("site/"))
                .containsExactly(
                        "2024-02-10 site/site1/generation: 3 3 3 3",
                        "2024-02-10 site/site10/generation: 1 1 1 1",
                        "2024-02-11 site/site1/consumption: 4 4 4 4",
                        "2024-02-11 site/site1/generation: 2 2 2 2");
        assertThat(standing("", DAY, DAY.plusDays(1)))
                .extracting(StandingBlock::series)
                .containsExactly(M1, GENERATION, TENTH);
        assertThat(standing("", DAY.plusDays(2), DAY.plusDays(9))).isEmpty();
        assertThat(standing("", DAY, DAY)).isEmpty();
    }

    @Test
    void dayOfManyDeliveriesStandsOnce() {
        take(document("a", GENERATION, "1 - - -"));
        Delivery b = take(later(1, document("b", GENERATION, "9 2 - -")));
        take(later(2, document("c", GENERATION, "- - e3 -")));
        take(later(3, document("d", GENERATION, "- - e3 -")));
        assertThat(shownStanding("site/site1")).containsExactly("2024-02-10 site/site1/generation: 9 2 e3 -");
        withdraw(b);
        assertThat(shownStanding("site/site1")).containsExactly("2024-02-10 site/site1/generation: 1 - e3 -");
    }

    @Test
    void nothingStandsOfWhatWasWithdrawn() {
        Delivery a = take(document("a", GENERATION, "1 2 3 4"));
        withdraw(a);
        assertThat(shownStanding("")).isEmpty();
    }

    @Test
    void blockStandsInItsZone() {
        take(document("a").in(LONDON).with(GENERATION, Blocks.filled(DAY, LONDON, "PT1H", i -> "1")));
        take(document("b").in(PARIS).with(M1, Blocks.irregular(DAY, PARIS, "06:00-06:07=1.5")));
        assertThat(standing("", DAY, DAY.plusDays(1)))
                .containsExactly(
                        new StandingBlock(M1, PARIS, Blocks.irregular(DAY, PARIS, "06:00-06:07=1.5")),
                        new StandingBlock(GENERATION, LONDON, Blocks.filled(DAY, LONDON, "PT1H", i -> "1")));
    }

    // What came.

    @Test
    void everythingThatCountsArrivesInTheOrderInWhichItBecameKnown() {
        Delivery a = take(later(
                5,
                document("a")
                        .in(LONDON)
                        .with(TENTH, Blocks.regular(DAY, LONDON, "PT6H", "1 1 1 1"))
                        .with(GENERATION, Blocks.regular(DAY.plusDays(1), LONDON, "PT6H", "2 2 2 2"))
                        .with(GENERATION, Blocks.regular(DAY, LONDON, "PT6H", "3 3 3 3"))));
        Delivery b = take(document("b").in(LONDON).with(GENERATION, Blocks.regular(DAY, LONDON, "PT6H", "- 4 - i-5")));

        assertThat(arrived())
                .containsExactly(
                        new ArrivedBlock(
                                GENERATION,
                                LONDON,
                                Blocks.regular(DAY, LONDON, "PT6H", "3 3 3 3"),
                                a.id(),
                                3,
                                a.receivedAt(),
                                a.knownAt()),
                        new ArrivedBlock(
                                GENERATION,
                                LONDON,
                                Blocks.regular(DAY.plusDays(1), LONDON, "PT6H", "2 2 2 2"),
                                a.id(),
                                2,
                                a.receivedAt(),
                                a.knownAt()),
                        new ArrivedBlock(
                                TENTH,
                                LONDON,
                                Blocks.regular(DAY, LONDON, "PT6H", "1 1 1 1"),
                                a.id(),
                                1,
                                a.receivedAt(),
                                a.knownAt()),
                        new ArrivedBlock(
                                GENERATION,
                                LONDON,
                                Blocks.regular(DAY, LONDON, "PT6H", "- 4 - i-5"),
                                b.id(),
                                1,
                                b.receivedAt(),
                                b.knownAt()));
    }

    @Test
    void onlyWhatBecameKnownLaterArrives() {
        Delivery a = take(document("a", GENERATION, "1 1 1 1"));
        Delivery b = take(later(1, document("b", GENERATION, "2 - - -")));
        assertThat(shown(arrived("", a.knownAt(), 100))).containsExactly("2.1 site/site1/generation: 2 - - -");
        assertThat(arrived("", a.knownAt().minusNanos(1000), 100)).hasSize(2);
        assertThat(arrived("", b.knownAt(), 100)).isEmpty();
        assertThat(arrived("", b.knownAt().plusSeconds(999), 100)).isEmpty();
        take(document("c", M2, "1 1 1 1"));
        assertThat(arrived("", b.knownAt(), 100)).hasSize(1);
        assertThat(arrived("site/", b.knownAt(), 100)).isEmpty();
    }

    @Test
    void sameReadingsFromAnotherDeliveryArriveToo() {
        Delivery a = take(document("a", GENERATION, "1 2 3 4"));
        take(later(1, document("b", GENERATION, "- - - 5")));
        Delivery c = take(later(2, document("c", GENERATION, "1 2 3 4")));
        take(later(3, document("d", GENERATION, "- - - 5")));
        List<String> all = List.of(
                "1.1 site/site1/generation: 1 2 3 4",
                "2.1 site/site1/generation: - - - 5",
                "3.1 site/site1/generation: 1 2 3 4",
                "4.1 site/site1/generation: - - - 5");
        assertThat(shown(arrived())).isEqualTo(all);
        assertThat(shown(arrived("", c.knownAt().minusNanos(1000), 9))).isEqualTo(all.subList(2, 4));
        withdraw(a);
        assertThat(shown(arrived())).isEqualTo(all.subList(1, 4));
        assertThat(shown(arrived("site/site1/generation", c.knownAt().minusNanos(1000), 9)))
                .isEqualTo(all.subList(2, 4));
    }

    @Test
    void readingsOfLesserPrecedenceArriveToo() {
        take(later(9, document("new", GENERATION, "9 9 9 9")));
        take(document("old", GENERATION, "1 2 3 4"));
        assertThat(shown(arrived()))
                .containsExactly("1.1 site/site1/generation: 9 9 9 9", "2.1 site/site1/generation: 1 2 3 4");
    }

    @Test
    void whatWasWithdrawnDoesNotArriveUnlessItIsTakenAgain() {
        Delivery a = take(document("a", GENERATION, "1 2 3 4"));
        take(later(1, document("b", GENERATION, "5 - - -")));
        Delivery gone = withdraw(a);
        assertThat(shown(arrived())).containsExactly("2.1 site/site1/generation: 5 - - -");
        assertThat(arrived("", gone.knownAt(), 9)).isEmpty();
        take(document("a", GENERATION, "1 2 3 4"));
        assertThat(shown(arrived("", gone.knownAt(), 9))).containsExactly("1.1 site/site1/generation: 1 2 3 4");
        assertThat(arrived()).hasSize(2);
    }

    @Test
    void whatIsReadAgainInAnotherWayArrivesAnew() {
        take(document("a", GENERATION, "1000 2000 3000 4000").with(M1, quarters(DAY, "1 1 1 1")));
        Delivery again = take(document("a", GENERATION, "1 2 3 4").settings("Wh"));
        assertThat(shown(arrived())).containsExactly("1.1 site/site1/generation: 1 2 3 4");
        assertThat(arrived().getFirst().knownAt()).isEqualTo(again.knownAt());
    }

    @Test
    void rowsOfOneDocumentThatContradictEachOtherArriveByLine() {
        take(document("a", GENERATION, "1 2 3 4").with(GENERATION, quarters(DAY, "- 9 - -")));
        assertThat(shown(arrived()))
                .containsExactly("1.1 site/site1/generation: 1 2 3 4", "1.2 site/site1/generation: - 9 - -");
    }

    @Test
    void instantIsNeverTorn() {
        GivenDocument five = document("a");
        for (int i = 0; i < 5; i++) {
            five.with(GENERATION, quarters(DAY.plusDays(i), "1 1 1 1"));
        }
        Delivery a = take(five);
        Delivery b = take(document("b", M1, "1 1 1 1").with(M1, quarters(DAY.plusDays(1), "2 2 2 2")));
        take(document("c", M2, "1 1 1 1"));

        for (long limit : new long[] {1, 2, 5}) {
            assertThat(arrived("", Instant.EPOCH, limit)).as("limit " + limit).hasSize(5);
        }
        assertThat(arrived("", Instant.EPOCH, 6)).hasSize(7);
        assertThat(arrived("", Instant.EPOCH, 7)).hasSize(7);
        assertThat(arrived("", Instant.EPOCH, 8)).hasSize(8);
        assertThat(arrived("", a.knownAt(), 1)).hasSize(2);
        assertThat(arrived("", b.knownAt(), 1)).hasSize(1);
        assertThat(arrived("meter/M2", Instant.EPOCH, 1)).hasSize(1);
    }

    @Test
    void whatCameLongAgoAndWhatCameAfterManyOtherThingsArrives() {
        take(document("first", GENERATION, "1 1 1 1"));
        for (int i = 0; i < 300; i++) {
            ledger.quarantine("junk " + i, "junk " + i, 1, RECEIVED, "No format recognised it");
        }
        take(document("last", GENERATION, "2 2 2 2"));
        List<String> both = List.of("1.1 site/site1/generation: 1 1 1 1", "302.1 site/site1/generation: 2 2 2 2");
        assertThat(shown(arrived("site/", Instant.EPOCH, 1))).isEqualTo(both.subList(0, 1));
        assertThat(shown(arrived("site/", Instant.EPOCH, 2))).isEqualTo(both);
        assertThat(shown(arrived("site/", Instant.EPOCH, 3))).isEqualTo(both);
        assertThat(shown(arrived("site/", ledger.deliveries().getLast().knownAt(), 1)))
                .isEqualTo(both.subList(1, 2));
    }

    @Test
    void nameThatOnlyBeginsTheSameIsAnother() {
        take(document("a")
                .with(GENERATION, quarters(DAY, "1 1 1 1"))
                .with(CONSUMPTION, quarters(DAY, "2 2 2 2"))
                .with(TENTH, quarters(DAY, "3 3 3 3"))
                .with(REGISTER, quarters(DAY, "4 4 4 4"))
                .with(M1, quarters(DAY, "5 5 5 5")));
        assertThat(named("site/site1")).containsExactly(CONSUMPTION, GENERATION, REGISTER);
        assertThat(named("site/site1/")).containsExactly(CONSUMPTION, GENERATION, REGISTER);
        assertThat(named("site/site1/generation")).containsExactly(GENERATION);
        assertThat(named("site/site1/generation/")).containsExactly(REGISTER);
        assertThat(named("site/site1/generation/E1")).containsExactly(REGISTER);
        assertThat(named("site")).containsExactly(CONSUMPTION, GENERATION, REGISTER, TENTH);
        assertThat(named("si")).isEmpty();
        assertThat(named("site/site")).isEmpty();
        assertThat(named("site/site1/gen")).isEmpty();
        assertThat(named("")).containsExactly(M1, CONSUMPTION, GENERATION, REGISTER, TENTH);
    }

    private List<Series> named(String prefix) {
        List<Series> standing = standing(prefix, DAY, DAY.plusDays(1)).stream()
                .map(StandingBlock::series)
                .toList();
        assertThat(arrived(prefix, Instant.EPOCH, 99))
                .extracting(ArrivedBlock::series)
                .isEqualTo(standing);
        return standing;
    }

    @Test
    void whoFollowsWhileOthersWriteSeesEverythingOnce() throws Exception {
        int documents = 40;
        List<String> seen = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread follower = Thread.ofPlatform().start(() -> {
            try {
                Instant after = Instant.EPOCH;
                long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (seen.size() < 2 * documents && System.nanoTime() < deadline) {
                    List<ArrivedBlock> more = arrived("site/", after, 3);
                    seen.addAll(shown(more));
                    after = more.isEmpty() ? after : more.getLast().knownAt();
                    assertThat(standing("site/", DAY, DAY.plusDays(1))).hasSizeLessThanOrEqualTo(2);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= documents; i++) {
            take(later(i, document("d" + i, GENERATION, i + " - - -").with(TENTH, quarters(DAY, "1 2 3 4"))));
            expected.add(i + ".1 site/site1/generation: " + i + " - - -");
            expected.add(i + ".2 site/site10/generation: 1 2 3 4");
        }
        follower.join();
        assertThat(failure.get()).isNull();
        assertThat(seen).isEqualTo(expected);
    }
}
