package io.tallywatt.api.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listens as EventSource does: keeps the last id, also that of a block without data. */
final class Ear implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    record Event(String name, String data) {}

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private @Nullable String id;
    private int comments;

    Ear(LiveServer server, String filter, @Nullable String lastEventId) throws IOException {
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write(("GET /" + filter + " HTTP/1.1\r\n"
                                + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        id = lastEventId;
    }

    @Nullable
    String id() {
        return id;
    }

    /** How many comments were heard. */
    int comments() {
        return comments;
    }

    /** Waits for the greeting, after which whatever comes is heard. */
    Ear greeted() throws IOException {
        if (block() != null) {
            throw new IllegalStateException("Not greeted");
        }
        return this;
    }

    /** The next event; null where the other side has ended. */
    @Nullable
    Event next() throws IOException {
        while (true) {
            Event event = block();
            if (event != null) {
                return event.name().equals("end") ? null : event;
            }
        }
    }

    List<Event> next(int count) throws IOException {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            Event event = next();
            if (event == null) {
                throw new IllegalStateException("Ended after " + events);
            }
            events.add(event);
        }
        return events;
    }

    private @Nullable Event block() throws IOException {
        String name = "message";
        String data = null;
        while (true) {
            String line = in.readLine();
            if (line == null) {
                return new Event("end", "");
            }
            if (line.isEmpty()) {
                return data == null ? null : new Event(name, data);
            }
            if (line.startsWith(":")) {
                comments++;
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
    }

    /** Whether nothing more comes for so long but comments. */
    boolean silent(int millis) throws IOException {
        socket.setSoTimeout(millis);
        long end = System.nanoTime() + millis * 1_000_000L;
        try {
            while (System.nanoTime() < end) {
                if (block() != null) {
                    return false;
                }
            }
            return true;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
