package io.tallywatt.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The other side of the comparison over HTTP: the JDK's own server over DuckDB's own SQL, at the same addresses, with just as
 * much JSON around it as a client needs. Connections and planned statements are kept. No check of parameters, no caching,
 * no journal, no errors in words, nothing as of an instant; and DuckDB may use as much memory as it likes.
 */
final class DuckDbServer {
    /** As many questions at once as Tallywatt asks its store. */
    private static final int ASKING = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private static final String SERIES = "/api/v1/series/";
    private static final String READINGS = "/readings";

    private final BlockingQueue<PlainScan> idle = new ArrayBlockingQueue<>(ASKING);

    private DuckDbServer(Path file, int threads) throws SQLException {
        PlainScan first = new PlainScan(file, threads);
        idle.add(first);
        for (int i = 1; i < ASKING; i++) {
            idle.add(first.again());
        }
    }

    /** @param args the database, how many threads */
    public static void main(String[] args) throws IOException, SQLException {
        DuckDbServer server = new DuckDbServer(Path.of(args[0]), Integer.parseInt(args[1]));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newFixedThreadPool(ASKING));
        http.createContext("/", server::handle);
        http.start();
        System.err.println("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body;
            int status = 200;
            try {
                body = answer(exchange).getBytes(StandardCharsets.UTF_8);
            } catch (SQLException | RuntimeException e) {
                status = 500;
                body = e.toString().getBytes(StandardCharsets.UTF_8);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String answer(HttpExchange exchange) throws SQLException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        Map<String, LocalDate> range = range(exchange.getRequestURI().getQuery());
        PlainScan scan = idle.take();
        try {
            if (path.startsWith("/api/v1/consumption/total/")) {
                LocalDate date = LocalDate.parse(path.substring(path.lastIndexOf('/') + 1));
                return total(date, scan.total(date));
            }
            LocalDate from = range.getOrDefault("from", LocalDate.MIN);
            LocalDate to = range.getOrDefault("to", LocalDate.MAX);
            if (path.equals("/api/v1/consumption/daily")) {
                StringBuilder json = new StringBuilder("{\"items\":[");
                scan.daily(from, to, (date, kwh) -> json.append(separator(json)).append(total(date, kwh)));
                return json.append("]}").toString();
            }
            if (path.startsWith(SERIES) && path.endsWith(READINGS)) {
                return readings(scan, path.substring(SERIES.length(), path.length() - READINGS.length()), from, to);
            }
            throw new IllegalArgumentException(path);
        } finally {
            idle.add(scan);
        }
    }

    private static Map<String, LocalDate> range(@Nullable String query) {
        Map<String, LocalDate> range = new HashMap<>();
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                range.put(parameter.substring(0, equals), LocalDate.parse(parameter.substring(equals + 1)));
            }
        }
        return range;
    }

    private static String total(LocalDate date, BigDecimal kwh) {
        return "{\"date\":\"" + date + "\",\"total\":"
                + kwh.stripTrailingZeros().toPlainString() + "}";
    }

    private static String readings(PlainScan scan, String series, LocalDate from, LocalDate to) throws SQLException {
        StringBuilder json = new StringBuilder("{\"series\":\"" + series + "\",\"items\":[");
        scan.readings(series, from, to, (date, interval, kwh) -> {
            LocalDateTime start = date.atStartOfDay().plusMinutes(30L * interval);
            json.append(separator(json))
                    .append("{\"start\":\"")
                    .append(start)
                    .append(":00Z\",\"end\":\"")
                    .append(start.plusMinutes(30))
                    .append(":00Z\",\"value\":")
                    .append(kwh.stripTrailingZeros().toPlainString())
                    .append(",\"quality\":\"ACTUAL\"}");
        });
        return json.append("]}").toString();
    }

    private static String separator(StringBuilder json) {
        return json.charAt(json.length() - 1) == '[' ? "" : ",";
    }
}
