package io.tallywatt.duckdb;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Takes files in, in a process of its own that can be killed. */
final class IngestFiles {
    static final ZoneId UTC = ZoneId.of("UTC");

    private IngestFiles() {}

    /** {@code STORE FILE RECEIVED FILE RECEIVED ...}; says {@code READY}, an outcome per file, {@code DONE}. */
    public static void main(String[] args) {
        try (DuckDbStore store =
                DuckDbStore.open(Path.of(args[0]), new DuckDbSettings(2, "512MB", false), Clock.systemUTC())) {
            System.out.println("READY");
            for (int i = 1; i < args.length; i += 2) {
                System.out.println(take(store, Path.of(args[i]), Instant.parse(args[i + 1])));
            }
        }
        System.out.println("DONE");
    }

    private static String take(DuckDbStore store, Path file, Instant receivedAt) {
        Ingest ingest = new Ingest(store, store, new Forgotten(), number -> {});
        return switch (ingest.take(new InFile(file, receivedAt), ReadingOptions.in(UTC), Progress.NONE)) {
            case Outcome.Taken taken -> "TAKEN " + taken.delivery().counts().rejected() + " rejected";
            case Outcome.Known known -> "KNOWN";
            case Outcome.Quarantined quarantined -> "QUARANTINED " + quarantined.reason();
            case Outcome.Refused refused -> "REFUSED " + refused.reason();
        };
    }

    private static final class Forgotten implements DeadLetters {
        @Override
        public void keep(long delivery, Document document) {}

        @Override
        public Optional<Document> find(long delivery) {
            return Optional.empty();
        }

        @Override
        public void discard(long delivery) {}
    }

    private record InFile(Path path, Instant receivedAt) implements Document {
        @Override
        public String name() {
            return path.getFileName().toString();
        }

        @Override
        public long packedSize() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public long unpackedSize() {
            return packedSize();
        }

        @Override
        public Stream open() throws IOException {
            InputStream in = Files.newInputStream(path);
            return new Stream() {
                private long read;

                @Override
                public long packedBytes() {
                    return read;
                }

                @Override
                public int read() throws IOException {
                    int b = in.read();
                    read += b < 0 ? 0 : 1;
                    return b;
                }

                @Override
                public int read(byte[] buffer, int from, int length) throws IOException {
                    int n = in.read(buffer, from, length);
                    read += Math.max(0, n);
                    return n;
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        }
    }
}
