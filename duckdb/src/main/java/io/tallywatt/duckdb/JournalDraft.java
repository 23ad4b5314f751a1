package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.rollup.Presence;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.time.DayCalendar;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * What one revision does to the totals of each date and zone, while it is being worked out.
 *
 * <p>Energy and counts are sums over blocks. Distinct and silent meters are not, so they come from which meters have a
 * reading on which day, before and after: looked up in the store for the meters touched and the 35 days around.
 */
final class JournalDraft {
    /** How long a meter that sent readings is missed. */
    static final int SILENT_DAYS = 35;

    /** More series than this are not named in a statement; the scan then reads all and leaves out the others here. */
    private static final int NAMED_SERIES = 500;

    /** Who was seen on which day in the days of one zone. */
    private static final class Seen {
        final Presence before = new Presence();
        final Presence after = new Presence();
    }

    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, TreeMap<Integer, Tally>> tallies = new HashMap<>();
    private final BitSet touched = new BitSet();
    private int firstDay = Integer.MAX_VALUE;
    private int lastDay = Integer.MIN_VALUE;

    /** Says which series may change, before {@link #lookUp}. */
    void touchAll(BitSet series) {
        touched.or(series);
    }

    void includeDay(int day) {
        firstDay = Math.min(firstDay, day);
        lastDay = Math.max(lastDay, day);
    }

    void add(String zone, int day, Tally tally) {
        tallies.computeIfAbsent(zone, z -> new TreeMap<>()).merge(day, tally, Tally::plus);
    }

    private Seen seen(String zone) {
        return seen.computeIfAbsent(zone, z -> new Seen());
    }

    /**
     * Reads who was seen around the touched days, of the touched series and the other channels of their meters.
     *
     * @param revision the one under way, whose rows are not "before"
     */
    void lookUp(Connection connection, Catalogue catalogue, int revision) throws SQLException {
        BitSet wanted = withSiblings(catalogue);
        if (wanted.isEmpty() || firstDay > lastDay) {
            return;
        }
        String names = wanted.cardinality() > NAMED_SERIES
                ? ""
                : " AND series IN ("
                        + wanted.stream().mapToObj(Integer::toString).collect(Collectors.joining(",")) + ")";
        String sql = "SELECT series, (day - DATE '1970-01-01')::INTEGER FROM blocks WHERE counted > 0 AND revision <> "
                + revision + " AND day BETWEEN " + date(firstDay - SILENT_DAYS) + " AND "
                + date(lastDay + SILENT_DAYS) + names;
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            while (rs.next()) {
                int id = rs.getInt(1);
                if (wanted.get(id) && catalogue.ids.countsInTotals(id)) {
                    int day = rs.getInt(2);
                    Seen zone = seen(catalogue.zone(id).getId());
                    zone.before.add(id, day);
                    zone.after.add(id, day);
                }
            }
        }
    }

    private BitSet withSiblings(Catalogue catalogue) {
        int @Nullable [] meters = catalogue.meters();
        if (meters == null) {
            return touched;
        }
        // A new channel may belong to a meter that is known by another.
        touched.set(catalogue.ids.known(), meters.length);
        BitSet touchedMeters = new BitSet();
        touched.stream().forEach(id -> touchedMeters.set(meters[id]));
        BitSet all = (BitSet) touched.clone();
        for (int id = 0; id < catalogue.ids.known(); id++) {
            if (touchedMeters.get(meters[id])) {
                all.set(id);
            }
        }
        return all;
    }

    static String date(int day) {
        return "DATE '" + LocalDate.ofEpochDay(day) + "'";
    }

    /** A series' day has a reading that counts from now on. */
    void appears(String zone, int series, int day) {
        seen(zone).after.add(series, day);
    }

    /** A series' day has none any more. */
    void disappears(String zone, int series, int day) {
        seen(zone).after.remove(series, day);
    }

    /** All that came appears, but for what is in one of the exceptions. */
    void appearAll(String zone, Presence came, Presence uncounted, Presence aside) {
        Presence after = seen(zone).after;
        for (int day = firstDay; day <= lastDay; day++) {
            int d = day;
            came.forEach(d, series -> {
                if (!uncounted.contains(series, d) && !aside.contains(series, d)) {
                    after.add(series, d);
                }
            });
        }
    }

    /** Completes the entries and writes them. */
    void write(Connection connection, Catalogue catalogue, int revision) throws SQLException {
        int @Nullable [] meters = catalogue.meters();
        seen.forEach((zone, s) -> countMeters(
                zone,
                meters == null ? s.before : fold(s.before, meters),
                meters == null ? s.after : fold(s.after, meters)));
        try (DuckDBAppender a =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDbStore.CATALOG, "main", "journal")) {
            for (Map.Entry<String, TreeMap<Integer, Tally>> zone : tallies.entrySet()) {
                for (Map.Entry<Integer, Tally> day : zone.getValue().entrySet()) {
                    if (!day.getValue().isZero()) {
                        append(a, day.getKey(), zone.getKey(), revision, day.getValue());
                    }
                }
            }
        }
    }

    private void countMeters(String zone, Presence before, Presence after) {
        int end = Math.min(lastDay + SILENT_DAYS, DayCalendar.LAST_DAY);
        for (int day = firstDay; day <= end; day++) {
            long meters = day <= lastDay ? after.count(day) - (long) before.count(day) : 0;
            long silent = after.silent(day, SILENT_DAYS) - (long) before.silent(day, SILENT_DAYS);
            if (meters != 0 || silent != 0) {
                add(zone, day, new Tally(BigDecimal.ZERO, meters, silent, 0, 0, 0, 0, 0));
            }
        }
    }

    /** The same by meter: seen if any of its channels is. */
    private Presence fold(Presence bySeries, int[] meters) {
        Presence byMeter = new Presence();
        int from = Math.max(0, firstDay - SILENT_DAYS);
        int to = Math.min(lastDay + SILENT_DAYS, DayCalendar.LAST_DAY);
        for (int day = from; day <= to; day++) {
            int d = day;
            bySeries.forEach(d, series -> byMeter.add(meters[series], d));
        }
        return byMeter;
    }

    private static void append(DuckDBAppender a, int day, String zone, int revision, Tally t) throws SQLException {
        a.beginRow();
        a.appendEpochDays(day).append(zone).append(revision);
        a.append(t.energyKwh().setScale(Scaled.MAX_SCALE));
        a.append(t.meters()).append(t.silent()).append(t.expected()).append(t.actual());
        a.append(t.estimated()).append(t.substituted()).append(t.invalid());
        a.endRow();
    }
}
