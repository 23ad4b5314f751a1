package io.tallywatt.core.rollup;

import io.tallywatt.core.time.DayCalendar;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * On which days which series were seen: one bit each, in pages of 4,096 series that exist only where something was seen. A
 * million meters over a year take 46 MB. Safe for several threads.
 */
public final class Presence {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_WORDS = 1 << PAGE_BITS - 6;
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long[] EMPTY_PAGE = new long[PAGE_WORDS];

    /** By epoch day. Read without care: who sees no page yet looks again under the lock. */
    private final @Nullable Day[] days = new @Nullable Day[DayCalendar.LAST_DAY + 1];

    /** The pages of one day; replaced by a longer copy when a page is added. */
    private static final class Day {
        /** Final, so that a thread that meets the day by a plain read sees it whole. */
        private final AtomicReference<long[] @Nullable []> pages = new AtomicReference<>(new long[0][]);

        long @Nullable [] page(int index) {
            long[] @Nullable [] current = pages.get();
            return index < current.length ? current[index] : null;
        }

        synchronized long[] make(int index) {
            long[] @Nullable [] current = pages.get();
            long @Nullable [] there = page(index);
            if (there != null) {
                return there;
            }
            long[] @Nullable [] next = Arrays.copyOf(current, Math.max(index + 1, current.length));
            long[] page = new long[PAGE_WORDS];
            next[index] = page;
            pages.set(next);
            return page;
        }
    }

    private Day day(int epochDay) {
        Day day = days[epochDay];
        return day != null ? day : makeDay(epochDay);
    }

    private synchronized Day makeDay(int epochDay) {
        Day day = days[epochDay];
        if (day == null) {
            day = new Day();
            days[epochDay] = day;
        }
        return day;
    }

    /** Marks a series as seen on an epoch day; true if it was not before. */
    public boolean add(int series, int epochDay) {
        Day day = day(epochDay);
        int index = series >>> PAGE_BITS;
        long @Nullable [] page = day.page(index);
        if (page == null) {
            page = day.make(index);
        }
        long bit = 1L << (series & 63);
        long before = (long) WORDS.getAndBitwiseOr(page, series >>> 6 & PAGE_WORDS - 1, bit);
        return (before & bit) == 0;
    }

    /** Takes a mark back. */
    public void remove(int series, int epochDay) {
        Day day = days[epochDay];
        long @Nullable [] page = day == null ? null : day.page(series >>> PAGE_BITS);
        if (page != null) {
            WORDS.getAndBitwiseAnd(page, series >>> 6 & PAGE_WORDS - 1, ~(1L << (series & 63)));
        }
    }

    public boolean contains(int series, int epochDay) {
        Day day = days[epochDay];
        long @Nullable [] page = day == null ? null : day.page(series >>> PAGE_BITS);
        return page != null && (page[series >>> 6 & PAGE_WORDS - 1] & 1L << (series & 63)) != 0;
    }

    /** How many series were seen on a day. */
    public int count(int epochDay) {
        int n = 0;
        Day day = days[epochDay];
        if (day != null) {
            for (long @Nullable [] page : day.pages.get()) {
                if (page != null) {
                    for (long word : page) {
                        n += Long.bitCount(word);
                    }
                }
            }
        }
        return n;
    }

    /** Calls with every series seen on a day, in ascending order. */
    public void forEach(int epochDay, IntConsumer seen) {
        Day day = days[epochDay];
        if (day == null) {
            return;
        }
        long[] @Nullable [] pages = day.pages.get();
        for (int p = 0; p < pages.length; p++) {
            long @Nullable [] page = pages[p];
            for (int w = 0; page != null && w < PAGE_WORDS; w++) {
                for (long word = page[w]; word != 0; word &= word - 1) {
                    seen.accept((p << PAGE_BITS) + (w << 6) + Long.numberOfTrailingZeros(word));
                }
            }
        }
    }

    /** Whether anything was ever marked on a day, even if it was taken back since. */
    public boolean touched(int epochDay) {
        return days[epochDay] != null;
    }

    /**
     * How many series were seen in the days before a day, but not on it.
     *
     * @param window how many days before
     */
    public int silent(int epochDay, int window) {
        int pages = 0;
        int first = Math.max(0, epochDay - window);
        for (int d = first; d < epochDay; d++) {
            Day day = days[d];
            pages = day == null ? pages : Math.max(pages, day.pages.get().length);
        }
        int n = 0;
        long[] seen = new long[PAGE_WORDS];
        for (int p = 0; p < pages; p++) {
            Arrays.fill(seen, 0);
            for (int d = first; d < epochDay; d++) {
                Day day = days[d];
                long[] page = day == null ? EMPTY_PAGE : Objects.requireNonNullElse(day.page(p), EMPTY_PAGE);
                for (int w = 0; w < PAGE_WORDS; w++) {
                    seen[w] |= page[w];
                }
            }
            Day today = days[epochDay];
            long[] page = today == null ? EMPTY_PAGE : Objects.requireNonNullElse(today.page(p), EMPTY_PAGE);
            for (int w = 0; w < PAGE_WORDS; w++) {
                n += Long.bitCount(seen[w] & ~page[w]);
            }
        }
        return n;
    }
}
