package io.tallywatt.server.files;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** A file as it lies there, never unpacked, known by a salt besides its bytes. */
    public static Document salted(String name, Path path, Instant receivedAt, byte[] salt) throws IOException {
        return new Salted(new FileDocument(name, path, Packing.PLAIN, receivedAt, Files.size(path)), salt);
    }

    /** The document that once came by a name, if it is still there: a file, or an entry of an archive. */
    public static Optional<Document> byName(WorkingFolder workingFolder, String name, Instant receivedAt)
            throws IOException {
        Path path = workingFolder.resolve(Path.of(name));
        if (Files.isRegularFile(path)) {
            return Packing.of(path) == Packing.ZIP
                    ? Optional.empty()
                    : Optional.of(FileDocument.of(name, path, receivedAt));
        }
        int mark = name.indexOf('!');
        while (mark > 0) {
            Path archive = workingFolder.resolve(Path.of(name.substring(0, mark)));
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
