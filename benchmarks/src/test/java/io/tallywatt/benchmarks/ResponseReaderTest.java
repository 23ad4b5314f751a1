package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    @Test
    void everyKindOfBodyIsReadToItsEndHoweverItArrives() throws IOException {
        String all = response("HTTP/1.1 200 OK", "content-length: 5", "ETag: \"a\"") + "{\"a\"}"
                + response("HTTP/1.1 100 Continue")
                + response("HTTP/1.1 200 OK", "Transfer-Encoding: Chunked")
                + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n"
                + response("HTTP/1.1 304 Not Modified", "Content-Length: 99", "etag: W/\"b\"")
                + response("HTTP/1.1 404 Not Found", "Content-Length: 0")
                + response("HTTP/1.1 200 ", "CONTENT-LENGTH:1") + "}";
        for (int piece = 1; piece <= all.length(); piece++) {
            ResponseReader reader = reader(all, piece);

            assertThat(reader.read()).isEqualTo(200);
            assertThat(reader.body()).isEqualTo("{\"a\"}");
            assertThat(reader.tag()).isEqualTo("\"a\"");
            assertThat(reader.read()).isEqualTo(200);
            assertThat(reader.body()).isEqualTo("abc0123456789");
            assertThat(reader.tag()).isEmpty();
            assertThat(reader.read()).isEqualTo(304);
            assertThat(reader.length()).isZero();
            assertThat(reader.tag()).isEqualTo("W/\"b\"");
            assertThat(reader.read()).isEqualTo(404);
            assertThat(reader.length()).isZero();
            assertThat(reader.read()).isEqualTo(200);
            assertThat(reader.body()).isEqualTo("}");
            assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void largeBodyIsWhole() throws IOException {
        String body = "0123456789".repeat(50_000);
        ResponseReader reader = reader(response("HTTP/1.1 200 OK", "Content-Length: " + body.length()) + body, 70_001);

        reader.read();

        assertThat(reader.body()).isEqualTo(body);
        assertThat(reader.startsWith("0123".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(reader.endsWith('9')).isTrue();
    }

    @Test
    void beginningAndEndAreThoseOfThisBodyNotOfTheOneBefore() throws IOException {
        ResponseReader reader = reader(
                response("HTTP/1.1 200 OK", "Content-Length: 4") + "{ab}"
                        + response("HTTP/1.1 200 OK", "Content-Length: 2") + "{\n",
                1000);
        reader.read();
        assertThat(reader.endsWith('}')).isTrue();

        reader.read();

        assertThat(reader.startsWith("{ab".getBytes(StandardCharsets.US_ASCII))).isFalse();
        assertThat(reader.endsWith('}')).isFalse();
        assertThat(reader.endsWith('{')).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na",
                "HTTP/1.1 200 OK\r\n\r\na",
                "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void whatALoadClientCannotCountOnIsRefused(String text) {
        assertThatThrownBy(() -> reader(text, 1000).read()).isInstanceOf(ProtocolException.class);
    }

    @Test
    void bodyThatBreaksOffIsNoAnswer() {
        String text = response("HTTP/1.1 200 OK", "Content-Length: 3") + "ab";

        assertThatThrownBy(() -> reader(text, 1000).read()).isInstanceOf(EOFException.class);
    }

    private static String response(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Of a channel that gives a few bytes at a time. */
    private static ResponseReader reader(String text, int piece) {
        ByteBuffer all = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new ResponseReader(new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) {
                if (!all.hasRemaining()) {
                    return -1;
                }
                int n = Math.min(piece, Math.min(all.remaining(), into.remaining()));
                into.put(into.position(), all, all.position(), n);
                into.position(into.position() + n);
                all.position(all.position() + n);
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        });
    }
}
