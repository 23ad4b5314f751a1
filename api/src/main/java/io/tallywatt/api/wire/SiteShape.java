package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Site;
import io.tallywatt.core.query.SiteRecord;
import io.tallywatt.core.reading.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A site, with its last record; in a row of a table that record's cells follow. */
public final class SiteShape {
    public static final List<String> HEADER = List.of(
            "site",
            "zone",
            "first",
            "last",
            "series",
            "anomalies",
            "start",
            "end",
            "generated",
            "consumed",
            "net",
            "anomaly");

    private SiteShape() {}

    public static void write(JsonGenerator json, Site site) throws IOException {
        json.writeStartObject();
        json.writeStringField("site", site.key());
        json.writeStringField("zone", site.zone().getId());
        json.writeStringField("first", site.first().toString());
        json.writeStringField("last", site.last().toString());
        json.writeArrayFieldStart("series");
        for (Series series : site.series()) {
            json.writeString(series.toString());
        }
        json.writeEndArray();
        SiteRecord latest = site.latest();
        if (latest == null) {
            json.writeNullField("latest");
        } else {
            json.writeFieldName("latest");
            RecordShape.write(json, latest);
        }
        json.writeNumberField("anomalies", site.anomalies());
        json.writeEndObject();
    }

    public static List<String> cells(Site site) {
        List<String> cells = new ArrayList<>(List.of(
                site.key(),
                site.zone().getId(),
                site.first().toString(),
                site.last().toString(),
                site.series().stream().map(Series::toString).collect(Collectors.joining(" ")),
                Long.toString(site.anomalies())));
        SiteRecord latest = site.latest();
        cells.addAll(
                latest == null
                        ? List.of("", "", "", "", "", "")
                        : RecordShape.cells(latest).subList(1, RecordShape.HEADER.size()));
        return cells;
    }
}
