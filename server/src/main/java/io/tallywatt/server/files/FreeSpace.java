package io.tallywatt.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes can still be written where a folder is. */
public interface FreeSpace {
    FreeSpace OF_DISK = folder -> Files.getFileStore(folder).getUsableSpace();

    long bytes(Path folder) throws IOException;
}
