package io.tallywatt.server.cli;

import io.tallywatt.api.chart.AnomalyChart;
import io.tallywatt.api.chart.ChartImages;
import io.tallywatt.api.chart.Graphic;
import io.tallywatt.api.chart.Spread;
import io.tallywatt.core.query.Anomalies;
import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.query.AnomalySearch;
import io.tallywatt.core.query.Sites;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.server.report.AnomalyCounts;
import io.tallywatt.server.report.AnomalyList;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists, counts and draws anomalies. */
@Command(
        name = "anomalies",
        description = "What is not as it should be: what was seen, what was expected. The latest first.")
final class AnomaliesCommand implements Callable<Integer> {
    /** As many as one looks through. */
    private static final int USUAL_TEXT = 50;

    private static final int USUAL_HEIGHT = 400;

    private static final String THING = "thing";
    private static final String DAY = "day";
    private static final String SPREAD = "spread";
    private static final String TREND = "trend";

    private final Session session;

    @Option(names = "--series", paramLabel = "SERIES", description = "Only of this series: site/site1/generation.")
    private @Nullable String series;

    @Option(names = "--site", paramLabel = "SITE", description = "Only of this site, by its id.")
    private @Nullable String site;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "Only of this rule: negative, implausible, spike, stuck, gap, late, register-reset,"
                    + " conflict or overdue.")
    private @Nullable RuleName rule;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description = "First date (in the series' zone) or instant. Without a range: all.")
    private @Nullable Moment from;

    @Option(names = "--to", paramLabel = "WHEN", description = "First date or instant after the range.")
    private @Nullable Moment to;

    @Option(names = "--open", description = "Only those that hold still.")
    private boolean open;

    @Option(
            names = "--counts",
            arity = "0..1",
            fallbackValue = THING,
            paramLabel = "thing|day",
            description = "How many there are by rule, for each site or other thing, or for each day.")
    private @Nullable String counts;

    @Option(
            names = "--format",
            paramLabel = "text|json|csv|png|svg",
            description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    @Option(
            names = "--chart",
            paramLabel = "spread|trend",
            description = "What a picture shows (${DEFAULT-VALUE}): counts by site and rule, or from day to day.")
    private String chart = SPREAD;

    @Option(names = "--width", paramLabel = "PIXELS", description = "Width of a picture (${DEFAULT-VALUE}).")
    private int width = 800;

    @Option(names = "--height", paramLabel = "PIXELS", description = "Height of a picture. Else what it needs.")
    private @Nullable Integer height;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many. Else 50 in text, all in other forms.")
    private @Nullable Integer limit;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "Writes into a file, which is there only once it is whole.")
    private @Nullable Path file;

    AnomaliesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON, Format.CSV, Format.PNG, Format.SVG);
        check(form);
        try (Stores.Open store = session.openToRead()) {
            AnomalySearch search = new AnomalySearch(of(store), rule, from, to, open ? Boolean.TRUE : null);
            Anomalies anomalies = new Anomalies(store.findings(), store.blocks());
            if (file == null) {
                try (Output out = session.answer()) {
                    write(anomalies, search, form, out);
                }
            } else {
                WholeFile.write(
                        file,
                        session.surroundings().workingFolder().resolve(file),
                        out -> write(anomalies, search, form, out));
            }
        }
        return ExitCode.DONE;
    }

    private void check(Format form) {
        if (series != null && site != null) {
            throw Stop.usage("Give either --series or --site, not both");
        }
        oneOf("--chart", chart, SPREAD, TREND);
        if (counts != null) {
            oneOf("--counts", counts, THING, DAY);
        }
        boolean picture = form == Format.PNG || form == Format.SVG;
        if (limit != null && (limit < 1 || picture || counts != null)) {
            throw Stop.usage(
                    limit < 1
                            ? "Invalid value for option '--limit': expected a number of at least 1, but got '" + limit
                                    + "'"
                            : "Option '--limit' is for lists, neither for pictures nor for --counts");
        }
        if (picture && counts != null) {
            throw Stop.usage("Option '--counts' is not for pictures, which show counts in any case; see --chart");
        }
        ChartSize.check("--width", width, ChartImages.LEAST_WIDTH);
        if (height != null) {
            ChartSize.check("--height", height, ChartImages.LEAST_HEIGHT);
        }
        if (from != null
                && to != null
                && from.getClass() == to.getClass()
                && !from.in(ZoneOffset.UTC).isBefore(to.in(ZoneOffset.UTC))) {
            throw Stop.usage(
                    "Invalid value for option '--to': expected a time after --from (--to is where the range ends)");
        }
    }

    private static void oneOf(String option, String got, String one, String other) {
        if (!got.equals(one) && !got.equals(other)) {
            throw Stop.usage("Invalid value for option '" + option + "': expected " + one + " or " + other
                    + ", but got '" + got + "'");
        }
    }

    /** The name of what is asked for. */
    private String of(Stores.Open store) {
        if (series != null) {
            return KnownSeries.find(store.blocks(), series).series().toString();
        }
        if (site == null) {
            return "";
        }
        if (!new Sites(store.blocks(), store.following(), store.findings()).has(site)) {
            throw Stop.usage("There is no site '" + site + "'; 'tallywatt series site/' lists those there are");
        }
        return AnomalySearch.site(site);
    }

    private void write(Anomalies anomalies, AnomalySearch search, Format form, Output out) throws IOException {
        switch (form) {
            case PNG, SVG -> draw(anomalies, search, form, out);
            case HTML, PARQUET -> throw form.unoffered();
            case TEXT, JSON, CSV -> {
                if (counts == null) {
                    list(anomalies, search, form, out);
                } else if (counts.equals(DAY)) {
                    byDay(anomalies, search, form, out);
                } else {
                    byThing(anomalies, search, form, out);
                }
            }
        }
    }

    private void list(Anomalies anomalies, AnomalySearch search, Format form, Output out) throws IOException {
        switch (form) {
            case TEXT -> {
                int most = limit == null ? USUAL_TEXT : limit;
                List<Anomaly> found = anomalies.page(search, null, most == Integer.MAX_VALUE ? most : most + 1);
                AnomalyList.text(out, found.subList(0, Math.min(most, found.size())), found.size() > most);
            }
            case JSON -> AnomalyList.json(out, limited(anomalies.all(search)));
            case CSV -> AnomalyList.csv(out, limited(anomalies.all(search)));
            case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
        }
    }

    private Iterator<Anomaly> limited(Iterator<Anomaly> all) {
        return limit == null ? all : new Limited<>(all, limit);
    }

    /** The first few. */
    private static final class Limited<T> implements Iterator<T> {
        private final Iterator<T> all;
        private int left;

        Limited(Iterator<T> all, int most) {
            this.all = all;
            this.left = most;
        }

        @Override
        public boolean hasNext() {
            return left > 0 && all.hasNext();
        }

        @Override
        public T next() {
            if (left-- <= 0) {
                throw new NoSuchElementException();
            }
            return all.next();
        }
    }

    private static void byThing(Anomalies anomalies, AnomalySearch search, Format form, Output out) throws IOException {
        switch (form) {
            case TEXT -> AnomalyCounts.textByThing(out, anomalies.counts(search));
            case JSON -> AnomalyCounts.jsonByThing(out, anomalies.counts(search));
            case CSV -> AnomalyCounts.csvByThing(out, anomalies.counts(search));
            case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
        }
    }

    private static void byDay(Anomalies anomalies, AnomalySearch search, Format form, Output out) throws IOException {
        switch (form) {
            case TEXT -> AnomalyCounts.textByDay(out, anomalies.days(search).days());
            case JSON -> AnomalyCounts.jsonByDay(out, anomalies.days(search).days());
            case CSV -> AnomalyCounts.csvByDay(out, anomalies.days(search).days());
            case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
        }
    }

    private void draw(Anomalies anomalies, AnomalySearch search, Format form, Output out) throws IOException {
        LocalDate today = LocalDate.ofInstant(session.surroundings().clock().instant(), ZoneOffset.UTC);
        Graphic graphic = new AnomalyChart(search, today, null)
                .draw(anomalies, chart.equals(SPREAD) ? AnomalyChart.Kind.SPREAD : AnomalyChart.Kind.TREND);
        int usual = graphic instanceof Spread spread ? spread.usualHeight() : USUAL_HEIGHT;
        int high = height == null ? usual : height;
        if (form == Format.PNG) {
            ChartImages.png(graphic, width, high, out);
        } else {
            ChartImages.svg(graphic, width, high, out);
        }
    }
}
