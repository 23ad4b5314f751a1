package io.tallywatt.api;

import io.tallywatt.api.chart.AnomalyChart;
import io.tallywatt.api.chart.Graphic;
import io.tallywatt.api.chart.Spread;
import io.tallywatt.api.wire.AnomalyShape;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.Anomalies;
import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.query.AnomalySearch;
import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers with anomalies: those of all series, of one, or of a site. */
@Singleton
class AnomaliesAnswer {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;

    private static final Map<String, Boolean> OPEN = Map.of("true", true, "false", false);
    private static final Map<String, AnomalyChart.Kind> CHARTS =
            Map.of("spread", AnomalyChart.Kind.SPREAD, "trend", AnomalyChart.Kind.TREND);

    private static final Listed<Anomaly> LIST =
            new Listed<>(AnomalyShape.HEADER, AnomalyShape::cells, AnomalyShape::write);
    private static final Listed<FindingCount> COUNTS =
            new Listed<>(AnomalyShape.COUNT_HEADER, AnomalyShape::cells, AnomalyShape::write);
    private static final Listed<DayCount> DAYS =
            new Listed<>(AnomalyShape.DAY_HEADER, AnomalyShape::cells, AnomalyShape::write);

    /** What counts are by. */
    private enum By {
        THING,
        DAY
    }

    private static final Map<String, By> BY = Map.of("thing", By.THING, "day", By.DAY);

    /** Parameters of every question about anomalies. */
    private static final Set<String> FILTERS = Set.of("rule", "from", "to", "open", "format");

    private final Backend backend;
    private final Answering answering;
    private final KnownSeries known;

    @Inject
    AnomaliesAnswer(Backend backend, Answering answering, KnownSeries known) {
        this.backend = backend;
        this.answering = answering;
        this.known = known;
    }

    private static Set<String> filtersAnd(String... more) {
        Set<String> names = new HashSet<>(FILTERS);
        names.addAll(List.of(more));
        return names;
    }

    private Anomalies anomalies() {
        return new Anomalies(backend.findings(), backend.blocks());
    }

    private static AnomalySearch search(String of, Asked asked) {
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        Ranges.check(asked, from, to);
        return new AnomalySearch(of, asked.value("rule", Values::rule), from, to, asked.choice("open", OPEN));
    }

    Response ofAnySeries(UriInfo uri, Request request) {
        Asked asked = Asked.of(uri, filtersAnd("series", "cursor", "limit", "chart", "width", "height"));
        String series = series(asked);
        return answer(series, () -> check(series), asked, uri, request);
    }

    /** The name of a series as the store has it, empty where none is asked for. */
    private static String series(Asked asked) {
        @Nullable Series series = asked.value("series", Values::series);
        return series == null ? "" : series.toString();
    }

    private void check(String series) {
        if (!series.isEmpty()) {
            known.find("series", series);
        }
    }

    /**
     * Answers for one thing.
     *
     * @param of its name
     * @param check throws where there is no such thing
     */
    Response answer(String of, Runnable check, UriInfo uri, Request request) {
        Asked asked = Asked.of(uri, filtersAnd("cursor", "limit", "chart", "width", "height"));
        return answer(of, check, asked, uri, request);
    }

    private Response answer(String of, Runnable check, Asked asked, UriInfo uri, Request request) {
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV, Form.PNG, Form.SVG);
        Pictures.only(asked, form, "chart", "width", "height");
        Pictures.never(asked, form, "cursor", "limit");
        AnomalySearch search = search(of, asked);
        return Pictures.wanted(form)
                ? picture(search, check, asked, form, uri, request)
                : page(search, check, asked, form, uri, request);
    }

    private Response page(AnomalySearch search, Runnable check, Asked asked, Form form, UriInfo uri, Request request) {
        String list = search.of().isEmpty() ? "anomalies" : "anomalies of " + search.of();
        Finding.@Nullable Key after = asked.value("cursor", cursor -> position(list, cursor));
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        return answering.page(uri, request, form, out -> {
            check.run();
            List<Anomaly> found = anomalies().page(search, after, limit + 1);
            List<Anomaly> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable
            String next = found.size() > limit
                    ? cursor(list, page.getLast().found().finding().key())
                    : null;
            LIST.write(out, form, page, next);
            return next;
        });
    }

    static String cursor(String list, Finding.Key last) {
        return Cursor.of(list, last.start() + " " + last.rule() + " " + last.series());
    }

    static Finding.Key position(String list, String cursor) {
        String[] parts = Cursor.read(list, cursor).split(" ", 3);
        if (parts.length == 3) {
            try {
                return new Finding.Key(Values.series(parts[2]), Values.rule(parts[1]), Values.instant(parts[0]));
            } catch (Values.Unexpected e) {
                // Not one of ours, as below.
            }
        }
        throw new Values.Unexpected(Cursor.EXPECTED, cursor);
    }

    private Response picture(
            AnomalySearch search, Runnable check, Asked asked, Form form, UriInfo uri, Request request) {
        AnomalyChart.Kind kind = Objects.requireNonNullElse(asked.choice("chart", CHARTS), AnomalyChart.Kind.SPREAD);
        int width = Pictures.width(asked);
        int stated = Pictures.height(asked, 0);
        LocalDate today = LocalDate.ofInstant(backend.clock().instant(), Values.UTC);
        return answering.small(uri, request, form, null, out -> {
            check.run();
            Graphic graphic = new AnomalyChart(search, today, backend.origin("site")).draw(anomalies(), kind);
            int usual = graphic instanceof Spread spread ? spread.usualHeight() : Pictures.USUAL_HEIGHT;
            Pictures.write(out, form, graphic, width, stated == 0 ? usual : stated);
        });
    }

    Response counts(UriInfo uri, Request request) {
        Asked asked = Asked.of(uri, filtersAnd("series", "by"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        By by = Objects.requireNonNullElse(asked.choice("by", BY), By.THING);
        String series = series(asked);
        AnomalySearch search = search(series, asked);
        return answering.small(uri, request, form, null, out -> {
            check(series);
            switch (by) {
                case THING -> COUNTS.write(out, form, anomalies().counts(search), null);
                case DAY -> DAYS.write(out, form, anomalies().days(search).days(), null);
            }
        });
    }
}
