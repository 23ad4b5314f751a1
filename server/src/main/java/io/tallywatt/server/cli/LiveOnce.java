package io.tallywatt.server.cli;

import io.tallywatt.collectors.tibber.Measurement;
import io.tallywatt.collectors.tibber.Minutes;
import io.tallywatt.collectors.tibber.TibberApi;
import io.tallywatt.collectors.tibber.TibberHome;
import io.tallywatt.collectors.tibber.TibberLive;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.server.collect.Tally;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Takes exactly one measurement of a home. */
final class LiveOnce {
    private final Session session;
    private final Stores.Open store;
    private final TibberApi api;
    private final Output out;

    LiveOnce(Session session, Stores.Open store, TibberApi api, Output out) {
        this.session = session;
        this.store = store;
        this.api = api;
        this.out = out;
    }

    /** @return the exit code */
    int run() throws IOException, InterruptedException {
        AtomicReference<@Nullable TibberHome> home = new AtomicReference<>();
        AtomicReference<@Nullable Measurement> found = new AtomicReference<>();
        @Nullable
        String why =
                new TibberLive(api, TibberLive.Timing.USUAL, ThreadLocalRandom.current()).once(home::set, found::set);
        TibberHome of = home.get();
        Measurement measured = found.get();
        if (of == null || measured == null) {
            throw Stop.cannotRun("Nothing was measured: " + (why == null ? "the stream ended" : why));
        }
        Minutes minutes = new Minutes(of);
        minutes.add(measured);
        minutes.end();
        Instant now = session.surroundings().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Ingest ingest =
                new Ingest(store.blocks(), store.ledger(), session.quarantine(), attempt -> {}, WireFormats.ALL);
        int code = ExitCode.DONE;
        for (Minutes.Written document : minutes.documents(now)) {
            Tally tally = Tally.of(ingest.take(
                    new BytesDocument(document.name(), document.bytes(), now),
                    session.settings().options(),
                    Progress.NONE));
            if (!tally.trouble().isEmpty()) {
                line(tally.trouble());
                code = ExitCode.PARTLY;
            }
        }
        line("home/" + of.id() + (of.name().isEmpty() ? "" : " (" + of.name() + ")") + " "
                + measured.at().atZone(of.zone()).toOffsetDateTime() + amount(measured.powerW(), " W")
                + amount(measured.consumptionKwh(), " kWh today"));
        return code;
    }

    private static String amount(@Nullable BigDecimal value, String unit) {
        return value == null ? "" : ", " + Scaled.text(value) + unit;
    }

    private void line(String text) throws IOException {
        out.write((Text.clean(text) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
