package io.tallywatt.collectors.tibber;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.tibber.TibberLive.Timing;
import io.tallywatt.collectors.web.Secret;
import io.tallywatt.collectors.web.Web;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.register.HomeBlocks;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class TibberLiveTest {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Timing HASTY = new Timing(
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofMillis(120),
            Duration.ofMillis(1),
            Duration.ofMillis(3),
            Duration.ofMillis(1),
            Duration.ofMillis(10));

    private final Web web = new Web(Duration.ofSeconds(10), 10_000_000, "Tallywatt");

    private TibberApi api(FakeTibber tibber, String token, @Nullable String home) {
        return new TibberApi(tibber.url(), new Secret(token), home, web, CLOCK);
    }

    /** Keeps what is heard. */
    private static final class Heard implements TibberLive.Listener {
        final List<Measurement> measurements = new CopyOnWriteArrayList<>();
        final List<String> losses = new CopyOnWriteArrayList<>();
        final AtomicReference<@Nullable TibberHome> home = new AtomicReference<>();

        @Override
        public void connected(TibberHome of) {
            home.set(of);
        }

        @Override
        public void measured(Measurement measurement) {
            measurements.add(measurement);
        }

        @Override
        public void lost(String why, Duration pause) {
            losses.add(why);
        }
    }

    private Heard listen(FakeTibber tibber, long seed) throws InterruptedException {
        Heard heard = new Heard();
        TibberLive live = new TibberLive(api(tibber, FakeTibber.TOKEN, null), HASTY, new Random(seed));
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                live.listen(heard);
            } catch (InterruptedException e) {
                // It is over.
            }
        });
        tibber.awaitDone();
        // The last frames are on their way.
        Thread.sleep(30);
        thread.interrupt();
        thread.join();
        return heard;
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    private static final class NoDeadLetters implements DeadLetters {
        @Override
        public void keep(long delivery, Document document) {}

        @Override
        public Optional<Document> find(long delivery) {
            return Optional.empty();
        }

        @Override
        public void discard(long delivery) {}
    }

    /** A store, and what is asked of it. */
    private static final class Books {
        final InMemoryStore store = new InMemoryStore(CLOCK);
        final HomeBlocks blocks = new HomeBlocks(store, HomeBlocks.USUAL_JITTER);
        private final Ingest ingest =
                new Ingest(blocks, store, new NoDeadLetters(), attempt -> {}, List.of(new TibberFormat()));
        private int documents;

        void take(String name, byte[] bytes) {
            Outcome outcome = ingest.take(
                    new BytesDocument(name, bytes, NOW.plusSeconds(documents++)),
                    ReadingOptions.in(ZoneOffset.UTC),
                    Progress.NONE);
            assertThat(outcome).isInstanceOf(Outcome.Taken.class);
        }

        List<Reading> readings(String what, @Nullable Instant from, @Nullable Instant to) {
            StoredSeries series = blocks.find(Series.parse("home/" + FakeTibber.HOME + "/" + what))
                    .orElseThrow();
            try (Stream<Reading> readings = new Answers(blocks).readings(series, from, to, null)) {
                return readings.toList();
            }
        }

        BigDecimal energy(@Nullable Instant from, @Nullable Instant to) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Reading reading : readings("consumption", from, to)) {
                assertThat(to == null || !reading.interval().end().isAfter(to)).isTrue();
                sum = reading.value() == null || !reading.quality().counts() ? sum : sum.add(reading.value());
            }
            return sum;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void notOneWattHourIsLostOrCountedTwice(long seed) throws Exception {
        Instant start = seed % 3 == 0 ? Instant.parse("2024-03-30T05:00:00Z") : Instant.parse("2024-10-25T21:40:00Z");
        FakeHouse house = new FakeHouse(OSLO, start, seed);
        boolean hourly = seed % 4 == 3;
        Books books = new Books();
        Random random = new Random(seed + 100);
        try (FakeTibber tibber = new FakeTibber(house, seed, 900, hourly)) {
            Heard heard = listen(tibber, seed);
            assertThat(tibber.faults()).isEmpty();
            assertThat(tibber.mostConnections()).as("sockets at once").isEqualTo(1);
            assertThat(tibber.addressesAsked())
                    .as("asked where before each")
                    .isGreaterThanOrEqualTo(tibber.connections());

            Minutes minutes = new Minutes(java.util.Objects.requireNonNull(heard.home.get()));
            for (Measurement measurement : heard.measurements) {
                minutes.add(measurement);
                if (random.nextInt(60) == 0) {
                    minutes.documents(NOW).forEach(d -> books.take(d.name(), d.bytes()));
                    minutes.taken();
                }
            }
            minutes.end();
            minutes.documents(NOW).forEach(d -> books.take(d.name(), d.bytes()));

            List<Instant> times = new ArrayList<>(
                    heard.measurements.stream().map(Measurement::at).sorted().toList());
            Instant first = times.getFirst();
            Instant last = times.getLast();
            if (!hourly) {
                assertThat(books.energy(null, null))
                        .as("by the registers, with " + tibber.troubles)
                        .isEqualByComparingTo(house.used(first, last));
            }

            // Then the hours of the history come, but for some.
            Instant hour = first.truncatedTo(ChronoUnit.HOURS);
            // Where the meter tells its register late, only the history knows what was used before a midnight in an
            // outage.
            Instant known = last.truncatedTo(ChronoUnit.HOURS).plusSeconds(hourly ? 3600 : -3600L * random.nextInt(3));
            tibber.history(known);
            TibberSource source = new TibberSource(api(tibber, FakeTibber.TOKEN, null), null, CLOCK);
            List<Question> questions = source.questions(new Interval(first, last.plusSeconds(1)));
            Instant from = hour.isBefore(first) ? hour.plusSeconds(3600) : hour;
            if (from.isBefore(known)) {
                for (Question question : questions) {
                    if (source.ask(question) instanceof Reply.Fetched fetched) {
                        books.take(question.what() + question.window(), fetched.document());
                    }
                }
                BigDecimal wrong = books.energy(first, last).subtract(house.used(first, last));
                if (hourly) {
                    // Of outages over midnight only the hours of the history are known, and two in one hour are divided
                    // by time.
                    assertThat(wrong.abs()).isLessThan(new BigDecimal("2"));
                } else {
                    assertThat(wrong)
                            .as("by the history, with " + tibber.troubles)
                            .isEqualByComparingTo("0");
                }
            }
        }
    }

    @Test
    void aTokenThatIsNotAcceptedEndsIt() throws Exception {
        try (FakeTibber tibber = new FakeTibber(new FakeHouse(OSLO, NOW, 1), 1, 10, false)) {
            TibberLive live = new TibberLive(api(tibber, "another-token", null), HASTY, new Random(1));
            String why = live.listen(new Heard());
            assertThat(why).contains("invalid token", "TALLYWATT_TIBBER_TOKEN").doesNotContain("another-token");
            assertThat(tibber.connections()).isZero();
        }
    }

    @Test
    void aHomeThatTheAccountDoesNotHaveIsSaidWithThoseItHas() throws Exception {
        try (FakeTibber tibber = new FakeTibber(new FakeHouse(OSLO, NOW, 1), 1, 10, false)) {
            TibberLive live = new TibberLive(api(tibber, FakeTibber.TOKEN, "other"), HASTY, new Random(1));
            assertThat(live.listen(new Heard())).contains("'other'", FakeTibber.HOME, "Vitahuset");
        }
    }

    @Test
    void onceTakesOneMeasurementAndLeaves() throws Exception {
        try (FakeTibber tibber = new FakeTibber(new FakeHouse(OSLO, NOW, 1), 1, 1000, false).calm()) {
            TibberLive live = new TibberLive(api(tibber, FakeTibber.TOKEN, null), HASTY, new Random(1));
            List<Measurement> found = new ArrayList<>();
            assertThat(live.once(home -> {}, found::add)).isNull();
            assertThat(found).hasSize(1);
            assertThat(tibber.connections()).isEqualTo(1);
        }
    }

    @Test
    void aHomeWithoutADeviceIsNotConnectedTo() throws Exception {
        try (FakeTibber tibber = new FakeTibber(new FakeHouse(OSLO, NOW, 1), 1, 10, false).withoutDevice()) {
            TibberLive live = new TibberLive(api(tibber, FakeTibber.TOKEN, null), HASTY, new Random(1));
            assertThat(live.once(home -> {}, measurement -> {})).contains("no device");
            assertThat(tibber.connections()).isZero();
        }
    }

    @Test
    void pricesAreOfAQuarterAndGiveCost() throws Exception {
        Instant start = Instant.parse("2024-05-01T10:00:00Z");
        FakeHouse house = new FakeHouse(OSLO, start, 5);
        Books books = new Books();
        try (FakeTibber tibber = new FakeTibber(house, 5, 400, false).calm()) {
            Heard heard = listen(tibber, 5);
            Minutes minutes = new Minutes(java.util.Objects.requireNonNull(heard.home.get()));
            heard.measurements.forEach(minutes::add);
            minutes.end();
            minutes.documents(NOW).forEach(d -> books.take(d.name(), d.bytes()));
            TibberSource source = new TibberSource(
                    api(tibber, FakeTibber.TOKEN, null), null, Clock.fixed(tibber.now(), ZoneOffset.UTC));
            Question question =
                    source.questions(new Interval(start, tibber.now())).getLast();
            assertThat(source.ask(question))
                    .isInstanceOfSatisfying(Reply.Fetched.class, f -> books.take("p", f.document()));
        }
        List<Reading> prices = books.readings("price", null, null);
        assertThat(prices).hasSize(96);
        assertThat(prices.getLast().value()).isEqualByComparingTo("960");
        assertThat(prices.getLast().interval().duration()).isEqualTo(Duration.ofMinutes(15));
        BigDecimal cost = BigDecimal.ZERO;
        for (Reading reading : books.readings("cost", null, null)) {
            cost = cost.add(java.util.Objects.requireNonNull(reading.value()));
        }
        // By hand: every quarter's energy by its price, from the first measurement on.
        BigDecimal expected = BigDecimal.ZERO;
        Instant at =
                books.readings("consumption", null, null).getFirst().interval().start();
        Instant end =
                books.readings("consumption", null, null).getLast().interval().end();
        while (at.isBefore(end)) {
            Instant next = at.truncatedTo(ChronoUnit.MINUTES)
                    .minusSeconds(at.getEpochSecond() % 900 - at.getEpochSecond() % 60)
                    .plusSeconds(900);
            Instant until = next.isBefore(end) ? next : end;
            int quarter = at.atZone(OSLO).toLocalTime().toSecondOfDay() / 900 + 1;
            expected = expected.add(
                    house.used(at, until).multiply(BigDecimal.valueOf(quarter).movePointLeft(2)));
            at = until;
        }
        assertThat(cost.subtract(expected).abs())
                .as("a minute that reaches into the next quarter is divided by time")
                .isLessThan(new BigDecimal("0.001"));
    }

    @Test
    void powerIsTheMeanOfItsMinute() {
        Minutes minutes = new Minutes(new TibberHome("h", "", OSLO, true));
        Instant at = Instant.parse("2024-05-01T10:00:10Z");
        for (int i = 0; i < 3; i++) {
            minutes.add(new Measurement(
                    at.plusSeconds(20L * i),
                    BigDecimal.valueOf(1000L * (i + 1)),
                    null,
                    BigDecimal.ONE,
                    null,
                    null,
                    null));
        }
        minutes.end();
        String power = new String(minutes.documents(NOW).getLast().bytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(power).contains("{\"at\":\"2024-05-01T10:00:00Z\",\"power\":1800}");
    }

    @Test
    void pausesGrowAndHaveAnEnd() {
        Random random = new Random(1);
        assertThat(Timing.USUAL.pause(0, random)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(Timing.USUAL.pause(5, random)).isBetween(Duration.ofSeconds(26), Duration.ofSeconds(55));
        assertThat(Timing.USUAL.pause(100, random)).isEqualTo(Duration.ofMinutes(5));
    }
}
