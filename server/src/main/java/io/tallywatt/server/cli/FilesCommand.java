package io.tallywatt.server.cli;

import io.tallywatt.core.store.Delivery;
import io.tallywatt.server.report.DeliveryList;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists deliveries. */
@Command(name = "files", description = "The files that came in, the latest first, and what became of them.")
final class FilesCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--format", paramLabel = "text|json|csv", description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    FilesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON, Format.CSV);
        try (Stores.Open store = session.openToRead();
                Output out = session.answer()) {
            List<Delivery> all = store.ledger().deliveries();
            switch (form) {
                case TEXT -> DeliveryList.text(out, all);
                case JSON -> DeliveryList.json(out, all);
                case CSV -> DeliveryList.csv(out, all);
                case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
            }
        }
        return ExitCode.DONE;
    }
}
