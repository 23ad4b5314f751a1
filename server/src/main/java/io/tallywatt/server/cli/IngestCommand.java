package io.tallywatt.server.cli;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.server.files.Found;
import io.tallywatt.server.files.PathFinder;
import io.tallywatt.server.report.IngestReport;
import io.tallywatt.server.report.JsonIngestReport;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.TextIngestReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes files in. */
@Command(
        name = "ingest",
        description = "Takes meter files in, each reading once, and reports what was new, changed or wrong.",
        footer = {
            "",
            "A file that came before, read the same way, changes nothing; read with other",
            "options it replaces what it gave. Rows that cannot be taken are listed by",
            "'tallywatt rejects'; files that cannot be read go to quarantine in the data",
            "folder, and 'tallywatt retry' reads them again."
        })
final class IngestCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, folders, patterns ('meters/**/*.csv'), - for standard input. "
                    + "Plain or packed by gzip, zip or zstd, told by their bytes.")
    private List<String> paths = List.of();

    @Mixin
    private ReadingArguments reading = new ReadingArguments();

    @Option(names = "--dry-run", description = "Shows how each file would be read, with three rows; stores nothing.")
    private boolean dryRun;

    @Option(names = "--format", paramLabel = "text|json", description = "Form of the report (${DEFAULT-VALUE}).")
    private String format = "text";

    IngestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON);
        if (paths.stream().filter("-"::equals).count() > 1) {
            throw Stop.usage("Standard input (-) can be read once only, but was named more often");
        }
        Settings settings = session.settings();
        ReadingOptions options = reading.options(settings);
        PathFinder finder = new PathFinder(session.surroundings().workingFolder(), session.dataFolder());
        if (dryRun) {
            return new DryRun(session.surroundings(), options, form == Format.JSON).of(finder.find(paths));
        }
        try (Stores.Open store = session.openOrCreate();
                Output out = session.answer()) {
            List<Found> found = finder.find(paths);
            IngestReport report = form == Format.JSON
                    ? new JsonIngestReport(out)
                    : TextIngestReport.of(out, found.stream().map(Found::name).toList());
            return new IngestRun(session, store, options, report).of(found);
        }
    }
}
