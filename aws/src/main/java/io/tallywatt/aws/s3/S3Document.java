package io.tallywatt.aws.s3;

import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object as a document. It never changes while it is read: every request names the very bytes that were found at first. A connection
 * that breaks is taken up again where it broke.
 */
public final class S3Document implements Document {
    private static final int NOT_FOUND = 404;
    private static final int NOT_SATISFIED = 412;

    private final S3Client s3;
    private final ObjectPlace place;
    private final String name;
    private final Instant receivedAt;
    /** Where it begins in the object. */
    private final long begin;

    private final long size;
    /** Whether the object goes on after it. */
    private final boolean limited;

    private final String etag;

    private S3Document(
            S3Client s3,
            ObjectPlace place,
            String name,
            Instant receivedAt,
            long begin,
            long size,
            boolean limited,
            String etag) {
        this.s3 = s3;
        this.place = place;
        this.name = name;
        this.receivedAt = receivedAt;
        this.begin = begin;
        this.size = size;
        this.limited = limited;
        this.etag = etag;
    }

    /**
     * The object, received when it was last modified; empty if there is none any more.
     *
     * @param name what the document is called
     * @throws IOException if it cannot be looked at; that may pass
     */
    public static Optional<S3Document> find(S3Client s3, ObjectPlace place, String name) throws IOException {
        try {
            HeadObjectResponse head =
                    s3.headObject(h -> h.bucket(place.bucket()).key(place.key()).versionId(place.version()));
            return Optional.of(
                    new S3Document(s3, place, name, head.lastModified(), 0, head.contentLength(), false, head.eTag()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed(place, e);
        } catch (SdkException e) {
            throw failed(place, e);
        }
    }

    /** The same, received at another time than its object was made. */
    public S3Document receivedAt(Instant instant) {
        return new S3Document(s3, place, name, instant, begin, size, limited, etag);
    }

    /**
     * Some of its bytes, as a document of the same name.
     *
     * @param to exclusive; what lies beyond the end is not there
     */
    public S3Document range(long from, long to) {
        long end = Math.min(to, size);
        return new S3Document(
                s3, place, name, receivedAt, begin + from, Math.max(0, end - from), limited || end < size, etag);
    }

    /** Where the object lies. */
    public ObjectPlace place() {
        return place;
    }

    /** What tells these bytes from others that were there before, or come to be there. */
    public String etag() {
        return etag;
    }

    private static IOException failed(ObjectPlace place, SdkException e) {
        return new IOException(place + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public long packedSize() {
        return size;
    }

    @Override
    public long unpackedSize() {
        return size;
    }

    @Override
    public Stream open() throws IOException {
        return new ObjectStream(get(0));
    }

    private ResponseInputStream<GetObjectResponse> get(long from) throws IOException {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .versionId(place.version())
                .ifMatch(etag);
        if (begin + from > 0 || limited) {
            request.range("bytes=" + (begin + from) + "-" + (limited ? begin + size - 1 : ""));
        }
        try {
            return s3.getObject(request.build());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_SATISFIED) {
                throw new IOException(place + " was replaced while it was read", e);
            }
            throw failed(place, e);
        } catch (SdkException e) {
            throw failed(place, e);
        }
    }

    private final class ObjectStream extends Stream {
        /** So many breaks in a row without a byte in between are a failure. */
        private static final int BREAKS = 3;

        private ResponseInputStream<GetObjectResponse> in;
        private long at;
        private int breaks;

        ObjectStream(ResponseInputStream<GetObjectResponse> in) {
            this.in = in;
        }

        @Override
        public long packedBytes() {
            return at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            while (true) {
                if (at == size) {
                    return -1;
                }
                @Nullable IOException broken = null;
                try {
                    int n = in.read(buffer, from, length);
                    if (n > 0) {
                        at += n;
                        breaks = 0;
                        return n;
                    }
                    if (n == 0) {
                        return 0;
                    }
                } catch (IOException e) {
                    broken = e;
                }
                takeUpAgain(broken);
            }
        }

        private void takeUpAgain(@Nullable IOException broken) throws IOException {
            breaks++;
            if (breaks > BREAKS) {
                throw new IOException(
                        place + " ended after " + at + " of " + size + " bytes, " + BREAKS + " times in a row", broken);
            }
            in.abort();
            in = get(at);
        }

        @Override
        public void close() throws IOException {
            if (at < size) {
                // Whoever wants no more does not wait for the rest.
                in.abort();
            }
            in.close();
        }
    }

    @Override
    public InputStream openPacked() throws IOException {
        return open();
    }
}
