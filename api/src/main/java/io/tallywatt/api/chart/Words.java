package io.tallywatt.api.chart;

import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and dates as a chart writes them. The names are held here, not asked of the JDK's locale data: they stay the same
 * in every release, and the first chart does not wait for those tables.
 */
final class Words {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private Words() {}

    /** Plain digits with a comma between thousands and a true minus sign. */
    static String number(BigDecimal value, boolean plus) {
        String digits = value.abs().toPlainString();
        int point = digits.indexOf('.');
        int whole = point < 0 ? digits.length() : point;
        StringBuilder text = new StringBuilder();
        if (value.signum() != 0 && (value.signum() < 0 || plus)) {
            text.append(value.signum() < 0 ? '\u2212' : '+');
        }
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && i < whole && (whole - i) % 3 == 0) {
                text.append(',');
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /** "1,234". */
    static String count(long n) {
        return number(BigDecimal.valueOf(n), false);
    }

    /** The same where there is little room: "12k", "3M". */
    static String shortCount(long n) {
        return n < 1000 ? Long.toString(n) : n < 1_000_000 ? n / 1000 + "k" : n / 1_000_000 + "M";
    }

    /** A number in passing: at most three decimals, and no more of a large one than its first digits need. */
    static String rounded(BigDecimal value) {
        int whole = value.precision() - value.scale();
        BigDecimal shown = Scaled.trim(value.setScale(Math.clamp(4L - whole, 0, 3), RoundingMode.HALF_EVEN));
        return number(shown, false);
    }

    /** "Register reset". */
    static String rule(RuleName rule) {
        String words = rule.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The same where there is little room. */
    static String shortRule(RuleName rule) {
        return switch (rule) {
            case NEGATIVE -> "Neg.";
            case IMPLAUSIBLE -> "Impl.";
            case REGISTER_RESET -> "Reset";
            case CONFLICT -> "Confl.";
            case OVERDUE -> "Over.";
            case SOURCE_SIGN -> "Sign";
            case SOURCE_LAG -> "Lag";
            case OVER_CAPACITY -> "Cap.";
            case SOURCE_GAP -> "S. gap";
            case SPIKE, STUCK, GAP, LATE -> rule(rule);
        };
    }

    static String month(LocalDate date) {
        return MONTHS.get(date.getMonthValue() - 1);
    }

    static String monthAndYear(LocalDate date) {
        return month(date) + " " + date.getYear();
    }

    static String weekday(LocalDate date) {
        return DAYS.get(date.getDayOfWeek().getValue() - 1);
    }

    static String day(LocalDate date) {
        return date.getDayOfMonth() + " " + month(date);
    }

    static String date(LocalDate date) {
        return day(date) + " " + date.getYear();
    }

    static String weekdayAndDate(LocalDate date) {
        return weekday(date) + " " + date(date);
    }

    static String time(LocalTime time) {
        String text = two(time.getHour()) + ":" + two(time.getMinute());
        return time.getSecond() == 0 ? text : text + ":" + two(time.getSecond());
    }

    private static String two(int n) {
        return n < 10 ? "0" + n : Integer.toString(n);
    }

    /** "Sun 25 Oct 2026", "1 to 31 Oct 2026", "14 Oct 2026 18:00 to 15 Oct 2026 06:30"; whole days by their dates. */
    static String range(Interval range, ZoneId zone) {
        ZonedDateTime start = range.start().atZone(zone);
        ZonedDateTime end = range.end().atZone(zone);
        LocalDate first = start.toLocalDate();
        if (isMidnight(range.start(), zone) && isMidnight(range.end(), zone)) {
            LocalDate last = end.toLocalDate().minusDays(1);
            if (!last.isAfter(first)) {
                return weekdayAndDate(first);
            }
            boolean sameYear = first.getYear() == last.getYear();
            boolean sameMonth = sameYear && first.getMonth() == last.getMonth();
            return (sameMonth ? first.getDayOfMonth() : sameYear ? day(first) : date(first)) + " to " + date(last);
        }
        boolean sameDay = first.equals(end.toLocalDate());
        return (sameDay ? weekdayAndDate(first) : date(first)) + " " + time(start.toLocalTime()) + " to "
                + (sameDay ? "" : date(end.toLocalDate()) + " ") + time(end.toLocalTime());
    }

    static boolean isMidnight(Instant instant, ZoneId zone) {
        return instant.equals(
                instant.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant());
    }

    /** What happens to the clock: "25 hours: 01:00 BST, then 01:00 GMT"; null where a range has no change or is long. */
    static @Nullable String clockChange(Interval range, @Nullable ZoneOffsetTransition change, ZoneId zone) {
        if (change == null) {
            return null;
        }
        DateTimeFormatter names = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);
        // The last time shown before the change is an instant that does not exist: name it by the start of its hour.
        LocalTime before = change.isOverlap()
                ? change.getDateTimeAfter().toLocalTime()
                : change.getDateTimeBefore().toLocalTime();
        String was = change.getInstant().minusSeconds(1).atZone(zone).format(names);
        String is = change.getInstant().atZone(zone).format(names);
        String hours = isMidnight(range.start(), zone)
                        && isMidnight(range.end(), zone)
                        && range.duration().toHours() <= 26
                        && range.duration().toMinutesPart() == 0
                ? range.duration().toHours() + " hours: "
                : "clock change: ";
        return change.isOverlap()
                ? hours + time(before) + " " + was + ", then " + time(before) + " " + is
                : hours + "at " + time(before) + " " + was + " it is "
                        + time(change.getDateTimeAfter().toLocalTime()) + " " + is;
    }

    /** A step of time: "30 min", "6 h", "day", "7 days". */
    static String step(long seconds) {
        if (seconds % 86_400 == 0) {
            return seconds == 86_400 ? "day" : seconds / 86_400 + " days";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
