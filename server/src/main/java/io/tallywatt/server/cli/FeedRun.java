package io.tallywatt.server.cli;

import io.tallywatt.collectors.simulator.FeedFolder;
import io.tallywatt.collectors.simulator.NotSent;
import io.tallywatt.collectors.simulator.Sending;
import io.tallywatt.collectors.simulator.SimulatedFile;
import io.tallywatt.collectors.simulator.SimulationRun;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a simulated feed into a folder. It may be ended by another thread at any time, as when the program is
 * interrupted: the file at hand is then whole, and no other follows.
 */
final class FeedRun {
    private final SimulationRun simulation;
    private final FeedFolder folder;
    private final FeedProgress progress;
    private final Supplier<Instant> now;
    private long files;
    private long labels;
    private boolean ended;

    /** @param now the feed's time */
    FeedRun(SimulationRun simulation, FeedFolder folder, FeedProgress progress, Supplier<Instant> now) {
        this.simulation = simulation;
        this.folder = folder;
        this.progress = progress;
        this.now = now;
    }

    /** When the next is due, null if nothing follows. */
    synchronized @Nullable Instant due() {
        return ended ? null : simulation.due();
    }

    /** Takes what is next, unless it has ended. */
    synchronized void take() throws IOException {
        if (ended) {
            return;
        }
        Sending sending = simulation.next();
        folder.take(sending);
        labels += sending.labels().size();
        switch (sending) {
            case SimulatedFile file -> files++;
            case NotSent nothing -> {}
        }
        progress.advanced(sending.due(), files);
    }

    /** Shows how far it is, before a pause. */
    synchronized void show() {
        if (!ended) {
            progress.advanced(now.get(), files);
        }
    }

    /**
     * Ends it. Of what is held back is told that it is missing: it is not late any more.
     *
     * @return false if it had ended
     */
    synchronized boolean end() throws IOException {
        if (ended) {
            return false;
        }
        ended = true;
        progress.end();
        try (folder) {
            List<SimulatedFile> held = simulation.heldBack(now.get());
            folder.giveUp(held);
            labels += held.stream().mapToInt(file -> file.labels().size()).sum();
        }
        return true;
    }

    synchronized long files() {
        return files;
    }

    synchronized long labels() {
        return labels;
    }
}
