package io.tallywatt.collectors.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A server on the loopback interface, on a port that the system chose, that does whatever a test says, down to the bytes:
 * also what no proper server would do. Each connection carries one request.
 */
public final class ScriptedServer implements AutoCloseable {
    /** @param headers by their names in lower case */
    public record Request(String method, String path, Map<String, String> query, Map<String, String> headers) {}

    /** What is done about a request; the connection is closed behind it. */
    @FunctionalInterface
    public interface Reaction {
        void to(Connection connection) throws IOException, InterruptedException;
    }

    /** The open connection, its request having been read. */
    public record Connection(Socket socket, OutputStream out) {
        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private final ServerSocket listening;
    private final Function<Request, Reaction> script;
    private final List<Request> requests = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public ScriptedServer(Function<Request, Reaction> script) {
        this.script = script;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    /** The address of a path on it. */
    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + path);
    }

    /** All requests that came so far. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            if (request == null) {
                return;
            }
            synchronized (requests) {
                requests.add(request);
            }
            script.apply(request).to(new Connection(socket, socket.getOutputStream()));
        } catch (IOException e) {
            // Whoever asked has gone, which is what many a test is about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] words = line(in).split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/")) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int mark = words[1].indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : words[1].substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Request(words[0], mark < 0 ? words[1] : words[1].substring(0, mark), query, headers);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proper answer. */
    public static Reaction answer(int status, String contentType, byte[] body, String... headers) {
        return connection -> {
            connection.write(head(status, contentType, body.length, headers));
            connection.out().write(body);
            connection.out().flush();
        };
    }

    public static Reaction answer(int status, String contentType, String body, String... headers) {
        return answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Takes the request and closes without a byte. */
    public static Reaction droppedAtOnce() {
        return connection -> {};
    }

    /** Promises all of a body and closes after some of it. */
    public static Reaction droppedAfter(int bytes, String contentType, byte[] body) {
        return connection -> {
            connection.write(head(200, contentType, body.length));
            connection.out().write(body, 0, Math.min(bytes, body.length));
            connection.out().flush();
        };
    }

    /** The same with a reset: bytes on their way are lost. */
    public static Reaction resetAfter(int bytes, String contentType, byte[] body) {
        return connection -> {
            droppedAfter(bytes, contentType, body).to(connection);
            connection.socket().setSoLinger(true, 0);
        };
    }

    /** Says nothing of the length, and closes after some of the body, as if that were all. */
    public static Reaction cutOff(int bytes, String contentType, byte[] body) {
        return connection -> {
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n\r\n");
            connection.out().write(body, 0, Math.min(bytes, body.length));
            connection.out().flush();
        };
    }

    /** A byte now and then, for as long as somebody listens. */
    public static Reaction drip(String contentType, byte[] body, long everyMillis) {
        return connection -> {
            connection.write(head(200, contentType, body.length));
            for (byte b : body) {
                connection.out().write(b);
                connection.out().flush();
                Thread.sleep(everyMillis);
            }
        };
    }

    /** Takes the request and says nothing, for as long as somebody listens. */
    public static Reaction silent() {
        return connection -> connection.socket().getInputStream().read();
    }

    /** A body without end. */
    public static Reaction endless(String contentType, String again) {
        return connection -> {
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n\r\n");
            byte[] bytes = again.repeat(1 + 65_536 / again.length()).getBytes(StandardCharsets.UTF_8);
            while (true) {
                connection.out().write(bytes);
            }
        };
    }

    private static String head(int status, String contentType, int length, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
        if (!contentType.isEmpty()) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ")
                .append(length)
                .append("\r\nConnection: close\r\n\r\n")
                .toString();
    }
}
