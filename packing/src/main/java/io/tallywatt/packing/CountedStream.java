package io.tallywatt.packing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes on disk: counts them, and remembers whether it was the disk that failed rather than what is unpacked from it. */
final class CountedStream extends FilterInputStream {
    private long count;
    private boolean failed;

    CountedStream(InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    boolean failed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        try {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int n = in.read(bytes, offset, length);
            count += Math.max(0, n);
            return n;
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = in.skip(n);
        count += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
