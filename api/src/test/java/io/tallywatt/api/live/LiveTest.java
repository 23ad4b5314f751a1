package io.tallywatt.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.api.Backend;
import io.tallywatt.api.Problem;
import io.tallywatt.api.Reception;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.GivenFlows;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.InMemoryGroups;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.TestClock;
import java.io.IOException;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:07:00Z");
    private static final Live.Pace FAST =
            new Live.Pace(Duration.ofMillis(5), Duration.ofMillis(40), Duration.ofSeconds(3), Duration.ofMillis(50));

    private final TestClock clock = new TestClock(NOW);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final Grid grid = Grid.aroundGreatBritain();
    private final GivenFlows given = new GivenFlows(store, grid);
    private final List<AutoCloseable> open = new ArrayList<>();

    private Live live;
    private LiveServer server;

    /** One question at a time: the store of tests is no more than a list. */
    private final class Alone implements Backend {
        @Override
        public BlockStore blocks() {
            return store;
        }

        @Override
        public Ledger ledger() {
            return store;
        }

        @Override
        public Following following() {
            return store;
        }

        @Override
        public FindingStore findings() {
            return store;
        }

        @Override
        public Groups groups() {
            return new InMemoryGroups();
        }

        @Override
        public Reception reception() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public <T> T ask(Callable<T> question) {
            synchronized (store) {
                try {
                    return question.call();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        given.cable("Nemo", Map.of("2026-11-26T11:55:00Z", "1", "2026-11-26T12:00:00Z", "2"));
        live = new Live(new Alone(), FAST);
        server = new LiveServer(live);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        server.close();
        live.close();
    }

    private Ear listen(String filter, @Nullable String lastEventId) throws IOException {
        Ear ear = new Ear(server, filter, lastEventId);
        open.add(ear);
        return ear.greeted();
    }

    private Ear listen() throws IOException {
        return listen("", null);
    }

    private void nemo(String start, String value) {
        given.cable("Nemo", Map.of("2026-11-26T" + start + ":00Z", value));
    }

    private static String nemoData(String start, String end, String value) {
        return "{\"series\":\"border/BE-GB/flow/Nemo\",\"unit\":\"MW\",\"start\":\"2026-11-26T" + start
                + ":00Z\",\"end\":\"2026-11-26T" + end + ":00Z\",\"value\":" + value
                + ",\"quality\":\"ACTUAL\",\"source\":\"elexon\"}";
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(end);
            Thread.sleep(2);
        }
    }

    @Test
    void whatArrivesIsToldToAllWhoListenAndNothingOfBefore() throws IOException {
        Ear one = listen();
        Ear two = listen();
        nemo("12:05", "3.5");
        Ear.Event expected = new Ear.Event("reading", nemoData("12:05", "12:10", "3.5"));
        assertThat(one.next()).isEqualTo(expected);
        assertThat(two.next()).isEqualTo(expected);
        assertThat(one.id()).isEqualTo(store.changedAt().toString());
    }

    @Test
    void deliveryThatRepeatsWhatIsKnownTellsOnlyTheRest() throws IOException {
        Ear ear = listen();
        given.cable("Nemo", Map.of("2026-11-26T11:55:00Z", "1", "2026-11-26T12:00:00Z", "2"));
        given.cable("Nemo", Map.of("2026-11-26T12:00:00Z", "-2", "2026-11-26T12:05:00Z", "3"));
        assertThat(ear.next(2))
                .extracting(Ear.Event::data)
                .containsExactly(nemoData("12:00", "12:05", "-2"), nemoData("12:05", "12:10", "3"));
        assertThat(ear.silent(30)).isTrue();
    }

    @Test
    void whoComesBackIsToldWhatCameSinceAndGoesOn() throws IOException {
        Ear ear = listen();
        nemo("12:05", "3");
        assertThat(ear.next()).isNotNull();
        ear.close();
        nemo("12:10", "4");
        nemo("12:15", "5");
        Ear again = listen("", ear.id());
        assertThat(again.next(2))
                .extracting(Ear.Event::data)
                .containsExactly(nemoData("12:10", "12:15", "4"), nemoData("12:15", "12:20", "5"));
        nemo("12:20", "6");
        assertThat(again.next()).isEqualTo(new Ear.Event("reading", nemoData("12:20", "12:25", "6")));
        assertThat(again.id()).isEqualTo(store.changedAt().toString());
    }

    @Test
    void whoWasToldNothingYetComesBackToWhereItCame() throws IOException {
        Ear ear = listen();
        ear.close();
        nemo("12:05", "3");
        assertThat(listen("", ear.id()).next()).isEqualTo(new Ear.Event("reading", nemoData("12:05", "12:10", "3")));
    }

    @Test
    void whoWasCutOffAmongWhatCameTogetherIsToldAllOfItAgain() throws IOException {
        Ear ear = listen();
        given.cable("Nemo", Map.of("2026-11-26T12:05:00Z", "3", "2026-11-26T12:10:00Z", "4"));
        assertThat(ear.next()).isNotNull();
        ear.close();
        assertThat(listen("", ear.id()).next(2))
                .extracting(Ear.Event::data)
                .containsExactly(nemoData("12:05", "12:10", "3"), nemoData("12:10", "12:15", "4"));
    }

    @Test
    void anotherServerGoesOnWhereTheFirstEnded() throws IOException {
        Ear ear = listen();
        nemo("12:05", "3");
        assertThat(ear.next()).isNotNull();
        live.close();
        assertThat(ear.next()).isNull();
        nemo("12:10", "4");
        live = new Live(new Alone(), FAST);
        server.close();
        server = new LiveServer(live);
        Ear again = listen("", ear.id());
        assertThat(again.next()).isEqualTo(new Ear.Event("reading", nemoData("12:10", "12:15", "4")));
        assertThat(again.silent(30)).isTrue();
    }

    @Test
    void filterTellsOnlyWhatItNames() throws IOException {
        Series site = new Series("site", "a", "generation", null);
        Ear usual = listen();
        Ear sites = listen("site/", null);
        Ear france = listen("border/FR-GB", null);
        given.take(site, ZoneId.of("UTC"), "kWh", 300, Map.of("2026-11-26T12:00:00Z", "5"));
        given.cable("IFA", Map.of("2026-11-26T12:00:00Z", "6"));
        given.price("FR", 3600, Map.of("2026-11-27T12:00:00Z", "-7.25"));
        assertThat(sites.next())
                .isEqualTo(
                        new Ear.Event(
                                "reading",
                                "{\"series\":\"site/a/generation\",\"unit\":\"kWh\",\"start\":\"2026-11-26T12:00:00Z\","
                                        + "\"end\":\"2026-11-26T12:05:00Z\",\"value\":5,\"quality\":\"ACTUAL\",\"source\":null}"));
        assertThat(Objects.requireNonNull(france.next()).data()).contains("border/FR-GB/flow/IFA");
        assertThat(usual.next(2))
                .extracting(e -> e.data().substring(11, 24))
                .containsExactly("border/FR-GB/", "zone/FR/price");
        assertThat(sites.silent(20)).isTrue();
        assertThat(france.silent(20)).isTrue();
    }

    @Test
    void idThatIsUnknownOrTooOldStartsAnew() throws IOException {
        String old = store.changedAt().toString();
        nemo("12:05", "3");
        Instant present = store.changedAt();
        for (String id : List.of("7", present.plusMillis(1).toString())) {
            Ear ear = listen("", id);
            assertThat(ear.next()).extracting(Ear.Event::name).as(id).isEqualTo("reset");
            assertThat(ear.id()).isEqualTo(present.toString());
            ear.close();
        }
        clock.advance(Duration.ofHours(25));
        assertThat(listen("", old).next()).extracting(Ear.Event::name).isEqualTo("reset");
        // Nothing came since this one, however long ago that is.
        assertThat(listen("", present.toString()).silent(30)).isTrue();
    }

    @Test
    void tooMuchAtOnceStartsAnew() throws IOException {
        Ear ear = listen();
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= 20_000; i++) {
            many.put(NOW.minusSeconds(5L * i).toString(), "1");
        }
        given.take(new Series("border", "FR-GB", "flow", "IFA"), ZoneId.of("Europe/London"), "MW", 5, many);
        assertThat(ear.next()).extracting(Ear.Event::name).isEqualTo("reset");
        nemo("12:05", "3");
        assertThat(ear.next()).isEqualTo(new Ear.Event("reading", nemoData("12:05", "12:10", "3")));
    }

    @Test
    void whoDoesNotReadIsCutAndNobodyWaits() throws IOException, InterruptedException {
        Ear slow = listen();
        Ear other = listen();
        int told = 0;
        for (int round = 0; live.listeners() == 2; round++) {
            assertThat(round).isLessThan(20);
            Map<String, String> day = new HashMap<>();
            for (int i = 0; i < 250; i++) {
                day.put(NOW.minusSeconds(300L * i + 20).toString(), Integer.toString(round));
            }
            for (Cable cable : grid.cables()) {
                given.cable(cable.name(), day);
            }
            told += 2_500;
            assertThat(other.next(2_500)).hasSize(2_500);
        }
        nemo("12:05", "3");
        assertThat(other.next()).isEqualTo(new Ear.Event("reading", nemoData("12:05", "12:10", "3")));
        // What was on its way can still be read, then the connection is at its end.
        try {
            while (slow.next() != null) {
                told--;
            }
        } catch (SocketException e) {
            // An end as well.
        }
        assertThat(told).as("what was not told").isPositive();
    }

    @Test
    void commentsComeWhereNothingElseDoes() throws IOException {
        Ear ear = listen();
        assertThat(ear.silent(200)).isTrue();
        assertThat(ear.comments()).isBetween(1, 10);
    }

    @Test
    void whoIsGoneIsForgotten() throws IOException, InterruptedException {
        Ear ear = listen();
        assertThat(live.listeners()).isEqualTo(1);
        ear.close();
        await(() -> live.listeners() == 0);
    }

    @Test
    void onlySoManyMayListen() {
        List<LiveListener> all = new ArrayList<>();
        for (int i = 0; i < Live.MOST_LISTENERS; i++) {
            all.add(live.listen(LiveFilter.USUAL, null, () -> {}));
        }
        assertThatThrownBy(() -> live.listen(LiveFilter.USUAL, null, () -> {}))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("200");
        all.getFirst().abandon();
        assertThat(live.listen(LiveFilter.USUAL, null, () -> {})).isNotNull();
    }

    @Test
    void endIsPromptForThoseWhoReadAndForThoseWhoDoNot() throws IOException, InterruptedException {
        Ear reads = listen();
        listen();
        Map<String, String> day = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            day.put(NOW.minusSeconds(300L * i + 20).toString(), "1");
        }
        given.cable("IFA", day);
        assertThat(reads.next(500)).hasSize(500);
        long start = System.nanoTime();
        live.close();
        assertThat(reads.next()).isNull();
        await(() -> live.listeners() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> live.listen(LiveFilter.USUAL, null, () -> {})).isInstanceOf(Problem.class);
    }
}
