package io.tallywatt.server.cli;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Explanation;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.server.report.Explanations;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a total is made of. */
@Command(
        name = "explain",
        description =
                "The total of a date with the blocks behind it: each with its file, line and the rule that chose it.")
final class ExplainCommand implements Callable<Integer> {
    private static final long FIRST = 50;

    private final Session session;

    @Parameters(index = "0", paramLabel = "DATE", description = "Such as 2024-10-27.")
    private @Nullable LocalDate date;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERIES", description = "Only what this series gave.")
    private @Nullable String series;

    @Option(names = "--all", description = "Shows every block as text, not the first 50.")
    private boolean all;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "What was known then: 2024-10-27T09:30:00Z.")
    private @Nullable Instant asOf;

    @Option(names = "--format", paramLabel = "text|json", description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON);
        try (Stores.Open store = session.openToRead();
                Output out = session.answer()) {
            @Nullable
            Series one = series == null
                    ? null
                    : KnownSeries.find(store.blocks(), series).series();
            Explanation explanation = new Answers(store.blocks()).explain(Objects.requireNonNull(date), one, asOf);
            try (Stream<StoredBlock> blocks = explanation.blocks()) {
                Explanation open = new Explanation(explanation.total(), blocks);
                if (form == Format.JSON) {
                    Explanations.json(out, open);
                } else {
                    Explanations.text(out, open, all ? Long.MAX_VALUE : FIRST);
                }
            }
        }
        return ExitCode.DONE;
    }
}
