package io.tallywatt.duckdb;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the view {@code readings} as anyone might: by plain JDBC, knowing nothing of Tallywatt. */
final class ReadView {
    private ReadView() {}

    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + args[0])) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            read(connection).forEach(out::println);
        }
    }

    static List<String> read(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("SELECT series, start, \"end\", value, quality FROM readings")) {
            while (rs.next()) {
                lines.add(line(
                        rs.getString(1),
                        rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getBigDecimal(4),
                        rs.getString(5)));
            }
        }
        lines.sort(null);
        return lines;
    }

    static String line(String series, Instant start, Instant end, @Nullable BigDecimal value, String quality) {
        return series + " " + start + " " + end + " " + value + " " + quality;
    }
}
