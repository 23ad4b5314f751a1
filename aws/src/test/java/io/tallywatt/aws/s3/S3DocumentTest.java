package io.tallywatt.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.aws.LocalS3;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Salted;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3DocumentTest {
    private final S3Client s3 = LocalS3.get().client();
    private final String bucket = LocalS3.get().freshBucket();

    private void put(String key, byte[] bytes) {
        s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private S3Document document(S3Client client, String key) throws IOException {
        return S3Document.find(client, new ObjectPlace(bucket, key, null), "a.csv")
                .orElseThrow();
    }

    @Test
    void anObjectIsReadFromItsFirstByteAsOftenAsNeeded() throws IOException {
        byte[] bytes = bytes(300_000);
        put("inbox/a b+c.csv", bytes);
        S3Document document = document(s3, "inbox/a b+c.csv");
        assertThat(document.name()).isEqualTo("a.csv");
        assertThat(document.packedSize()).isEqualTo(bytes.length);
        assertThat(document.receivedAt())
                .isEqualTo(document(s3, "inbox/a b+c.csv").receivedAt());
        for (int i = 0; i < 2; i++) {
            try (Document.Stream in = document.open()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
                assertThat(in.packedBytes()).isEqualTo(bytes.length);
            }
        }
        try (InputStream in = document.open()) {
            assertThat(in.readNBytes(7)).hasSize(7);
        }
    }

    @Test
    void someOfItsBytesAreADocumentToo() throws IOException {
        byte[] bytes = bytes(1000);
        put("a", bytes);
        S3Document whole = document(s3, "a");
        for (int[] range : new int[][] {{0, 10}, {10, 990}, {990, 1000}, {500, 5000}, {0, 1000}}) {
            S3Document some = whole.range(range[0], range[1]);
            try (InputStream in = some.open()) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, range[0], Math.min(1000, range[1])));
            }
        }
        try (InputStream in = whole.range(100, 900).range(5, 7).open()) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 105, 107));
        }
    }

    @Test
    void anEmptyObjectIsAnEmptyDocument() throws IOException {
        put("empty", new byte[0]);
        try (InputStream in = document(s3, "empty").open()) {
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        assertThat(S3Document.find(s3, new ObjectPlace(bucket, "none", null), "a"))
                .isEmpty();
    }

    @Test
    void anObjectThatWasReplacedIsNotReadAsIfItWereTheSame() throws IOException {
        put("a", bytes(10));
        S3Document document = document(s3, "a");
        put("a", bytes(20));
        assertThatThrownBy(document::open).isInstanceOf(IOException.class).hasMessageContaining("replaced");
    }

    @Test
    void aConnectionThatBreaksIsTakenUpWhereItBroke() throws Exception {
        byte[] bytes = bytes(400_000);
        put("a", bytes);
        try (Breaking between = new Breaking(LocalS3.get().endpoint(), 100_000);
                InputStream in =
                        document(LocalS3.client(between.address()), "a").open()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(between.broken).hasValueGreaterThan(2);
        }
    }

    @Test
    void deadLettersKeepTheirNamesAndTimes() throws IOException {
        put("a", bytes(100));
        S3DeadLetters letters = new S3DeadLetters(() -> s3, bucket);
        String awkward = "süd & north/\"a\"\t\u20ac +%.csv".repeat(40);
        S3Document plain =
                S3Document.find(s3, new ObjectPlace(bucket, "a", null), awkward).orElseThrow();
        Document document = new Salted(plain, new byte[] {1, -1});
        letters.keep(7, document);
        letters.keep(7, document);
        Document kept = letters.find(7).orElseThrow();
        assertThat(kept.name()).isEqualTo(awkward);
        assertThat(kept.receivedAt()).isEqualTo(document.receivedAt());
        assertThat(Ingest.digestOf(kept)).isEqualTo(Ingest.digestOf(document));
        try (InputStream in = kept.open()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes(100));
        }
        letters.discard(7);
        letters.discard(7);
        assertThat(letters.find(7)).isEmpty();
    }

    /** Stands between, and breaks each connection after so many bytes of answers. */
    private static final class Breaking implements AutoCloseable {
        private final ServerSocket door;
        private final URI behind;
        private final int most;
        private final AtomicInteger broken = new AtomicInteger();

        Breaking(URI behind, int most) throws IOException {
            this.behind = behind;
            this.most = most;
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::accept);
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + door.getLocalPort());
        }

        private void accept() {
            try {
                while (true) {
                    Socket in = door.accept();
                    Socket out = new Socket(behind.getHost(), behind.getPort());
                    Thread.ofVirtual().start(() -> copy(in, out, Integer.MAX_VALUE));
                    Thread.ofVirtual().start(() -> copy(out, in, most));
                }
            } catch (IOException e) {
                // It is closed.
            }
        }

        private void copy(Socket from, Socket to, int bytes) {
            int left = bytes;
            byte[] buffer = new byte[8_192];
            try (from;
                    to) {
                int n = from.getInputStream().read(buffer);
                while (n > 0 && left > 0) {
                    to.getOutputStream().write(buffer, 0, Math.min(n, left));
                    left -= n;
                    n = left > 0 ? from.getInputStream().read(buffer) : 0;
                }
                if (left <= 0) {
                    broken.incrementAndGet();
                }
            } catch (IOException e) {
                // The other side is gone.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
