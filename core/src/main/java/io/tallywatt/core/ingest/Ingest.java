package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.Attempt;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes documents in: chooses the format, settles what is open, hands the blocks to the store. */
public final class Ingest {
    private static final int TRIES = 3;
    private static final int PREVIEW_BLOCKS = 3;

    private final BlockStore store;
    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final Pause pause;
    private final List<Format> wire;

    /** How to wait before another try; a test does not. */
    public interface Pause {
        void beforeTry(int number) throws InterruptedException;
    }

    public Ingest(BlockStore store, Ledger ledger, DeadLetters deadLetters, Pause pause) {
        this(store, ledger, deadLetters, pause, List.of());
    }

    /** @param wire formats of sources, which are asked before those of files */
    public Ingest(BlockStore store, Ledger ledger, DeadLetters deadLetters, Pause pause, List<Format> wire) {
        this.wire = List.copyOf(wire);
        this.store = store;
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.pause = pause;
    }

    /**
     * Takes one document, or says why not. Where the cause may pass, it is tried three times.
     *
     * @throws io.tallywatt.core.store.StoreException if the store cannot go on
     */
    public Outcome take(Document document, ReadingOptions options, Progress progress) {
        return take(document, options, progress, false);
    }

    /**
     * The same for a document that came before: rows that were rejected because of what was stored then are tried again,
     * even if nothing about the reading changed.
     */
    public Outcome takeAgain(Document document, ReadingOptions options, Progress progress) {
        return take(document, options, progress, true);
    }

    private Outcome take(Document document, ReadingOptions options, Progress progress, boolean again) {
        for (int attempt = 1; ; attempt++) {
            try {
                return takeOnce(document, options, progress, again);
            } catch (UnreadableDocument e) {
                if (e.reason() == Reason.IO && attempt < TRIES && waited(attempt)) {
                    continue;
                }
                return notTaken(document, e);
            }
        }
    }

    private static String reason(UnreadableDocument e) {
        return Objects.requireNonNull(e.getMessage());
    }

    /** False if somebody does not want to wait any longer: then there is no other try. */
    private boolean waited(int attempt) {
        try {
            pause.beforeTry(attempt + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome takeOnce(Document document, ReadingOptions options, Progress progress, boolean again) {
        Layout layout = layout(document, options, wire);
        Optional<Delivery> before = again ? Optional.empty() : known(document, layout);
        if (before.isPresent()) {
            return new Outcome.Known(document.name(), before.get());
        }
        try (DocumentIntake intake = new DocumentIntake(document, layout, zone(layout, options), again, progress)) {
            return taken(document, intake, store.take(intake));
        }
    }

    /** Spares the reading of a document that was taken before; the store would find out too, but only at its end. */
    private Optional<Delivery> known(Document document, Layout layout) {
        if (!ledger.mayKnow(document.unpackedSize())) {
            return Optional.empty();
        }
        try {
            return ledger.byDigest(digest(document).digest())
                    .filter(d ->
                            d.state() == DeliveryState.TAKEN && d.settings().equals(layout.settings()));
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.IO, "Cannot be read: " + Failures.inWords(e), e);
        }
    }

    private void discard(long delivery) {
        try {
            deadLetters.discard(delivery);
        } catch (IOException e) {
            // The bytes stay: they are in the way of nobody, and the delivery is taken.
        }
    }

    static ZoneId zone(Layout layout, ReadingOptions options) {
        return Objects.requireNonNullElse(layout.zone(), options.zone());
    }

    /** Settles how a document is read. */
    static Layout layout(Document document, ReadingOptions options, List<Format> wire) {
        Layout layout;
        try (InputStream in = document.open()) {
            byte[] bytes = in.readNBytes(Head.SIZE);
            layout = Formats.recognise(
                    new Head(bytes, bytes.length < Head.SIZE, document.name(), document.receivedAt()), options, wire);
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.IO, "Cannot be read: " + Failures.inWords(e), e);
        }
        if (!layout.undecided()) {
            return layout;
        }
        try (ChunkReader chunks = new ChunkReader(document, layout)) {
            @Nullable Chunk chunk = chunks.take();
            while (chunk != null && layout.undecided()) {
                layout = layout.decided(chunk);
                chunks.release(chunk);
                chunk = chunks.take();
            }
            return layout;
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.IO, "Cannot be read: " + Failures.inWords(e), e);
        }
    }

    /**
     * Takes several small documents, in one transaction where the store can; each by itself comes to what {@link #take} would
     * say of it, but that nothing is tried a second time: who calls may do so for those refused with {@link Reason#IO}.
     *
     * @return an outcome for each, in their order
     * @throws io.tallywatt.core.store.StoreException if the store cannot go on; then none was taken
     */
    public List<Outcome> takeAll(List<? extends Document> documents, ReadingOptions options) {
        @Nullable Outcome[] outcomes = new @Nullable Outcome[documents.size()];
        List<Integer> read = new ArrayList<>();
        List<DocumentIntake> intakes = new ArrayList<>();
        try {
            for (int i = 0; i < documents.size(); i++) {
                Document document = documents.get(i);
                try {
                    Layout layout = layout(document, options, wire);
                    intakes.add(new DocumentIntake(document, layout, zone(layout, options), false, Progress.NONE));
                    read.add(i);
                } catch (UnreadableDocument e) {
                    outcomes[i] = notTaken(document, e);
                }
            }
            List<Attempt> attempts = intakes.isEmpty() ? List.of() : store.takeAll(intakes);
            for (int k = 0; k < attempts.size(); k++) {
                Document document = documents.get(read.get(k));
                outcomes[read.get(k)] = switch (attempts.get(k)) {
                    case Attempt.Failed failed -> notTaken(document, failed.why());
                    case Attempt.Done done -> taken(document, intakes.get(k), done.taken());
                };
            }
        } finally {
            intakes.forEach(DocumentIntake::close);
        }
        List<Outcome> all = new ArrayList<>();
        for (@Nullable Outcome outcome : outcomes) {
            all.add(Objects.requireNonNull(outcome));
        }
        return all;
    }

    private Outcome notTaken(Document document, UnreadableDocument e) {
        return e.reason() == Reason.OPTION || e.reason() == Reason.IO
                ? new Outcome.Refused(document.name(), e.reason(), reason(e))
                : refuse(document, e.reason(), reason(e));
    }

    private Outcome taken(Document document, DocumentIntake intake, Taken taken) {
        return switch (taken) {
            case Taken.Stored stored -> {
                discard(stored.delivery().id());
                yield new Outcome.Taken(document.name(), stored.delivery(), intake.decisions());
            }
            case Taken.Known known -> new Outcome.Known(document.name(), known.delivery());
        };
    }

    /** Puts a document into quarantine without reading it, for a reason that whoever calls knows. */
    public Outcome refuse(Document document, Reason code, String reason) {
        try {
            Digested digested = digest(document);
            Delivery delivery = ledger.quarantine(
                    document.name(), digested.digest(), digested.bytes(), document.receivedAt(), reason);
            deadLetters.keep(delivery.id(), document);
            return new Outcome.Quarantined(document.name(), delivery, code, reason);
        } catch (IOException e) {
            return new Outcome.Refused(
                    document.name(), reason + " (and its bytes could not be kept: " + Failures.inWords(e) + ")");
        }
    }

    /** What a document is known by: SHA-256 of its salt and its bytes, unpacked, lower-case hex. */
    public static String digestOf(Document document) throws IOException {
        try (InputStream in = document.open()) {
            return digest(document.salt(), in).digest();
        }
    }

    private record Digested(String digest, long bytes) {}

    /** A damaged archive has an identity too: that of its packed bytes. */
    private static Digested digest(Document document) throws IOException {
        try (InputStream in = document.open()) {
            return digest(document.salt(), in);
        } catch (UnreadableDocument e) {
            try (InputStream in = document.openPacked()) {
                return digest(document.salt(), in);
            }
        }
    }

    private static Digested digest(byte[] salt, InputStream in) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            long bytes = 0;
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
                bytes += n;
            }
            return new Digested(HexFormat.of().formatHex(sha.digest()), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Reads the beginning of a document without storing anything. */
    public static Preview preview(Document document, ReadingOptions options) {
        return preview(document, options, List.of());
    }

    /** The same with the formats of sources. */
    public static Preview preview(Document document, ReadingOptions options, List<Format> wire) {
        Layout layout = layout(document, options, wire);
        try (DocumentIntake intake =
                new DocumentIntake(document, layout, zone(layout, options), false, Progress.NONE)) {
            SeriesIds ids = new SeriesIds();
            List<Preview.Parsed> blocks = new ArrayList<>();
            try (Intake.Pass pass = intake.pass(ids)) {
                BlockCursor cursor = pass.cursor();
                BlockBatch batch = new BlockBatch();
                if (cursor.next(batch)) {
                    for (int b = 0; b < Math.min(PREVIEW_BLOCKS, batch.size); b++) {
                        blocks.add(new Preview.Parsed(batch.line[b], ids.series(batch.series[b]), batch.block(b)));
                    }
                }
            }
            List<Reject> rejects = new ArrayList<>();
            Iterator<Reject> all = intake.rejects();
            while (all.hasNext() && rejects.size() < PREVIEW_BLOCKS) {
                rejects.add(all.next());
            }
            return new Preview(document.name(), layout.format(), layout.decisions(), blocks, rejects, intake.notices());
        }
    }
}
