package io.tallywatt.lambda.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip that is deployed, unpacked as Lambda unpacks it. */
final class Packaged {
    private Packaged() {}

    static Path function() throws IOException {
        Path target = Path.of(System.getProperty("tallywatt.root"), "lambda", "api", "target");
        Path zip = target.resolve("function.zip");
        Path folder = target.resolve("function");
        if (Files.exists(folder)
                && !Files.getLastModifiedTime(folder)
                        .toInstant()
                        .isBefore(Files.getLastModifiedTime(zip).toInstant())) {
            return folder;
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path place = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                    continue;
                }
                Files.createDirectories(place.getParent());
                Files.copy(file.getInputStream(entry), place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        return folder;
    }
}
