package io.tallywatt.server.report;

import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.Sum;
import java.io.IOException;

/** Tells what came of documents, one after the other, and at the end of all together. */
public interface IngestReport {
    void dealt(Dealt dealt) throws IOException;

    void end(Sum sum) throws IOException;
}
