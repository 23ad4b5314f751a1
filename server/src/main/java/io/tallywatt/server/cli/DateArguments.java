package io.tallywatt.server.cli;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Totals;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What total and average are asked with: one date or a range. */
final class DateArguments {
    @Parameters(arity = "0..1", paramLabel = "DATE", description = "One date, such as 2024-10-27.")
    private @Nullable LocalDate date;

    @Option(names = "--from", paramLabel = "DATE", description = "First date. Without a range: all dates.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "First date after the range.")
    private @Nullable LocalDate to;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "What was known then: 2024-10-27T09:30:00Z.")
    private @Nullable Instant asOf;

    @Option(names = "--group", paramLabel = "KEY", description = "Only the meters of this group: tallywatt groups.")
    private @Nullable String group;

    @Option(names = "--format", paramLabel = "text|json|csv", description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    int answer(Session session, Totals totals) throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON, Format.CSV);
        if (date != null && (from != null || to != null)) {
            throw Stop.usage("Give either a DATE or a range by --from and --to, not both");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw Stop.usage("Invalid value for option '--to': expected a date after --from (" + from + "), but got '"
                    + to + "' (--to is the first date after the range)");
        }
        try (Stores.Open store = session.openToRead();
                Output out = session.answer()) {
            Answers answers = new Answers(store.blocks());
            @Nullable MeterGroup of = group == null ? null : GroupsCommand.find(store.groups(), group);
            if (date != null) {
                one(out, totals, form, of == null ? answers.total(date, asOf) : answers.total(of, date, asOf));
            } else {
                LocalDate first = from == null ? Answers.EARLIEST : from;
                LocalDate after = to == null ? Answers.LATEST : to;
                many(
                        out,
                        totals,
                        form,
                        of == null ? answers.totals(first, after, asOf) : answers.totals(of, first, after, asOf));
            }
        }
        return ExitCode.DONE;
    }

    private static void one(Output out, Totals totals, Format form, Total total) throws IOException {
        switch (form) {
            case TEXT -> totals.text(out, total);
            case JSON -> totals.json(out, total);
            case CSV -> totals.csv(out, List.of(total));
            case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
        }
    }

    private static void many(Output out, Totals totals, Format form, List<Total> all) throws IOException {
        switch (form) {
            case TEXT -> totals.text(out, all);
            case JSON -> totals.json(out, all);
            case CSV -> totals.csv(out, all);
            case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
        }
    }
}
