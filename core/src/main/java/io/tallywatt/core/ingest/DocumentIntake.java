package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A document whose layout is known, as a store pulls it in. */
class DocumentIntake implements Intake, AutoCloseable {
    private final Document document;
    private final Layout layout;
    private final ZoneId zone;
    private final boolean again;
    private final Progress progress;

    private RemarkLog remarks = new RemarkLog();

    DocumentIntake(Document document, Layout layout, ZoneId zone, boolean again, Progress progress) {
        this.again = again;
        this.document = document;
        this.layout = layout;
        this.zone = zone;
        this.progress = progress;
    }

    List<Layout.Decision> decisions() {
        return layout.decisions();
    }

    @Override
    public String name() {
        return document.name();
    }

    @Override
    public Instant receivedAt() {
        return document.receivedAt();
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public String unit() {
        return layout.unit();
    }

    @Override
    public boolean again() {
        return again;
    }

    @Override
    public Iterator<Reject> rejects() {
        return remarks.iterator();
    }

    @Override
    public long rejected() {
        return remarks.rejected();
    }

    @Override
    public List<Notice> notices() {
        return remarks.notices();
    }

    @Override
    public void close() {
        remarks.close();
    }

    @Override
    public Pass pass(SeriesIds ids) {
        remarks.close();
        remarks = new RemarkLog();
        try {
            return new DocumentPass(ids, remarks, new ChunkReader(document, layout));
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.IO, "Cannot be read: " + Failures.inWords(e), e);
        }
    }

    private final class DocumentPass implements Pass {
        private final SeriesIds ids;
        private final RemarkLog log;
        private final ChunkReader chunks;
        private final List<RowReader> readers = new ArrayList<>();
        private final AtomicBoolean claimed = new AtomicBoolean();

        DocumentPass(SeriesIds ids, RemarkLog log, ChunkReader chunks) {
            this.ids = ids;
            this.log = log;
            this.chunks = chunks;
        }

        @Override
        public synchronized BlockCursor cursor() {
            if (layout.ordered() && claimed.getAndSet(true)) {
                return batch -> {
                    batch.clear();
                    return false;
                };
            }
            RowReader reader = layout.reader(ids, log);
            readers.add(reader);
            return new Cursor(reader, chunks);
        }

        @Override
        public synchronized Contents contents() {
            long rows = readers.stream().mapToLong(RowReader::rows).sum();
            return new Contents(chunks.digest(), chunks.bytes(), layout.format(), layout.settings(), rows);
        }

        @Override
        public void reject(Reject reject) {
            log.reject(reject);
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            log.notice(code, line, message);
        }

        @Override
        public void close() {
            chunks.close();
        }
    }

    private final class Cursor implements BlockCursor {
        private final RowReader reader;
        private final ChunkReader chunks;
        private @Nullable Chunk chunk;
        private long rowsTold;
        private boolean drained;

        Cursor(RowReader reader, ChunkReader chunks) {
            this.reader = reader;
            this.chunks = chunks;
        }

        @Override
        public boolean next(BlockBatch batch) {
            batch.clear();
            while (!batch.isFull() && !drained) {
                if (chunk == null) {
                    chunk = chunks.take();
                    if (chunk == null) {
                        drained = reader.drain(batch);
                        continue;
                    }
                    reader.start(chunk);
                }
                if (reader.fill(batch)) {
                    chunks.release(chunk);
                    chunk = null;
                    tell();
                }
            }
            return batch.size > 0;
        }

        private void tell() {
            long rows = reader.rows();
            progress.advanced(chunks.packedBytes(), rows - rowsTold);
            rowsTold = rows;
        }
    }
}
