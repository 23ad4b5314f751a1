package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.ingest.Comparing;
import io.tallywatt.core.ingest.Judging;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.validate.Judge;
import io.tallywatt.server.alert.AlertService;
import io.tallywatt.server.alert.AlertSettings;
import io.tallywatt.server.judge.JudgingService;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What goes on behind the intake while a server runs: judging what arrived, and telling of what is found. */
final class Followers implements AutoCloseable {
    /** What is judged: sites. Meters come by the million, and a night's file of them is nothing to react to. */
    private static final String JUDGED = "site/";

    private final Stores.Open store;
    private final Clock clock;
    private final Judge judge;
    private final Grid grid;
    private final @Nullable AlertSettings alertSettings;
    private @Nullable JudgingService judging;
    private @Nullable AlertService alerts;

    private Followers(Stores.Open store, Clock clock, Settings settings, boolean alerting) {
        this.store = store;
        this.clock = clock;
        this.judge = new Judge(settings.judging());
        this.grid = settings.grid();
        this.alertSettings = alerting ? settings.alerts() : null;
    }

    /** Looks at the settings; nothing is begun yet. */
    static Followers of(Session session, Stores.Open store) {
        return new Followers(store, session.surroundings().clock(), session.settings(), true);
    }

    /** The same for data that is made up, of which nobody is to be told. */
    static Followers ofSimulated(Session session, Stores.Open store) {
        return new Followers(store, session.surroundings().clock(), session.settings(), false);
    }

    private static Consumer<String> log(String name) {
        System.Logger logger = System.getLogger("io.tallywatt." + name);
        return line -> logger.log(System.Logger.Level.INFO, "{0}", line);
    }

    synchronized void start() {
        AlertService told = alertSettings == null
                ? null
                : AlertService.start(
                        store.findings(),
                        store.alerts(),
                        alertSettings,
                        series -> store.blocks()
                                .find(series)
                                .map(StoredSeries::zone)
                                .orElse(Values.UTC),
                        clock,
                        log("alert"));
        alerts = told;
        judging = JudgingService.start(
                new Judging(JUDGED, store.blocks(), store.ledger(), store.following(), store.findings(), judge, clock),
                new Comparing(grid, store.ledger(), store.following(), store.findings(), clock),
                told == null ? () -> {} : told::changed,
                log("judge"));
    }

    /** Says that something was taken in. Returns at once. */
    synchronized void arrived() {
        if (judging != null) {
            judging.arrived();
        }
    }

    /** To be called before the store is closed. */
    @Override
    public synchronized void close() {
        if (judging != null) {
            judging.close();
            judging = null;
        }
        if (alerts != null) {
            alerts.close();
            alerts = null;
        }
    }
}
