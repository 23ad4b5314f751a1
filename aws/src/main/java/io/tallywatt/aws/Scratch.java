package io.tallywatt.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Files that a function needs for a while. One that takes too long is killed and starts anew, from a snapshot even, and finds the
 * folder for temporary files as the killed one left it: so it clears away what is left there before it fills the folder.
 */
public final class Scratch {
    private final Path folder;

    /** @param temporary the folder for temporary files */
    Scratch(Path temporary) {
        folder = temporary.resolve("tallywatt-scratch");
    }

    private static Scratch ofProcess() {
        return new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** An empty file; whoever asked deletes it. */
    public static Path file(String prefix, String suffix) throws IOException {
        return ofProcess().newFile(prefix, suffix);
    }

    /** For a function on AWS, which is given one event at a time: deletes what was left by one before. */
    public static void clear() throws IOException {
        ofProcess().clearAll();
    }

    Path newFile(String prefix, String suffix) throws IOException {
        return Files.createTempFile(Files.createDirectories(folder), prefix, suffix);
    }

    void clearAll() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
