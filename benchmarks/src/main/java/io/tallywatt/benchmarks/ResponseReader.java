package io.tallywatt.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the responses of one kept-alive HTTP/1.1 connection, each to its end (RFC 9112), into an array that the next one
 * overwrites. It knows what servers answer to GET and POST and refuses all else: a load client that guesses measures
 * nothing.
 */
final class ResponseReader {
    private static final int LONGEST_LINE = 1 << 13;

    private final ReadableByteChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();
    private final byte[] line = new byte[LONGEST_LINE];
    private int lineLength;
    private int status;
    private byte[] body = new byte[1 << 16];
    private int length;
    private String tag = "";

    ResponseReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** Reads the next response. Returns its status. */
    int read() throws IOException {
        do {
            statusLine();
            length = 0;
            tag = "";
            fields();
        } while (status < 200); // 100 Continue
        return status;
    }

    int status() {
        return status;
    }

    /** The ETag, empty if there is none. */
    String tag() {
        return tag;
    }

    int length() {
        return length;
    }

    String body() {
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    boolean startsWith(byte[] text) {
        return length >= text.length && Arrays.equals(body, 0, text.length, text, 0, text.length);
    }

    /** The last bytes, line feeds left out. */
    boolean endsWith(char c) {
        int last = length - 1;
        while (last >= 0 && (body[last] == '\n' || body[last] == '\r')) {
            last--;
        }
        return last >= 0 && body[last] == c;
    }

    private void statusLine() throws IOException {
        line();
        if (!lineStarts("http/1.1 ") || lineLength < 12) {
            throw new ProtocolException("No HTTP/1.1 response: " + lineText(0));
        }
        status = 0;
        for (int i = 9; i < 12; i++) {
            status = status * 10 + line[i] - '0';
        }
    }

    /** The header's fields and then the body that they announce. */
    private void fields() throws IOException {
        long announced = -1;
        boolean chunked = false;
        for (line(); lineLength > 0; line()) {
            if (lineStarts("content-length:")) {
                announced = Long.parseLong(lineText("content-length:".length()));
            } else if (lineStarts("transfer-encoding:")) {
                chunked = lineText("transfer-encoding:".length()).equalsIgnoreCase("chunked");
            } else if (lineStarts("etag:")) {
                tag = lineText("etag:".length());
            } else if (lineStarts("connection:")
                    && lineText("connection:".length()).equalsIgnoreCase("close")) {
                throw new ProtocolException("The server closes the connection after status " + status);
            }
        }
        if (status < 200 || status == 204 || status == 304) {
            return; // RFC 9112, 6.3: no body, whatever the fields say
        }
        if (chunked) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                take(size);
                line();
            }
            do {
                line(); // trailers
            } while (lineLength > 0);
        } else if (announced >= 0) {
            take(Math.toIntExact(announced));
        } else {
            throw new ProtocolException("A body of unknown length, status " + status);
        }
    }

    private int chunkSize() throws IOException {
        line();
        int end = 0;
        while (end < lineLength && Character.digit(line[end], 16) >= 0) {
            end++;
        }
        return Integer.parseInt(new String(line, 0, end, StandardCharsets.US_ASCII), 16);
    }

    private void take(int bytes) throws IOException {
        if (length + bytes > body.length) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, length + bytes));
        }
        int left = bytes;
        while (left > 0) {
            fill();
            int n = Math.min(left, in.remaining());
            in.get(body, length, n);
            length += n;
            left -= n;
        }
    }

    /** Reads up to a line feed; the line is without its end. */
    private void line() throws IOException {
        lineLength = 0;
        while (true) {
            fill();
            byte b = in.get();
            if (b == '\n') {
                break;
            }
            if (lineLength == line.length) {
                throw new ProtocolException("A line of more than " + line.length + " bytes");
            }
            line[lineLength++] = b;
        }
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
            lineLength--;
        }
    }

    /** So that there is at least a byte. */
    private void fill() throws IOException {
        while (!in.hasRemaining()) {
            in.clear();
            int n = channel.read(in);
            in.flip();
            if (n < 0) {
                throw new EOFException("The server closed the connection");
            }
        }
    }

    /** Whatever the case of the line; {@code lower} is in lower case. */
    private boolean lineStarts(String lower) {
        if (lineLength < lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            if (Character.toLowerCase((char) line[i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String lineText(int from) {
        return new String(line, from, lineLength - from, StandardCharsets.ISO_8859_1).strip();
    }
}
