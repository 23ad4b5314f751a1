package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.text.JsonObject.Kind;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.time.Resolution;
import org.jspecify.annotations.Nullable;

/** Reads objects as rows: a cell for each role, found by key instead of by place. */
class JsonReader extends RowsReader {
    private final JsonLayout layout;
    final JsonStream stream;
    private boolean ended;
    private int series;
    private boolean bySeries;

    JsonReader(JsonLayout layout, SeriesIds ids, Remarks remarks) {
        this(layout, new JsonKeys(layout.table.options()), ids, remarks);
    }

    JsonReader(JsonLayout layout, JsonKeys keys, SeriesIds ids, Remarks remarks) {
        super(layout, ids, remarks);
        this.layout = layout;
        stream = new JsonStream(keys);
    }

    @Override
    public void start(Chunk chunk) {
        stream.add(chunk.bytes, chunk.from, chunk.to);
    }

    @Override
    public boolean drain(BlockBatch batch) {
        ended = true;
        return fill(batch) && super.drain(batch);
    }

    @Override
    boolean nextRow() {
        while (true) {
            switch (stream.next(!ended)) {
                case OBJECT -> {
                    rows++;
                    take();
                    return true;
                }
                case BROKEN -> {
                    rows++;
                    reject(stream.column, stream.code, stream.message);
                }
                case MORE, END -> {
                    return false;
                }
            }
        }
    }

    private void take() {
        bytes = stream.bytes;
        line = stream.number;
        series = -1;
        cells.begin(bytes, JsonKeys.ROLES);
        for (int role = 0; role < JsonKeys.ROLES; role++) {
            if (stream.object.has(role)) {
                cells.set(role, stream.object.from(role), stream.object.to(role));
            }
        }
    }

    @Override
    void readRow() {
        boolean start = !cells.isEmpty(JsonKeys.START);
        boolean end = !cells.isEmpty(JsonKeys.END);
        boolean exact = start && end;
        stampColumn = start || !end ? JsonKeys.START : JsonKeys.END;
        ends = !exact && layout.namesEnd(start);
        if (hasMeter() && readValue()) {
            readInterval(exact);
        }
    }

    @Override
    boolean hasMeter() {
        bySeries = !cells.isEmpty(JsonKeys.SERIES);
        if (bySeries) {
            return hasSeries(JsonKeys.SERIES);
        }
        if (!cells.isEmpty(JsonKeys.METER)) {
            Kind kind = stream.object.kind(JsonKeys.METER);
            if (kind == Kind.TEXT || kind == Kind.INTEGER) {
                return super.hasMeter();
            }
            reject(
                    JsonKeys.METER,
                    RejectCode.EMPTY_METER,
                    quoted(JsonKeys.METER) + " is no meter; expected its number or name");
            return false;
        }
        if (layout.namesDefault()) {
            return true;
        }
        reject(
                -1,
                RejectCode.EMPTY_METER,
                "The object names neither series nor meter; expected such as \"series\": \"meter/EE1/consumption\"");
        return false;
    }

    @Override
    int series() {
        if (series < 0) {
            series = bySeries ? seriesText.id() : cells.isEmpty(JsonKeys.METER) ? fixedSeries() : super.series();
        }
        return series;
    }

    @Override
    int shift() {
        if (table.unitColumn() >= 0 && cells.isEmpty(JsonKeys.UNIT)) {
            JsonKey value = stream.object.key(JsonKeys.VALUE);
            @Nullable EnergyUnit named = value == null ? null : value.unit;
            return (named == null ? table.unit() : named).moreDecimals();
        }
        return super.shift();
    }

    @Override
    boolean readStamp(int column) {
        Kind kind = stream.object.kind(column);
        if (cells.isEmpty(column)) {
            reject(
                    column,
                    RejectCode.BAD_DATE,
                    "The object has no time; expected such as \"start\": \"2024-03-31T00:30:00Z\"");
            return false;
        }
        if (kind == Kind.TEXT) {
            return super.readStamp(column);
        }
        long instant = kind == Kind.INTEGER ? EpochTime.seconds(bytes, cells.from(column), cells.to(column)) : -1;
        if (instant < 0) {
            reject(
                    column,
                    kind == Kind.INTEGER || kind == Kind.NUMBER ? RejectCode.BAD_TIME : RejectCode.BAD_DATE,
                    quoted(column) + " is not a time; expected such as \"2024-03-31T00:30:00Z\","
                            + " or whole seconds or milliseconds since 1970 (1980 to 2199)");
            return false;
        }
        stamp.day = (int) (instant / Resolution.DAY_SECONDS);
        stamp.second = (int) (instant % Resolution.DAY_SECONDS);
        stamp.offset = 0;
        return true;
    }

    @Override
    void reject(int role, RejectCode code, String message) {
        reject(role < 0 ? "" : stream.object.keyName(role), code, message + stream.place());
    }

    /** Rejects the row for a key that has no role, or for none. */
    final void reject(String key, RejectCode code, String message) {
        String text = Printable.line(stream.bytes, stream.start, stream.end, Reject.MAX_TEXT + 1);
        remarks.reject(new Reject(stream.line, key, code, message, text));
    }
}
