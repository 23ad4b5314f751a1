package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Scaled;
import java.math.BigDecimal;
import java.util.Locale;

/** How findings say numbers and times. */
final class Words {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Words() {}

    /** {@code 45.2 kWh}, with all digits. */
    static String amount(BigDecimal value, Quantity quantity) {
        String number = Scaled.text(value);
        return quantity.unit().isEmpty() ? number : number + " " + quantity.unit();
    }

    /** {@code 45.2 kWh in 5 min}; what is no energy is had during an interval, not in it: {@code 1.8 MW for 5 min}. */
    static String reading(BigDecimal value, Quantity quantity, long seconds) {
        return amount(value, quantity) + (quantity.isEnergy() ? " in " : " for ") + time(seconds);
    }

    /** {@code 0.9 to 3.1 kWh}. */
    static String range(long low, long high, Quantity quantity) {
        return Scaled.text(SeriesMemory.decimal(low)) + " to " + amount(SeriesMemory.decimal(high), quantity);
    }

    /** {@code 5 min}, {@code 1 h 30 min}, {@code 2 days 3 h}: the two greatest units. */
    static String time(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
        }
        if (seconds < DAY) {
            return two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
        }
        return two(seconds / DAY, seconds / DAY == 1 ? "day" : "days", seconds % DAY / HOUR, "h");
    }

    private static String two(long first, String firstUnit, long second, String secondUnit) {
        return first + " " + firstUnit + (second == 0 ? "" : " " + second + " " + secondUnit);
    }

    /** {@code 1 reading}, {@code 3 readings}. */
    static String count(long n, String one) {
        return n + " " + one + (n == 1 ? "" : "s");
    }

    /** {@code 14:05}. */
    static String clock(int secondOfDay) {
        return String.format(Locale.ROOT, "%02d:%02d", secondOfDay / HOUR, secondOfDay % HOUR / MINUTE);
    }
}
