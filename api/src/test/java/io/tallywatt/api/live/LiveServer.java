package io.tallywatt.api.live;

import io.tallywatt.api.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** As little of a server as it takes to listen over real connections: each request's path is a filter, empty for the usual one. */
final class LiveServer implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;

    private final ServerSocket socket = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
    private final Live live;

    LiveServer(Live live) throws IOException {
        this.live = live;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connection.setSendBufferSize(SMALL_BUFFER);
                Thread.ofVirtual().start(() -> answer(connection));
            }
        } catch (SocketException e) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            String path = in.readLine().split(" ", -1)[1].substring(1);
            String last = null;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Last-Event-ID: ")) {
                    last = line.substring("Last-Event-ID: ".length());
                }
            }
            OutputStream out = connection.getOutputStream();
            try {
                LiveListener listener = live.listen(
                        path.isEmpty() ? LiveFilter.USUAL : LiveFilter.parse(path), last, () -> hangUp(connection));
                listener.writeTo(out);
            } catch (Problem e) {
                out.write(("event: refused\ndata: " + e.getMessage() + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The other side is gone, or we have hung up.
        }
    }

    private static void hangUp(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
