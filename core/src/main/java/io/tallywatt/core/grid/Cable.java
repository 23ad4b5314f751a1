package io.tallywatt.core.grid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cable between two zones.
 *
 * @param name as people call it: {@code IFA2}
 * @param border it is part of
 * @param capacities how much it carries since when; ascending, the first is that of its start
 */
public record Cable(String name, Border border, List<Capacity> capacities) {
    /** More than any cable carries; less than what makes sums of them overflow. */
    private static final int MOST_MW = 100_000;

    private static final Pattern CAPACITY = Pattern.compile("\\s*([0-9]{1,9})\\s*@\\s*(\\S+)\\s*");

    /** @param mw from the date on; 0 while it is out of service */
    public record Capacity(LocalDate from, int mw) {
        public Capacity {
            if (mw < 0 || mw > MOST_MW) {
                throw new IllegalArgumentException("A capacity is from 0 to " + MOST_MW + " MW, but got " + mw);
            }
        }

        @Override
        public String toString() {
            return mw + "@" + from;
        }
    }

    public Cable {
        capacities = List.copyOf(capacities);
        for (int i = 1; i < capacities.size(); i++) {
            if (!capacities.get(i - 1).from().isBefore(capacities.get(i).from())) {
                throw new IllegalArgumentException("The capacities of " + name + " ascend by their dates, but "
                        + capacities.get(i) + " follows " + capacities.get(i - 1));
            }
        }
    }

    /**
     * Reads capacities as settings have them: {@code 2000@1986-01-01,1000@2021-09-16}, each holding from its date on; 0 is
     * out of service.
     *
     * @throws IllegalArgumentException if they are none, with what was expected
     */
    public static List<Capacity> parseCapacities(String text) {
        List<Capacity> capacities = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = CAPACITY.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "Expected capacities as MW@DATE with commas between, such as 2000@1986-01-01,1000@2021-09-16,"
                                + " but got '" + part.strip() + "'" + (part.equals(text) ? "" : " in '" + text + "'"));
            }
            LocalDate from;
            try {
                from = LocalDate.parse(matcher.group(2));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "Expected a date such as 2021-09-16 behind the @, but got '" + part.strip() + "'", e);
            }
            Capacity capacity = new Capacity(from, Integer.parseInt(matcher.group(1)));
            if (!capacities.isEmpty() && !capacities.getLast().from().isBefore(from)) {
                throw new IllegalArgumentException("Expected capacities in the order of their dates, but " + capacity
                        + " follows " + capacities.getLast());
            }
            capacities.add(capacity);
        }
        return capacities;
    }

    /** The same cable with other capacities. */
    public Cable with(List<Capacity> others) {
        return new Cable(name, border, others);
    }

    /** Its capacities as {@link #parseCapacities} reads them. */
    public String capacitiesText() {
        return capacities.stream().map(Capacity::toString).collect(Collectors.joining(","));
    }

    /** How much it can carry on a date, in MW; empty before it was there, or while it was out of service. */
    public OptionalInt capacityMw(LocalDate date) {
        OptionalInt mw = OptionalInt.empty();
        for (Capacity capacity : capacities) {
            if (!capacity.from().isAfter(date)) {
                mw = capacity.mw() == 0 ? OptionalInt.empty() : OptionalInt.of(capacity.mw());
            }
        }
        return mw;
    }
}
