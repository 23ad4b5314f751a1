package io.tallywatt.server.inbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder that is watched, by a thread of its own. Closing ends it after the batch under way. */
public final class Inbox implements AutoCloseable {
    private static final String LOCK = ".tallywatt";
    private static final Set<String> OTHERS = Set.of("quarantine", "tmp", "uploads");

    /** As long as an orderly end of a server may take by custom, with something left for its other parts. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final InboxFolder folder;
    private final FileChannel lock;
    private final Receiving receiving;
    private final Stopping stopping = new Stopping();
    private final Logger logger;
    private final Sweep sweep;
    private @Nullable Thread thread;

    private Inbox(
            InboxFolder folder,
            FileChannel lock,
            InboxSettings settings,
            Receiving receiving,
            Logger logger,
            Runnable tookSome,
            int window) {
        this.folder = folder;
        this.lock = lock;
        this.receiving = receiving;
        this.logger = logger;
        this.sweep = new Sweep(folder, settings, receiving, stopping, logger, tookSome, window);
    }

    /**
     * Makes the folders, and holds the inbox against other servers; nothing is taken before {@link #start}.
     *
     * @param tookSome told after each batch of which something was taken, on the inbox's thread
     * @throws IOException if the folder cannot be an inbox; its message says why
     */
    public static Inbox open(InboxSettings settings, Receiving receiving, Logger logger, Runnable tookSome)
            throws IOException {
        return open(settings, receiving, logger, tookSome, Sweep.WINDOW);
    }

    /** @param window how many files a look holds at most */
    static Inbox open(InboxSettings settings, Receiving receiving, Logger logger, Runnable tookSome, int window)
            throws IOException {
        InboxFolder folder = InboxFolder.make(settings.folder());
        Path data = receiving.dataFolder().toRealPath();
        if (data.startsWith(folder.root())) {
            throw new IOException("the data folder lies in it");
        }
        if (folder.root().startsWith(data)
                && OTHERS.contains(data.relativize(folder.root()).getName(0).toString())) {
            throw new IOException("it is a folder of the program's own");
        }
        FileChannel lock =
                FileChannel.open(folder.root().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(lock)) {
            lock.close();
            throw new IOException("another server watches it");
        }
        return new Inbox(folder, lock, settings, receiving, logger, tookSome, window);
    }

    private static boolean isOurs(FileChannel channel) {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // A file system without locks: nobody can be told apart there.
            return true;
        }
    }

    /** The folder, without links in its path. */
    public Path folder() {
        return folder.root();
    }

    /** What became of files since it was opened. */
    public InboxCounts counts() {
        return sweep.counts();
    }

    public synchronized void start() {
        if (thread == null && !stopping.begun()) {
            thread = Thread.ofPlatform().name("inbox").start(this::watch);
        }
    }

    private void watch() {
        try (Watch watch = Watch.of(folder.root(), stopping)) {
            while (!stopping.begun()) {
                watch.await(look());
                watch.follow(sweep.folders());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long until the next look */
    private Duration look() throws InterruptedException {
        try {
            Duration left = Duration.between(receiving.clock().instant(), sweep.run());
            return left.isNegative() ? Duration.ZERO : left.compareTo(Sweep.POLL) < 0 ? left : Sweep.POLL;
        } catch (RuntimeException | Error e) {
            // A mistake of ours, or memory ran out: what waits stays where it is.
            logger.log(Level.ERROR, "Inbox: this should not have happened; please report it", e);
            stopping.within(Trouble.LONG_PAUSE);
            return Duration.ZERO;
        }
    }

    /** What is being read for so long that nobody can wait for it is left, and taken after the next start. */
    @Override
    public void close() {
        stopping.begin(GRACE);
        @Nullable Thread running;
        synchronized (this) {
            running = thread;
            thread = null;
        }
        try {
            if (running != null) {
                running.join();
            }
            lock.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The lock goes with the process.
        }
    }
}
