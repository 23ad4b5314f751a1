package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.chart.Balance;
import io.tallywatt.api.chart.SeriesChart;
import io.tallywatt.api.chart.SiteChart;
import io.tallywatt.api.wire.BalanceShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.RecordShape;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.Anomalies;
import io.tallywatt.core.query.Balances;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.query.RecordSearch;
import io.tallywatt.core.query.RecordSearch.Position;
import io.tallywatt.core.query.Records;
import io.tallywatt.core.query.Site;
import io.tallywatt.core.query.SiteRecord;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.time.Resolution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers with the records of all sites or of one, page by page, or with a picture of those of one. */
@Singleton
class RecordsAnswer {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final int MOST_DAYS = 32;

    private static final Listed<SiteRecord> LIST =
            new Listed<>(RecordShape.HEADER, RecordShape::cells, RecordShape::write);

    private final Backend backend;
    private final Answering answering;
    private final KnownSites known;

    @Inject
    RecordsAnswer(Backend backend, Answering answering, KnownSites known) {
        this.backend = backend;
        this.answering = answering;
        this.known = known;
    }

    private Records records() {
        return new Records(backend.blocks(), backend.following(), backend.findings());
    }

    /** @param site null for all */
    Response page(@Nullable String site, Asked asked, Form form, UriInfo uri, Request request) {
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        Ranges.check(asked, from, to);
        String list = site == null ? "records" : "records of " + site;
        @Nullable Position after = asked.value("cursor", cursor -> position(list, cursor));
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        return answering.page(uri, request, form, out -> {
            if (site != null) {
                known.check(site);
            }
            List<SiteRecord> found = records().page(new RecordSearch(site, from, to, after), limit + 1);
            List<SiteRecord> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable String next = found.size() > limit ? cursor(list, Position.of(page.getLast())) : null;
            LIST.write(out, form, page, next);
            return next;
        });
    }

    /** Adds up at most {@link #MOST_DAYS} days: each record of them is looked at. */
    Response sums(Asked asked, Form form, UriInfo uri, Request request) {
        Moment from = asked.moment("from");
        Moment to = asked.moment("to");
        if (from == null) {
            throw Problem.missing("from", "the date or instant at which the range begins");
        }
        if (to == null) {
            throw Problem.missing("to", "the date or instant at which the range ends, exclusive");
        }
        Ranges.check(asked, from, to);
        if (Duration.between(from.in(Moment.EASTERNMOST), to.in(Moment.WESTERNMOST))
                        .toDays()
                > MOST_DAYS) {
            throw Problem.parameter(
                    "to", String.valueOf(asked.text("to")), "a time at most " + MOST_DAYS + " days after 'from'");
        }
        Every every = Objects.requireNonNullElse(asked.every(), new Every.Step(Resolution.HOUR));
        return answering.small(uri, request, form, null, out -> {
            ZoneId zone = known.all().page(null, 1).stream()
                    .findFirst()
                    .map(Site::zone)
                    .orElse(Values.UTC);
            try (JsonGenerator json = Json.generator(out)) {
                BalanceShape.write(json, Balances.of(records(), from, to, every), zone);
            }
        });
    }

    static String cursor(String list, Position last) {
        return Cursor.of(list, last.start() + " " + last.end() + " " + last.site());
    }

    static Position position(String list, String cursor) {
        String[] parts = Cursor.read(list, cursor).split(" ", 3);
        if (parts.length == 3) {
            try {
                return new Position(Values.instant(parts[0]), parts[2], Values.instant(parts[1]));
            } catch (Values.Unexpected e) {
                // Not one of ours, as below.
            }
        }
        throw new Values.Unexpected(Cursor.EXPECTED, cursor);
    }

    Response picture(String site, Asked asked, Form form, UriInfo uri, Request request) {
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        Ranges.check(asked, from, to);
        int width = Pictures.width(asked);
        int height = Pictures.height(asked, Pictures.USUAL_HEIGHT);
        return answering.small(
                uri, request, form, null, out -> draw(out, form, known.find(site), from, to, asked, width, height));
    }

    private void draw(
            OutputStream out,
            Form form,
            Site site,
            @Nullable Moment from,
            @Nullable Moment to,
            Asked asked,
            int width,
            int height)
            throws IOException {
        Ranges.check(asked, from, to, site.zone());
        Balance balance;
        try {
            balance = new SiteChart(site, from, to, backend.origin("site"))
                    .draw(records(), new Anomalies(backend.findings(), backend.blocks()));
        } catch (SeriesChart.TooMany e) {
            throw Problem.of(400, "Too much for a picture", "There are " + e.getMessage());
        }
        Pictures.write(out, form, balance, width, height);
    }
}
