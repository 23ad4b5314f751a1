package io.tallywatt.server.door;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;

/**
 * A document on its way into the store that ends, as if it could not be read any further, once its command has to stop. The
 * store asks for the rejects last, before it commits.
 */
record WatchedIntake(Intake real, Course course) implements Intake {
    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Instant receivedAt() {
        return real.receivedAt();
    }

    @Override
    public String unit() {
        return real.unit();
    }

    @Override
    public ZoneId zone() {
        return real.zone();
    }

    @Override
    public boolean again() {
        return real.again();
    }

    @Override
    public Pass pass(SeriesIds ids) {
        course.check();
        return new WatchedPass(real.pass(ids), course);
    }

    @Override
    public Iterator<Reject> rejects() {
        course.check();
        return real.rejects();
    }

    @Override
    public long rejected() {
        return real.rejected();
    }

    @Override
    public List<Notice> notices() {
        return real.notices();
    }

    private record WatchedPass(Pass real, Course course) implements Pass {
        @Override
        public BlockCursor cursor() {
            BlockCursor cursor = real.cursor();
            return batch -> {
                course.check();
                return cursor.next(batch);
            };
        }

        @Override
        public Contents contents() {
            course.check();
            return real.contents();
        }

        @Override
        public void reject(Reject reject) {
            real.reject(reject);
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            real.notice(code, line, message);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
