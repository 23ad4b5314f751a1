package io.tallywatt.server.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream that comes once, written to a file so that it can be read as often as needed. Closing removes the file. */
public final class Spool implements AutoCloseable {
    private static final String PREFIX = "incoming-";
    private static final String SUFFIX = ".tmp";
    private static final int BUFFER = 1 << 20;

    private final Path file;

    private Spool(Path file) {
        this.file = file;
    }

    /**
     * Writes a stream to its end.
     *
     * @throws IOException with reason where fewer than {@code spare} bytes would be left on the disk
     */
    public static Spool of(InputStream in, Path folder, FreeSpace freeSpace, long spare) throws IOException {
        Files.createDirectories(folder);
        Spool spool = new Spool(Files.createTempFile(folder, PREFIX, SUFFIX));
        try (OutputStream out = Files.newOutputStream(spool.file)) {
            byte[] buffer = new byte[BUFFER];
            long sinceLook = Long.MAX_VALUE / 2;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sinceLook += n;
                if (sinceLook > spare / 4) {
                    sinceLook = 0;
                    if (freeSpace.bytes(folder) < spare) {
                        throw new NoRoom("No room left in " + folder.toAbsolutePath());
                    }
                }
                out.write(buffer, 0, n);
            }
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** Removes what a run that was killed left behind; only whoever just opened the store, for itself alone, may. */
    public static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The disk is full, or nearly. */
    public static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoom(String message) {
            super(message);
        }
    }
}
