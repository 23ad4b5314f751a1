package io.tallywatt.server.collect;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.collectors.tibber.Measurement;
import io.tallywatt.collectors.tibber.Minutes;
import io.tallywatt.collectors.tibber.TibberApi;
import io.tallywatt.collectors.tibber.TibberHome;
import io.tallywatt.collectors.tibber.TibberLive;
import io.tallywatt.collectors.tibber.TibberLive.Timing;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A thread that listens to a home for as long as the server runs: everything goes to those who watch, and every few minutes what
 * is kept of it goes into the store. A minute that was not taken in waits for the next time.
 */
public final class TibberService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);
    /** A delivery each: more often, and the ledger would be full of them; the registers lose nothing in between. */
    private static final Duration KEPT_EVERY = Duration.ofMinutes(5);

    /** As long as the store takes nothing. */
    private static final int MOST_MINUTES = 24 * 60;

    /** A measurement with a time so far ahead would hide all that come after it. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final TibberLive live;
    private final LivePower power;
    private final Ingest ingest;
    private final ReadingOptions options;
    private final Clock clock;
    private final Runnable arrived;
    private final Consumer<String> log;
    private final Thread thread;

    private @Nullable Minutes minutes;
    private Instant kept = Instant.MIN;
    private String trouble = "";

    private TibberService(
            TibberLive live,
            LivePower power,
            Ingest ingest,
            ReadingOptions options,
            Clock clock,
            Runnable arrived,
            Consumer<String> log) {
        this.live = live;
        this.power = power;
        this.ingest = ingest;
        this.options = options;
        this.clock = clock;
        this.arrived = arrived;
        this.log = log;
        this.thread = Thread.ofPlatform().name("tibber-live").daemon().unstarted(this::run);
    }

    /**
     * Starts listening.
     *
     * @param arrived told after something was taken in
     * @param log one line for what a person should know
     */
    public static TibberService start(
            TibberApi api,
            Timing timing,
            RandomGenerator random,
            LivePower power,
            Ingest ingest,
            ReadingOptions options,
            Clock clock,
            Runnable arrived,
            Consumer<String> log) {
        TibberService service =
                new TibberService(new TibberLive(api, timing, random), power, ingest, options, clock, arrived, log);
        service.thread.start();
        return service;
    }

    private void run() {
        try {
            @Nullable String why = null;
            while (why == null) {
                why = listen();
            }
            log.accept("tibber: " + why + "; nobody listens until the program is started again");
            Minutes known = minutes;
            if (known != null) {
                power.lost(known.home().id(), why);
            }
        } catch (InterruptedException e) {
            // It is over.
        } finally {
            Minutes known = minutes;
            if (known != null) {
                known.end();
                keep();
            }
        }
    }

    /** @return why it is over, or null where it is not */
    private @Nullable String listen() throws InterruptedException {
        try {
            return live.listen(new Heard());
        } catch (RuntimeException e) {
            tell("this should not have happened; please report it: " + e);
            Thread.sleep(AFTER_A_FAULT);
            return null;
        }
    }

    private final class Heard implements TibberLive.Listener {
        @Override
        public void connected(TibberHome home) {
            if (minutes == null) {
                minutes = new Minutes(home);
                kept = clock.instant();
                log.accept("tibber: listens to home/" + home.id()
                        + (home.name().isEmpty() ? "" : " (" + home.name() + ")"));
            }
            power.connected(home.id(), home.name(), home.zone());
        }

        @Override
        public void measured(Measurement measurement) {
            Minutes known = minutes;
            Instant now = clock.instant();
            if (known == null || measurement.at().isAfter(now.plus(AHEAD)) || !known.add(measurement)) {
                return;
            }
            if (!trouble.isEmpty()) {
                log.accept("tibber: measures again");
                trouble = "";
            }
            power.measured(
                    known.home().id(),
                    new LivePower.Point(
                            measurement.at(),
                            measurement.powerW(),
                            measurement.productionW(),
                            measurement.consumptionKwh()));
            if (!now.isBefore(kept.plus(KEPT_EVERY))) {
                keep();
            }
        }

        @Override
        public void lost(String why, Duration pause) {
            Minutes known = minutes;
            if (known != null) {
                power.lost(known.home().id(), why);
                keep();
            }
            tell(why + "; it is tried again, and the registers lose nothing");
        }
    }

    /** The same trouble is told once. */
    private void tell(String what) {
        if (!what.equals(trouble)) {
            trouble = what;
            log.accept("tibber: " + what);
        }
    }

    private void keep() {
        Minutes known = minutes;
        if (known == null || known.size() == 0) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        kept = now;
        try {
            for (Minutes.Written document : known.documents(now)) {
                Outcome outcome =
                        ingest.take(new BytesDocument(document.name(), document.bytes(), now), options, Progress.NONE);
                if (!Tally.of(outcome).trouble().isEmpty()) {
                    log.accept("tibber: " + Tally.of(outcome).trouble());
                }
                if (outcome instanceof Outcome.Refused) {
                    known.atMost(MOST_MINUTES);
                    return;
                }
            }
            known.taken();
            arrived.run();
        } catch (StoreException e) {
            log.accept("tibber: what was measured cannot be stored: " + e.getMessage() + "; it is tried again");
            known.atMost(MOST_MINUTES);
        }
    }

    /** Ends after what is kept was taken in; to be called before the store is closed. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
