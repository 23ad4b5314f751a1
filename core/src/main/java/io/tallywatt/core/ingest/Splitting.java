package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.store.PartStore.Whole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a document that is too big for one run is cut into parts: at row ends, never inside quotes, and never between rows that are only
 * told apart by their order. The document is read once for it, and never held.
 *
 * @param whole what the parts have in common
 * @param dateOrder what the rows of the whole document tell of their dates; null if they tell nothing, or the head does
 * @param parts in their order; they are all of the document but its header
 */
public record Splitting(Whole whole, @Nullable DateOrder dateOrder, List<Part> parts) {
    private static final int SMALLEST_CHUNK = 64;
    private static final int CHUNKS_OF_A_PART = 16;

    /**
     * One part.
     *
     * @param number from 0
     * @param from where it begins, an offset into the document
     * @param to where it ends, exclusive
     * @param firstLine of the document, the first being 1
     */
    public record Part(int number, long from, long to, long firstLine) {
        public long size() {
            return to - from;
        }
    }

    public Splitting {
        parts = List.copyOf(parts);
    }

    /**
     * Cuts a document.
     *
     * @param most size of a part in bytes, if no row and no run of rows that have to stay together is longer
     * @return a single part where the document is small, or can only be read in one go (JSON)
     * @throws UnreadableDocument if it cannot be read
     */
    public static Splitting of(Document document, ReadingOptions options, long most) {
        Layout layout = Ingest.layout(document, options, List.of());
        try (Cutting cutting = new Cutting(document, layout, most)) {
            cutting.run();
            Whole whole = new Whole(
                    document.name(),
                    cutting.chunks.digest(),
                    cutting.chunks.bytes(),
                    layout.format(),
                    layout.settings(),
                    Ingest.zone(layout, options),
                    layout.unit(),
                    document.receivedAt(),
                    cutting.parts.size());
            return new Splitting(whole, layout.dateOrder(), cutting.parts);
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.IO, "Cannot be read: " + Failures.inWords(e), e);
        }
    }

    /** One walk through a document. */
    private static final class Cutting implements AutoCloseable {
        private final Layout layout;
        private final long most;
        private final ChunkReader chunks;
        private final List<Part> parts = new ArrayList<>();
        private long from;
        private long firstLine;
        private long at;

        Cutting(Document document, Layout layout, long most) throws IOException {
            this.layout = layout;
            this.most = most;
            this.chunks = new ChunkReader(
                    document, layout, Math.clamp(most / CHUNKS_OF_A_PART, SMALLEST_CHUNK, ChunkReader.CHUNK));
            this.from = layout.bodyOffset();
            this.at = from;
            this.firstLine = layout.bodyLine();
        }

        void run() {
            for (@Nullable Chunk chunk = chunks.take(); chunk != null; chunk = chunks.take()) {
                int size = chunk.to - chunk.from;
                if (layout.divisible() && at > from && at + size - from > most) {
                    cut(chunk);
                }
                at += size;
                chunks.release(chunk);
            }
            end(at);
        }

        /** Before this chunk, or as soon in it as may be. */
        private void cut(Chunk chunk) {
            int begin = layout.partBegin(chunk);
            if (begin == chunk.to) {
                return;
            }
            long line = chunk.firstLine;
            for (int i = chunk.from; i < begin; i++) {
                line += chunk.bytes[i] == '\n' ? 1 : 0;
            }
            end(at + begin - chunk.from);
            firstLine = line;
        }

        private void end(long to) {
            parts.add(new Part(parts.size(), from, to, firstLine));
            from = to;
        }

        @Override
        public void close() {
            chunks.close();
        }
    }
}
