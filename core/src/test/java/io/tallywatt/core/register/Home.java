package io.tallywatt.core.register;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DayCalendar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store with a home in it, and the questions that its tests ask. */
final class Home {
    static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final InMemoryStore store = new InMemoryStore(Clock.fixed(NOW, ZoneOffset.UTC));
    final HomeBlocks blocks = new HomeBlocks(store, HomeBlocks.USUAL_JITTER);
    final Answers answers = new Answers(blocks);
    private final ZoneId zone;
    private int documents;

    Home(ZoneId zone) {
        this.zone = zone;
    }

    Outcome ingest(String name, byte[] bytes) {
        Ingest ingest = new Ingest(blocks, store, new NoDeadLetters(), attempt -> {});
        return ingest.take(
                new BytesDocument(name, bytes, NOW.plusSeconds(documents++)), ReadingOptions.in(zone), Progress.NONE);
    }

    Outcome ingest(String text) {
        return ingest("home.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes readings as a document of their own; each is of one second, unless an end is given. */
    void give(Series series, String unit, Map<Long, BigDecimal> values, long seconds) {
        DayCalendar calendar = new DayCalendar(zone);
        TreeMap<Integer, TreeMap<Long, BigDecimal>> days = new TreeMap<>();
        values.forEach((at, value) -> days.computeIfAbsent(RegisterChain.holding(calendar, at), d -> new TreeMap<>())
                .put(at, value));
        GivenDocument document =
                GivenDocument.of("given " + documents).in(zone).unit(unit).receivedAt(NOW.plusSeconds(documents++));
        days.forEach((day, readings) -> document.with(series, block(day, calendar, readings, seconds)));
        store.take(document);
    }

    private static DayBlock block(int day, DayCalendar calendar, TreeMap<Long, BigDecimal> readings, long seconds) {
        int n = readings.size();
        long[] starts = readings.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] ends = new long[n];
        long[] units = new long[n];
        byte[] qualities = new byte[n];
        for (int i = 0; i < n; i++) {
            ends[i] = starts[i] + seconds;
            BigDecimal value = readings.get(starts[i]);
            units[i] = (value == null ? BigDecimal.ZERO : value)
                    .movePointRight(Scaled.MAX_SCALE)
                    .longValueExact();
            qualities[i] = Quality.ACTUAL.code();
        }
        return DayBlock.irregular(day, calendar.start(day), Scaled.MAX_SCALE, units, qualities, starts, ends);
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

    StoredSeries find(String series) {
        return blocks.find(Series.parse(series)).orElseThrow();
    }

    List<Reading> readings(String series) {
        return readings(series, null, null);
    }

    List<Reading> readings(String series, @Nullable Instant from, @Nullable Instant to) {
        try (Stream<Reading> readings = answers.readings(find(series), from, to, null)) {
            return readings.toList();
        }
    }

    List<Bucket> steps(String series, Every every) {
        try (Stream<Bucket> steps = answers.readings(find(series), null, null, every, null)) {
            return steps.toList();
        }
    }

    static BigDecimal sum(List<Reading> readings) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Reading reading : readings) {
            BigDecimal value = reading.value();
            sum = value == null || !reading.quality().counts() ? sum : sum.add(value);
        }
        return Scaled.trim(sum);
    }

    Map<LocalDate, BigDecimal> daily(String series) {
        Map<LocalDate, BigDecimal> daily = new TreeMap<>();
        for (Total total : answers.daily(find(series), Answers.EARLIEST, Answers.LATEST, null)) {
            daily.put(total.date(), Scaled.trim(total.total()));
        }
        return daily;
    }

    List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        try (Stream<StoredSeries> all = blocks.series(prefix)) {
            all.forEach(s -> names.add(s.series().toString()));
        }
        return names;
    }
}
