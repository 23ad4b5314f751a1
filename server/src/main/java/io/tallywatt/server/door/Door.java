package io.tallywatt.server.door;

import io.tallywatt.server.cli.ProgramVersion;
import io.tallywatt.server.cli.Stores;
import io.tallywatt.server.cli.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where commands come in while a server holds the store. Several are carried out at once; those that change something, one
 * after the other.
 */
public final class Door implements AutoCloseable {
    /** As long as an orderly end of a server may take by custom, with something left for its other parts. */
    public static final Duration USUAL_GRACE = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TO_WIND_UP = Duration.ofSeconds(5);
    private static final int MOST_VISITS = 256;
    private static final long PAUSE_MILLIS = 100;

    private final Path dataFolder;
    private final Running self;
    private final Socket socket;
    private final Visit.Host host;
    private final Duration grace;
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
    /** Those whose command is being carried out; guarded by itself, like {@link #closing}. */
    private final Set<Visit> busy = new HashSet<>();

    private boolean closing;

    private Door(Path dataFolder, Running self, Socket socket, Visit.Host host, Duration grace) {
        this.dataFolder = dataFolder;
        this.self = self;
        this.socket = socket;
        this.host = host;
        this.grace = grace;
    }

    /**
     * Lets commands in from now on.
     *
     * @param shared the folder's store, open for changes; it stays open when the door closes
     * @param surroundings the server's, of which commands get the clock and the look at the disk's free space
     * @param url where people and programs reach the server
     * @param grace how long a command may go on once the door closes
     */
    public static Door open(Path dataFolder, Stores.Open shared, Surroundings surroundings, URI url, Duration grace)
            throws IOException {
        Path folder = dataFolder.toRealPath();
        Optional<Running> left = Running.read(folder);
        if (left.isPresent()) {
            // Killed, for its store is open here.
            Socket.remove(left.get().socket());
        }
        Socket socket = Socket.listen(folder);
        try {
            Running self = new Running(ProcessHandle.current().pid(), url, socket.path());
            Visit.Host host = new Visit.Host(shared, surroundings, new ReentrantLock(true), ProgramVersion.text());
            Door door = new Door(folder, self, socket, host, grace);
            Thread.ofVirtual().name("door").start(door::receive);
            self.write(folder);
            return door;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The server that holds a data folder, if there is one that answers. */
    public static Optional<Running> running(Path dataFolder) {
        Optional<Running> told = Running.read(dataFolder);
        if (told.isEmpty()) {
            return told;
        }
        try {
            Wire.call(told.get().socket(), PATIENCE).wire().close();
            return told;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void receive() {
        while (true) {
            try {
                SocketChannel channel = socket.channel().accept();
                if (visits.size() >= MOST_VISITS) {
                    channel.close();
                } else {
                    Visit visit = new Visit(this, host, new Wire(channel));
                    visits.add(visit);
                    Thread.ofVirtual().name("door-in").start(() -> receive(visit));
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Too many open files, say: those who are in go on, and the next one may come in.
                pause();
            }
        }
    }

    private void receive(Visit visit) {
        try {
            visit.receive();
        } finally {
            visits.remove(visit);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it may */
    boolean begins(Visit visit) {
        synchronized (busy) {
            return !closing && busy.add(visit);
        }
    }

    void ended(Visit visit) {
        synchronized (busy) {
            busy.remove(visit);
            busy.notifyAll();
        }
    }

    /** Takes no more commands, lets those that run come to their end, and calls them away when the grace is over. */
    @Override
    public void close() {
        synchronized (busy) {
            if (closing) {
                return;
            }
            closing = true;
        }
        try {
            // First, so that nobody is sent to a socket that is gone.
            self.remove(dataFolder);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!idleWithin(grace)) {
                busy().forEach(visit -> visit.stop("The server is stopping"));
                idleWithin(TO_WIND_UP);
            }
            visits.forEach(Visit::hangUp);
        }
    }

    /** How many are being carried out. */
    int commands() {
        return busy().size();
    }

    private List<Visit> busy() {
        synchronized (busy) {
            return List.copyOf(busy);
        }
    }

    private boolean idleWithin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        synchronized (busy) {
            while (!busy.isEmpty()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                try {
                    busy.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }
}
