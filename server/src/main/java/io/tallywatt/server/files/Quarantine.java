package io.tallywatt.server.files;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;

/**
 * Unreadable documents in a folder: {@code ID-name} holds the bytes, {@code ID.properties} says what they are called, when
 * they came and how they are packed. The sidecar is written last: without it there is nothing.
 *
 * <p>A file is kept as it came. Of an archive the entry alone is kept, packed anew, unless it cannot be unpacked: then all
 * of the archive.
 */
public final class Quarantine implements DeadLetters {
    private static final int LONGEST_NAME = 80;
    private static final Object KEEPING = new Object();

    private final Path folder;

    public Quarantine(Path folder) {
        this.folder = folder;
    }

    @Override
    public void keep(long delivery, Document document) throws IOException {
        // Commands of one server may find the same document unreadable at the same time.
        synchronized (KEEPING) {
            keepOnce(delivery, document);
        }
    }

    private void keepOnce(long delivery, Document document) throws IOException {
        if (find(delivery).isPresent()) {
            return;
        }
        Files.createDirectories(folder);
        Path kept = folder.resolve(delivery + "-" + safe(document.name()));
        Properties facts = new Properties();
        facts.setProperty("name", document.name());
        facts.setProperty("receivedAt", document.receivedAt().toString());
        facts.setProperty("file", kept.getFileName().toString());
        facts.setProperty("salt", HexFormat.of().formatHex(document.salt()));
        if (document instanceof OnDisk file && file.entry().isEmpty()) {
            write(kept, Files.newInputStream(file.path()), false);
            facts.setProperty("packing", file.packing().name());
        } else {
            keepUnpacked(kept, document, facts);
        }
        writeFacts(sidecar(delivery), facts);
    }

    private static void keepUnpacked(Path kept, Document document, Properties facts) throws IOException {
        try {
            write(kept, document.open(), true);
            facts.setProperty("packing", Packing.GZ.name());
        } catch (UnreadableDocument e) {
            if (document instanceof OnDisk file) {
                write(kept, Files.newInputStream(file.path()), false);
                facts.setProperty("packing", file.packing().name());
                facts.setProperty("entry", file.entry());
            } else {
                write(kept, document.openPacked(), false);
                facts.setProperty("packing", Packing.PLAIN.name());
            }
        }
    }

    /** The document, under the name and the time that it came with. */
    @Override
    public Optional<Document> find(long delivery) {
        if (!Files.exists(sidecar(delivery))) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(sidecar(delivery))) {
            facts.load(reader);
            Path kept = folder.resolve(facts.getProperty("file", ""));
            if (!Files.isRegularFile(kept)) {
                return Optional.empty();
            }
            String name = facts.getProperty("name", "");
            Packing packing = Packing.valueOf(facts.getProperty("packing", Packing.PLAIN.name()));
            String entry = facts.getProperty("entry", "");
            Instant receivedAt = Instant.parse(facts.getProperty("receivedAt", ""));
            long size = Files.size(kept);
            if (packing != Packing.ZIP) {
                Document document = new FileDocument(name, kept, packing, receivedAt, size);
                byte[] salt = HexFormat.of().parseHex(facts.getProperty("salt", ""));
                return Optional.of(salt.length == 0 ? document : new Salted(document, salt));
            }
            return Optional.of(
                    entry.isEmpty()
                            ? archive(name, kept, receivedAt)
                            : new ZipDocument(name, kept, entry, receivedAt, size));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An archive came here because it could not be opened; by now it may be. */
    private static Document archive(String name, Path kept, Instant receivedAt) throws IOException {
        try (Documents documents = Documents.of(name, kept, receivedAt)) {
            return documents.list().size() == 1
                    ? documents.list().getFirst()
                    : new Unopenable(
                            name,
                            kept,
                            Packing.ZIP,
                            receivedAt,
                            Files.size(kept),
                            new UnreadableDocument(
                                    UnreadableDocument.Reason.DAMAGED,
                                    "An archive of several documents; ingest it anew: " + kept));
        }
    }

    @Override
    public void discard(long delivery) throws IOException {
        Path sidecar = sidecar(delivery);
        if (Files.exists(sidecar)) {
            Properties facts = new Properties();
            try (Reader reader = Files.newBufferedReader(sidecar)) {
                facts.load(reader);
            }
            Files.delete(sidecar);
            String file = facts.getProperty("file", "");
            if (!file.isEmpty()) {
                Files.deleteIfExists(folder.resolve(file));
            }
        }
    }

    private Path sidecar(long delivery) {
        return folder.resolve(delivery + ".properties");
    }

    /** The end of a name is what people know a file by; nothing in it leads to another folder. */
    private static String safe(String name) {
        String end = name.substring(Math.max(0, name.length() - LONGEST_NAME));
        String word = end.substring(end.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return word.isEmpty() || word.equals("-") ? "stdin" : word;
    }

    private static void write(Path target, InputStream bytes, boolean pack) throws IOException {
        Path next = target.resolveSibling(target.getFileName() + ".tmp");
        try (InputStream in = bytes) {
            try (OutputStream file = Files.newOutputStream(next);
                    OutputStream out = pack ? new GZIPOutputStream(file, 1 << 16) : file) {
                in.transferTo(out);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void writeFacts(Path target, Properties facts) throws IOException {
        Path next = target.resolveSibling(target.getFileName() + ".tmp");
        try (Writer writer = Files.newBufferedWriter(next)) {
            facts.store(writer, "What lies beside this in quarantine; 'tallywatt retry' reads it");
        }
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
