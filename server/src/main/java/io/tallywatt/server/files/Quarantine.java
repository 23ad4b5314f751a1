package io.tallywatt.server.files;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.packing.Documents;
import io.tallywatt.packing.OnDisk;
import io.tallywatt.packing.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unreadable documents in a folder: {@code ID-name} holds the bytes, {@code ID.properties} says what they are called, when
 * they came and how they are packed. The sidecar is written last: without it there is nothing.
 *
 * <p>A file is kept as it came. Of an archive the entry alone is kept, packed anew, unless it cannot be unpacked: then all
 * of the archive. A file that an inbox put among its dead letters stays there: the sidecar alone is here.
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
        try {
            Optional<Properties> facts = facts(delivery);
            return facts.isEmpty() ? Optional.empty() : find(facts.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Document> find(Properties facts) throws IOException {
        Path kept = folder.resolve(facts.getProperty("file", ""));
        if (!Files.isRegularFile(kept)) {
            return Optional.empty();
        }
        String name = facts.getProperty("name", "");
        @Nullable String packed = facts.getProperty("packing");
        Packing packing = packed == null ? Packing.of(kept) : Packing.valueOf(packed);
        String entry = facts.getProperty("entry", "");
        Instant receivedAt = Instant.parse(facts.getProperty("receivedAt", ""));
        byte[] salt = HexFormat.of().parseHex(facts.getProperty("salt", ""));
        return Optional.of(Documents.kept(name, kept, packing, entry, receivedAt, salt));
    }

    /** Empty, too, where a machine that lost its power left something else. */
    private Optional<Properties> facts(long delivery) throws IOException {
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(sidecar(delivery))) {
            facts.load(reader);
            Instant.parse(facts.getProperty("receivedAt", ""));
        } catch (NoSuchFileException | MalformedInputException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
        return facts.containsKey("file") ? Optional.of(facts) : Optional.empty();
    }

    /**
     * A file among the dead letters of an inbox, or one that is done but for some of its rows.
     *
     * @param name what its document is called
     * @param receivedAt fixed once, at the door
     * @param file where it lies, or is about to
     * @param report beside it
     * @param done where it goes once it is taken whole; where it is, if it is there
     */
    public record Letter(String name, Instant receivedAt, Path file, Path report, Path done) {}

    /**
     * Notes where a dead letter lies. Whoever moves it there notes it before and after: the bytes can be found at once, and
     * whether somebody took them away again can be told from a move that never was.
     */
    public void keepAt(long delivery, Letter letter, boolean moved) throws IOException {
        synchronized (KEEPING) {
            Files.createDirectories(folder);
            Optional<Properties> before = facts(delivery);
            Properties facts = new Properties();
            facts.setProperty("name", letter.name());
            facts.setProperty("receivedAt", letter.receivedAt().toString());
            facts.setProperty("file", fromHere(letter.file()));
            facts.setProperty("report", fromHere(letter.report()));
            facts.setProperty("done", fromHere(letter.done()));
            facts.setProperty("moved", Boolean.toString(moved));
            writeFacts(sidecar(delivery), facts);
            if (before.isPresent() && !before.get().containsKey("done")) {
                Files.deleteIfExists(folder.resolve(before.get().getProperty("file", "")));
            }
        }
    }

    /** A data folder may be moved with all that is in it. */
    private String fromHere(Path path) {
        @Nullable Path data = folder.getParent();
        return data != null && path.startsWith(data) ? folder.relativize(path).toString() : path.toString();
    }

    /** Where the dead letter of a delivery was put, whether it lies there still or not. */
    public Optional<Letter> letter(long delivery) throws IOException {
        return facts(delivery)
                .filter(facts -> Boolean.parseBoolean(facts.getProperty("moved", "")))
                .map(this::letter);
    }

    private Letter letter(Properties facts) {
        return new Letter(
                facts.getProperty("name", ""),
                Instant.parse(facts.getProperty("receivedAt", "")),
                place(facts, "file"),
                place(facts, "report"),
                place(facts, "done"));
    }

    private Path place(Properties facts, String key) {
        return folder.resolve(facts.getProperty(key, "")).normalize();
    }

    @Override
    public void discard(long delivery) throws IOException {
        release(delivery);
    }

    /**
     * Lets go of what was kept: a copy is removed, a dead letter of an inbox goes to what is done, its report is removed.
     *
     * @return where that file lies now
     */
    public Optional<Path> release(long delivery) throws IOException {
        // Asked for every document that is taken, and hardly ever is there anything.
        if (!Files.exists(sidecar(delivery))) {
            return Optional.empty();
        }
        synchronized (KEEPING) {
            Optional<Properties> facts = facts(delivery);
            Optional<Path> released = Optional.empty();
            if (facts.isPresent() && facts.get().containsKey("done")) {
                Letter letter = letter(facts.get());
                if (Files.exists(letter.file(), LinkOption.NOFOLLOW_LINKS)) {
                    released = Optional.of(
                            letter.file().equals(letter.done())
                                    ? letter.file()
                                    : FreePlace.move(letter.file(), letter.done()));
                }
                Files.deleteIfExists(letter.report());
            }
            Files.deleteIfExists(sidecar(delivery));
            if (facts.isPresent() && !facts.get().containsKey("done")) {
                Files.deleteIfExists(folder.resolve(facts.get().getProperty("file", "")));
            }
            return released;
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
