package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.SeriesScope;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.duckdb.Extents.Extent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What those ask who follow series as they grow. */
final class Follower {
    private final Reader reader;
    private final Revisions revisions;

    Follower(Reader reader, Revisions revisions) {
        this.reader = reader;
        this.revisions = revisions;
    }

    /** The condition that a column of names is in a scope; its text is the parameter. */
    static String in(SeriesScope scope, String column) {
        return scope.one() ? column + " = ?" : "starts_with(" + column + ", ?)";
    }

    private static String standing(SeriesScope scope) {
        return """
                SELECT s.name, s.zone, s.unit, %s FROM blocks b JOIN series s ON s.id = b.series
                WHERE b.day >= ? AND b.day < ? AND %s
                ORDER BY b.day, s.name""".formatted(Rows.blockColumns("b"), in(scope, "s.name"));
    }

    /** A series stands in one zone as a whole, so its own is that of every block. */
    Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        SeriesScope scope = SeriesScope.of(prefix);
        return reader.stream(
                "blocks of " + prefix,
                standing(scope),
                List.of(from, to, scope.text()),
                rs -> new StandingBlock(
                        Series.parse(rs.getString(1)),
                        ZoneId.of(rs.getString(2)),
                        rs.getString(3),
                        Objects.requireNonNull(Rows.block(rs, 4))));
    }

    private static final String OWN = Schema.BLOCK_COLUMNS + ", revision";

    private static final String REFERRING =
            "v.series, v.day, v.start, v.resolution, v.scale, v.vals, v.quality, v.spans, p.line, p.revision";

    private static final String REFERRED =
            "v.series = p.series AND v.day = p.day AND v.revision = p.same_revision AND v.line = p.same_line";

    /** The layers: pure blocks, parts with values, and parts with those of another layer, which may be of either kind. */
    private static String layers(SeriesScope scope) {
        return """
                WITH new AS (SELECT id, known_at FROM revisions WHERE id > ? AND id <= ?),
                    wanted AS (SELECT id, name FROM series WHERE name > ? AND name <= ? AND %s),
                    refs AS (SELECT series, day, line, revision, same_revision, same_line FROM parts
                        WHERE ended IS NULL AND same_revision IS NOT NULL AND revision > ? AND revision <= ?
                            AND series IN (SELECT id FROM wanted))
                SELECT s.name, b.revision, b.line, %s
                FROM (SELECT %s FROM blocks WHERE pure AND revision > ? AND revision <= ?
                    UNION ALL SELECT %s FROM parts
                        WHERE ended IS NULL AND same_revision IS NULL AND revision > ? AND revision <= ?
                    UNION ALL SELECT %s FROM blocks v JOIN refs p ON v.pure AND %s
                    UNION ALL SELECT %s FROM parts v JOIN refs p ON v.same_revision IS NULL AND %s) b
                    JOIN wanted s ON s.id = b.series JOIN new r ON r.id = b.revision
                ORDER BY r.known_at, s.name, b.day, b.line, b.revision""".formatted(
                        in(scope, "name"), Rows.blockColumns("b"), OWN, OWN, REFERRING, REFERRED, REFERRING, REFERRED);
    }

    Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        SeriesScope scope = SeriesScope.of(prefix);
        int known = revisions.lastAt(after);
        List<Extent> extents = Extents.find(reader, revisions, scope, known, Math.max(1, limit));
        return extents.size() == 1
                ? layers(scope, extents.getFirst())
                : extents.stream().flatMap(extent -> layers(scope, extent));
    }

    private Stream<ArrivedBlock> layers(SeriesScope scope, Extent extent) {
        int after = extent.after();
        int upTo = extent.upTo();
        List<Object> parameters = List.of(
                after, upTo, extent.behind(), extent.last(), scope.text(), after, upTo, after, upTo, after, upTo);
        return reader.stream("what arrived of " + scope.text(), layers(scope), parameters, this::arrived);
    }

    private ArrivedBlock arrived(ResultSet rs) throws SQLException {
        Revisions.Fact fact = revisions.get(rs.getInt(2));
        return new ArrivedBlock(
                Series.parse(rs.getString(1)),
                ZoneId.of(fact.zone()),
                Objects.requireNonNull(Rows.block(rs, 4)),
                fact.delivery(),
                rs.getLong(3),
                fact.receivedAt(),
                fact.knownAt());
    }
}
