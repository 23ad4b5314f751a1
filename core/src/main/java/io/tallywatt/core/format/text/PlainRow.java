package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.time.DayCalendar;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The hot path: rows whose cells are unquoted and whose values are all plain decimals. Performance code, admitted as
 * such: a cell of up to seven characters is found, checked and converted within one long (SWAR), without a branch per
 * character and without allocation.
 *
 * <p>Anything unusual (quotes, signs, exponents, blanks, empty cells, clock-change days, implausible values) makes
 * {@link #read} return -1 with nothing done, and {@link WideReader} reads the row again.
 */
final class PlainRow {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long LINE_FEEDS = '\n' * ONES;

    /** Not a plain cell. No value is negative here. */
    private static final long UNUSUAL = -1;

    /** Where the number of decimals stands in a converted cell, above its units. */
    private static final int FRACTION = 32;

    private static final long VALUE = (1L << FRACTION) - 1;

    /** Bytes that a meter may have for its row to be plain: visible ASCII, no quote. */
    private static final boolean[] PLAIN = plainBytes();

    private final SeriesIds ids;
    private final DayPlans plans;
    private final NumberText number;
    private final StampText stamp = new StampText();
    private final Dates dates;
    private final byte delimiter;
    private final long delimiters;
    private final long marks;
    private final int shift;
    private final int meterColumn;
    private final int dateColumn;
    private final int firstValue;
    private final int count;
    private final int trailing;
    private final int step;
    private final long[] bounds;
    /** Decimals of each cell, where they differ within a row. */
    private final byte[] decimals;

    private byte[] bytes = {};
    private int to;
    /** Greatest position at which eight bytes can be loaded. */
    private int lastLoad;

    private int meterFrom;
    private int meterTo;
    /** The meter of the row before: where it stands in the chunk, and its series. */
    private int lastMeter;

    private int lastLength;
    private int lastSeries;
    private int dateFrom;
    private int dateTo;
    /** The {@code yyyy-MM-} met last, with its first day and length. */
    private long month;

    private int monthStart;
    private int monthLength;

    PlainRow(WideLayout layout, SeriesIds ids, PlausibleBound bound) {
        Table table = layout.table;
        this.ids = ids;
        plans = layout.plans;
        dates = table.dates();
        delimiter = table.delimiter();
        delimiters = (delimiter & 0xff) * ONES;
        marks = (table.mark() == ',' ? ',' : '.') * ONES;
        shift = table.unit().moreDecimals();
        number = new NumberText(table.mark(), shift);
        meterColumn = table.meterColumn();
        dateColumn = table.dateColumn();
        firstValue = layout.values.from();
        count = layout.values.count();
        trailing = table.columns() - firstValue - count;
        step = layout.values.step();
        bounds = bound.units(step);
        decimals = new byte[count];
    }

    /** Whether rows of this layout can be plain at all. */
    static boolean fits(WideLayout layout) {
        Table table = layout.table;
        return table.meterColumn() >= 0
                && table.meterColumn() < layout.values.from()
                && table.dateColumn() < layout.values.from()
                && table.unitColumn() < 0
                && layout.totalColumn < 0
                && table.unit().moreDecimals() >= 0;
    }

    private static boolean[] plainBytes() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, '!', 127, true);
        plain['"'] = false;
        return plain;
    }

    void start(byte[] chunk, int end) {
        bytes = chunk;
        to = end;
        lastLoad = chunk.length - Long.BYTES;
        lastLength = 0;
    }

    /** Reads one row into the batch; the position after it, or -1 if the row is not plain. */
    int read(BlockBatch batch, int from, long line) {
        int at = leading(from);
        int day = at < 0 ? -1 : date();
        if (day < 0) {
            return -1;
        }
        DayPlan plan = plans.of(day);
        if (!plan.isStraight()) {
            return -1;
        }
        int n = count;
        int offset = batch.begin(n);
        long[] out = batch.values;
        byte[] b = bytes;
        int anyDecimals = 0;
        int allDecimals = -1;
        long anyBits = 0;
        for (int i = 0; i < n; i++) {
            if (at > lastLoad) {
                return -1;
            }
            long word = (long) LONGS.get(b, at);
            long cell;
            int next;
            boolean ends = i == n - 1 && trailing == 0;
            long other = word ^ (ends ? LINE_FEEDS : delimiters);
            long found = (other - ONES) & ~other & HIGHS;
            if (found == 0) {
                int end = cellEnd(at, ends ? (byte) '\n' : delimiter);
                cell = end < 0 ? UNUSUAL : longCell(at, ends ? beforeLineEnd(at, end) : end);
                next = end + 1;
                if (cell == UNUSUAL) {
                    return -1;
                }
                out[offset + i] = number.units;
                anyBits |= number.units;
            } else {
                int bits = Long.numberOfTrailingZeros(found) & 0x38;
                next = at + (bits >>> 3) + 1;
                if (ends) {
                    bits = (beforeLineEnd(at, next - 1) - at) << 3;
                }
                cell = plain(word, bits, marks);
                if (cell == UNUSUAL) {
                    return -1;
                }
                out[offset + i] = cell & VALUE;
                anyBits |= cell & VALUE;
            }
            int fraction = (int) (cell >>> FRACTION);
            decimals[i] = (byte) fraction;
            anyDecimals |= fraction;
            allDecimals &= fraction;
            at = next;
        }
        at = trailing == 0 ? at : trailing(at);
        if (at < 0 || at > to) {
            return -1;
        }
        int scale = anyDecimals;
        if (anyDecimals != allDecimals) {
            scale = align(out, offset);
            anyBits = 0;
            for (int i = 0; i < n; i++) {
                anyBits |= out[offset + i];
            }
        }
        scale += shift;
        // All bits together are at least the greatest value: one comparison clears the row.
        if (scale > Scaled.MAX_SCALE || anyBits > bounds[scale]) {
            return -1;
        }
        batch.commit(series(), day, plan.start(), step, scale, n, false, line);
        return at;
    }

    /**
     * Converts a cell of one to seven characters, the first in the lowest byte.
     *
     * @return units, and the number of decimals from bit {@link #FRACTION} on; {@link #UNUSUAL} if it is no plain decimal
     */
    private static long plain(long word, int bits, long marks) {
        if (bits == 0) {
            return UNUSUAL;
        }
        // The characters move to the top, so that the last digit always stands in the highest byte.
        long text = word << (64 - bits);
        long other = text ^ marks;
        long found = (other - ONES) & ~other & HIGHS;
        long digits;
        long fraction;
        if (found == 0) {
            digits = text ^ ZEROS << (64 - bits);
            fraction = 0;
        } else {
            if (bits == 8) {
                return UNUSUAL;
            }
            int mark = Long.numberOfTrailingZeros(found) & 0x38;
            long before = text & ((1L << mark) - 1);
            digits = (text & -256L << mark | before << 8) ^ ZEROS << (72 - bits);
            fraction = 56L - mark >>> 3;
        }
        if (((digits + 0x7676767676767676L | digits) & HIGHS) != 0) {
            return UNUSUAL;
        }
        // Pairs, then fours, then all eight.
        digits = digits * 2561 >>> 8 & 0x00FF00FF00FF00FFL;
        digits = digits * 6553601 >>> 16 & 0x0000FFFF0000FFFFL;
        return digits * 42949672960001L >>> 32 | fraction << FRACTION;
    }

    /** A cell of eight characters or more into {@link #number}; its decimals as {@link #plain} returns them. */
    private long longCell(int from, int end) {
        if (number.parse(bytes, from, end) != NumberText.Outcome.FINE || !number.plain) {
            return UNUSUAL;
        }
        byte first = bytes[from];
        return first == '+' ? UNUSUAL : (long) (number.scale - shift) << FRACTION;
    }

    private int cellEnd(int from, byte end) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == end) {
                return i;
            }
        }
        return -1;
    }

    /** The end of the last cell: a carriage return and one more delimiter may stand before the line feed. */
    private int beforeLineEnd(int from, int lineFeed) {
        int end = lineFeed;
        if (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        return end > from && bytes[end - 1] == delimiter ? end - 1 : end;
    }

    /** Brings cells of different decimals to the most of them. */
    private int align(long[] out, int offset) {
        int most = 0;
        for (byte fraction : decimals) {
            most = Math.max(most, fraction);
        }
        for (int i = 0; i < count; i++) {
            out[offset + i] *= Scaled.power(most - decimals[i]);
        }
        return most;
    }

    /** Passes the cells before the values, and finds those of meter and date. */
    private int leading(int from) {
        byte[] b = bytes;
        int at = from;
        for (int column = 0; column < firstValue; column++) {
            int start = at;
            boolean wanted = column == meterColumn || column == dateColumn;
            while (at < to && b[at] != delimiter) {
                byte c = b[at];
                if (wanted ? !PLAIN[c & 0xff] : c == '"' || c == '\n') {
                    return -1;
                }
                at++;
            }
            if (at == to || wanted && at == start) {
                return -1;
            }
            if (column == meterColumn) {
                meterFrom = start;
                meterTo = at;
            }
            if (column == dateColumn) {
                dateFrom = start;
                dateTo = at;
            }
            at++;
        }
        return at;
    }

    /** Passes the ignored cells behind the values; they have to be as many as in the header. */
    private int trailing(int from) {
        int cells = 1;
        for (int at = from; at < to; at++) {
            byte c = bytes[at];
            if (c == '\n') {
                return cells == trailing ? at + 1 : -1;
            }
            if (c == delimiter) {
                cells++;
            } else if (c == '"') {
                return -1;
            }
        }
        return -1;
    }

    /** The row's date, mostly by the month met last; -1 if it is not plain. */
    private int date() {
        byte[] b = bytes;
        int from = dateFrom;
        boolean ten = dateTo - from == 10;
        if (ten && (long) LONGS.get(b, from) == month) {
            int tens = b[from + 8] - '0';
            int ones = b[from + 9] - '0';
            int dayOfMonth = tens * 10 + ones;
            if (tens < 0 || ones < 0 || ones > 9 || dayOfMonth < 1 || dayOfMonth > monthLength) {
                return -1;
            }
            int day = monthStart + dayOfMonth - 1;
            return DayCalendar.covers(day) ? day : -1;
        }
        if (stamp.parse(b, from, dateTo, dates.order()) != StampText.Outcome.FINE
                || stamp.second != StampText.NO_TIME) {
            return -1;
        }
        if (ten && b[from + 4] == '-') {
            LocalDate date = LocalDate.ofEpochDay(stamp.day);
            month = (long) LONGS.get(b, from);
            monthStart = stamp.day - date.getDayOfMonth() + 1;
            monthLength = date.lengthOfMonth();
        }
        return stamp.day;
    }

    /** The row's series; often that of the row before. */
    private int series() {
        int length = meterTo - meterFrom;
        if (length != lastLength
                || !Arrays.equals(bytes, meterFrom, meterTo, bytes, lastMeter, lastMeter + lastLength)) {
            lastSeries = ids.meter(bytes, meterFrom, length);
            lastMeter = meterFrom;
            lastLength = length;
        }
        return lastSeries;
    }
}
