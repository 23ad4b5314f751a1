package io.tallywatt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Stream;

/** What was measured on: the head of every printed result. */
final class Machine {
    private Machine() {}

    static String facts() throws IOException, SQLException {
        return "machine\n"
                + fact("cores", String.valueOf(Runtime.getRuntime().availableProcessors()))
                + fact("CPU", first("/proc/cpuinfo", "model name"))
                + fact("memory", first("/proc/meminfo", "MemTotal"))
                + fact("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                + fact("JDK", System.getProperty("java.vm.vendor") + " " + Runtime.version())
                + fact("DuckDB", duckdb());
    }

    private static String fact(String name, String value) {
        return String.format(Locale.ROOT, "  %-8s%s%n", name, value);
    }

    private static String duckdb() throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT version()")) {
            rs.next();
            return rs.getString(1);
        }
    }

    /** The value of the first line of {@code name : value} that has the name. */
    private static String first(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(name) && line.indexOf(':') > 0)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
