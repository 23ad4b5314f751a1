package io.tallywatt.server.cli;

import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.SeriesList;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists series. */
@Command(name = "series", description = "The series that are stored, by name.")
final class SeriesCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "How the names begin, such as meter/EE.")
    private String prefix = "";

    @Option(names = "--format", paramLabel = "text|json|csv", description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    SeriesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON, Format.CSV);
        try (Stores.Open store = session.openToRead();
                Output out = session.answer();
                Stream<StoredSeries> all = store.blocks().series(prefix)) {
            Iterator<StoredSeries> each = all.iterator();
            switch (form) {
                case TEXT -> SeriesList.text(out, each);
                case JSON -> SeriesList.json(out, each);
                case CSV -> SeriesList.csv(out, each);
                case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
            }
        }
        return ExitCode.DONE;
    }
}
