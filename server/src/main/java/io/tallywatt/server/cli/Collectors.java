package io.tallywatt.server.cli;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.collectors.tibber.TibberApi;
import io.tallywatt.collectors.tibber.TibberLive.Timing;
import io.tallywatt.core.ingest.Collecting;
import io.tallywatt.core.ingest.Collecting.Patience;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.server.collect.CollectService;
import io.tallywatt.server.collect.CollectSettings.Chosen;
import io.tallywatt.server.collect.ReplyFiles;
import io.tallywatt.server.collect.TibberService;
import io.tallywatt.server.collect.WireFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Asks sources on behalf of a data folder: puts together what that takes, and ends it. */
final class Collectors implements AutoCloseable {
    private static final String FOLDER = "replies";

    private final Session session;
    private final Stores.Open store;
    private final List<Chosen> sources;
    private final Runnable arrived;
    private final Consumer<String> log;
    private final LivePower power;
    private final List<Closing> services = new ArrayList<>();

    private interface Closing {
        void close();
    }

    /**
     * Nothing is begun yet.
     *
     * @param power told what is measured now
     * @param log one line for what a person should know
     */
    Collectors(
            Session session,
            Stores.Open store,
            List<Chosen> sources,
            LivePower power,
            Runnable arrived,
            Consumer<String> log) {
        this.power = power;
        this.session = session;
        this.store = store;
        this.sources = sources;
        this.arrived = arrived;
        this.log = log;
    }

    synchronized void start() {
        ReplyFiles replies = replies(session);
        for (Chosen chosen : sources) {
            CollectService asking = CollectService.start(
                    chosen.source(),
                    chosen.plan(),
                    collecting(session, store, chosen, replies, Patience.NONE, (pause, why) -> Thread.sleep(pause)),
                    session.surroundings().clock(),
                    arrived,
                    log,
                    ThreadLocalRandom.current());
            services.add(asking::close);
            TibberApi live = chosen.live();
            if (live != null) {
                TibberService listening = TibberService.start(
                        live,
                        Timing.USUAL,
                        ThreadLocalRandom.current(),
                        power,
                        ingest(session, store),
                        session.settings().options(),
                        session.surroundings().clock(),
                        arrived,
                        log);
                services.add(listening::close);
            }
        }
    }

    private static Ingest ingest(Session session, Stores.Open store) {
        return new Ingest(store.blocks(), store.ledger(), session.quarantine(), attempt -> {}, WireFormats.ALL);
    }

    /** Where a server tells things. */
    static Consumer<String> serverLog() {
        System.Logger logger = System.getLogger("io.tallywatt.collect");
        return line -> logger.log(System.Logger.Level.INFO, "{0}", line);
    }

    static ReplyFiles replies(Session session) {
        return new ReplyFiles(session.dataFolder().resolve(FOLDER));
    }

    static Collecting collecting(
            Session session,
            Stores.Open store,
            Chosen chosen,
            ReplyFiles replies,
            Patience patience,
            Collecting.Pause pause) {
        return new Collecting(
                chosen.source(),
                replies,
                ingest(session, store),
                session.settings().options(),
                patience,
                pause,
                ThreadLocalRandom.current());
    }

    /** To be called before the store is closed. */
    @Override
    public synchronized void close() {
        services.forEach(Closing::close);
        services.clear();
    }
}
