package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.Sum;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.server.inbox.Retry;
import io.tallywatt.server.report.IngestReport;
import io.tallywatt.server.report.JsonIngestReport;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import io.tallywatt.server.report.TextIngestReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a file again. */
@Command(
        name = "retry",
        description =
                "Reads a file again that could not be read, or not in full: out of quarantine or the inbox's dead letters, else"
                        + " where it lay.")
final class RetryCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A delivery's id, or the file's path or name.")
    private String file = "";

    @Mixin
    private ReadingArguments reading = new ReadingArguments();

    @Option(names = "--format", paramLabel = "text|json", description = "Form of the report (${DEFAULT-VALUE}).")
    private String format = "text";

    RetryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON);
        ReadingOptions options = reading.options(session.settings());
        try (Stores.Open store = session.openToChange();
                Output out = session.answer()) {
            Delivery delivery = delivery(store.ledger());
            String name = Text.clean(delivery.name()) + " (delivery " + delivery.id() + ")";
            if (delivery.state() == DeliveryState.WITHDRAWN) {
                throw Stop.notTaken(name + " was withdrawn; to take it again: tallywatt ingest " + delivery.name());
            }
            if (delivery.state() == DeliveryState.TAKEN && delivery.counts().rejected() == 0 && !reading.stated()) {
                out.write((name + " was taken whole: there is nothing to retry\n").getBytes(StandardCharsets.UTF_8));
                return ExitCode.DONE;
            }
            Retry retry = new Retry(
                    store.blocks(),
                    store.ledger(),
                    session.quarantine(),
                    attempt -> {},
                    session.surroundings().clock());
            Outcome outcome = retry.again(delivery, document(delivery, retry, name), options);
            IngestReport report = form == Format.JSON
                    ? new JsonIngestReport(out)
                    : TextIngestReport.of(out, List.of(delivery.name()));
            try (Stream<Reject> rejects = store.ledger().rejects(delivery.id())) {
                boolean replaced = outcome instanceof Outcome.Taken && delivery.state() == DeliveryState.TAKEN;
                List<Reject> first = outcome instanceof Outcome.Taken
                        ? rejects.limit(Dealt.FIRST).toList()
                        : List.of();
                report.dealt(new Dealt(outcome, replaced, first));
            }
            Sum sum = Sum.NONE.plus(outcome);
            report.end(sum);
            return sum.complete() ? ExitCode.DONE : ExitCode.PARTLY;
        }
    }

    /** A dead letter is known by the path where it lies, too. */
    private Delivery delivery(Ledger ledger) {
        try {
            return Retry.deliveryOf(session.surroundings().workingFolder().resolve(Path.of(file)))
                    .flatMap(ledger::delivery)
                    .orElseGet(() -> KnownDelivery.find(ledger, file));
        } catch (InvalidPathException e) {
            return KnownDelivery.find(ledger, file);
        }
    }

    private Document document(Delivery delivery, Retry retry, String name) throws IOException {
        return retry.find(delivery)
                .or(() -> SameFile.find(session.surroundings().workingFolder(), delivery))
                .orElseThrow(() -> Stop.notTaken(name + " is no longer where it was, or has changed since; "
                        + "to take the file as it is now: tallywatt ingest PATH"));
    }
}
