package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One {@code liveMeasurement}. What a meter does not tell is null; {@code lastMeterProduction} of -1 says the same.
 *
 * @param at in whole seconds; later ones of the same second replace it
 * @param powerW drawn from the grid
 * @param productionW given to the grid
 * @param consumptionKwh drawn since local midnight
 * @param productionKwh given since local midnight
 * @param meterConsumptionKwh the meter's own register
 * @param meterProductionKwh likewise
 */
public record Measurement(
        Instant at,
        @Nullable BigDecimal powerW,
        @Nullable BigDecimal productionW,
        @Nullable BigDecimal consumptionKwh,
        @Nullable BigDecimal productionKwh,
        @Nullable BigDecimal meterConsumptionKwh,
        @Nullable BigDecimal meterProductionKwh) {

    /** What is asked for. */
    static final String FIELDS =
            "timestamp power powerProduction accumulatedConsumption accumulatedProduction lastMeterConsumption"
                    + " lastMeterProduction";

    /** Null if it is none: no time, or nothing measured. */
    static @Nullable Measurement of(JsonNode node) {
        @Nullable Instant at = instant(node.path("timestamp"));
        if (at == null) {
            return null;
        }
        Measurement measurement = new Measurement(
                at.truncatedTo(ChronoUnit.SECONDS),
                number(node.path("power")),
                number(node.path("powerProduction")),
                number(node.path("accumulatedConsumption")),
                number(node.path("accumulatedProduction")),
                number(node.path("lastMeterConsumption")),
                number(node.path("lastMeterProduction")));
        return measurement.saysSomething() ? measurement : null;
    }

    private boolean saysSomething() {
        return powerW != null || productionW != null || consumptionKwh != null || meterConsumptionKwh != null;
    }

    static @Nullable Instant instant(JsonNode node) {
        try {
            return node.isTextual() ? OffsetDateTime.parse(node.textValue()).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        return node.isNumber() && node.decimalValue().signum() >= 0 ? node.decimalValue() : null;
    }
}
