package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object per reading: NDJSON, an array, objects one after the other, or a list in an object ({@code readings},
 * {@code items}). The keys of the first objects have to tell that they are readings.
 */
public final class JsonFormat implements Format {
    static final String NAME = "json";

    private static final String EXPECTED = "expected objects with series (or meter), start and value,"
            + " such as {\"series\": \"meter/EE1/consumption\", \"start\": \"2024-03-31T00:30:00Z\", \"value\": 0.123}";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Layout> recognise(Head head, ReadingOptions options) {
        int offset = TextHead.hasUtf8Mark(head.bytes()) ? 3 : 0;
        if (!looksLikeJson(head, offset)) {
            return Optional.empty();
        }
        JsonSample sample = new JsonSample(head, offset, options);
        if (sample.isSiteFeed() && options.valueColumn() == null) {
            return Optional.of(SiteFormat.layout(head, sample, offset, options));
        }
        refuseWithoutReadings(head, sample, options);
        Grid grid = Grid.of(sample.survey, head.name(), options, sample.stampKey(), sample.allExact());
        return Optional.of(new JsonLayout(table(sample, grid, offset, options), grid));
    }

    /** Whether the first bytes are an object or a list that can only be JSON. */
    private static boolean looksLikeJson(Head head, int offset) {
        byte[] b = head.bytes();
        int first = JsonValues.blanks(b, offset, b.length);
        if (first == b.length || b[first] != '{' && b[first] != '[') {
            return false;
        }
        int second = JsonValues.blanks(b, first + 1, b.length);
        if (second == b.length) {
            return false;
        }
        byte c = b[second];
        return b[first] == '{' ? c == '"' || c == '}' : c == '{' || c == ']' || c == '[' || c == '"';
    }

    private static void refuseWithoutReadings(Head head, JsonSample sample, ReadingOptions options) {
        String document = "'" + head.name() + "'";
        if (sample.objects == 0) {
            throw sample.problem == null && head.whole()
                    ? new UnreadableDocument(Reason.EMPTY, document + " holds no readings; " + EXPECTED)
                    : new UnreadableDocument(
                            sample.problem == null ? Reason.UNKNOWN_FORMAT : Reason.NOT_JSON,
                            document + " is JSON without readings"
                                    + (sample.problem == null
                                            ? ""
                                            : " (line " + sample.problemLine + ": " + sample.problem + ")")
                                    + "; " + EXPECTED);
        }
        requireKey(document, "meter", options.meterColumn(), sample);
        requireKey(document, "values", options.valueColumn(), sample);
        if (!sample.has(JsonKeys.START) && !sample.has(JsonKeys.END) || !sample.has(JsonKeys.VALUE)) {
            String lacking = sample.has(JsonKeys.VALUE) ? "time" : "value";
            throw unknown(document + " is JSON whose objects have no " + lacking + "; their keys are " + sample.keys()
                    + "; " + EXPECTED);
        }
        boolean named = sample.has(JsonKeys.SERIES) || sample.has(JsonKeys.METER);
        if (!named && options.series() == null && options.meter() == null) {
            throw new UnreadableDocument(
                    Reason.OPTION,
                    document + " names neither series nor meter; its keys are " + sample.keys()
                            + "; set the series or the meter");
        }
    }

    private static UnreadableDocument unknown(String message) {
        return new UnreadableDocument(Reason.UNKNOWN_FORMAT, message);
    }

    private static void requireKey(String document, String what, @Nullable String wanted, JsonSample sample) {
        if (wanted != null && !sample.hasKey(wanted)) {
            throw new UnreadableDocument(
                    Reason.OPTION,
                    document + " has no key '" + wanted + "' for the " + what + "; it has " + sample.keys());
        }
    }

    private static Table table(JsonSample sample, Grid grid, int offset, ReadingOptions options) {
        List<Decision> decisions = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        decisions.add(new Decision("format", NAME, "values"));
        decisions.add(new Decision("shape", sample.shape(), "values"));
        nameSeries(sample, options, decisions);
        nameUnit(sample, options, decisions, notices);
        TableFinder.nameZone(options, decisions, notices);
        decisions.add(new Decision("stamp key", sample.stampKeys(), "keys"));
        decisions.add(new Decision("times", sample.times(), "values"));
        decisions.add(new Decision(
                "value key", sample.keys(JsonKeys.VALUE), options.valueColumn() == null ? "keys" : "option"));
        if (sample.has(JsonKeys.QUALITY)) {
            decisions.add(new Decision("quality key", sample.keys(JsonKeys.QUALITY), "keys"));
        }
        grid.describe(sample.allExact(), decisions, notices);
        return new Table(
                (byte) ',',
                (byte) '.',
                JsonKeys.NAMES,
                JsonKeys.ROLES,
                offset,
                1,
                JsonKeys.METER,
                false,
                options.series() == null ? options.meter() : null,
                JsonKeys.START,
                new Dates(options.dateOrder(), options.dateOrder() == null ? "values" : "option", false, "", 0),
                Objects.requireNonNullElse(options.unit(), EnergyUnit.KWH),
                options.unit() == null ? JsonKeys.UNIT : -1,
                options,
                List.copyOf(decisions),
                List.copyOf(notices));
    }

    private static void nameSeries(JsonSample sample, ReadingOptions options, List<Decision> decisions) {
        if (sample.has(JsonKeys.SERIES)) {
            decisions.add(new Decision("series key", sample.keys(JsonKeys.SERIES), "keys"));
        }
        if (sample.has(JsonKeys.METER)) {
            String why = options.meterColumn() == null ? "keys" : "option";
            decisions.add(new Decision("meter key", sample.keys(JsonKeys.METER), why));
        }
        Series series = options.series();
        if (series != null) {
            decisions.add(new Decision("series", SeriesText.accepted(series) + " where none is named", "option"));
        } else if (options.meter() != null) {
            decisions.add(new Decision("meter", options.meter() + " where none is named", "option"));
        }
    }

    private static void nameUnit(
            JsonSample sample, ReadingOptions options, List<Decision> decisions, List<Notice> notices) {
        if (options.unit() != null) {
            decisions.add(new Decision("unit", options.unit().toString(), "option"));
        } else if (sample.unitStated) {
            decisions.add(new Decision("unit", sample.units(), "keys"));
        }
        if (options.unit() == null && !sample.allUnitsStated) {
            decisions.add(new Decision("unit", "kWh where none is stated", "default"));
            notices.add(new Notice(
                    NoticeCode.UNIT_ASSUMED,
                    1,
                    0,
                    "Objects state no unit: kWh was taken; set the unit if it is another"));
        }
    }
}
