package io.tallywatt.packing;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Salted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The documents of one file: itself, or the entries of an archive. Archives inside archives are not opened. */
public final class Documents implements AutoCloseable {
    private final List<Document> list;
    private final @Nullable ZipArchive archive;

    private Documents(List<Document> list, @Nullable ZipArchive archive) {
        this.list = list;
        this.archive = archive;
    }

    /**
     * Opens a file.
     *
     * @param name what the documents are called, entries of an archive {@code name!entry}
     */
    public static Documents of(String name, Path path, Instant receivedAt) throws IOException {
        if (Packing.of(path) != Packing.ZIP) {
            return new Documents(List.of(FileDocument.of(name, path, receivedAt)), null);
        }
        try {
            ZipArchive archive = ZipArchive.of(name, path, receivedAt);
            return new Documents(archive.documents(), archive);
        } catch (UnreadableDocument e) {
            return new Documents(
                    List.of(new Unopenable(name, path, Packing.ZIP, receivedAt, Files.size(path), e)), null);
        }
    }

    /**
     * A document whose bytes are packed as one stream, as an unpacked one.
     *
     * @param packing anything but an archive, which has to lie in a file
     */
    public static Document unpacked(Document packed, Packing packing) {
        return packing == Packing.PLAIN ? packed : new PackedDocument(packed, packing);
    }

    /** A file as it lies there, never unpacked, known by a salt besides its bytes. */
    public static Document salted(String name, Path path, Instant receivedAt, byte[] salt) throws IOException {
        return new Salted(new FileDocument(name, path, Packing.PLAIN, receivedAt, Files.size(path)), salt);
    }

    /**
     * A document out of a file in which it was kept, as it came.
     *
     * @param entry its name in an archive, empty for a file that is the document itself
     * @param salt by which it is known besides its bytes
     */
    public static Document kept(String name, Path path, Packing packing, String entry, Instant receivedAt, byte[] salt)
            throws IOException {
        if (packing == Packing.ZIP) {
            return entry.isEmpty()
                    ? archive(name, path, receivedAt)
                    : new ZipDocument(name, path, entry, receivedAt, Files.size(path));
        }
        Document document = new FileDocument(name, path, packing, receivedAt, Files.size(path));
        return salt.length == 0 ? document : new Salted(document, salt);
    }

    /** An archive was kept because it could not be opened; by now it may be. */
    private static Document archive(String name, Path kept, Instant receivedAt) throws IOException {
        try (Documents documents = of(name, kept, receivedAt)) {
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

    /** The document that once came by a name, if it is still there: a file, or an entry of an archive. */
    public static Optional<Document> byName(UnaryOperator<Path> resolving, String name, Instant receivedAt)
            throws IOException {
        Path path = resolving.apply(Path.of(name));
        if (Files.isRegularFile(path)) {
            return Packing.of(path) == Packing.ZIP
                    ? Optional.empty()
                    : Optional.of(FileDocument.of(name, path, receivedAt));
        }
        int mark = name.indexOf('!');
        while (mark > 0) {
            Path archive = resolving.apply(Path.of(name.substring(0, mark)));
            if (Files.isRegularFile(archive) && Packing.of(archive) == Packing.ZIP) {
                try (Documents documents = of(name.substring(0, mark), archive, receivedAt)) {
                    return documents.list().stream()
                            .filter(document -> document.name().equals(name))
                            .findFirst();
                }
            }
            mark = name.indexOf('!', mark + 1);
        }
        return Optional.empty();
    }

    public List<Document> list() {
        return list;
    }

    @Override
    public void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }
}
