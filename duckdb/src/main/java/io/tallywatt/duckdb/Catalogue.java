package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series of the store, held by the writer while it lives: their ids, zones and the dates they span. A date outside a
 * series' span cannot be stored yet, so a block of it needs no look at the table.
 */
final class Catalogue {
    final SeriesIds ids;
    final Spans spans;
    private final List<ZoneId> zones;
    private final List<String> units;

    private Catalogue(SeriesIds ids, Spans spans, List<ZoneId> zones, List<String> units) {
        this.ids = ids;
        this.spans = spans;
        this.zones = zones;
        this.units = units;
    }

    static Catalogue load(Connection connection) throws SQLException {
        List<Series> series = new ArrayList<>();
        List<ZoneId> zones = new ArrayList<>();
        List<String> units = new ArrayList<>();
        Map<String, String> sameUnits = new HashMap<>();
        Map<String, ZoneId> known = new HashMap<>();
        Spans spans = new Spans();
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT name, zone, (first_day - DATE '1970-01-01')::INTEGER,
                            (last_day - DATE '1970-01-01')::INTEGER, unit
                        FROM series ORDER BY id""")) {
            while (rs.next()) {
                int id = series.size();
                series.add(Series.parse(rs.getString(1)));
                zones.add(known.computeIfAbsent(rs.getString(2), ZoneId::of));
                units.add(sameUnits.computeIfAbsent(rs.getString(5), unit -> unit));
                if (rs.getObject(3) != null) {
                    // A series without a reading spans nothing; a null read as a number would be the first day of 1970.
                    spans.include(id, rs.getInt(3), 0);
                    spans.include(id, rs.getInt(4), 0);
                }
            }
        }
        return new Catalogue(new SeriesIds(series), spans, zones, units);
    }

    /** The known series that are kept in another zone. */
    BitSet inOtherZones(ZoneId zone) {
        BitSet others = new BitSet();
        for (int id = 0; id < zones.size(); id++) {
            if (!zones.get(id).equals(zone)) {
                others.set(id);
            }
        }
        return others;
    }

    /** The known series that are kept in another unit. */
    BitSet inOtherUnits(String unit) {
        BitSet others = new BitSet();
        for (int id = 0; id < units.size(); id++) {
            if (!units.get(id).equals(unit)) {
                others.set(id);
            }
        }
        return others;
    }

    String unit(int id) {
        return units.get(id);
    }

    ZoneId zone(int id) {
        return zones.get(id);
    }

    void setZone(int id, ZoneId zone) {
        zones.set(id, zone);
    }

    /** After a commit: what was new is known. */
    void settle(ZoneId zone, String unit) {
        while (zones.size() < ids.size()) {
            zones.add(zone);
            units.add(unit);
        }
        ids.settle();
    }

    /**
     * For each series the lowest id of its meter's series, where meters have channels; null where none has, so that every
     * series is its own meter.
     */
    int @Nullable [] meters() {
        if (!ids.anyChannels()) {
            return null;
        }
        int[] meters = new int[ids.size()];
        Map<String, Integer> lowest = new HashMap<>();
        for (int id = 0; id < meters.length; id++) {
            int own = id;
            Series series = ids.series(id);
            meters[id] = series.countsInTotals() ? lowest.computeIfAbsent(series.key(), k -> own) : id;
        }
        return meters;
    }
}
