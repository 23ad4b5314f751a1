package io.tallywatt.server.cli;

import io.tallywatt.core.ingest.Failures;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file that appears under its name only when it is whole; what was there before stays until then. */
final class WholeFile {
    private WholeFile() {}

    interface Writing {
        void to(Output out) throws IOException;
    }

    /**
     * Writes it.
     *
     * @param name as it was given
     */
    static void write(Path name, Path file, Writing writing) throws IOException {
        if (Files.isDirectory(file)) {
            throw Stop.usage("Invalid value for option '-o': expected a file, but " + name + " is a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A device or a pipe, such as /dev/stdout.
            try (OutputStream stream = Files.newOutputStream(file);
                    Output out = new Output(stream)) {
                writing.to(out);
            }
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (OutputStream stream = Files.newOutputStream(next);
                    Output out = new Output(stream)) {
                writing.to(out);
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Stop.cannotRun(name + " cannot be written: " + Failures.inWords(e));
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
