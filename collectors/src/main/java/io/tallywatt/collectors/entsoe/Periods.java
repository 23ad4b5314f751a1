package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.entsoe.MarketDocument.Period;
import io.tallywatt.collectors.entsoe.MarketDocument.Point;
import io.tallywatt.collectors.replies.Given;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.RejectCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lays the periods of a time series on a curve. Of curve type A03, a position without a value is of the same value as the one
 * before it, up to the period's end; before the first that is given nothing is known. Of A01, which is meant where no
 * type is said, it has none. Between periods nothing is known, whatever the type.
 */
final class Periods {
    /** A year of quarter hours, and some. */
    static final int MOST_STEPS = 100_000;

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");
    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2199-12-30T00:00:00Z");

    private final String label;
    private final boolean repeats;
    private final ZoneId zone;
    private final Given given;

    /**
     * @param label of the part, for what is said about it
     * @param repeats whether positions without a value repeat the one before
     * @param zone of steps of days and longer
     */
    Periods(String label, boolean repeats, ZoneId zone, Given given) {
        this.label = label;
        this.repeats = repeats;
        this.zone = zone;
        this.given = given;
    }

    void lay(Period period, Curve onto) {
        long @Nullable [] bounds = bounds(period, onto);
        if (bounds == null) {
            return;
        }
        int n = bounds.length - 1;
        @Nullable Point[] at = points(period, n);
        @Nullable BigDecimal value = null;
        long line = period.line();
        for (int i = 0; i < n; i++) {
            @Nullable Point point = at[i];
            if (point != null) {
                value = number(point.value());
                line = point.line();
            } else if (!repeats) {
                value = null;
            }
            if (value != null && onto.put(bounds[i], bounds[i + 1], value, line)) {
                given.notice(
                        NoticeCode.DUPLICATE_IN_FILE,
                        line,
                        "An interval comes twice in the reply of " + label
                                + " with different values; the later one counts, such as that of "
                                + Instant.ofEpochSecond(bounds[i]));
            }
        }
    }

    /**
     * The points by position. One whose value cannot be read is among them, so that nothing is repeated in its place; where a
     * point's position cannot be read, one without a value stands behind the point before it, for the same reason.
     */
    private @Nullable Point[] points(Period period, int n) {
        @Nullable Point[] at = new Point[n];
        boolean[] unknown = new boolean[n + 1];
        int before = 0;
        for (Point point : period.points()) {
            int position = position(point, n);
            if (position == 0) {
                unknown[before] = true;
                continue;
            }
            if (position > n) {
                continue;
            }
            @Nullable BigDecimal value = number(point.value());
            if (value == null) {
                reject(
                        point,
                        point.value().isEmpty() ? RejectCode.MISSING_FIELD : RejectCode.BAD_NUMBER,
                        point.value().isEmpty()
                                ? "The point has no value"
                                : "Expected a number, but got '" + point.value() + "'");
            }
            @Nullable Point earlier = at[position - 1];
            before = position;
            if (value == null && earlier != null) {
                continue;
            }
            @Nullable BigDecimal other = earlier == null ? null : number(earlier.value());
            if (other != null && value != null && other.compareTo(value) != 0) {
                given.notice(
                        NoticeCode.DUPLICATE_IN_FILE,
                        point.line(),
                        "A position comes twice in a period of " + label + "; the later one counts, such as position "
                                + position);
            }
            at[position - 1] = point;
        }
        for (int i = 0; i < n; i++) {
            if (unknown[i] && at[i] == null) {
                at[i] = new Point(period.line(), "", "");
            }
        }
        return at;
    }

    /** From 1 on; 0 where it cannot be told, which has been said then. More than n is said, too. */
    private int position(Point point, int n) {
        if (!POSITION.matcher(point.position()).matches() || Integer.parseInt(point.position()) == 0) {
            reject(
                    point,
                    point.position().isEmpty() ? RejectCode.MISSING_FIELD : RejectCode.BAD_NUMBER,
                    point.position().isEmpty()
                            ? "The point has no position"
                            : "Expected a position from 1 on, but got '" + point.position() + "'");
            return 0;
        }
        int position = Integer.parseInt(point.position());
        if (position > n) {
            reject(
                    point,
                    RejectCode.SURPLUS_VALUE,
                    "The period has " + n + " positions, but the point says that it is number " + position);
        }
        return position;
    }

    private static @Nullable BigDecimal number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** The bounds of the steps, epoch seconds; null if the period was rejected. */
    private long @Nullable [] bounds(Period period, Curve onto) {
        @Nullable Instant start = instant(period.start());
        @Nullable Instant end = instant(period.end());
        @Nullable TemporalAmount step = step(period.resolution());
        if (start == null || end == null || !start.isBefore(end)) {
            reject(
                    period,
                    RejectCode.BAD_TIME,
                    "Expected a period between two times of 1970 to 2199 such as 2024-09-01T22:00Z, but got '"
                            + period.start() + "' to '" + period.end() + "'");
            return null;
        }
        if (step == null) {
            reject(
                    period,
                    RejectCode.BAD_TIME,
                    "Expected a resolution such as PT15M, but got '" + period.resolution() + "'");
            return null;
        }
        ZonedDateTime from = start.atZone(zone);
        long last = end.getEpochSecond();
        int n = steps(from, step, last, Math.min(MOST_STEPS, onto.left()));
        onto.spend(n);
        if (bound(from, step, n) < last) {
            reject(
                    period,
                    RejectCode.TOO_LONG,
                    "A period of more than " + MOST_STEPS + " steps is not taken, nor are more than " + Curve.MOST_STEPS
                            + " steps of one reply");
            return null;
        }
        if (bound(from, step, n) != last) {
            reject(
                    period,
                    RejectCode.OFF_GRID,
                    "The period from " + period.start() + " to " + period.end() + " is not made of whole steps of "
                            + period.resolution());
            return null;
        }
        long[] bounds = new long[n + 1];
        for (int i = 0; i <= n; i++) {
            bounds[i] = bound(from, step, i);
        }
        return bounds;
    }

    /** How many steps it takes to reach a second, or the most that are gone. */
    private static int steps(ZonedDateTime from, TemporalAmount step, long last, int most) {
        if (step instanceof Duration d) {
            return (int) Math.min(most, Math.ceilDiv(last - from.toEpochSecond(), d.toSeconds()));
        }
        int n = 1;
        while (n < most && bound(from, step, n) < last) {
            n++;
        }
        return Math.min(n, most);
    }

    /** Days and longer are as long as the calendar has them. */
    private static long bound(ZonedDateTime from, TemporalAmount step, int times) {
        return switch (step) {
            case Duration d -> from.toEpochSecond() + d.toSeconds() * times;
            case java.time.Period p -> from.plus(p.multipliedBy(times)).toEpochSecond();
            default -> throw new IllegalStateException();
        };
    }

    private static @Nullable Instant instant(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            boolean taken = !instant.isBefore(EARLIEST)
                    && !instant.isAfter(LATEST)
                    && instant.truncatedTo(ChronoUnit.SECONDS).equals(instant);
            return taken ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable TemporalAmount step(String text) {
        try {
            if (text.indexOf('T') >= 0) {
                Duration step = Duration.parse(text);
                boolean taken = step.compareTo(Duration.ofMinutes(1)) >= 0
                        && step.compareTo(Duration.ofDays(366)) <= 0
                        && step.truncatedTo(ChronoUnit.SECONDS).equals(step);
                return taken ? step : null;
            }
            java.time.Period step = java.time.Period.parse(text);
            boolean taken = !step.isNegative()
                    && !step.isZero()
                    && step.getYears() <= 10
                    && step.getMonths() <= 120
                    && step.getDays() <= 3660;
            return taken ? step : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private void reject(Period period, RejectCode code, String message) {
        given.reject(
                period.line(),
                label,
                code,
                message,
                "period " + period.start() + " " + period.end() + " " + period.resolution() + " of "
                        + period.points().size() + " points");
    }

    private void reject(Point point, RejectCode code, String message) {
        given.reject(point.line(), label, code, message, "position " + point.position() + " value " + point.value());
    }
}
