package io.tallywatt.server.door;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes between a command and the server.
 *
 * <p>Each side begins with a line {@code tallywatt-door PROTOCOL VERSION}, the server first. All else are frames: a kind (one
 * byte, {@link Kind}), a length (four bytes, the highest first) and as many bytes. The client sends {@code COMMAND}; the
 * server {@code ACCEPTED}, and only then begins, then {@code OUT} and {@code ERR} as they are written and, for each piece of
 * standard input that it wants, {@code WANTED}, which the client answers by one {@code INPUT} or {@code INPUT_FAILED}. The
 * last frame is {@code EXIT}. Whoever hangs up before has given up. A frame out of turn, of an unknown kind or longer than its
 * kind allows ends the connection.
 */
final class Wire implements AutoCloseable {
    static final int PROTOCOL = 1;
    /** Of output and input. */
    static final int PIECE = 1 << 16;

    private static final int LONGEST_GREETING = 200;
    private static final Pattern GREETING = Pattern.compile("tallywatt-door ([0-9]{1,9}) (.+)");

    /** What a frame is. */
    enum Kind {
        /** {@link Command}. */
        COMMAND('C', 8 << 20),
        ACCEPTED('A', 0),
        OUT('O', PIECE),
        ERR('E', PIECE),
        WANTED('W', 0),
        /** Some bytes; none: its end. */
        INPUT('I', PIECE),
        /** Why it cannot be read, in words. */
        INPUT_FAILED('F', PIECE),
        /** The exit code, one byte. */
        EXIT('X', 1);

        private final byte code;
        private final int longest;

        Kind(char code, int longest) {
            this.code = (byte) code;
            this.longest = longest;
        }

        int longest() {
            return longest;
        }

        static Kind of(byte code) throws ProtocolException {
            return Arrays.stream(values())
                    .filter(kind -> kind.code == code)
                    .findFirst()
                    .orElseThrow(() -> new ProtocolException("unknown frame"));
        }
    }

    record Frame(Kind kind, byte[] bytes) {
        static Frame of(Kind kind, byte... bytes) {
            return new Frame(kind, bytes);
        }
    }

    /** What the other side is. */
    record Greeting(int protocol, String version) {}

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Somebody who answered, with the greeting that they gave. */
    record Answered(Wire wire, Greeting greeting) {}

    /**
     * Reaches a server and hears its greeting.
     *
     * @throws IOException if nobody answers in time
     */
    static Answered call(Path socket, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Thread impatient = Thread.ofPlatform().daemon().unstarted(() -> closeAfter(patience, channel));
        try {
            impatient.start();
            channel.connect(UnixDomainSocketAddress.of(socket));
            Wire wire = new Wire(channel);
            return new Answered(wire, wire.greeting());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            impatient.interrupt();
        }
    }

    private static void closeAfter(Duration time, SocketChannel channel) {
        try {
            Thread.sleep(time);
            channel.close();
        } catch (InterruptedException | IOException e) {
            // It was answered, or is closed already.
        }
    }

    void greet(String version) throws IOException {
        write(ByteBuffer.wrap(("tallywatt-door " + PROTOCOL + " " + version + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    Greeting greeting() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        for (fill(one.clear()); one.get(0) != '\n'; fill(one.clear())) {
            if (line.size() == LONGEST_GREETING) {
                throw new ProtocolException("no greeting");
            }
            line.write(one.get(0));
        }
        Matcher greeting = GREETING.matcher(line.toString(StandardCharsets.UTF_8));
        if (!greeting.matches()) {
            throw new ProtocolException("no greeting");
        }
        return new Greeting(Integer.parseInt(greeting.group(1)), greeting.group(2));
    }

    /** The next frame; for one thread. */
    Frame read() throws IOException {
        ByteBuffer head = fill(ByteBuffer.allocate(1 + Integer.BYTES)).flip();
        Kind kind = Kind.of(head.get());
        int length = head.getInt();
        if (length < 0 || length > kind.longest()) {
            throw new ProtocolException("frame too long");
        }
        // Room is made as the bytes come, not as they are announced.
        byte[] bytes = new byte[0];
        while (bytes.length < length) {
            int known = bytes.length;
            bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(PIECE, known * 2)));
            fill(ByteBuffer.wrap(bytes, known, bytes.length - known));
        }
        return new Frame(kind, bytes);
    }

    private ByteBuffer fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("hung up");
            }
        }
        return buffer;
    }

    /** Safe for several threads. */
    void write(Frame frame) throws IOException {
        byte[] bytes = frame.bytes();
        if (bytes.length > frame.kind().longest()) {
            throw new ProtocolException("frame too long");
        }
        ByteBuffer whole = ByteBuffer.allocate(1 + Integer.BYTES + bytes.length);
        whole.put(frame.kind().code).putInt(bytes.length).put(bytes).flip();
        write(whole);
    }

    private void write(ByteBuffer bytes) throws IOException {
        writing.lock();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
