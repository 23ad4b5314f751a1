package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.QualityCounts;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of all stores have in common: a store, a clock, and short ways to fill and to ask. */
public abstract class StoreContract {
    protected static final ZoneId UTC = ZoneId.of("UTC");
    protected static final ZoneId LONDON = ZoneId.of("Europe/London");
    protected static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    protected static final LocalDate DAY = LocalDate.of(2024, 2, 10);
    protected static final Series M1 = Series.meterConsumption("M1");
    protected static final Series M2 = Series.meterConsumption("M2");
    protected static final Instant RECEIVED = Instant.parse("2024-06-01T00:00:00Z");

    protected final TestClock clock = new TestClock(Instant.parse("2024-07-01T08:00:00Z"));
    protected BlockStore store;
    protected Ledger ledger;

    /** A store with nothing in it, which is a {@link Ledger} too. */
    protected abstract BlockStore open(Clock storeClock);

    @BeforeEach
    void openStore() {
        use(open(clock));
    }

    protected void use(BlockStore opened) {
        store = opened;
        ledger = (Ledger) opened;
    }

    @AfterEach
    void closeStore() throws Exception {
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    /** A block in six-hour steps, in UTC. */
    protected static DayBlock quarters(LocalDate date, String values) {
        return Blocks.regular(date, UTC, "PT6H", values);
    }

    protected static GivenDocument document(String name) {
        return GivenDocument.of(name).receivedAt(RECEIVED);
    }

    protected static GivenDocument document(String name, Series series, String values) {
        return document(name).with(series, quarters(DAY, values));
    }

    /** A document received so many minutes after the first. */
    protected static GivenDocument later(int minutes, GivenDocument document) {
        return document.receivedAt(RECEIVED.plus(Duration.ofMinutes(minutes)));
    }

    /** Takes a document that is new to the store, a minute after whatever was before. */
    protected Delivery take(GivenDocument document) {
        clock.advance(Duration.ofMinutes(1));
        Taken taken = store.take(document);
        assertThat(taken).isInstanceOf(Taken.Stored.class);
        return taken.delivery();
    }

    protected Delivery withdraw(Delivery delivery) {
        clock.advance(Duration.ofMinutes(1));
        return store.withdraw(delivery.id());
    }

    protected List<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        try (Stream<StoredBlock> blocks = store.blocks(series, from, to, asOf)) {
            return blocks.toList();
        }
    }

    protected List<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        try (Stream<StoredBlock> blocks = store.blocksOn(date, asOf)) {
            return blocks.toList();
        }
    }

    /** The values of a series on a date, or {@code none}. */
    protected String shown(Series series, LocalDate date, @Nullable Instant asOf) {
        return blocks(series, date, date.plusDays(1), asOf).stream()
                .map(b -> Blocks.shown(b.block(), b.zone()))
                .reduce((a, b) -> a + " and " + b)
                .orElse("none");
    }

    protected String shown(Series series) {
        return shown(series, DAY, null);
    }

    protected String shown(Series series, Instant asOf) {
        return shown(series, DAY, asOf);
    }

    /** As {@code blocksOn} tells it. */
    protected String shownOn(LocalDate date, @Nullable Instant asOf) {
        return blocksOn(date, asOf).stream()
                .map(b -> b.series() + ": " + Blocks.shown(b.block(), b.zone()))
                .collect(Collectors.joining("; "));
    }

    protected Total totalOf(LocalDate date, @Nullable Instant asOf) {
        return new Answers(store).total(date, asOf);
    }

    /** {@code 6.5 kWh of 1 meter, 0 silent; 4: 3a 1e 0s 0i 0m}. */
    protected String total(LocalDate date, @Nullable Instant asOf) {
        Total total = totalOf(date, asOf);
        QualityCounts q = total.quality();
        return Scaled.text(total.total()) + " kWh of " + total.meters() + ", " + total.silent() + " silent; "
                + q.expected() + ": " + q.actual() + "a " + q.estimated() + "e " + q.substituted() + "s "
                + q.invalid() + "i " + q.missing() + "m";
    }

    protected String total() {
        return total(DAY, null);
    }

    protected static List<NoticeCode> codes(Delivery delivery) {
        return delivery.notices().stream().map(Notice::code).toList();
    }

    protected List<Reject> rejects(Delivery delivery) {
        try (Stream<Reject> rejects = ledger.rejects(delivery.id())) {
            return rejects.toList();
        }
    }

    /** {@code created unchanged extended corrected removed}. */
    protected static String counts(Delivery delivery) {
        Counts c = delivery.counts();
        return c.created() + " " + c.unchanged() + " " + c.extended() + " " + c.corrected() + " " + c.removed();
    }

    /** {@code 2:3 1:1}: three readings are shown from delivery 2, one from delivery 1. */
    protected static String sources(StoredBlock block) {
        return block.sources().stream()
                .map(s -> s.delivery() + ":" + s.readings())
                .collect(Collectors.joining(" "));
    }
}
