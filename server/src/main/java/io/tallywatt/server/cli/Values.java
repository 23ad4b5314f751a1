package io.tallywatt.server.cli;

import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options and settings; a wrong one is told with what was expected. */
final class Values {
    static final ZoneId UTC = ZoneId.of("UTC");

    private Values() {}

    static void register(CommandLine commands) {
        register(commands, LocalDate.class, Values::date);
        register(commands, Instant.class, Values::instant);
        register(commands, Moment.class, Values::moment);
        register(commands, ZoneId.class, Values::zone);
        register(commands, EnergyUnit.class, Values::unit);
        register(commands, Stamps.class, Values::stamps);
        register(commands, DateOrder.class, Values::dateOrder);
        register(commands, Series.class, Series::parse);
        register(commands, Resolution.class, Resolution::parse);
        register(commands, Every.class, Every::parse);
        register(commands, BigDecimal.class, Values::positive);
    }

    private interface Parsing<T> {
        T of(String text);
    }

    private static <T> void register(CommandLine commands, Class<T> type, Parsing<T> parsing) {
        ITypeConverter<T> converter = text -> {
            try {
                return parsing.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
        commands.registerConverter(type, converter);
    }

    private static IllegalArgumentException expected(String what, String got) {
        return new IllegalArgumentException("expected " + what + ", but got '" + got + "'");
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw expected("a date such as 2024-10-27", text);
        }
    }

    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw expected("an instant such as 2024-10-27T09:30:00Z", text);
        }
    }

    /** Where a range begins or ends: a date, which has its instants only in some zone, or an instant. */
    sealed interface Moment {
        record OnDate(LocalDate date) implements Moment {}

        record At(Instant instant) implements Moment {}

        default Instant in(ZoneId zone) {
            return switch (this) {
                case OnDate day -> day.date().atStartOfDay(zone).toInstant();
                case At at -> at.instant();
            };
        }
    }

    static Moment moment(String text) {
        try {
            return text.indexOf('T') < 0
                    ? new Moment.OnDate(LocalDate.parse(text))
                    : new Moment.At(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw expected("a date such as 2024-10-27 or an instant such as 2024-10-27T09:30:00Z", text);
        }
    }

    static ZoneId zone(String text) {
        try {
            ZoneId zone = ZoneId.of(text);
            // One name for one zone: series of "Z" and of "UTC" would not mix.
            return zone.normalized().equals(ZoneOffset.UTC) ? UTC : zone;
        } catch (DateTimeException e) {
            throw expected("a time zone such as Europe/London or UTC", text);
        }
    }

    private static EnergyUnit unit(String text) {
        return EnergyUnit.ofSymbol(text).orElseThrow(() -> expected("Wh, kWh or MWh", text));
    }

    private static Stamps stamps(String text) {
        return switch (text) {
            case "start" -> Stamps.START;
            case "end" -> Stamps.END;
            default -> throw expected("start or end", text);
        };
    }

    private static DateOrder dateOrder(String text) {
        return switch (text) {
            case "day-first" -> DateOrder.DAY_FIRST;
            case "month-first" -> DateOrder.MONTH_FIRST;
            default -> throw expected("day-first or month-first", text);
        };
    }

    static BigDecimal positive(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() > 0 && value.precision() - value.scale() <= 18 && value.scale() <= 18) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw expected("a number greater than 0", text);
        }
        throw expected("a number greater than 0", text);
    }

    static Integer threads(String text) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1) {
            return Integer.valueOf(text);
        }
        throw expected("a number of threads from 1 to 999", text);
    }

    static String memory(String text) {
        if (text.matches("(?i)[1-9][0-9]{0,8} ?([KMGT]i?B)")) {
            return text;
        }
        throw expected("an amount of memory such as 512MB or 2GB", text);
    }
}
