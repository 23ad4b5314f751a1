package io.tallywatt.benchmarks;

import io.tallywatt.core.reading.Series;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What is asked about: arguments that differ from call to call and are the same in every run.
 *
 * @param meters in the store
 * @param days of each, from {@link MeterFile#FIRST} on
 */
record Arguments(int meters, int days) {
    LocalDate from() {
        return MeterFile.FIRST;
    }

    LocalDate to() {
        return from().plusDays(days);
    }

    LocalDate date(int number) {
        return from().plusDays(Math.floorMod(number * 7919L, days));
    }

    int meter(int number) {
        return Math.floorMod(number * 104_729L, meters);
    }

    Series series(int number) {
        return Series.meterConsumption(new String(MeterFile.id(meter(number)), StandardCharsets.US_ASCII));
    }

    /** The first day of a month that is there, as far as the days reach. */
    LocalDate monthFrom(int number) {
        long months = Math.max(1, ChronoUnit.MONTHS.between(from(), to()));
        return from().plusMonths(Math.floorMod(number * 7L, months));
    }

    /** Where that month ends. */
    LocalDate monthTo(int number) {
        LocalDate end = monthFrom(number).plusMonths(1);
        return end.isAfter(to()) ? to() : end;
    }
}
