package io.tallywatt.collectors.replies;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Interval;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document once all of it is there: replies are of some hundred kilobytes. What it gives is handed out as days of
 * exact intervals: a source may change its resolution from one day to the next, and inside one.
 */
final class RepliesReader implements RowReader {
    private static final int MOST_DIGITS = 1_000;

    private final BiConsumer<Replies, Given> read;
    private final SeriesIds ids;
    private final Remarks remarks;
    private final DayCalendar calendar;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deque<RepliesDay> days = new ArrayDeque<>();
    private boolean readOut;
    private long rows;
    private @Nullable Chunk chunk;

    RepliesReader(BiConsumer<Replies, Given> read, ZoneId zone, SeriesIds ids, Remarks remarks) {
        this.read = read;
        this.ids = ids;
        this.remarks = remarks;
        this.calendar = new DayCalendar(zone);
    }

    @Override
    public void start(Chunk next) {
        chunk = next;
    }

    @Override
    public boolean fill(BlockBatch batch) {
        Chunk held = Objects.requireNonNull(chunk);
        bytes.write(held.bytes, held.from, held.to - held.from);
        chunk = null;
        return true;
    }

    @Override
    public boolean drain(BlockBatch batch) {
        if (!readOut) {
            readOut = true;
            readAll();
        }
        while (!days.isEmpty() && !batch.isFull()) {
            RepliesDay day = days.pop();
            batch.add(ids.id(day.series), day.block(), day.line);
        }
        return days.isEmpty();
    }

    @Override
    public long rows() {
        return rows;
    }

    private void readAll() {
        byte[] all = bytes.toByteArray();
        Gathering gathering = new Gathering();
        try {
            @Nullable Replies replies = Replies.parse(all, all.length, true);
            read.accept(Objects.requireNonNull(replies), gathering);
        } catch (IllegalArgumentException e) {
            throw new UnreadableDocument(Reason.DAMAGED, String.valueOf(e.getMessage()), e);
        }
        days.addAll(gathering.days.values());
    }

    private record Key(Series series, int day) {}

    private final class Gathering implements Given {
        final Map<Key, RepliesDay> days = new LinkedHashMap<>();

        @Override
        public void reading(Series series, Interval interval, BigDecimal value, Quality quality, long line) {
            rows++;
            long start = interval.start().getEpochSecond();
            long end = interval.end().getEpochSecond();
            if (!isWhole(interval.start()) || !isWhole(interval.end()) || !inRange(start) || !inRange(end)) {
                remarks.reject(new Reject(
                        line,
                        "",
                        RejectCode.BAD_TIME,
                        "The interval " + interval.start() + " to " + interval.end()
                                + " is not one of whole seconds from 1970 to 2199",
                        series + " " + value.toPlainString()));
                return;
            }
            if (!isOfThisWorld(value)) {
                remarks.reject(new Reject(
                        line,
                        "",
                        RejectCode.BAD_NUMBER,
                        "The value has an exponent beyond all measure; expected less than 9 thousand million",
                        series + " " + value));
                return;
            }
            BigDecimal rounded = value;
            if (value.scale() > Scaled.MAX_SCALE && Scaled.trim(value).scale() > Scaled.MAX_SCALE) {
                rounded = value.setScale(Scaled.MAX_SCALE, RoundingMode.HALF_EVEN);
                notice(
                        NoticeCode.ROUNDED,
                        line,
                        "Values of more than nine decimals were rounded half-even, such as " + value.toPlainString());
            }
            long nanoUnits;
            try {
                nanoUnits = rounded.setScale(Scaled.MAX_SCALE, RoundingMode.HALF_EVEN)
                        .unscaledValue()
                        .longValueExact();
            } catch (ArithmeticException e) {
                remarks.reject(new Reject(
                        line,
                        "",
                        RejectCode.BAD_NUMBER,
                        "The value is too large; expected less than 9 thousand million",
                        series + " " + value));
                return;
            }
            place(series, start, end, nanoUnits, quality, line);
        }

        /** Ten characters of text can be a number whose digits fill the memory: that must be seen before it is scaled. */
        private static boolean isOfThisWorld(BigDecimal value) {
            return Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
        }

        private static boolean isWhole(Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS).equals(instant);
        }

        private boolean inRange(long second) {
            return second >= calendar.start(DayCalendar.FIRST_DAY) && second <= calendar.start(DayCalendar.LAST_DAY);
        }

        /** A mean over an interval is the same over its parts: one that crosses midnight is two readings. */
        private void place(Series series, long start, long end, long nanoUnits, Quality quality, long line) {
            long from = start;
            while (from < end) {
                int day = dayHolding(from);
                long to = Math.min(end, calendar.start(day + 1));
                RepliesDay open = days.computeIfAbsent(
                        new Key(series, day), k -> new RepliesDay(series, day, calendar.start(day)));
                if (open.put(from, to, nanoUnits, quality.code(), line)) {
                    notice(
                            NoticeCode.DUPLICATE_IN_FILE,
                            line,
                            "An interval comes twice in one reply; the later one counts, such as that of "
                                    + Instant.ofEpochSecond(from) + " of " + series);
                }
                from = to;
            }
        }

        /** Where midnight is shown twice, the clock shows the old date again while the new day has begun. */
        private int dayHolding(long second) {
            int day = calendar.dayOf(second);
            while (second >= calendar.start(day + 1)) {
                day++;
            }
            while (second < calendar.start(day)) {
                day--;
            }
            return day;
        }

        @Override
        public void reject(long line, String what, RejectCode code, String message, String text) {
            rows++;
            remarks.reject(new Reject(line, what, code, message, text));
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            remarks.notice(code, line, message);
        }
    }
}
