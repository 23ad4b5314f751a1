package io.tallywatt.lambda.api;

import io.tallywatt.aws.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer on its way: in memory as long as Lambda could hand it on, in a file from then on. */
final class Buffered extends OutputStream {
    /** Lambda's limit of 6 MB, less what the status and the headers take. */
    static final int MOST = (6 << 20) - (64 << 10);

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    /** Characters of JSON that have to be written as more than one. */
    private long escapes;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (out != null) {
            out.write(bytes, from, length);
            return;
        }
        memory.write(bytes, from, length);
        escapes += escapes(bytes, from, length);
        if (size() > MOST) {
            Scratch.clear();
            file = Scratch.file("answer", "");
            out = Files.newOutputStream(file);
            memory.writeTo(out);
            memory.reset();
        }
    }

    private static long escapes(byte[] bytes, int from, int length) {
        long more = 0;
        for (int i = from; i < from + length; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\' || b == '\n' || b == '\r' || b == '\t') {
                more++;
            } else if (b >= 0 && b < ' ') {
                more += 5;
            }
        }
        return more;
    }

    /** As Lambda counts it: as text of JSON, or in base 64, whichever is longer. */
    private long size() {
        return Math.max(memory.size() + escapes, (memory.size() + 2L) / 3 * 4);
    }

    /** All of it, null if it is larger than Lambda hands on. */
    byte @Nullable [] handedOn() {
        return file == null ? memory.toByteArray() : null;
    }

    /** The file of a large answer, with all that was written so far. */
    Path file() throws IOException {
        if (out != null) {
            out.flush();
        }
        return Objects.requireNonNull(file, "The answer is not large");
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
