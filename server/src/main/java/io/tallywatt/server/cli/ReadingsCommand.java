package io.tallywatt.server.cli;

import io.tallywatt.api.chart.Chart;
import io.tallywatt.api.chart.ChartImages;
import io.tallywatt.api.chart.SeriesChart;
import io.tallywatt.api.page.ChartPage;
import io.tallywatt.api.wire.CsvStyle;
import io.tallywatt.api.wire.ParquetExport;
import io.tallywatt.api.wire.ReadingShape;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.register.Registers;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Moment;
import io.tallywatt.duckdb.DuckDbParquet;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.ReadingExport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports readings. */
@Command(
        name = "readings",
        description = "The readings of a series, as stored or summed into steps. Times are in the series' zone.")
final class ReadingsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "SERIES",
            description = "Such as meter/EE00011/consumption; 'tallywatt series' lists them.")
    private String series = "";

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description = "First date (in the series' zone) or instant. Without a range: all.")
    private @Nullable Moment from;

    @Option(names = "--to", paramLabel = "WHEN", description = "First date or instant after the range.")
    private @Nullable Moment to;

    @Option(
            names = "--every",
            paramLabel = "STEP",
            description =
                    "Sums energy into steps, means of all else: PT5M, PT15M, PT30M, PT1H, P1D or P1M, counted from local midnight.")
    private @Nullable Every every;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "What was known then: 2024-10-27T09:30:00Z.")
    private @Nullable Instant asOf;

    @Option(
            names = "--format",
            paramLabel = "csv|json|png|svg|html|parquet",
            description = "Form of the answer (${DEFAULT-VALUE}); html is a page with a chart that needs nothing else.")
    private String format = "csv";

    @Option(
            names = "--chart",
            paramLabel = "bar|line",
            description =
                    "How a picture shows the values: without it, energy as bars, and means (MW, prices) as a line.")
    private Chart.@Nullable Kind chart;

    @Option(
            names = "--locale",
            paramLabel = "TAG",
            description =
                    "CSV for a spreadsheet in a language, such as sv-SE: its decimal mark, times without offset beside a column of it.")
    private @Nullable CsvStyle locale;

    @Option(names = "--width", paramLabel = "PIXELS", description = "Width of a picture (${DEFAULT-VALUE}).")
    private int width = 800;

    @Option(names = "--height", paramLabel = "PIXELS", description = "Height of a picture (${DEFAULT-VALUE}).")
    private int height = 400;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "Writes into a file, which is there only once it is whole.")
    private @Nullable Path file;

    ReadingsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.CSV, Format.JSON, Format.PNG, Format.SVG, Format.HTML, Format.PARQUET);
        if (locale != null && form != Format.CSV) {
            throw Stop.usage("Invalid value for option '--locale': only --format csv has it");
        }
        ChartSize.check("--width", width, ChartImages.LEAST_WIDTH);
        ChartSize.check("--height", height, ChartImages.LEAST_HEIGHT);
        try (Stores.Open store = session.openToRead()) {
            StoredSeries stored = KnownSeries.find(store.blocks(), series);
            if (every != null && stored.unit().equals(Registers.UNIT)) {
                throw Stop.usage(
                        "Invalid value for option '--every': reads of a register neither add up nor have a mean;"
                                + " the energy that it counts is " + Registers.counted(stored.series()));
            }
            @Nullable Instant first = from == null ? null : from.in(stored.zone());
            @Nullable Instant after = to == null ? null : to.in(stored.zone());
            if (first != null && after != null && !first.isBefore(after)) {
                throw Stop.usage(
                        "Invalid value for option '--to': expected a time after --from (--to is where the range ends)");
            }
            Answers answers = new Answers(store.blocks());
            if (file == null) {
                try (Output out = session.answer()) {
                    write(answers, stored, first, after, form, out);
                }
            } else {
                WholeFile.write(
                        file,
                        session.surroundings().workingFolder().resolve(file),
                        out -> write(answers, stored, first, after, form, out));
            }
        }
        return ExitCode.DONE;
    }

    private void write(
            Answers answers,
            StoredSeries stored,
            @Nullable Instant first,
            @Nullable Instant after,
            Format form,
            Output out)
            throws IOException {
        if (form == Format.PNG || form == Format.SVG) {
            draw(answers, new SeriesChart(stored, first, after, every, asOf, null), form, out);
            return;
        }
        if (form == Format.HTML) {
            page(answers, new SeriesChart(stored, first, after, every, asOf, null), out);
            return;
        }
        if (form == Format.PARQUET) {
            try (InputStream written = ParquetExport.write(
                    new DuckDbParquet(session.spoolFolder()), answers, stored, first, after, every, asOf)) {
                written.transferTo(out);
            }
            return;
        }
        ReadingExport export = new ReadingExport(out, stored, locale == null ? CsvStyle.PLAIN : locale);
        if (every == null) {
            try (Stream<Reading> readings = answers.readings(stored, first, after, asOf)) {
                if (form == Format.JSON) {
                    export.json(readings.iterator());
                } else {
                    export.csv(readings.iterator());
                }
            }
        } else {
            try (Stream<Bucket> steps = answers.readings(stored, first, after, every, asOf)) {
                if (form == Format.JSON) {
                    export.jsonSteps(steps.iterator());
                } else {
                    export.csvSteps(steps.iterator());
                }
            }
        }
    }

    private void page(Answers answers, SeriesChart wanted, Output out) throws IOException {
        try {
            new ChartPage(wanted.tabled(answers, chart, new ReadingShape(wanted.series()))).write(out);
        } catch (SeriesChart.TooMany e) {
            throw Stop.usage("There are " + e.getMessage() + " by --every");
        } catch (SeriesChart.NoBars e) {
            throw Stop.usage("Invalid value for option '--chart': expected " + e.getMessage());
        }
    }

    private void draw(Answers answers, SeriesChart wanted, Format form, Output out) throws IOException {
        Chart drawn;
        try {
            drawn = wanted.draw(answers, chart);
        } catch (SeriesChart.TooMany e) {
            throw Stop.usage("There are " + e.getMessage() + " by --every");
        } catch (SeriesChart.NoBars e) {
            throw Stop.usage("Invalid value for option '--chart': expected " + e.getMessage());
        }
        if (form == Format.PNG) {
            ChartImages.png(drawn, width, height, out);
        } else {
            ChartImages.svg(drawn, width, height, out);
        }
    }
}
