package io.tallywatt.server.door;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.Taken;
import io.tallywatt.core.store.Upkeep;
import io.tallywatt.core.validate.Verdict;
import io.tallywatt.server.cli.Stores;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's store as one command sees it: open until the command has to stop. Commands that change something wait for
 * their turn here and not at the store's lock, where nothing could call them away.
 *
 * @param turn of all commands
 * @param outbox of this one, which must not keep the others waiting
 */
record SharedStore(Stores.Open real, Course course, ReentrantLock turn, Outbox outbox)
        implements BlockStore, Ledger, Following, FindingStore, Groups, Upkeep {
    private static final long LOOK_MILLIS = 50;

    Stores.Open open() {
        return new Stores.Open(this, this, this, this, real.alerts(), this, () -> {});
    }

    private <T> T change(Supplier<T> change) {
        takeTurn();
        try {
            course.check();
            outbox.hurry(true);
            return change.get();
        } finally {
            outbox.hurry(false);
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            while (!turn.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                course.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.BUSY, "Another command changes the data", e);
        }
    }

    private <T> Stream<T> watched(Supplier<Stream<T>> asked) {
        course.check();
        return asked.get().peek(item -> course.check());
    }

    private <T> T asked(Supplier<T> question) {
        course.check();
        return question.get();
    }

    @Override
    public Taken take(Intake intake) {
        return change(() -> real.blocks().take(new WatchedIntake(intake, course)));
    }

    @Override
    public Delivery withdraw(long delivery) {
        return change(() -> real.blocks().withdraw(delivery));
    }

    @Override
    public Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason) {
        return change(() -> real.ledger().quarantine(name, digest, bytes, receivedAt, reason));
    }

    @Override
    public List<YearMonth> tidy() {
        return change(() -> real.blocks() instanceof Upkeep upkeep ? upkeep.tidy() : List.of());
    }

    @Override
    public Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return watched(() -> real.blocks().blocks(series, from, to, asOf));
    }

    @Override
    public Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        return watched(() -> real.blocks().blocksOn(date, asOf));
    }

    @Override
    public List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return asked(() -> real.blocks().totals(from, to, asOf));
    }

    @Override
    public List<JournalEntry> changes(LocalDate date) {
        return asked(() -> real.blocks().changes(date));
    }

    @Override
    public List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return asked(() -> real.blocks().totals(meters, from, to, asOf));
    }

    @Override
    public Optional<StoredSeries> find(Series series) {
        return asked(() -> real.blocks().find(series));
    }

    @Override
    public Stream<StoredSeries> series(SeriesSearch search) {
        return watched(() -> real.blocks().series(search));
    }

    @Override
    public Optional<Delivery> delivery(long id) {
        return asked(() -> real.ledger().delivery(id));
    }

    @Override
    public Optional<Delivery> byDigest(String digest) {
        return asked(() -> real.ledger().byDigest(digest));
    }

    @Override
    public boolean mayKnow(long bytes) {
        return asked(() -> real.ledger().mayKnow(bytes));
    }

    @Override
    public List<Delivery> deliveries(DeliverySearch search) {
        return asked(() -> real.ledger().deliveries(search));
    }

    @Override
    public Instant changedAt() {
        return asked(() -> real.ledger().changedAt());
    }

    @Override
    public Stream<Reject> rejects(long delivery) {
        return watched(() -> real.ledger().rejects(delivery));
    }

    @Override
    public Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        return watched(() -> real.following().standing(prefix, from, to));
    }

    @Override
    public Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        return watched(() -> real.following().arrived(prefix, after, limit));
    }

    @Override
    public Instant judgedUntil() {
        return asked(() -> real.findings().judgedUntil());
    }

    @Override
    public void keep(Verdict verdict, Instant until, Instant at) {
        change(() -> {
            real.findings().keep(verdict, until, at);
            return verdict;
        });
    }

    @Override
    public List<StoredFinding> findings(FindingSearch search) {
        return asked(() -> real.findings().findings(search));
    }

    @Override
    public List<FindingCount> counts(FindingSearch search) {
        return asked(() -> real.findings().counts(search));
    }

    @Override
    public List<StoredFinding> changedAfter(long number, int limit) {
        return asked(() -> real.findings().changedAfter(number, limit));
    }

    @Override
    public List<MeterGroup.Entry> list(String after, int limit) {
        return asked(() -> real.groups().list(after, limit));
    }

    @Override
    public Optional<MeterGroup> find(String key) {
        return asked(() -> real.groups().find(key));
    }

    @Override
    public boolean put(MeterGroup group) {
        return change(() -> real.groups().put(group));
    }

    @Override
    public boolean remove(String key) {
        return change(() -> real.groups().remove(key));
    }
}
