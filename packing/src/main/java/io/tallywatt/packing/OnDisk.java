package io.tallywatt.packing;

import io.tallywatt.core.ingest.Document;
import java.nio.file.Path;

/** A document that lies in a file, so that it can be kept as it came. */
public interface OnDisk extends Document {
    Path path();

    Packing packing();

    /** The entry's name in the archive, empty for a file that is the document itself. */
    String entry();
}
