package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tallywatt.api.chart.SeriesChart;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Envelope;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings and steps. Times are shown in the series' zone, each with its offset, so that none is ambiguous. One answer has
 * one of its own: it remembers the last time, with which the next reading mostly starts.
 */
public final class ReadingShape implements SeriesChart.Cells {
    private static final SerializableString START = new SerializedString("start");
    private static final SerializableString END = new SerializedString("end");
    private static final SerializableString VALUE = new SerializedString("value");
    private static final SerializableString QUALITY = new SerializedString("quality");
    private static final SerializableString MISSING_SECONDS = new SerializedString("missingSeconds");

    private static final SerializableString MEAN = new SerializedString("meanW");

    private static final BigDecimal WATT_SECONDS_PER_KWH = BigDecimal.valueOf(3_600_000);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ZoneId zone;
    private final boolean energy;
    private final CsvStyle style;
    private Instant last = Instant.MIN;
    private String lastText = "";

    public ReadingShape(StoredSeries series) {
        this(series, CsvStyle.PLAIN);
    }

    /** @param style of CSV; JSON has no choice */
    public ReadingShape(StoredSeries series, CsvStyle style) {
        this.zone = series.zone();
        this.energy = Units.isEnergy(series.unit());
        this.style = style;
    }

    @Override
    public List<String> header(boolean steps) {
        List<String> names = new ArrayList<>(List.of("start", "end"));
        if (style.spreadsheet()) {
            names.add("offset");
        }
        names.add("value");
        names.add("quality");
        if (steps) {
            names.add("missing seconds");
            if (energy) {
                names.add("mean W");
            }
        }
        return names;
    }

    /**
     * Mean power of a step of energy over what is known of it, W: nine decimals, half-even.
     *
     * @return null where nothing is known
     */
    public static @Nullable BigDecimal meanW(Bucket step) {
        long seconds = step.interval().duration().toSeconds() - step.missing();
        BigDecimal value = step.value();
        return value == null || seconds <= 0
                ? null
                : value.multiply(WATT_SECONDS_PER_KWH)
                        .divide(BigDecimal.valueOf(seconds), Scaled.MAX_SCALE, RoundingMode.HALF_EVEN);
    }

    public void write(JsonGenerator json, Reading reading) throws IOException {
        start(json, reading.interval(), reading.value(), reading.quality());
        json.writeEndObject();
    }

    public void write(JsonGenerator json, Bucket step) throws IOException {
        start(json, step.interval(), step.value(), step.quality());
        json.writeFieldName(MISSING_SECONDS);
        json.writeNumber(step.missing());
        if (energy) {
            json.writeFieldName(MEAN);
            number(json, meanW(step));
        }
        json.writeEndObject();
    }

    /** The smallest and the greatest reading of a step. */
    public void write(JsonGenerator json, Envelope.Band band) throws IOException {
        json.writeStartObject();
        json.writeFieldName(START);
        json.writeString(time(band.interval().start()));
        json.writeFieldName(END);
        json.writeString(time(band.interval().end()));
        json.writeFieldName("min");
        number(json, band.min());
        json.writeFieldName("max");
        number(json, band.max());
        json.writeFieldName(QUALITY);
        json.writeString(band.quality().name());
        json.writeFieldName(MISSING_SECONDS);
        json.writeNumber(band.missing());
        json.writeEndObject();
    }

    private void start(JsonGenerator json, Interval interval, @Nullable BigDecimal value, Quality quality)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName(START);
        json.writeString(time(interval.start()));
        json.writeFieldName(END);
        json.writeString(time(interval.end()));
        json.writeFieldName(VALUE);
        number(json, value);
        json.writeFieldName(QUALITY);
        json.writeString(quality.name());
    }

    private static void number(JsonGenerator json, @Nullable BigDecimal value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(Scaled.trim(value));
        }
    }

    @Override
    public List<String> cells(Reading r) {
        return cells(r.interval(), r.value(), r.quality());
    }

    @Override
    public List<String> cells(Bucket b) {
        List<String> cells = cells(b.interval(), b.value(), b.quality());
        cells.add(Long.toString(b.missing()));
        if (energy) {
            cells.add(value(meanW(b)));
        }
        return cells;
    }

    private List<String> cells(Interval interval, @Nullable BigDecimal value, Quality quality) {
        List<String> cells = new ArrayList<>();
        if (style.spreadsheet()) {
            cells.add(LOCAL.format(interval.start().atZone(zone)));
            cells.add(LOCAL.format(interval.end().atZone(zone)));
            cells.add(offset(interval.start()));
        } else {
            cells.add(time(interval.start()));
            cells.add(time(interval.end()));
        }
        cells.add(value(value));
        cells.add(quality.name());
        return cells;
    }

    /** That of the start: of two rows with the same times, in the hour that the clock shows twice, the later has the smaller. */
    private String offset(Instant instant) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
    }

    /** A time as JSON and plain CSV have it. */
    public String time(Instant instant) {
        if (!instant.equals(last)) {
            lastText = Stamp.of(instant, zone);
            last = instant;
        }
        return lastText;
    }

    private String value(@Nullable BigDecimal value) {
        return value == null ? "" : style.number(Scaled.text(value));
    }
}
