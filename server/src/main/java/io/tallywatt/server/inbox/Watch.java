package io.tallywatt.server.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hears of what happens in folders, so that a look comes at once. Where nothing is heard (network folders, too many folders,
 * more events than the system keeps) the next look comes when its time is up.
 */
final class Watch implements AutoCloseable {
    /** Looks do not come faster than this, however much happens. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private final Stopping stopping;
    private final @Nullable WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    private Watch(Stopping stopping, @Nullable WatchService service) {
        this.stopping = stopping;
        this.service = service;
    }

    static Watch of(Path folder, Stopping stopping) {
        try {
            return new Watch(stopping, folder.getFileSystem().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            return new Watch(stopping, null);
        }
    }

    /** Listens to these folders and no others. */
    void follow(List<Path> folders) {
        WatchService listening = service;
        if (listening == null) {
            return;
        }
        HashSet<Path> gone = new HashSet<>(keys.keySet());
        for (Path folder : folders) {
            gone.remove(folder);
            if (!keys.containsKey(folder)) {
                try {
                    keys.put(
                            folder,
                            folder.register(
                                    listening,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY));
                } catch (IOException | ClosedWatchServiceException e) {
                    // It is looked at all the same.
                }
            }
        }
        for (Path folder : gone) {
            WatchKey key = keys.remove(folder);
            if (key != null) {
                key.cancel();
            }
        }
    }

    /** Waits until something happens, the time is up or the inbox is to end. */
    void await(Duration most) throws InterruptedException {
        if (most.isZero()) {
            return;
        }
        long end = System.nanoTime() + most.toNanos();
        if (stopping.within(most.compareTo(LEAST) < 0 ? most : LEAST)) {
            return;
        }
        WatchService listening = service;
        if (listening == null) {
            stopping.within(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            return;
        }
        try {
            boolean heard = false;
            while (!heard && !stopping.begun()) {
                WatchKey key = listening.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (key == null) {
                    return;
                }
                heard = heard(key);
                for (WatchKey other = listening.poll(); other != null; other = listening.poll()) {
                    heard |= heard(other);
                }
            }
        } catch (ClosedWatchServiceException e) {
            // The inbox is to end.
        }
    }

    /** Whether there is something to look at: what somebody writes under a passing name is not. */
    private boolean heard(WatchKey key) {
        boolean heard = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            heard |= !(event.context() instanceof Path name && InboxFolder.isUnfinished(name));
        }
        if (!key.reset()) {
            keys.values().remove(key);
        }
        return heard;
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            // Nobody listens any more.
        }
    }
}
