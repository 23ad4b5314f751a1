package io.tallywatt.server.door;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * A server that holds a data folder's store, as the folder's file {@code server} tells it. One that was killed leaves the
 * file behind: only an answer on the socket says that the server is there.
 *
 * @param process its id
 * @param url where people and programs reach it
 * @param socket where commands are handed to it
 */
public record Running(long process, URI url, Path socket) {
    private static final String FILE = "server";

    /** What the file tells; empty without one, and where it tells of another folder, as in a copy. */
    static Optional<Running> read(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            facts.load(reader);
            if (!Files.isSameFile(dataFolder, Path.of(facts.getProperty("data", "")))) {
                return Optional.empty();
            }
            return Optional.of(new Running(
                    Long.parseLong(facts.getProperty("process", "")),
                    URI.create(facts.getProperty("url", "")),
                    Path.of(facts.getProperty("socket", ""))));
        } catch (IOException | IllegalArgumentException e) {
            // Of an earlier version, or damaged: nobody can be reached by it.
            return Optional.empty();
        }
    }

    void write(Path dataFolder) throws IOException {
        Properties facts = new Properties();
        facts.setProperty("process", Long.toString(process));
        facts.setProperty("url", url.toString());
        facts.setProperty("socket", socket.toString());
        facts.setProperty("data", dataFolder.toString());
        Path next = dataFolder.resolve(FILE + ".tmp");
        try {
            try (Writer writer = Files.newBufferedWriter(next)) {
                facts.store(writer, "The server that holds this folder; it removes this file when it ends");
            }
            Files.move(next, dataFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Forgets this one; not another that has taken its place. */
    void remove(Path dataFolder) throws IOException {
        if (read(dataFolder).filter(this::equals).isPresent()) {
            Files.deleteIfExists(dataFolder.resolve(FILE));
        }
    }
}
