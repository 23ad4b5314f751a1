package io.tallywatt.core.register;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.DayCalendar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From reads to energy. The first read counts nothing; then the energy of an interval is the difference of its reads:
 *
 * <ul>
 *   <li>a drop of at most the jitter is none: energy 0, and the highest read so far stays the one to compare with;
 *   <li>a larger one is a restart, and the read counts by its own value: from the midnight on that lies in between, if one does;
 *   <li>a register of the day ({@link Registers#DAY}) begins again at every midnight, however high it stands. What was used
 *       between the last read before it and midnight is known if the meter's own register was read on both sides;
 *   <li>what no home can draw is kept as INVALID: a meter was changed, or a read was wrong;
 *   <li>an interval of more than a quarter of an hour is an outage: its energy is right, how it is spread is ESTIMATED.
 * </ul>
 *
 * <p>On a local date that has reads of the day's register these are what counts; else those of the meter's.
 */
final class RegisterChain {
    /** Longer than this between two reads, and somebody was away. */
    private static final long OUTAGE = 15 * 60L;

    /** More than the largest connection of a house (3 x 125 A x 230 V is 86 kW), by far. */
    private static final long MOST_KW = 250;

    private static final long KWH = Scaled.power(Scaled.MAX_SCALE);
    private static final long HOUR = 3600;

    private final DayCalendar calendar;
    private final long jitter;
    private final List<Piece> pieces = new ArrayList<>();

    private boolean begun;
    private boolean byDay;
    private long at;
    /** The local date that the last read counts for. */
    private int date;
    /** What the next read is compared with. */
    private long dayMark;

    private long registerMark;

    /** All that has been found so far. */
    private long counted;
    /** The last read of the meter's register that differed from the one before, and so was of its time; else none. */
    private long freshRegister = Read.NONE;

    private long countedWhenFresh;
    private long lastRegister = Read.NONE;
    private long countedWhenLastRegister;
    /** Whether the meter's register moves along with what is counted, and so is of the moment in which it is read. */
    private boolean along;

    private long countedWhenHeard;
    /** The time before a midnight of which nothing is known until the meter's register is read again; null for none. */
    private long @Nullable [] open;

    /** @param jitter largest drop that is no restart, 10^-9 kWh */
    RegisterChain(DayCalendar calendar, long jitter) {
        this.calendar = calendar;
        this.jitter = jitter;
    }

    /** @param reads by time, one at an instant */
    static List<Piece> pieces(List<Read> reads, DayCalendar calendar, long jitter) {
        Set<Integer> days = new HashSet<>();
        for (Read read : reads) {
            if (read.hasDay()) {
                days.add(holding(calendar, read.at()));
            }
        }
        RegisterChain chain = new RegisterChain(calendar, jitter);
        for (Read read : reads) {
            chain.add(read, days.contains(holding(calendar, read.at())));
        }
        chain.pieces.sort(Comparator.comparingLong(Piece::start));
        return chain.pieces;
    }

    /** The delivery day that holds an instant. */
    static int holding(DayCalendar calendar, long instant) {
        int day = calendar.dayOf(instant);
        // Where midnight itself is shown twice, the local date and the day's first instant disagree for a while.
        while (instant < calendar.start(day)) {
            day--;
        }
        while (instant >= calendar.start(day + 1)) {
            day++;
        }
        return day;
    }

    private void add(Read read, boolean dated) {
        if (dated && !read.hasDay()) {
            // The day's register is read often enough; only how far the meter's is can be news.
            hear(read);
            return;
        }
        if (!begun) {
            begin(read, dated);
        } else if (dated && byDay) {
            byDay(read);
        } else if (read.hasRegister() && registerMark != Read.NONE) {
            byRegister(read);
            byDay = dated;
            date = holding(calendar, read.at());
            dayMark = read.day();
            at = read.at();
        } else {
            begin(read, dated);
        }
        hear(read);
    }

    private void begin(Read read, boolean dated) {
        begun = true;
        byDay = dated;
        at = read.at();
        date = holding(calendar, read.at());
        dayMark = read.day();
        registerMark = read.register();
    }

    /** Remembers where the meter's register stands, and whether it moved: some are told once an hour only. */
    private void hear(Read read) {
        if (!read.hasRegister()) {
            return;
        }
        if (open != null) {
            long since = sinceRegister(read);
            if (since != Read.NONE) {
                before(open[0], open[1], since);
            }
            open = null;
        }
        if (lastRegister != Read.NONE) {
            long moved = read.register() - lastRegister;
            long used = counted - countedWhenHeard;
            if (moved != 0 || used != 0) {
                along = moved > 0 && Math.abs(moved - used) <= jitter;
            }
        }
        countedWhenHeard = counted;
        if (lastRegister != Read.NONE && read.register() != lastRegister) {
            freshRegister = read.register();
            countedWhenFresh = counted;
        }
        if (read.register() != lastRegister) {
            countedWhenLastRegister = counted;
        }
        lastRegister = read.register();
    }

    private void byDay(Read read) {
        int readDate = holding(calendar, read.at());
        boolean atMidnight = read.at() == calendar.start(readDate);
        if (readDate > date && atMidnight && read.day() >= dayMark && readDate == date + 1) {
            // The last moment of the day before, told with its date.
            readDate = date;
        }
        if (readDate == date) {
            withinDay(read);
        } else {
            overMidnight(read, calendar.start(readDate));
            dayMark = read.day();
        }
        date = readDate;
        at = read.at();
        if (read.hasRegister()) {
            boolean restarted = registerMark - jitter > read.register();
            registerMark = restarted ? read.register() : Math.max(read.register(), registerMark);
        }
    }

    private void withinDay(Read read) {
        long risen = read.day() - dayMark;
        if (risen >= 0) {
            put(at, read.at(), risen);
            dayMark = read.day();
        } else if (-risen <= jitter) {
            put(at, read.at(), 0);
        } else {
            long total = sinceRegister(read);
            put(at, read.at(), total == Read.NONE ? read.day() : total);
            dayMark = read.day();
        }
    }

    private void overMidnight(Read read, long midnight) {
        if (midnight > at) {
            long total = sinceRegister(read);
            if (total == Read.NONE) {
                open = new long[] {at, midnight};
            } else {
                before(at, midnight, Math.max(0, total - read.day()));
            }
        }
        if (midnight < read.at()) {
            put(Math.max(midnight, at), read.at(), read.day());
        }
    }

    /**
     * What was used since the last read by the meter's register. Where that is told less often than it is read, it may be of an
     * hour ago: so it is compared with the last one that was certainly of its time, and what was counted since is left out.
     *
     * @return {@link Read#NONE} if it does not tell
     */
    private long sinceRegister(Read read) {
        if (!read.hasRegister() || lastRegister == Read.NONE || read.register() < lastRegister) {
            return Read.NONE;
        }
        if (freshRegister != Read.NONE) {
            return Math.max(0, read.register() - freshRegister - (counted - countedWhenFresh));
        }
        // It never moved. If nothing was used either, that is as it should be.
        return counted == countedWhenLastRegister ? read.register() - lastRegister : Read.NONE;
    }

    private void byRegister(Read read) {
        long risen = read.register() - registerMark;
        if (risen >= 0) {
            put(at, read.at(), risen);
            registerMark = read.register();
        } else if (-risen <= jitter) {
            put(at, read.at(), 0);
        } else {
            long midnight = calendar.start(holding(calendar, read.at()));
            boolean between = midnight > at && midnight < read.at();
            put(between ? midnight : at, read.at(), read.register());
            registerMark = read.register();
        }
    }

    /** What was used before a midnight is as sure as the meter's register is up to date. */
    private void before(long start, long midnight, long nano) {
        put(start, midnight, nano);
        Piece piece = pieces.getLast();
        if (!along && piece.quality() != Quality.INVALID) {
            pieces.set(pieces.size() - 1, new Piece(start, midnight, nano, Quality.ESTIMATED, false));
        }
    }

    private void put(long start, long end, long nano) {
        boolean possible = nano / KWH <= 1 + MOST_KW * (end - start) / HOUR;
        if (possible) {
            counted += nano;
        }
        Quality quality = !possible ? Quality.INVALID : end - start > OUTAGE ? Quality.ESTIMATED : Quality.ACTUAL;
        pieces.add(new Piece(start, end, nano, quality, possible));
    }
}
