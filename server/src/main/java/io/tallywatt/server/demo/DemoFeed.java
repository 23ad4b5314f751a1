package io.tallywatt.server.demo;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.collectors.simulator.Sending;
import io.tallywatt.collectors.simulator.SimulatedFile;
import io.tallywatt.collectors.simulator.Simulation;
import io.tallywatt.collectors.simulator.SimulationRun;
import io.tallywatt.collectors.simulator.SimulationSettings;
import io.tallywatt.collectors.tibber.Measurement;
import io.tallywatt.collectors.tibber.Minutes;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.time.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in a demo: a house that is measured every two seconds, and sites that send every five minutes. First comes what
 * was before; after {@link #start} the same goes on with the clock.
 */
public final class DemoFeed implements AutoCloseable {
    public static final int SITES = 12;

    private static final Resolution EVERY = new Resolution(300);
    private static final Duration SITES_BACK = Duration.ofDays(3);
    private static final Duration LIVE_BACK = Duration.ofHours(1);
    private static final long SEED = 20_261_127;

    /** So few that each can be looked at. */
    private static final double ANOMALIES = 0.012;

    private static final Duration MEASURED_EVERY = Duration.ofSeconds(2);
    private static final Duration BACK_EVERY = Duration.ofSeconds(10);
    private static final Duration KEPT_EVERY = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockStore blocks;
    private final Ingest ingest;
    private final ReadingOptions options;
    private final LivePower power;
    private final Clock clock;
    private final Runnable arrived;
    private final Consumer<String> log;
    private final SimulatedHome house;
    private final Minutes minutes = new Minutes(SimulatedHome.home());
    private final SimulationRun sites;
    private final Instant began;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("demo").daemon().factory());
    private Instant kept;
    private @Nullable Future<?> beats;

    /** @param arrived told after something was taken in */
    public DemoFeed(
            BlockStore blocks,
            Ingest ingest,
            ReadingOptions options,
            LivePower power,
            Clock clock,
            Runnable arrived,
            Consumer<String> log) {
        this.blocks = blocks;
        this.ingest = ingest;
        this.options = options;
        this.power = power;
        this.clock = clock;
        this.arrived = arrived;
        this.log = log;
        this.began = clock.instant();
        this.kept = began;
        this.house = new SimulatedHome(began);
        Instant latest = SimulationSettings.startOfInterval(began, EVERY);
        this.sites = Simulation.of(SimulationSettings.live(SITES, EVERY, latest, null, SEED)
                        .withAnomalies(ANOMALIES))
                .run();
    }

    /** Takes in what was before now. */
    public void fill() {
        Instant from = SimulationSettings.startOfInterval(began.minus(SITES_BACK), EVERY);
        Instant to = SimulationSettings.startOfInterval(began, EVERY);
        Simulation.of(SimulationSettings.history(SITES, EVERY, from, to, SEED).withAnomalies(ANOMALIES))
                .files()
                .forEach(this::take);
        // The last hour at full rate is measured by another meter of the same house: it only counts on.
        SimulatedHome same = new SimulatedHome(began);
        house.history(began).forEach(blocks::take);
        power.connected(SimulatedHome.KEY, SimulatedHome.home().name(), SimulatedHome.ZONE);
        for (Instant at = began.minus(LIVE_BACK); at.isBefore(began); at = at.plus(BACK_EVERY)) {
            show(same.measure(at));
        }
    }

    private void show(Measurement measured) {
        power.measured(
                SimulatedHome.KEY,
                new LivePower.Point(
                        measured.at(), measured.powerW(), measured.productionW(), measured.consumptionKwh()));
    }

    private void take(SimulatedFile file) {
        Instant now = clock.instant();
        ingest.take(
                new BytesDocument(
                        "simulated-" + file.name(), file.content(), file.due().isAfter(now) ? now : file.due()),
                options,
                Progress.NONE);
    }

    /** Goes on with the clock. */
    public void start() {
        beats = thread.scheduleAtFixedRate(
                this::beat, MEASURED_EVERY.toMillis(), MEASURED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            Instant now = clock.instant();
            Measurement measured = house.measure(now);
            show(measured);
            minutes.add(measured);
            boolean news = false;
            if (!now.isBefore(kept.plus(KEPT_EVERY))) {
                kept = now;
                news = keep(now);
            }
            while (isDue(now)) {
                Sending next = sites.next();
                if (next instanceof SimulatedFile file) {
                    take(file);
                    news = true;
                }
            }
            if (news) {
                arrived.run();
            }
        } catch (RuntimeException e) {
            // The next beat may fare better; a thread that ends would leave a demo that stands still.
            log.accept("demo: " + e);
        }
    }

    private boolean isDue(Instant now) {
        Instant due = sites.due();
        return due != null && !due.isAfter(now);
    }

    private boolean keep(Instant now) {
        if (minutes.size() == 0) {
            return false;
        }
        for (Minutes.Written document : minutes.documents(now)) {
            ingest.take(
                    new BytesDocument("simulated " + document.name(), document.bytes(), now), options, Progress.NONE);
        }
        minutes.taken();
        return true;
    }

    /** To be called before the store is closed. */
    @Override
    public void close() {
        if (beats != null) {
            beats.cancel(false);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
