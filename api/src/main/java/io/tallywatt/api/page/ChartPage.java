package io.tallywatt.api.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.chart.Chart;
import io.tallywatt.api.chart.ChartImages;
import io.tallywatt.api.chart.Ink;
import io.tallywatt.api.chart.Point;
import io.tallywatt.api.chart.SeriesChart;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.time.DeliveryDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chart as a page that needs nothing else: it fetches nothing, so it works from a disk and without a network. The chart is
 * drawn by Apache ECharts, which is part of the page; below it is a table with every digit. Where no script runs, the picture
 * that the API draws stands in its place.
 */
public final class ChartPage {
    private static final int START = 0;
    private static final int END = 1;
    private static final int VALUE = 2;
    private static final int QUALITY = 3;
    private static final int MORE = 4;
    private static final int PICTURE_WIDTH = 1100;
    private static final int PICTURE_HEIGHT = 420;
    private static final int MOST_MIDNIGHTS = 40_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final Chart chart;
    private final String range;
    private final List<String> header;
    private final List<List<String>> rows;

    /** @param shown the table's columns begin with start, end, value and quality */
    public ChartPage(SeriesChart.Tabled shown) {
        this.chart = shown.chart();
        this.range = shown.range();
        this.header = shown.header();
        this.rows = shown.rows();
    }

    /** Writes the page; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        String title = escaped(chart.title());
        put(
                out,
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        // Nothing may be fetched, whatever a name should hold.
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline';"
                        + " style-src 'unsafe-inline'; img-src data:\">\n<title>" + title + "</title>\n<style>\n");
        out.write(resource("page.css"));
        put(out, "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n<p>" + words() + "</p>\n");
        put(out, "<section aria-label=\"Chart\">\n<h2>" + escaped(chart.unit()) + "</h2>\n");
        put(
                out,
                "<div id=\"chart\" tabindex=\"0\" role=\"img\" aria-describedby=\"said\" aria-label=\"" + title + ", "
                        + escaped(chart.unit())
                        + ". Arrow keys go from value to value, Home and End to the first and the last, plus and minus zoom.\">"
                        + "<noscript><img alt=\"" + title + "\" src=\"data:image/svg+xml;base64," + picture()
                        + "\"></noscript></div>\n<p id=\"said\" aria-live=\"polite\"></p>\n");
        put(out, key());
        put(
                out,
                "</section>\n<section aria-label=\"Values\">\n<h2>Values</h2>\n<div class=\"scroll\" tabindex=\"0\">\n");
        table(out);
        put(out, "</div>\n</section>\n</main>\n<script>\n");
        out.write(library());
        put(out, "\n</script>\n<script type=\"application/json\" id=\"data\">");
        put(out, data());
        put(out, "</script>\n<script>\n");
        out.write(resource("page.js"));
        put(out, "</script>\n</body>\n</html>\n");
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The answer first: what it is in all, of when, and by whose clock. */
    private String words() {
        StringBuilder words = new StringBuilder();
        if (Units.addsUp(chart.unit())) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Point point : chart.points()) {
                @Nullable BigDecimal value = point.counted();
                sum = value == null ? sum : sum.add(value);
            }
            words.append("<b>")
                    .append(Scaled.text(sum))
                    .append(' ')
                    .append(escaped(chart.unit()))
                    .append("</b> in all · ");
        }
        words.append(escaped(range)).append(" · ");
        words.append(escaped(chart.zone().getId()));
        if (!chart.subtitle().isEmpty()) {
            words.append(" · ").append(escaped(chart.subtitle()));
        }
        if (chart.origin() != null) {
            words.append(" · ").append(escaped(chart.origin()));
        }
        return words.toString();
    }

    private String picture() throws IOException {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        ChartImages.svg(chart, PICTURE_WIDTH, PICTURE_HEIGHT, svg);
        return Base64.getEncoder().encodeToString(svg.toByteArray());
    }

    private String key() {
        StringBuilder key = new StringBuilder("<ul class=\"key\">\n");
        Ink ink = chart.ink();
        if (ink.aboveWords() != null && ink.belowWords() != null) {
            entry(key, swatch(token(ink.above())), escaped(ink.aboveWords()));
            entry(key, swatch(token(ink.below())), escaped(ink.belowWords()));
        }
        boolean estimated = chart.points().stream()
                .anyMatch(
                        p -> p.counted() != null && !"ACTUAL".equals(p.quality().name()));
        if (estimated) {
            entry(
                    key,
                    chart.kind() == Chart.Kind.BAR
                            ? hatched(token(ink.above()))
                            : "<svg><path d=\"M0 6H18\" stroke=\"var(--" + line()
                                    + ")\" stroke-width=\"2\" stroke-dasharray=\"3 3\"/></svg>",
                    "estimated or substituted");
        }
        if (chart.points().stream().anyMatch(Point::partial)) {
            entry(key, "<span class=\"partial\">" + swatch(token(ink.above())) + "</span>", "incomplete");
        }
        entry(key, hatched("hatch"), "no data");
        return key.append("</ul>\n").toString();
    }

    private static void entry(StringBuilder key, String sign, String words) {
        key.append("<li>").append(sign).append(words).append("</li>\n");
    }

    private static String swatch(String token) {
        return "<svg><rect width=\"18\" height=\"12\" fill=\"var(--" + token + ")\"/></svg>";
    }

    private static String hatched(String token) {
        return "<svg><path d=\"M0 12L12 0M6 12L18 0M-6 12L6 0M12 12L24 0\" stroke=\"var(--" + token
                + ")\" stroke-width=\"1.5\"/></svg>";
    }

    private static String token(Ink.Hue hue) {
        return hue.name().toLowerCase(Locale.ROOT);
    }

    private String line() {
        return token(chart.ink().hasDirections() ? Ink.Hue.NET : chart.ink().above());
    }

    private void table(OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder("<table>\n<thead><tr>");
        for (int i = 0; i < header.size(); i++) {
            text.append(isNumber(i) ? "<th class=\"n\">" : "<th>")
                    .append(escaped(i == VALUE ? header.get(i) + " (" + chart.unit() + ")" : header.get(i)))
                    .append("</th>");
        }
        text.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            text.append(row.get(VALUE).isEmpty() ? "<tr class=\"lack\">" : "<tr>");
            for (int i = 0; i < row.size(); i++) {
                boolean lacks = i == VALUE && row.get(i).isEmpty();
                text.append(isNumber(i) ? "<td class=\"n\">" : "<td>")
                        .append(lacks ? "no data" : escaped(row.get(i)))
                        .append("</td>");
            }
            text.append("</tr>\n");
            if (text.length() > 1 << 16) {
                put(out, text.toString());
                text.setLength(0);
            }
        }
        put(out, text.append("</tbody>\n</table>\n").toString());
    }

    private static boolean isNumber(int column) {
        return column == VALUE || column >= MORE;
    }

    /** What the script draws. Inside a script element only its end, and what begins a comment, mean anything: '<' is never there. */
    private String data() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("unit", chart.unit());
            json.writeStringField("zone", chart.zone().getId());
            json.writeStringField("kind", chart.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("above", token(chart.ink().above()));
            json.writeStringField("below", token(chart.ink().below()));
            json.writeStringField("line", line());
            json.writeNumberField("from", chart.range().start().getEpochSecond());
            json.writeNumberField("to", chart.range().end().getEpochSecond());
            midnights(json);
            json.writeArrayFieldStart("points");
            for (int i = 0; i < rows.size(); i++) {
                Point point = chart.points().get(i);
                json.writeStartArray();
                json.writeNumber(point.interval().start().getEpochSecond());
                json.writeNumber(point.interval().end().getEpochSecond());
                json.writeString(rows.get(i).get(VALUE));
                json.writeString(rows.get(i).get(QUALITY));
                json.writeBoolean(point.partial());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cells");
            for (List<String> row : rows) {
                json.writeStartObject();
                json.writeStringField("start", row.get(START));
                json.writeStringField("end", row.get(END));
                json.writeStringField("more", more(row));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString().replace("<", "\\u003c");
    }

    private String more(List<String> row) {
        StringBuilder more = new StringBuilder();
        for (int i = MORE; i < row.size(); i++) {
            if (!row.get(i).isEmpty() && !row.get(i).equals("0")) {
                more.append(more.isEmpty() ? "" : ", ")
                        .append(row.get(i))
                        .append(' ')
                        .append(header.get(i));
            }
        }
        return more.toString();
    }

    private void midnights(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("midnights");
        Instant end = chart.range().end();
        LocalDate date = chart.range().start().atZone(chart.zone()).toLocalDate();
        Instant at = new DeliveryDay(date, chart.zone()).start();
        for (int i = 0; i < MOST_MIDNIGHTS && !at.isAfter(end); i++) {
            json.writeNumber(at.getEpochSecond());
            date = date.plusDays(1);
            at = new DeliveryDay(date, chart.zone()).start();
        }
        json.writeEndArray();
    }

    private static byte[] library() {
        return Library.ECHARTS;
    }

    /** Read once, when the first page is written. */
    private static final class Library {
        static final byte[] ECHARTS = resource("echarts/dist/echarts.min.js");
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(ChartPage.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
