package io.tallywatt.api.live;

import io.tallywatt.api.wire.LiveShape;
import io.tallywatt.core.query.SeriesReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events as text (WHATWG HTML, 9.2). An id is the instant up to which everything that became known has been told once its event
 * is read. What became known together is several events, of which only the last has the new id: whoever is cut off among them is told
 * all of them again.
 */
final class LiveText {
    /** A comment, so that whoever is between sees that the connection lives. */
    static final byte[] HEARTBEAT = bytes(":\n\n");

    private LiveText() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What comes first: when to come back, and from where, should nothing ever be told. */
    static byte[] greeting(Duration retry, @Nullable Instant position) {
        return bytes("retry: " + retry.toMillis() + "\n" + (position == null ? "" : "id: " + position + "\n") + "\n");
    }

    /** Nothing to tell, but a later place to go on from. */
    static byte[] moved(Instant position) {
        return bytes("id: " + position + "\n\n");
    }

    static byte[] reset(Instant position, String reason) {
        return bytes("id: " + position + "\nevent: reset\ndata: {\"reason\":\"" + reason + "\"}\n\n");
    }

    /**
     * Readings, of which there is at least one.
     *
     * @param before the position of one who has not been told all of them
     * @param after the position of one who has
     */
    static byte[] readings(List<SeriesReading> readings, Instant before, Instant after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(readings.size() * 256);
        try {
            LiveShape shape = new LiveShape();
            for (Iterator<SeriesReading> all = readings.iterator(); all.hasNext(); ) {
                SeriesReading reading = all.next();
                out.write(bytes("id: " + (all.hasNext() ? before : after) + "\nevent: reading\ndata: "));
                shape.write(out, reading);
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The position that an id stands for; empty if it is not one of ours. */
    static Optional<Instant> position(String id) {
        try {
            return Optional.of(Instant.parse(id));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
