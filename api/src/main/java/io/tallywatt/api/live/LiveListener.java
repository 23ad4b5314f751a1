package io.tallywatt.api.live;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One who listens. The hub puts in what there is to tell and never waits; the listener's own thread writes it out as fast as it is
 * read. What is not read in time piles up to a limit, and then the connection is cut: the other side can come back to where it was.
 */
public final class LiveListener {
    /** So many bytes may wait, if they are not of one piece. */
    static final int MOST_WAITING = 1 << 20;

    private final Runnable hangUp;
    private final Duration heartbeat;
    private final Runnable left;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> first = new ArrayDeque<>();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    /** Of {@link #waiting}. */
    private int waitingBytes;

    private boolean ended;

    /**
     * @param hangUp closes the connection, whatever is being written to it
     * @param left told once it listens no more; may be told twice
     */
    LiveListener(Runnable hangUp, Duration heartbeat, Runnable left) {
        this.hangUp = hangUp;
        this.heartbeat = heartbeat;
        this.left = left;
    }

    /** Puts something in to be told; false, and the connection is cut, if too much waits already. */
    boolean tell(byte[] text) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            if (waitingBytes == 0 || waitingBytes + text.length <= MOST_WAITING) {
                waiting.add(text);
                waitingBytes += text.length;
                changed.signal();
                return true;
            }
        } finally {
            lock.unlock();
        }
        cut();
        return false;
    }

    /** Puts something in that comes before everything that was told; it is this listener's own, and not counted. */
    void tellFirst(byte[] text) {
        lock.lock();
        try {
            first.add(text);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing comes any more: what waits is still written, then the answer ends. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends at once. What was not written is forgotten. */
    public void cut() {
        lock.lock();
        try {
            ended = true;
            first.clear();
            waiting.clear();
            waitingBytes = 0;
            changed.signal();
        } finally {
            lock.unlock();
        }
        hangUp.run();
        left.run();
    }

    /** Forgets a listener to whom nothing is ever written. */
    public void abandon() {
        end();
        left.run();
    }

    /** Writes what there is to tell until it ends; a connection that is gone is an end, too. */
    public void writeTo(OutputStream out) throws IOException {
        try {
            while (true) {
                byte[] next = next();
                if (next.length == 0) {
                    return;
                }
                out.write(next);
                out.flush();
            }
        } finally {
            abandon();
        }
    }

    /** What to write next; nothing at the end. */
    private byte[] next() {
        lock.lock();
        try {
            long nanos = heartbeat.toNanos();
            while (first.isEmpty() && waiting.isEmpty() && !ended) {
                if (nanos <= 0) {
                    return LiveText.HEARTBEAT;
                }
                nanos = changed.awaitNanos(nanos);
            }
            if (!first.isEmpty()) {
                return first.remove();
            }
            if (waiting.isEmpty()) {
                return new byte[0];
            }
            byte[] next = waiting.remove();
            waitingBytes -= next.length;
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new byte[0];
        } finally {
            lock.unlock();
        }
    }
}
