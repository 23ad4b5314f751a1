package io.tallywatt.server.door;

import io.tallywatt.server.door.Wire.Frame;
import io.tallywatt.server.door.Wire.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client's standard input: a piece is asked for when the last one is used up, so nothing piles up on either side. */
final class ClientInput extends InputStream {
    private final Outbox outbox;
    private final Course course;
    private byte[] piece = new byte[0];
    private int at;
    private boolean ended;

    private boolean wanted;
    private @Nullable Frame answer;

    ClientInput(Outbox outbox, Course course) {
        this.outbox = outbox;
        this.course = course;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at == piece.length && !ended && length > 0) {
            piece = next();
            at = 0;
            ended = piece.length == 0;
        }
        if (ended) {
            return -1;
        }
        int n = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, n);
        at += n;
        return n;
    }

    private synchronized byte[] next() throws IOException {
        wanted = true;
        outbox.put(Frame.of(Kind.WANTED));
        @Nullable Frame given = answer;
        while (given == null) {
            course.check();
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            given = answer;
        }
        answer = null;
        if (given.kind() == Kind.INPUT_FAILED) {
            throw new IOException(new String(given.bytes(), StandardCharsets.UTF_8));
        }
        return given.bytes();
    }

    /** What the client sent of it. */
    synchronized void give(Frame frame) throws ProtocolException {
        if (!wanted) {
            throw new ProtocolException("input that nobody wanted");
        }
        wanted = false;
        answer = frame;
        notifyAll();
    }

    /** Lets whoever waits look whether it may go on. */
    synchronized void wake() {
        notifyAll();
    }
}
