package io.tallywatt.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A kept-alive connection to a server on this machine, one request at a time. Two system calls a request and nothing
 * between: client and server share the cores, so what the client takes is missing in what is measured.
 */
final class HttpConnection implements Closeable {
    private final SocketChannel channel;
    private final ResponseReader response;

    HttpConnection(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        response = new ResponseReader(channel);
    }

    static byte[] get(String path, String... fields) {
        return head("GET", path, fields);
    }

    private static byte[] head(String method, String path, String... fields) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The response is read whole; it is overwritten by that of the next request. */
    ResponseReader ask(byte[] request) throws IOException {
        write(ByteBuffer.wrap(request));
        response.read();
        return response;
    }

    /** Returns the body of an answer that has to be a 200. */
    String text(String path) throws IOException {
        int status = ask(get(path)).status();
        if (status != 200) {
            throw new IllegalStateException("Status " + status + " of " + path + ": " + response.body());
        }
        return response.body();
    }

    /** Sends a file as the body. */
    ResponseReader post(String path, Path file) throws IOException {
        try (FileChannel from = FileChannel.open(file)) {
            long size = from.size();
            write(ByteBuffer.wrap(head("POST", path, "Content-Type: text/csv", "Content-Length: " + size)));
            for (long at = 0; at < size; ) {
                at += from.transferTo(at, size - at, channel);
            }
        }
        response.read();
        return response;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
