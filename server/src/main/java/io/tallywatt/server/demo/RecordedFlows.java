package io.tallywatt.server.demo;

import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.Intake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What flowed through the cables of Great Britain on a day of 2023, hour by hour, and at one moment of 2024: figures of
 * Elexon's FUELINST as the project reutils (github.com/DamonHD/reutils) recorded them. Contains BMRS data © Elexon Limited
 * copyright and database right 2023, 2024.
 *
 * <p>The hours are means of twelve values, rounded to whole MW. The record of 2023 shows exports as 0, so an hour of 0 is one
 * of which nothing is known: it is left out.
 */
public final class RecordedFlows {
    /** The day of hours, and that of the moment. */
    public static final LocalDate DAY = LocalDate.of(2023, 5, 9);

    public static final LocalDate MOMENT = LocalDate.of(2024, 2, 12);

    /** What answers and pictures say of it. */
    public static final String ORIGIN = "recorded 9 May 2023 and 12 Feb 2024";

    private static final Instant MOMENT_START = Instant.parse("2024-02-12T17:45:00Z");
    private static final int FIVE_MINUTES = 300;
    private static final int HOUR = 3600;

    /** The hours of {@link #DAY} in UTC, MW into Great Britain. */
    private static final String HOURS = """
            IFA 1510 1668 1684 1098 1083 1408 1889 2000 2001 2002 2002 2002 1951 1863 1464 1967 1990 1427 1954 1792 1724 869 1949 1728
            IFA2 484 380 417 323 290 596 967 992 992 990 992 992 991 942 791 984 804 889 694 890 820 418 977 864
            ElecLink 514 516 509 359 178 273 557 989 998 998 998 998 998 999 999 998 998 998 997 996 932 875 972 775
            BritNed 495 545 461 313 125 334 629 834 662 318 508 419 503 282 142 313 297 0 0 0 413 408 178 600
            Nemo 463 306 336 250 0 10 749 965 999 931 995 560 484 478 359 666 496 335 353 26 438 411 690 728
            NSL 1044 1125 1031 1284 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296 1296
            Moyle 0 0 0 0 0 0 0 0 0 0 0 0 0 30 211 178 114 77 90 100 190 176 26 0
            East-West 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 150 413 417 403 388 220 8 0 0
            """;

    /** The five minutes from {@link #MOMENT_START} on. */
    private static final Map<String, Integer> AT_THE_MOMENT = Map.of(
            "IFA",
            267,
            "ElecLink",
            19,
            "IFA2",
            -4,
            "Moyle",
            -26,
            "BritNed",
            -170,
            "Nemo",
            -353,
            "NSL",
            612,
            "Viking",
            -790,
            "East-West",
            -83);

    private RecordedFlows() {}

    /** All of it, as a document. */
    public static Intake of(Grid grid, Instant receivedAt) {
        ZoneId zone = grid.zone("GB").orElseThrow().zone();
        GivenBlocks all =
                new GivenBlocks("recorded-flows-2023-05-09-and-2024-02-12", "recorded", receivedAt, zone, Units.FLOW);
        HOURS.lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            Cable cable = grid.cable(words[0]).orElseThrow();
            // In May, London's day begins an hour before that of UTC: the hours belong to two days.
            long midnight = DAY.atStartOfDay(ZoneId.of("UTC")).toEpochSecond();
            List<GivenBlocks.Value> values = new ArrayList<>();
            for (int hour = 0; hour < words.length - 1; hour++) {
                long mw = Long.parseLong(words[hour + 1]);
                long start = midnight + (long) hour * HOUR;
                if (mw != 0) {
                    values.add(new GivenBlocks.Value(start, start + HOUR, mw));
                }
            }
            all.add(cable.border().flow(cable), 0, values);
        });
        long start = MOMENT_START.getEpochSecond();
        AT_THE_MOMENT.forEach((name, mw) -> {
            Cable cable = grid.cable(name).orElseThrow();
            all.add(cable.border().flow(cable), 0, List.of(new GivenBlocks.Value(start, start + FIVE_MINUTES, mw)));
        });
        return all;
    }
}
