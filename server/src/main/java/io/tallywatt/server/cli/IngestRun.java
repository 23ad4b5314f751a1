package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.Sum;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.files.Found;
import io.tallywatt.server.files.Spool;
import io.tallywatt.server.report.IngestReport;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Takes one file after the other. What goes wrong with one is told, and the others go on; only a failing store ends it. */
final class IngestRun {
    /** So much stays free on the disk: a store that cannot write its journal cannot take anything back either. */
    static final long SPARE = 64L << 20;

    private static final long PAUSE_MILLIS = 300;

    private final Session session;
    private final Stores.Open store;
    private final ReadingOptions options;
    private final IngestReport report;
    private final Ingest ingest;
    private final ProgressLine progress;
    private final Instant started;

    private Sum sum = Sum.NONE;
    private boolean noRoom;

    IngestRun(Session session, Stores.Open store, ReadingOptions options, IngestReport report) {
        this.session = session;
        this.store = store;
        this.options = options;
        this.report = report;
        this.ingest = new Ingest(
                store.blocks(),
                store.ledger(),
                session.quarantine(),
                attempt -> Thread.sleep(PAUSE_MILLIS * attempt),
                WireFormats.ALL);
        Surroundings outside = session.surroundings();
        this.started = now();
        this.progress = new ProgressLine(outside.err(), outside.columns(), System::nanoTime);
    }

    /** @return the exit code */
    int of(List<Found> all) throws IOException {
        progress.begin(all.stream()
                .mapToLong(f -> f instanceof Found.File file ? file.size() : 0)
                .sum());
        try (progress) {
            for (Found found : all) {
                String failure = tried(found);
                if (!failure.isEmpty()) {
                    return stopped(found, failure);
                }
            }
        }
        report.end(sum);
        return noRoom ? ExitCode.CANNOT_RUN : sum.complete() ? ExitCode.DONE : ExitCode.PARTLY;
    }

    /** @return empty, or why nothing can go on */
    private String tried(Found found) throws IOException {
        try {
            switch (found) {
                case Found.File file -> file(file.name(), file.path(), file.size());
                case Found.Pipe pipe -> pipe(pipe);
                case Found.Nothing nothing -> tell(new Outcome.Refused(nothing.name(), nothing.reason()), false);
            }
            return "";
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        } catch (UncheckedIOException e) {
            // Rejects beyond the first thousands are kept in one.
            return "Temporary files cannot be written: " + Failures.inWords(Objects.requireNonNull(e.getCause()));
        } catch (RuntimeException e) {
            // A mistake of ours: what was taken until now is reported all the same.
            e.printStackTrace(session.surroundings().err());
            return "This should not have happened (" + e + "); please report it";
        }
    }

    private void pipe(Found.Pipe pipe) throws IOException {
        Surroundings outside = session.surroundings();
        try (InputStream in = outside.open(pipe);
                Spool spool = Spool.of(in, session.spoolFolder(), outside.freeSpace(), SPARE)) {
            file(pipe.name(), spool.file(), Files.size(spool.file()));
        } catch (Output.NotTaken e) {
            throw e;
        } catch (IOException e) {
            noRoom |= e instanceof Spool.NoRoom;
            tell(new Outcome.Refused(pipe.name(), Failures.inWords(e)), false);
        }
    }

    private void file(String name, Path path, long size) throws IOException {
        try (Documents documents = Documents.of(name, path, now())) {
            if (documents.list().isEmpty()) {
                tell(new Outcome.Refused(name, "the archive holds no files"), false);
            }
            for (Document document : documents.list()) {
                tell(taken(document), true);
            }
        } catch (Output.NotTaken e) {
            throw e;
        } catch (IOException e) {
            tell(new Outcome.Refused(name, Failures.inWords(e)), false);
        }
        progress.fileDone(size);
    }

    /** As exact as stores keep it. */
    private Instant now() {
        return session.surroundings().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Outcome taken(Document document) throws IOException {
        long needed = Math.max(SPARE, document.packedSize());
        long free = session.surroundings().freeSpace().bytes(session.dataFolder());
        if (free < needed) {
            noRoom = true;
            return new Outcome.Refused(
                    document.name(),
                    "the disk of the data folder has " + Text.count(free >> 20) + " MB free, and "
                            + Text.count(needed >> 20) + " MB are needed");
        }
        progress.document(document.name());
        Outcome outcome = ingest.take(document, options, progress);
        progress.documentDone(document.packedSize());
        return outcome;
    }

    private void tell(Outcome outcome, boolean came) throws IOException {
        progress.clear();
        sum = sum.plus(outcome);
        if (came
                && outcome instanceof Outcome.Taken taken
                && taken.delivery().counts().rejected() > 0) {
            try (Stream<Reject> rejects =
                    store.ledger().rejects(taken.delivery().id())) {
                report.dealt(new Dealt(
                        outcome, again(taken), rejects.limit(Dealt.FIRST).toList()));
            }
        } else {
            report.dealt(new Dealt(outcome, outcome instanceof Outcome.Taken taken && again(taken), List.of()));
        }
        if (session.surroundings().columns() > 0) {
            session.surroundings().out().flush();
        }
    }

    /** The time at the door is fixed once: a delivery that has an older one than this run came before. */
    private boolean again(Outcome.Taken taken) {
        return taken.delivery().receivedAt().isBefore(started);
    }

    private int stopped(Found found, String failure) throws IOException {
        tell(new Outcome.Refused(found.name(), failure), false);
        report.end(sum);
        session.surroundings().out().flush();
        session.surroundings()
                .err()
                .println("tallywatt: stopped at " + Text.clean(found.name()) + ": "
                        + Text.reason(found.name(), failure));
        session.surroundings()
                .err()
                .println("tallywatt: "
                        + (sum.taken() == 0 ? "no file was" : Text.count(sum.taken(), "file was", "files were"))
                        + " taken before it. Nothing is lost: the same command takes what is left.");
        return ExitCode.CANNOT_RUN;
    }
}
