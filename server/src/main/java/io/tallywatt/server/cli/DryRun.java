package io.tallywatt.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Preview;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.files.Found;
import io.tallywatt.server.files.Spool;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Previews;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows how files would be read. Opens no store and makes no data folder. */
final class DryRun {
    private final Surroundings outside;
    private final ReadingOptions options;
    private final Output out;
    private final @Nullable JsonGenerator json;
    private boolean unreadable;
    private boolean first = true;

    DryRun(Surroundings outside, ReadingOptions options, boolean asJson) throws IOException {
        this.outside = outside;
        this.options = options;
        this.out = new Output(outside.out());
        this.json = asJson ? out.json() : null;
    }

    /** @return the exit code */
    int of(List<Found> all) throws IOException {
        if (json != null) {
            json.writeStartObject();
            json.writeArrayFieldStart("files");
        }
        for (Found found : all) {
            switch (found) {
                case Found.File file -> file(file.name(), file.path());
                case Found.Pipe pipe -> pipe(pipe);
                case Found.Nothing nothing -> unreadable(nothing.name(), nothing.reason());
            }
        }
        if (json != null) {
            json.writeEndArray();
            json.writeEndObject();
            json.close();
        } else {
            out.write("\nNothing was stored: this was a dry run.\n".getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
        return unreadable ? ExitCode.PARTLY : ExitCode.DONE;
    }

    private void pipe(Found.Pipe pipe) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (InputStream in = outside.open(pipe);
                Spool spool = Spool.of(in, folder, outside.freeSpace(), IngestRun.SPARE)) {
            file(pipe.name(), spool.file());
        } catch (Output.NotTaken e) {
            throw e;
        } catch (IOException e) {
            unreadable(pipe.name(), Failures.inWords(e));
        }
    }

    private void file(String name, Path path) throws IOException {
        try (Documents documents = Documents.of(name, path, outside.clock().instant())) {
            for (Document document : documents.list()) {
                document(document);
            }
            if (documents.list().isEmpty()) {
                unreadable(name, "the archive holds no files");
            }
        } catch (Output.NotTaken e) {
            throw e;
        } catch (IOException e) {
            unreadable(name, Failures.inWords(e));
        }
    }

    private void document(Document document) throws IOException {
        Preview preview;
        try {
            preview = Ingest.preview(document, options, WireFormats.ALL);
        } catch (UnreadableDocument e) {
            unreadable(document.name(), String.valueOf(e.getMessage()));
            return;
        }
        separate();
        if (json != null) {
            Previews.json(json, preview);
        } else {
            Previews.text(out, preview);
        }
    }

    private void unreadable(String name, String reason) throws IOException {
        unreadable = true;
        separate();
        if (json != null) {
            Previews.json(json, name, reason);
        } else {
            Previews.text(out, name, reason);
        }
    }

    private void separate() throws IOException {
        if (!first && json == null) {
            out.write('\n');
        }
        first = false;
    }
}
