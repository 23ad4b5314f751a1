package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of chunks and reads the cells that all layouts have: meter, date, unit, number. */
abstract class RecordReader implements RowReader {
    final Table table;
    final Remarks remarks;
    final SeriesIds ids;
    final Cells cells;
    final StampText stamp = new StampText();
    final NumberText number;
    final PlausibleBound bound;

    byte[] bytes = {};
    /** Where the next row starts. */
    int position;

    int to;
    /** Line of the next row. */
    long nextLine;

    private boolean lastChunk;
    private int fixedSeries = -1;
    private final Map<NoticeCode, String> said = new EnumMap<>(NoticeCode.class);

    /** The row being read. */
    int rowStart;

    int rowEnd;
    long line;
    long rows;

    RecordReader(Table table, SeriesIds ids, Remarks remarks) {
        this.table = table;
        this.ids = ids;
        this.remarks = remarks;
        this.cells = new Cells(table.delimiter());
        this.number = new NumberText(table.mark(), table.unit().moreDecimals());
        this.bound = new PlausibleBound(table.options().plausibleKw());
    }

    @Override
    public void start(Chunk chunk) {
        bytes = chunk.bytes;
        position = chunk.from;
        to = chunk.to;
        nextLine = chunk.firstLine;
        lastChunk = chunk.last;
    }

    @Override
    public final long rows() {
        return rows;
    }

    /**
     * Steps to the next row that is not blank and splits it.
     *
     * @return false at the end of the chunk
     */
    boolean nextRow() {
        while (position < to) {
            rowStart = position;
            long row = RecordEnds.row(bytes, position, to);
            rowEnd = (int) row;
            line = nextLine;
            position = rowEnd;
            nextLine += row > RecordEnds.QUOTED ? Sheet.lineFeeds(bytes, rowStart, rowEnd) : 1;
            cells.split(bytes, rowStart, rowEnd);
            if (!cells.allEmpty()) {
                rows++;
                return true;
            }
        }
        return false;
    }

    /** Whether the row has its cells; rejects it if not. */
    final boolean hasAllCells() {
        int count = cells.count();
        int columns = table.columns();
        if (count == columns) {
            return true;
        }
        if (count < columns) {
            boolean cutOff = lastChunk && rowEnd == to && bytes[rowEnd - 1] != '\n';
            reject(
                    -1,
                    cutOff ? RejectCode.CUT_OFF : RejectCode.COLUMN_COUNT,
                    (cutOff ? "The file ends inside this row: it has " : "The row has ") + count + " cells; expected "
                            + columns);
            return false;
        }
        boolean surplusEmpty = count <= table.mostCells();
        for (int i = columns; i < count; i++) {
            surplusEmpty &= cells.isEmpty(i);
        }
        if (!surplusEmpty) {
            reject(-1, RejectCode.COLUMN_COUNT, "The row has " + count + " cells; expected " + columns);
        }
        return surplusEmpty;
    }

    /** Whether the row names its meter; rejects it if not. Nothing is added to the series yet. */
    boolean hasMeter() {
        int column = table.meterColumn();
        if (column < 0) {
            return true;
        }
        if (cells.isEmpty(column)) {
            reject(column, RejectCode.EMPTY_METER, "The meter is empty; expected its number or name");
            return false;
        }
        return isPlain(column);
    }

    /** Whether a cell that names a thing holds no control characters; rejects the row if it does. */
    final boolean isPlain(int column) {
        for (int i = cells.from(column); i < cells.to(column); i++) {
            byte c = bytes[i];
            if (c >= 0 && c < ' ' || c == 0x7f) {
                reject(
                        column,
                        RejectCode.EMPTY_METER,
                        quoted(column) + " is no name; expected text without control characters");
                return false;
            }
        }
        return true;
    }

    /** The series of the row's meter. Asked for only when the row is taken, so that no bad row adds a series. */
    int series() {
        int column = table.meterColumn();
        if (column < 0) {
            return fixedSeries();
        }
        int from = cells.from(column);
        int end = cells.to(column);
        boolean plain = !cells.isEscaped(column);
        for (int i = from; i < end; i++) {
            plain &= bytes[i] >= 0;
        }
        return plain ? ids.meter(bytes, from, end - from) : unusualMeter(column);
    }

    /** The series of rows that name none. */
    final int fixedSeries() {
        if (fixedSeries < 0) {
            @Nullable String meter = table.meterKey();
            fixedSeries = ids.id(
                    meter == null ? Objects.requireNonNull(table.options().series()) : Series.meterConsumption(meter));
        }
        return fixedSeries;
    }

    private int unusualMeter(int column) {
        if (!Printable.isUtf8(bytes, cells.from(column), cells.to(column))) {
            say(
                    NoticeCode.NOT_UTF8,
                    () -> "Column '" + table.name(column) + "' is not UTF-8: it was read as Windows-1252");
        }
        byte[] key = cells.text(column).getBytes(StandardCharsets.UTF_8);
        return ids.meter(key, 0, key.length);
    }

    /**
     * Reads the date (and what stands behind it) of a column into {@link #stamp}.
     *
     * @return false if the row was rejected
     */
    boolean readStamp(int column) {
        StampText.Outcome outcome = stamp.parse(
                bytes, cells.from(column), cells.to(column), table.dates().order());
        switch (outcome) {
            case FINE -> {
                return true;
            }
            case OTHER_ORDER -> throw contradiction(cells.text(column));
            case BAD_TIME ->
                reject(
                        column,
                        RejectCode.BAD_TIME,
                        quoted(column) + " has no readable time; expected such as 00:30 or 00:30:00");
            case BAD_DATE ->
                reject(
                        column,
                        RejectCode.BAD_DATE,
                        quoted(column) + " is not a date; expected such as "
                                + table.dates().example());
        }
        return false;
    }

    /**
     * Reads the date of a whole day into {@link #stamp}; a time of midnight behind it is no time.
     *
     * @return false if the row was rejected
     */
    final boolean readDate(int column) {
        if (!readStamp(column)) {
            return false;
        }
        if (stamp.second <= 0 && (stamp.offset == StampText.NO_OFFSET || stamp.offset == 0)) {
            return true;
        }
        reject(column, RejectCode.BAD_DATE, quoted(column) + " has a time; expected the date of a whole day");
        return false;
    }

    private UnreadableDocument contradiction(String text) {
        Dates dates = table.dates();
        String settled = switch (dates.why()) {
            case "option" -> dates.inWords() + " was set";
            case "values" -> "'" + dates.text() + "' in line " + dates.line() + " is " + dates.inWords();
            default -> dates.inWords() + " was assumed";
        };
        return new UnreadableDocument(
                Reason.CONTRADICTORY_DATES,
                "'" + Printable.line(text, 60) + "' in line " + line + " cannot be " + dates.inWords() + ", but "
                        + settled + "; expected one order of dates in a file");
    }

    /** Places that the decimal point of this row's values moves, or {@link Integer#MIN_VALUE} if it was rejected. */
    int shift() {
        int column = table.unitColumn();
        if (column < 0 || cells.isEmpty(column)) {
            return table.unit().moreDecimals();
        }
        Optional<EnergyUnit> unit = EnergyUnit.ofSymbol(cells.text(column));
        if (unit.isEmpty()) {
            reject(column, RejectCode.BAD_UNIT, quoted(column) + " is not a unit of energy; expected Wh, kWh or MWh");
            return Integer.MIN_VALUE;
        }
        return unit.get().moreDecimals();
    }

    /** Reads a value into {@link #number}; null if the row was rejected. */
    final NumberText.Outcome readNumber(int column, int shift) {
        NumberText.Outcome outcome = number.parse(bytes, cells.from(column), cells.to(column), shift);
        switch (outcome) {
            case BAD ->
                reject(
                        column,
                        RejectCode.BAD_NUMBER,
                        quoted(column) + " is not a number; expected " + table.unit() + " such as 0.123");
            case TOO_GREAT ->
                reject(
                        column,
                        RejectCode.BAD_NUMBER,
                        quoted(column) + " is too great; expected less than 9,200,000,000 kWh");
            case FINE -> {
                if (number.rounded) {
                    remarks.notice(
                            NoticeCode.ROUNDED,
                            line,
                            "Values with more than nine decimals of a kWh were rounded half-even");
                }
            }
            case MISSING -> {}
        }
        return outcome;
    }

    final void sayNegative(int column) {
        say(
                NoticeCode.NEGATIVE,
                () -> "Negative energy is kept as INVALID and left out of totals, such as " + quoted(column)
                        + " in line " + line);
    }

    final void sayImplausible(int column) {
        say(
                NoticeCode.IMPLAUSIBLE,
                () -> "Energy above the plausible "
                        + table.options().plausibleKw().stripTrailingZeros().toPlainString()
                        + " kW is kept as INVALID and left out of totals, such as " + quoted(column) + " in line "
                        + line);
    }

    /** Gives notice of the row; the words are made for the first such row only, for there may be millions. */
    final void say(NoticeCode code, Supplier<String> words) {
        String known = said.get(code);
        if (known == null) {
            known = words.get();
            said.put(code, known);
        }
        remarks.notice(code, line, known);
    }

    final String quoted(int column) {
        return "'" + Printable.line(cells.text(column), 60) + "'";
    }

    /** @param column where, or -1 for the whole row */
    void reject(int column, RejectCode code, String message) {
        remarks.reject(new Reject(
                line,
                column < 0 ? "" : table.name(column),
                code,
                message,
                Printable.line(bytes, rowStart, rowEnd, Reject.MAX_TEXT + 1)));
    }
}
