package io.tallywatt.server.http;

import io.tallywatt.api.Desk;
import io.tallywatt.api.Push;
import io.tallywatt.api.Reception;
import io.tallywatt.api.wire.Dealt;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.files.Spool;
import io.tallywatt.server.inbox.Retry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is sent: bodies go to disk side by side, at whatever pace they come; then one after the other is read into
 * the store, which has one writer anyway.
 */
final class LocalReception implements Reception {
    /** So much stays free on the disk: a store that cannot write its journal cannot take anything back either. */
    static final long SPARE = 64L << 20;

    private static final long PAUSE_MILLIS = 300;

    private final Serving serving;
    private final Executor taking;
    private final Path spool;
    private final Desk desk;
    private final Retry retry;

    LocalReception(Serving serving, Executor taking) throws IOException {
        this.serving = serving;
        this.taking = taking;
        this.spool = serving.dataFolder().resolve("uploads");
        Quarantine quarantine = new Quarantine(serving.dataFolder().resolve("quarantine"));
        Ingest.Pause pause = attempt -> Thread.sleep(PAUSE_MILLIS * attempt);
        this.desk = new Desk(
                new Ingest(serving.blocks(), serving.ledger(), quarantine, pause, WireFormats.ALL), serving.ledger());
        this.retry = new Retry(serving.blocks(), serving.ledger(), quarantine, pause, serving.clock());
        // What was on its way when a server was killed; its sender never had an answer.
        Spool.clear(spool);
    }

    @Override
    public ReadingOptions defaults() {
        return serving.options();
    }

    @Override
    public List<Dealt> file(String name, InputStream body, long announced, ReadingOptions options) throws IOException {
        try (Spool file = spooled(body, announced)) {
            Instant receivedAt = now();
            return taken(() -> {
                try (Documents documents = Documents.of(name, file.file(), receivedAt)) {
                    List<Dealt> all = new ArrayList<>();
                    for (Document document : documents.list()) {
                        all.add(desk.take(document, options));
                    }
                    return all;
                }
            });
        }
    }

    @Override
    public Pushed readings(
            String source, @Nullable String key, InputStream body, long announced, ReadingOptions options)
            throws IOException {
        try (Spool file = spooled(body, announced)) {
            Push push = new Push(source, key);
            Document document = Documents.salted(push.name(), file.file(), now(), push.salt());
            return taken(() -> desk.take(push, document, options));
        }
    }

    @Override
    public Optional<Dealt> retry(Delivery delivery, ReadingOptions options) throws IOException {
        return taken(() -> {
            Optional<Document> kept = retry.find(delivery);
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            Outcome outcome = retry.again(delivery, kept.get(), options);
            boolean replaced = outcome instanceof Outcome.Taken && delivery.state() == DeliveryState.TAKEN;
            return Optional.of(new Dealt(outcome, replaced, desk.rejects(outcome)));
        });
    }

    @Override
    public Delivery withdraw(Delivery delivery) {
        return Waiting.forResult(() -> serving.blocks().withdraw(delivery.id()), taking);
    }

    private Instant now() {
        return serving.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Spool spooled(InputStream body, long announced) throws IOException {
        Files.createDirectories(spool);
        long needed = Math.max(0, announced) + SPARE;
        long free = serving.freeSpace().bytes(spool);
        if (free < needed) {
            throw new NoRoom("The disk of the data folder has " + (free >> 20) + " MB free, and " + (needed >> 20)
                    + " MB are needed; nothing was taken");
        }
        try {
            return Spool.of(new Body(body), spool, serving.freeSpace(), SPARE);
        } catch (Spool.NoRoom e) {
            throw new NoRoom("The disk of the data folder is nearly full; nothing was taken");
        }
    }

    /** A body that breaks off is told apart from a disk that fails. */
    private static final class Body extends FilterInputStream {
        Body(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            try {
                return super.read(buffer, from, length);
            } catch (IOException e) {
                throw new BrokenOff(e);
            }
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T taken(Work<T> work) throws IOException {
        try {
            return Waiting.forResult(
                    () -> {
                        try {
                            return work.run();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    taking);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            serving.arrived().run();
        }
    }
}
