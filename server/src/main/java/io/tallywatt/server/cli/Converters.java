package io.tallywatt.server.cli;

import io.tallywatt.api.chart.Chart;
import io.tallywatt.api.wire.CsvStyle;
import io.tallywatt.api.wire.Values;
import io.tallywatt.collectors.simulator.Shape;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.time.Resolution;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How options are read; a wrong value is told with what was expected. */
final class Converters {
    private static final String LENGTH = "a length of time such as PT10M or P30D";

    private Converters() {}

    static void register(CommandLine commands) {
        register(commands, LocalDate.class, Values::date);
        register(commands, Instant.class, Values::instant);
        register(commands, Moment.class, Values::moment);
        register(commands, Chart.Kind.class, Values::chart);
        register(commands, CsvStyle.class, CsvStyle::of);
        register(commands, ZoneId.class, Values::zone);
        register(commands, EnergyUnit.class, Values::unit);
        register(commands, Stamps.class, Values::stamps);
        register(commands, DateOrder.class, Values::dateOrder);
        register(commands, Series.class, Values::series);
        register(commands, RuleName.class, Values::rule);
        register(commands, Resolution.class, Resolution::parse);
        register(commands, Every.class, Every::parse);
        register(commands, BigDecimal.class, Values::positive);
        register(commands, Duration.class, Converters::duration);
        register(commands, Shape.class, Converters::shape);
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new Values.Unexpected(LENGTH, text);
        }
        throw new Values.Unexpected(LENGTH, text);
    }

    private static Shape shape(String text) {
        return switch (text) {
            case "object" -> Shape.OBJECT;
            case "array" -> Shape.ARRAY;
            case "ndjson" -> Shape.NDJSON;
            case "mixed" -> Shape.MIXED;
            default -> throw new Values.Unexpected("object, array, ndjson or mixed", text);
        };
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
}
