package io.tallywatt.server.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard output, buffered, that remembers why it could not be written. */
public final class StandardOut extends PrintStream {
    private final Remembering remembering;

    private StandardOut(Remembering remembering) {
        super(new BufferedOutputStream(remembering, 1 << 16), false, StandardCharsets.UTF_8);
        this.remembering = remembering;
    }

    public static StandardOut open() {
        return new StandardOut(new Remembering(new FileOutputStream(FileDescriptor.out)));
    }

    /** Whoever read it has gone, as {@code head} does. */
    boolean closedByReader() {
        IOException failure = remembering.failure;
        return failure != null && String.valueOf(failure.getMessage()).contains("Broken pipe");
    }

    private static final class Remembering extends FilterOutputStream {
        private @Nullable IOException failure;

        Remembering(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
