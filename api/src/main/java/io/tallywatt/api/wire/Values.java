package io.tallywatt.api.wire;

import io.tallywatt.api.chart.Chart;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.time.Resolution;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Reads what people write in options, settings and parameters. Each method throws {@link Unexpected} for what it cannot
 * read.
 */
public final class Values {
    public static final ZoneId UTC = ZoneId.of("UTC");

    private Values() {}

    /** A value that cannot be read. */
    public static final class Unexpected extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String expected;

        public Unexpected(String expected, String got) {
            super("expected " + expected + ", but got '" + got + "'");
            this.expected = expected;
        }

        /** What could be read: {@code a date such as 2024-10-27}. */
        public String expected() {
            return expected;
        }
    }

    public static LocalDate date(String text) {
        try {
            return inRange(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new Unexpected("a date such as 2024-10-27", text);
        }
    }

    public static Instant instant(String text) {
        try {
            return inRange(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw new Unexpected("an instant such as 2024-10-27T09:30:00Z", text);
        }
    }

    /** ISO 8601 as Java reads it has years of nine digits, with which neither a calendar nor a store can go on to reckon. */
    private static LocalDate inRange(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new DateTimeException("Not of the years 1 to 9999: " + date);
        }
        return date;
    }

    private static Instant inRange(OffsetDateTime time) {
        inRange(time.toLocalDate());
        return time.toInstant();
    }

    public static Moment moment(String text) {
        try {
            return text.indexOf('T') < 0
                    ? new Moment.OnDate(inRange(LocalDate.parse(text)))
                    : new Moment.At(inRange(OffsetDateTime.parse(text)));
        } catch (DateTimeException e) {
            throw new Unexpected("a date such as 2024-10-27 or an instant such as 2024-10-27T09:30:00Z", text);
        }
    }

    public static ZoneId zone(String text) {
        try {
            ZoneId zone = ZoneId.of(text);
            // One name for one zone: series of "Z" and of "UTC" would not mix.
            return zone.normalized().equals(ZoneOffset.UTC) ? UTC : zone;
        } catch (DateTimeException e) {
            throw new Unexpected("a time zone such as Europe/London or UTC", text);
        }
    }

    public static EnergyUnit unit(String text) {
        return EnergyUnit.ofSymbol(text).orElseThrow(() -> new Unexpected("Wh, kWh or MWh", text));
    }

    public static Stamps stamps(String text) {
        return switch (text) {
            case "start" -> Stamps.START;
            case "end" -> Stamps.END;
            default -> throw new Unexpected("start or end", text);
        };
    }

    public static DateOrder dateOrder(String text) {
        return switch (text) {
            case "day-first" -> DateOrder.DAY_FIRST;
            case "month-first" -> DateOrder.MONTH_FIRST;
            default -> throw new Unexpected("day-first or month-first", text);
        };
    }

    public static BigDecimal positive(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() > 0 && value.precision() - value.scale() <= 18 && value.scale() <= 18) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Unexpected("a number greater than 0", text);
        }
        throw new Unexpected("a number greater than 0", text);
    }

    /** How a picture shows values. */
    public static Chart.Kind chart(String text) {
        return switch (text) {
            case "bar" -> Chart.Kind.BAR;
            case "line" -> Chart.Kind.LINE;
            default -> throw new Unexpected("bar or line", text);
        };
    }

    /** The steps that readings are summed into. */
    public static Every every(String text) {
        try {
            return Every.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Unexpected("PT5M, PT15M, PT30M, PT1H, P1D or P1M", text);
        }
    }

    /** A series by its name. */
    public static Series series(String text) {
        try {
            return Series.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Unexpected("a series such as meter/EE00011/consumption", text);
        }
    }

    /** A rule by its name, in whatever case. */
    public static RuleName rule(String text) {
        for (RuleName rule : RuleName.values()) {
            if (rule.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return rule;
            }
        }
        throw new Unexpected(
                Arrays.stream(RuleName.values()).map(RuleName::name).collect(Collectors.joining(", ")), text);
    }

    /** The length of an interval. */
    public static Resolution resolution(String text) {
        try {
            return Resolution.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Unexpected("a length of time such as PT30M, PT1H or P1D", text);
        }
    }
}
