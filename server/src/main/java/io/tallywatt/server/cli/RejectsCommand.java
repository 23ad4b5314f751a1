package io.tallywatt.server.cli;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.RejectList;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists rejected rows. */
@Command(
        name = "rejects",
        description = "The rows of a file that were not taken: line, column, why, what was expected.")
final class RejectsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A delivery's id, or the file's path or name.")
    private String file = "";

    @Option(names = "--format", paramLabel = "text|json|csv", description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    RejectsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON, Format.CSV);
        try (Stores.Open store = session.openToRead();
                Output out = session.answer()) {
            Delivery delivery = KnownDelivery.find(store.ledger(), file);
            try (Stream<Reject> all = store.ledger().rejects(delivery.id())) {
                switch (form) {
                    case TEXT -> RejectList.text(out, delivery, all.iterator());
                    case JSON -> RejectList.json(out, all.iterator());
                    case CSV -> RejectList.csv(out, all.iterator());
                    case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
                }
            }
        }
        return ExitCode.DONE;
    }
}
