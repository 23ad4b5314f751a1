package io.tallywatt.server.door;

import io.tallywatt.server.door.Wire.Frame;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to a client. A command waits here for a client that does not read (a pager, a terminal that was
 * stopped), except while it is alone with the store: then others would wait with it, so what has no room is left out.
 * Nothing but the progress line is written at such times.
 */
final class Outbox {
    private static final int ROOM = 4 * Wire.PIECE;

    private final Wire wire;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean sending;
    private boolean hurried;
    private boolean gone;

    Outbox(Wire wire) {
        this.wire = wire;
    }

    synchronized void hurry(boolean on) {
        hurried = on;
        notifyAll();
    }

    synchronized void put(Frame frame) throws IOException {
        waitWhile(() -> !gone && !hurried && isFullFor(frame));
        if (gone) {
            throw new IOException("Broken pipe");
        }
        if (isFullFor(frame)) {
            return;
        }
        bytes += frame.bytes().length;
        waiting.add(frame);
        notifyAll();
    }

    private boolean isFullFor(Frame frame) {
        return bytes > 0 && bytes + frame.bytes().length > ROOM;
    }

    private synchronized void waitWhile(BooleanSupplier condition) throws InterruptedIOException {
        try {
            while (condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Sends what comes, until the client is gone. */
    void run() {
        try {
            for (Frame next = next(); next != null; next = next()) {
                wire.write(next);
                sent(next);
            }
        } catch (IOException e) {
            gone();
        }
    }

    private synchronized @Nullable Frame next() throws IOException {
        waitWhile(() -> !gone && waiting.isEmpty());
        sending = !gone;
        return gone ? null : waiting.poll();
    }

    private synchronized void sent(Frame frame) {
        bytes -= frame.bytes().length;
        sending = false;
        notifyAll();
    }

    /** Waits until all is sent, or the client is gone. */
    synchronized void drain() throws IOException {
        waitWhile(() -> !gone && (sending || !waiting.isEmpty()));
    }

    /** Nobody reads any more. */
    synchronized void gone() {
        gone = true;
        waiting.clear();
        notifyAll();
    }

    /** Bytes written to it become frames. */
    OutputStream stream(Wire.Kind kind) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                put(Frame.of(kind, (byte) b));
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                for (int at = 0; at < length; at += Wire.PIECE) {
                    int end = Math.min(length, at + Wire.PIECE);
                    put(new Frame(kind, Arrays.copyOfRange(from, offset + at, offset + end)));
                }
            }
        };
    }
}
