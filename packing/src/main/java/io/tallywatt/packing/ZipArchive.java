package io.tallywatt.packing;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive, held open while its entries are read. */
final class ZipArchive implements AutoCloseable {
    static final int MOST_ENTRIES = 10_000;

    private final ZipFile zip;
    private final List<Document> documents;

    private ZipArchive(ZipFile zip, List<Document> documents) {
        this.zip = zip;
        this.documents = documents;
    }

    /** @throws UnreadableDocument if the archive as a whole is damaged or a bomb */
    static ZipArchive of(String name, Path path, Instant receivedAt) throws IOException {
        ZipFile zip = open(path);
        try {
            return new ZipArchive(zip, documents(zip, name, path, receivedAt));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** Old archives name their entries in the code page of DOS. */
    static ZipFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException e) {
            if (String.valueOf(e.getMessage()).contains("bad entry name")) {
                try {
                    return new ZipFile(path.toFile(), Charset.forName("IBM437"));
                } catch (ZipException again) {
                    throw Unpacking.damaged(again);
                }
            }
            if (String.valueOf(e.getMessage()).contains("encrypted")) {
                throw new UnreadableDocument(
                        Reason.DAMAGED, "The archive is encrypted; unpack it and ingest what is inside", e);
            }
            throw Unpacking.damaged(e);
        }
    }

    private static List<Document> documents(ZipFile zip, String name, Path path, Instant receivedAt)
            throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            throw new UnreadableDocument(
                    Reason.EXPANDS_TOO_FAR,
                    String.format(
                            Locale.ROOT,
                            "The archive has %,d entries, more than %,d; unpack it and ingest the folder",
                            zip.size(),
                            MOST_ENTRIES));
        }
        long archive = Files.size(path);
        long packed = 0;
        long unpacked = 0;
        List<Document> documents = new ArrayList<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            packed += Math.max(0, entry.getCompressedSize());
            unpacked += Math.max(0, entry.getSize());
            if (!entry.isDirectory() && !hidden(entry.getName())) {
                documents.add(new ZipDocument(
                        name + "!" + entry.getName(),
                        path,
                        entry.getName(),
                        receivedAt,
                        Math.max(0, entry.getCompressedSize())));
            }
        }
        // Entries that share their bytes make a small archive endless although no single one looks odd.
        if (packed > archive && unpacked > Unpacking.FREE || Unpacking.tooFar(unpacked, archive)) {
            throw Unpacking.expands(unpacked, archive);
        }
        return documents;
    }

    /** What operating systems put beside the files somebody wanted to send. */
    private static boolean hidden(String entry) {
        String file = entry.substring(entry.lastIndexOf('/') + 1);
        return file.startsWith(".") || entry.startsWith("__MACOSX/");
    }

    List<Document> documents() {
        return documents;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
