package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and stamps as files write them, from bytes, without making objects: {@code 2019-11-13},
 * {@code 20191113}, {@code 13/11/2019}, {@code 13-Nov-19}, {@code Nov 13 2019 12:00AM}, {@code 26 Aug 2019 00:30:00},
 * {@code 2019-11-13T00:30:00+01:00}, {@code 201911130030}. The outcome is in the fields until the next call.
 */
final class StampText {
    /** How a text was understood. */
    enum Outcome {
        FINE,
        BAD_DATE,
        BAD_TIME,
        /** Impossible in the order settled, possible in the other one. */
        OTHER_ORDER
    }

    static final int NO_TIME = -1;
    static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /** Epoch day of the local date. */
    int day;
    /** Seconds since local midnight, up to 86,400 for 24:00; {@link #NO_TIME} where the text has none. */
    int second;
    /** Offset from UTC in seconds; {@link #NO_OFFSET} where the text has none. */
    int offset;
    /** Whether the date was two numbers and a year, so that its order matters. */
    boolean orderMatters;
    /** What the parts over 12 tell: null if they tell nothing. */
    @Nullable
    DateOrder told;

    /** Whether fractions of a second are passed over; otherwise a time that has one is none. */
    boolean fractions;
    /** Whether one was. */
    boolean fraction;

    private byte[] bytes = {};
    private int at;
    private int end;
    private int digits;

    /**
     * Reads a date, perhaps with a time and an offset behind it.
     *
     * @param order of numeric dates; null refuses those whose order matters
     */
    Outcome parse(byte[] text, int from, int to, @Nullable DateOrder order) {
        bytes = text;
        at = from;
        end = to;
        second = NO_TIME;
        offset = NO_OFFSET;
        fraction = false;
        orderMatters = false;
        told = null;
        Outcome date = date(order);
        if (date != Outcome.FINE || at == end && digits <= 8) {
            return date;
        }
        return digits > 8 ? Outcome.FINE : timeBehindDate();
    }

    /** Epoch seconds of a stamp that has a time and an offset. */
    long instant() {
        return (long) day * Resolution.DAY_SECONDS + second - offset;
    }

    /** Reads a time of day alone, perhaps with an offset; the date stays what it was. */
    Outcome parseTime(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        offset = NO_OFFSET;
        return time();
    }

    private Outcome timeBehindDate() {
        if (at < end && (bytes[at] == 'T' || bytes[at] == 't' || bytes[at] == ',')) {
            at++;
        } else if (at == end || bytes[at] != ' ') {
            return Outcome.BAD_DATE;
        }
        skipBlanks();
        return time();
    }

    private Outcome date(@Nullable DateOrder order) {
        digits = 0;
        if (letter()) {
            int month = month();
            skipBlanks();
            int dayOfMonth = number(2);
            skip(',');
            skipBlanks();
            return dated(number(4), month, dayOfMonth);
        }
        int start = at;
        int first = number(14);
        return switch (digits) {
            case 4 -> yearFirst(first);
            case 8, 12, 14 -> compact(start);
            case 1, 2 -> dayOrMonthFirst(first, order);
            default -> Outcome.BAD_DATE;
        };
    }

    private Outcome dayOrMonthFirst(int first, @Nullable DateOrder order) {
        digits = 0;
        boolean blank = skipBlanks();
        if (letter() || (!blank && at + 1 < end && isSeparator(bytes[at]) && isLetter(bytes[at + 1]))) {
            return dayAndMonthName(first);
        }
        return blank ? Outcome.BAD_DATE : numeric(first, order);
    }

    private Outcome dayAndMonthName(int dayOfMonth) {
        if (isSeparator(bytes[at])) {
            at++;
        }
        int month = month();
        if (at < end && isSeparator(bytes[at])) {
            at++;
        }
        skip(',');
        skipBlanks();
        int year = year();
        return dated(year, month, dayOfMonth);
    }

    private Outcome yearFirst(int year) {
        digits = 0;
        if (at == end || !isSeparator(bytes[at])) {
            return Outcome.BAD_DATE;
        }
        byte separator = bytes[at++];
        int month = letter() ? month() : number(2);
        if (at == end || bytes[at] != separator) {
            return Outcome.BAD_DATE;
        }
        at++;
        int dayOfMonth = number(2);
        digits = 0;
        return dated(year, month, dayOfMonth);
    }

    /** {@code yyyyMMdd}, {@code yyyyMMddHHmm} or {@code yyyyMMddHHmmss}: the run of digits is all there is. */
    private Outcome compact(int start) {
        int length = digits;
        Outcome date = dated(pair(start) * 100 + pair(start + 2), pair(start + 4), pair(start + 6));
        digits = length;
        if (length > 8) {
            int seconds = length == 14 ? pair(start + 12) : 0;
            if (at != end || !setTime(pair(start + 8), pair(start + 10), seconds)) {
                return Outcome.BAD_TIME;
            }
        }
        return date;
    }

    private Outcome numeric(int first, @Nullable DateOrder order) {
        if (at == end || !isSeparator(bytes[at])) {
            return Outcome.BAD_DATE;
        }
        byte separator = bytes[at++];
        int next = number(2);
        if (next < 0 || at == end || bytes[at] != separator) {
            return Outcome.BAD_DATE;
        }
        at++;
        int year = year();
        orderMatters = true;
        boolean dayFirstPossible = exists(year, next, first);
        boolean monthFirstPossible = exists(year, first, next);
        if (dayFirstPossible != monthFirstPossible) {
            told = dayFirstPossible ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
            if (order != null && told != order) {
                return Outcome.OTHER_ORDER;
            }
        }
        if (order == null) {
            return Outcome.BAD_DATE;
        }
        return order == DateOrder.DAY_FIRST ? dated(year, next, first) : dated(year, first, next);
    }

    private Outcome dated(int year, int month, int dayOfMonth) {
        digits = 0;
        if (!exists(year, month, dayOfMonth)) {
            return Outcome.BAD_DATE;
        }
        day = epochDay(year, month, dayOfMonth);
        return DayCalendar.covers(day) ? Outcome.FINE : Outcome.BAD_DATE;
    }

    static boolean exists(int year, int month, int dayOfMonth) {
        return year >= 1000 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= monthLength(year, month);
    }

    static int monthLength(int year, int month) {
        return Month.of(month).length(Year.isLeap(year));
    }

    static int epochDay(int year, int month, int dayOfMonth) {
        return (int) LocalDate.of(year, month, dayOfMonth).toEpochDay();
    }

    /** Two digits mean this century up to 69, the last one after that. */
    private int year() {
        int year = number(4);
        return digits == 2 ? year + (year < 70 ? 2000 : 1900) : digits == 4 ? year : -1;
    }

    private Outcome time() {
        int start = at;
        int hour = number(6);
        int length = digits;
        int minute = 0;
        int seconds = 0;
        if (length == 4 || length == 6) {
            hour = pair(start);
            minute = pair(start + 2);
            seconds = length == 6 ? pair(start + 4) : 0;
        } else if ((length == 1 || length == 2) && skip(':')) {
            minute = number(2);
            boolean whole = digits == 2;
            if (whole && skip(':')) {
                seconds = number(2);
                whole = digits == 2 && skipFraction();
            }
            if (!whole) {
                return Outcome.BAD_TIME;
            }
        } else {
            return Outcome.BAD_TIME;
        }
        skipBlanks();
        hour = halfDay(hour);
        skipBlanks();
        return setTime(hour, minute, seconds) && offset() && at == end ? Outcome.FINE : Outcome.BAD_TIME;
    }

    /** A fraction of a second is no digit of a meter's clock unless it is zero; programs that send at any time write one. */
    private boolean skipFraction() {
        if (skip('.')) {
            int from = at;
            while (at < end && (fractions ? isDigit(bytes[at]) : bytes[at] == '0')) {
                fraction |= bytes[at] != '0';
                at++;
            }
            return at > from && (at == end || !isDigit(bytes[at]));
        }
        return true;
    }

    private int halfDay(int hour) {
        if (at + 1 < end && (bytes[at + 1] | 0x20) == 'm') {
            int half = bytes[at] | 0x20;
            if (half == 'a' || half == 'p') {
                at += 2;
                return hour < 1 || hour > 12 ? -1 : hour % 12 + (half == 'p' ? 12 : 0);
            }
        }
        return hour;
    }

    private boolean setTime(int hour, int minute, int seconds) {
        if (hour < 0 || minute < 0 || minute > 59 || seconds < 0 || seconds > 59) {
            return false;
        }
        second = hour * 3600 + minute * 60 + seconds;
        return second <= Resolution.DAY_SECONDS;
    }

    private boolean offset() {
        if (at == end) {
            return true;
        }
        if (bytes[at] == 'Z' || bytes[at] == 'z') {
            at++;
            offset = 0;
            return true;
        }
        if (at + 3 <= end && startsUtc()) {
            at += 3;
            offset = 0;
            return true;
        }
        int sign = bytes[at] == '+' ? 1 : bytes[at] == '-' ? -1 : 0;
        if (sign == 0) {
            return false;
        }
        at++;
        int start = at;
        int hours = number(4);
        int minutes = 0;
        if (digits == 4) {
            hours = pair(start);
            minutes = pair(start + 2);
        } else if (digits != 2) {
            return false;
        } else if (skip(':')) {
            minutes = number(2);
            if (digits != 2) {
                return false;
            }
        }
        offset = sign * (hours * 3600 + minutes * 60);
        return hours <= 18 && minutes <= 59;
    }

    private boolean startsUtc() {
        return bytes[at] == 'U' && bytes[at + 1] == 'T' && bytes[at + 2] == 'C'
                || bytes[at] == 'G' && bytes[at + 1] == 'M' && bytes[at + 2] == 'T';
    }

    /** Reads up to so many digits; -1 if there is none. {@link #digits} says how many. */
    private int number(int most) {
        int start = at;
        long value = 0;
        while (at < end && at - start < most && isDigit(bytes[at])) {
            value = value * 10 + bytes[at] - '0';
            at++;
        }
        digits = at - start;
        if (at < end && isDigit(bytes[at])) {
            digits = Integer.MAX_VALUE;
            return -1;
        }
        return digits == 0 ? -1 : (int) Math.min(value, Integer.MAX_VALUE);
    }

    private int pair(int from) {
        return (bytes[from] - '0') * 10 + bytes[from + 1] - '0';
    }

    /** Month by its English name or first three letters; -1 if it is none. */
    private int month() {
        int start = at;
        while (letter()) {
            at++;
        }
        int length = at - start;
        skip('.');
        if (length < 3 || length > 9) {
            return -1;
        }
        String name = new String(bytes, start, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int found = MONTHS.indexOf(name.substring(0, 3));
        if (found < 0 || found % 3 != 0) {
            return -1;
        }
        int month = found / 3 + 1;
        boolean known = length == 3
                || name.equals("sept")
                || Month.of(month).name().toLowerCase(Locale.ROOT).equals(name);
        return known ? month : -1;
    }

    private boolean skip(char c) {
        if (at < end && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipBlanks() {
        int start = at;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at > start;
    }

    private boolean letter() {
        return at < end && isLetter(bytes[at]);
    }

    private static boolean isLetter(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSeparator(byte c) {
        return c == '-' || c == '/' || c == '.';
    }
}
