package io.tallywatt.core.format.text;

import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value columns of a wide header: a run of columns that either carry clock times or count.
 *
 * @param from first column of the run
 * @param count number of columns
 * @param stamps local seconds of day as the header says, or null for columns that count from local midnight
 * @param step seconds from one column to the next
 * @param ends whether the stamps are the ends of intervals: the first one step after midnight, the last 24:00 or 0:00
 * @param ranges whether each header states both ends ({@code 00:00-00:30}), so that the stamps are starts for sure
 */
record ValueColumns(int from, int count, int @Nullable [] stamps, int step, boolean ends, boolean ranges) {
    private static final int FEWEST = 20;
    /** A day of any clock change so far is at most this much shorter or longer than 24 hours. */
    private static final int CHANGE = 3 * 3600;

    private static final int DAY = Resolution.DAY_SECONDS;
    private static final Pattern CLOCK = Pattern.compile("([^0-9]*?)(\\d{1,2}):(\\d{2})(?::00)?(?:\\.\\d)?"
            + "\\s*([AaPp])?\\.?(?:[Mm]\\.?)?(\\s*(?:-|–|to)\\s*\\d{1,2}:\\d{2}(?::\\d{2})?)?([^0-9]*)");
    private static final Pattern DIGITS = Pattern.compile("([^0-9]*)(\\d\\d)([0-5]\\d)([^0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("([^0-9]*)(\\d{1,3})([^0-9]*)");

    /** One header cell: a clock time ({@code clock}) or a number, with the text round it. */
    private record Mark(boolean clock, boolean range, int value, String around) {
        static @Nullable Mark of(String header) {
            Matcher time = CLOCK.matcher(header);
            if (time.matches()) {
                int seconds = seconds(time.group(2), time.group(3), time.group(4));
                return seconds < 0
                        ? null
                        : new Mark(true, time.group(5) != null, seconds, around(time.group(1), time.group(6)));
            }
            Matcher compact = DIGITS.matcher(header);
            if (compact.matches()) {
                int seconds = seconds(compact.group(2), compact.group(3), null);
                return seconds < 0 ? null : new Mark(true, false, seconds, around(compact.group(1), compact.group(4)));
            }
            Matcher number = NUMBER.matcher(header);
            return number.matches()
                    ? new Mark(
                            false, false, Integer.parseInt(number.group(2)), around(number.group(1), number.group(3)))
                    : null;
        }

        private static String around(@Nullable String before, @Nullable String behind) {
            return before + " " + behind;
        }

        private static int seconds(String hours, String minutes, @Nullable String half) {
            int hour = Integer.parseInt(hours);
            if (half != null) {
                hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
            }
            int seconds = hour * 3600 + Integer.parseInt(minutes) * 60;
            return seconds <= DAY ? seconds : -1;
        }

        boolean follows(Mark before) {
            return clock == before.clock && around.equals(before.around) && (clock || value == before.value + 1);
        }
    }

    /** The value columns of a header row, or null if it has none. The first run that is energy counts. */
    static @Nullable ValueColumns find(String[] header) {
        List<@Nullable Mark> marks = new ArrayList<>(header.length);
        for (String cell : header) {
            marks.add(Mark.of(cell));
        }
        int at = 0;
        while (at < header.length) {
            int end = endOfRun(marks, at);
            if (end - at >= FEWEST && !HeaderWords.saysOtherQuantity(header[at])) {
                @Nullable ValueColumns found = of(marks, at, end);
                if (found != null) {
                    return found;
                }
            }
            at = Math.max(end, at + 1);
        }
        return null;
    }

    private static int endOfRun(List<@Nullable Mark> marks, int from) {
        Mark first = marks.get(from);
        if (first == null || !first.clock && first.value > 1) {
            return from;
        }
        Mark before = first;
        int at = from + 1;
        for (; at < marks.size(); at++) {
            Mark next = marks.get(at);
            boolean again = next != null && next.clock && next.value == first.value && at - from >= FEWEST;
            if (next == null || !next.follows(before) || again) {
                break;
            }
            before = next;
        }
        return at;
    }

    private static @Nullable ValueColumns of(List<@Nullable Mark> marks, int from, int end) {
        int count = end - from;
        Mark first = Objects.requireNonNull(marks.get(from));
        if (!first.clock) {
            int step = stepOf(count);
            return step == 0 ? null : new ValueColumns(from, count, null, step, false, false);
        }
        int[] stamps = new int[count];
        for (int i = 0; i < count; i++) {
            stamps[i] = Objects.requireNonNull(marks.get(from + i)).value;
        }
        int step = commonestStep(stamps);
        if (step <= 0 || DAY % step != 0 || Math.abs(count * step - DAY) > CHANGE) {
            return null;
        }
        boolean ends = !first.range && stamps[0] > 0 && stamps[count - 1] % DAY == 0;
        if (ends) {
            stamps[count - 1] = DAY;
        }
        return new ValueColumns(from, count, stamps, step, ends, first.range);
    }

    private static int commonestStep(int[] stamps) {
        Map<Integer, Integer> seen = new HashMap<>();
        for (int i = 1; i < stamps.length; i++) {
            seen.merge(stamps[i] - stamps[i - 1], 1, Integer::sum);
        }
        int best = 0;
        for (Map.Entry<Integer, Integer> entry : seen.entrySet()) {
            if (best == 0 || entry.getValue() > seen.getOrDefault(best, 0)) {
                best = entry.getKey();
            }
        }
        return best;
    }

    /** The step of columns that only count: so many make a day, or one of a clock change. */
    static int stepOf(int count) {
        for (int perHour : new int[] {1, 2, 4, 6, 12, 60}) {
            if (count >= 23 * perHour && count <= 25 * perHour && (perHour <= 2 || count % perHour == 0)) {
                return 3600 / perHour;
            }
        }
        return 0;
    }

    Resolution resolution() {
        return new Resolution(step);
    }

    /** Local second of day at which the interval of each column starts; null for columns that count. */
    int @Nullable [] starts() {
        if (stamps == null || !ends) {
            return stamps;
        }
        int[] starts = stamps.clone();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.floorMod(starts[i] - step, DAY);
        }
        return starts;
    }
}
