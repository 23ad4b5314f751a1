package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lying axis, linear in elapsed time: a day of 23 hours is shorter than its neighbours. Ticks stand on local midnights
 * and on full hours (or minutes) of the local clock, a repeated hour has two.
 *
 * @param ticks the first row of labels
 * @param eras the second row: the date under hours, the month under days, the year under months
 */
record TimeAxis(Interval range, ZoneId zone, List<Tick> ticks, List<Era> eras) {
    /**
     * @param until the end of the day, month or year that it names; of a time of the clock the same as {@code at}
     */
    record Tick(Instant at, Instant until, String label) {}

    /** @param labels the same in ever fewer letters; the first that fits is drawn */
    record Era(Instant from, Instant to, List<String> labels) {}

    private record Step(ChronoUnit unit, int count) {
        double seconds() {
            return (double) unit.getDuration().toSeconds() * count;
        }

        boolean ofClock() {
            return unit.compareTo(ChronoUnit.DAYS) < 0;
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step(ChronoUnit.SECONDS, 1),
            new Step(ChronoUnit.SECONDS, 5),
            new Step(ChronoUnit.SECONDS, 10),
            new Step(ChronoUnit.SECONDS, 30),
            new Step(ChronoUnit.MINUTES, 1),
            new Step(ChronoUnit.MINUTES, 2),
            new Step(ChronoUnit.MINUTES, 5),
            new Step(ChronoUnit.MINUTES, 10),
            new Step(ChronoUnit.MINUTES, 15),
            new Step(ChronoUnit.MINUTES, 30),
            new Step(ChronoUnit.HOURS, 1),
            new Step(ChronoUnit.HOURS, 2),
            new Step(ChronoUnit.HOURS, 3),
            new Step(ChronoUnit.HOURS, 6),
            new Step(ChronoUnit.HOURS, 12),
            new Step(ChronoUnit.DAYS, 1),
            new Step(ChronoUnit.DAYS, 7),
            new Step(ChronoUnit.DAYS, 14),
            new Step(ChronoUnit.MONTHS, 1),
            new Step(ChronoUnit.MONTHS, 3),
            new Step(ChronoUnit.MONTHS, 6),
            new Step(ChronoUnit.YEARS, 1),
            new Step(ChronoUnit.YEARS, 2),
            new Step(ChronoUnit.YEARS, 5),
            new Step(ChronoUnit.YEARS, 10),
            new Step(ChronoUnit.YEARS, 50));

    private static final int MOST_TICKS = 16;

    /**
     * @param pixels length of the axis
     * @param width of a label
     * @param gap least distance between two labels
     */
    static TimeAxis of(Interval range, ZoneId zone, double pixels, ToDoubleFunction<String> width, double gap) {
        return of(range, zone, STEPS, pixels, width, gap);
    }

    /** The same with no tick of less than a day, for what is counted by days. */
    static TimeAxis ofDates(Interval range, ZoneId zone, double pixels, ToDoubleFunction<String> width, double gap) {
        return of(range, zone, STEPS.stream().filter(s -> !s.ofClock()).toList(), pixels, width, gap);
    }

    private static TimeAxis of(
            Interval range, ZoneId zone, List<Step> steps, double pixels, ToDoubleFunction<String> width, double gap) {
        double perSecond = pixels / seconds(range.duration());
        Step step = STEPS.getLast();
        for (Step candidate : steps) {
            double space = candidate.seconds() * perSecond;
            if (space >= width.applyAsDouble(widest(candidate)) + gap && space * MOST_TICKS >= pixels) {
                step = candidate;
                break;
            }
        }
        boolean roomy = step.seconds() * perSecond >= width.applyAsDouble("Wed 28") + gap;
        List<Tick> ticks = step.ofClock() ? clockTicks(range, zone, step) : dateTicks(range, zone, step, roomy);
        return new TimeAxis(range, zone, ticks, eras(range, zone, step.unit()));
    }

    /** Where an instant stands between the start (0) and the end (1). */
    double share(Instant instant) {
        return seconds(Duration.between(range.start(), instant)) / seconds(range.duration());
    }

    /** The clock change inside the range, where that is short enough for it to be seen. */
    @Nullable
    ZoneOffsetTransition clockChange() {
        if (range.duration().compareTo(Duration.ofDays(4)) > 0) {
            return null;
        }
        @Nullable
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(range.start().minusNanos(1));
        return change != null && change.getInstant().isBefore(range.end()) ? change : null;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String widest(Step step) {
        return switch (step.unit()) {
            case SECONDS -> "00:00:00";
            case MINUTES, HOURS -> "00:00";
            case DAYS -> "28";
            case MONTHS -> "May";
            default -> "2028";
        };
    }

    private static List<Tick> clockTicks(Interval range, ZoneId zone, Step step) {
        List<Tick> ticks = new ArrayList<>();
        LocalDate last = range.end().atZone(zone).toLocalDate();
        for (LocalDate date = range.start().atZone(zone).toLocalDate().minusDays(1);
                !date.isAfter(last);
                date = date.plusDays(1)) {
            Instant midnight = date.atStartOfDay(zone).toInstant();
            if (midnight.isAfter(range.end())
                    || date.plusDays(1).atStartOfDay(zone).toInstant().isBefore(range.start())) {
                continue;
            }
            for (int second = 0; second < 86_400; second += (int) step.seconds()) {
                LocalDateTime local = date.atTime(LocalTime.ofSecondOfDay(second));
                for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) {
                    Instant at = local.toInstant(offset);
                    if (!at.isBefore(range.start()) && !at.isAfter(range.end())) {
                        boolean closing = at.equals(range.end()) && second == 0 && !at.equals(range.start());
                        ticks.add(new Tick(at, at, closing ? "24:00" : Words.time(local.toLocalTime())));
                    }
                }
            }
        }
        return List.copyOf(ticks);
    }

    private static List<Tick> dateTicks(Interval range, ZoneId zone, Step step, boolean roomy) {
        List<Tick> ticks = new ArrayList<>();
        LocalDate date = floor(range.start().atZone(zone).toLocalDate(), step);
        while (true) {
            Instant from = date.atStartOfDay(zone).toInstant();
            if (!from.isBefore(range.end())) {
                return List.copyOf(ticks);
            }
            LocalDate next = date.plus(step.count(), step.unit());
            boolean slot = step.count() == 1;
            if (slot || !from.isBefore(range.start())) {
                // The label stands under the day, month or year that it names, not at the line before it.
                Instant at = later(from, range.start());
                Instant until =
                        earlier(date.plus(1, step.unit()).atStartOfDay(zone).toInstant(), range.end());
                String label = switch (step.unit()) {
                    case DAYS ->
                        slot && roomy
                                ? Words.weekday(date) + " " + date.getDayOfMonth()
                                : Integer.toString(date.getDayOfMonth());
                    case MONTHS -> Words.month(date);
                    default -> Integer.toString(date.getYear());
                };
                ticks.add(new Tick(at, until, label));
            }
            date = next;
        }
    }

    /** Weeks start on Mondays, months and years at their first day, counted from the year 0. */
    private static LocalDate floor(LocalDate date, Step step) {
        return switch (step.unit()) {
            case DAYS ->
                step.count() == 1
                        ? date
                        : LocalDate.ofEpochDay(Math.floorDiv(date.toEpochDay() + 3, step.count()) * step.count() - 3);
            case MONTHS ->
                LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / step.count() * step.count() + 1, 1);
            default -> LocalDate.of(Math.floorDiv(date.getYear(), step.count()) * step.count(), 1, 1);
        };
    }

    private static List<Era> eras(Interval range, ZoneId zone, ChronoUnit unit) {
        List<Era> eras = new ArrayList<>();
        if (unit == ChronoUnit.YEARS) {
            return List.of();
        }
        LocalDate date = range.start().atZone(zone).toLocalDate();
        Instant from = range.start();
        while (from.isBefore(range.end())) {
            LocalDate next = switch (unit) {
                case DAYS -> date.withDayOfMonth(1).plusMonths(1);
                case MONTHS -> LocalDate.of(date.getYear() + 1, 1, 1);
                default -> date.plusDays(1);
            };
            Instant end = next.atStartOfDay(zone).toInstant();
            if (end.isAfter(from)) {
                List<String> labels = switch (unit) {
                    case DAYS -> List.of(Words.monthAndYear(date), Words.month(date));
                    case MONTHS -> List.of(Integer.toString(date.getYear()));
                    default ->
                        List.of(
                                Words.weekdayAndDate(date),
                                Words.weekday(date) + " " + Words.day(date),
                                Words.day(date));
                };
                eras.add(new Era(from, earlier(end, range.end()), labels));
                from = end;
            }
            date = next;
        }
        return List.copyOf(eras);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
