package io.tallywatt.core.query;

import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/** The steps in which readings can be asked for, counted from local midnight: a fixed time, local days or local months. */
public sealed interface Every {
    /** From local midnight in steps of a fixed time; the last step of a day ends with the day. */
    record Step(Resolution resolution) implements Every {}

    record Day() implements Every {}

    record Month() implements Every {}

    /** Reads {@code PT5M, PT1H, P1D, P1M} and other times that fit into a day. */
    static Every parse(String text) {
        return switch (text) {
            case "P1D" -> new Day();
            case "P1M" -> new Month();
            default -> {
                try {
                    Resolution resolution = Resolution.parse(text);
                    if (Resolution.DAY_SECONDS % resolution.seconds() == 0 && !resolution.isDay()) {
                        yield new Step(resolution);
                    }
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(expected(text), e);
                }
                throw new IllegalArgumentException(expected(text));
            }
        };
    }

    private static String expected(String text) {
        return "Expected PT5M, PT15M, PT30M, PT1H, P1D or P1M, but got '" + text + "'";
    }

    /** The step that an instant is in. */
    default Interval around(Instant instant, ZoneId zone) {
        DeliveryDay day = new DeliveryDay(instant.atZone(zone).toLocalDate(), zone);
        // Where midnight itself is shown twice, the clock shows the old date again while the new day has begun.
        while (!instant.isBefore(day.end())) {
            day = new DeliveryDay(day.date().plusDays(1), zone);
        }
        LocalDate date = day.date();
        return switch (this) {
            case Day d -> new Interval(day.start(), day.end());
            case Month m -> {
                LocalDate first = date.withDayOfMonth(1);
                yield new Interval(
                        first.atStartOfDay(zone).toInstant(),
                        first.plus(Period.ofMonths(1)).atStartOfDay(zone).toInstant());
            }
            case Step step -> {
                long seconds = step.resolution().seconds();
                long since = instant.getEpochSecond() - day.start().getEpochSecond();
                Instant start = day.start().plusSeconds(since - since % seconds);
                Instant end = start.plusSeconds(seconds);
                yield new Interval(start, end.isAfter(day.end()) ? day.end() : end);
            }
        };
    }
}
