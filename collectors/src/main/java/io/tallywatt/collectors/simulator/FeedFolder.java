package io.tallywatt.collectors.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts what sites send into a folder, and labels into a file elsewhere. A file is written under a hidden name and renamed when
 * it is whole; its labels stand before it does, so that whoever sees a file can know of it.
 */
public final class FeedFolder implements Closeable {
    private final Path folder;
    private final OutputStream labels;

    private FeedFolder(Path folder, OutputStream labels) {
        this.folder = folder;
        this.labels = labels;
    }

    /**
     * Makes the folder if there is none.
     *
     * @param labels NDJSON, see {@link Label#json}; added to if it is there
     */
    public static FeedFolder open(Path folder, Path labels) throws IOException {
        Files.createDirectories(folder);
        OutputStream out = Files.newOutputStream(labels, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try {
            endLine(labels, out);
        } catch (IOException e) {
            out.close();
            throw e;
        }
        return new FeedFolder(folder, out);
    }

    /** Somebody killed while writing may have left half a line. */
    private static void endLine(Path labels, OutputStream out) throws IOException {
        if (Files.isRegularFile(labels) && Files.size(labels) > 0) {
            try (RandomAccessFile file = new RandomAccessFile(labels.toFile(), "r")) {
                file.seek(file.length() - 1);
                if (file.read() != '\n') {
                    out.write('\n');
                }
            }
        }
    }

    /** Writes a file, if one is sent, and the labels. */
    public void take(Sending sending) throws IOException {
        label(sending.labels());
        switch (sending) {
            case SimulatedFile file -> write(file);
            case NotSent nothing -> {}
        }
    }

    /** Tells of files that will not come after all: what they hold is missing. */
    public void giveUp(List<SimulatedFile> files) throws IOException {
        label(files.stream()
                .flatMap(file -> file.labels().stream())
                .map(Label::missing)
                .toList());
    }

    private void label(List<Label> given) throws IOException {
        if (!given.isEmpty()) {
            String lines = given.stream().map(label -> label.json() + "\n").collect(Collectors.joining());
            labels.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(SimulatedFile file) throws IOException {
        Path next = folder.resolve("." + file.name() + ".part");
        try {
            Files.write(next, file.content());
            Files.move(
                    next,
                    folder.resolve(file.name()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(next);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        labels.close();
    }
}
