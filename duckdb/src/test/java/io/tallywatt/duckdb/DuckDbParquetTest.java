package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ParquetWriter.Columns;
import io.tallywatt.core.store.ParquetWriter.Row;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbParquetTest {
    private static final StoredSeries SERIES = new StoredSeries(
            Series.parse("home/o'hare/consumption"),
            "kWh",
            "electricity",
            "irregular",
            ZoneId.of("Europe/Stockholm"),
            LocalDate.of(2024, 10, 27),
            LocalDate.of(2024, 10, 27));

    @TempDir
    Path folder;

    private static Row row(String start, String end, String value) {
        return new Row(
                new Interval(Instant.parse(start), Instant.parse(end)),
                value == null ? null : new BigDecimal(value),
                value == null ? Quality.MISSING : Quality.ACTUAL,
                7,
                value == null ? null : new BigDecimal("1.5"));
    }

    private List<List<String>> read(Path file, String query) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET autoinstall_known_extensions = false");
            try (ResultSet result = statement.executeQuery(query.replace("FILE", "'" + file + "'"))) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private Path written(Columns columns, Iterator<Row> rows) throws IOException {
        Path file = folder.resolve("out.parquet");
        try (InputStream in = new DuckDbParquet(folder.resolve("tmp")).write(SERIES, columns, rows)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    @Test
    void columnsAreTypedAndValuesExact() throws Exception {
        Path file = written(
                Columns.ENERGY_STEPS,
                List.of(
                                row("2024-10-27T00:00:00Z", "2024-10-27T01:00:00Z", "12345678901234567890.123456789"),
                                row("2024-10-27T01:00:00Z", "2024-10-27T02:00:00Z", null))
                        .iterator());
        assertThat(read(file, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)"))
                .containsExactly(
                        List.of("start", "TIMESTAMP WITH TIME ZONE"),
                        List.of("end", "TIMESTAMP WITH TIME ZONE"),
                        List.of("value", "DECIMAL(38,9)"),
                        List.of("quality", "VARCHAR"),
                        List.of("missing_seconds", "BIGINT"),
                        List.of("mean_w", "DECIMAL(38,9)"));
        assertThat(read(file, "SELECT epoch_us(\"start\"), value, quality, missing_seconds, mean_w FROM FILE"))
                .containsExactly(
                        List.of("1729987200000000", "12345678901234567890.123456789", "ACTUAL", "7", "1.500000000"),
                        List.of("1729990800000000", "null", "MISSING", "7", "null"));
        assertThat(read(file, "SELECT decode(key), decode(value) FROM parquet_kv_metadata(FILE) ORDER BY 1"))
                .contains(
                        List.of("series", "home/o~27hare/consumption"),
                        List.of("unit", "kWh"),
                        List.of("zone", "Europe/Stockholm"));
    }

    @Test
    void readingsHaveNoColumnsOfSteps() throws Exception {
        Path file = written(
                Columns.READINGS,
                List.of(row("2024-10-27T00:00:00Z", "2024-10-27T01:00:00Z", "1"))
                        .iterator());
        assertThat(read(file, "SELECT column_name FROM (DESCRIBE SELECT * FROM FILE)"))
                .containsExactly(List.of("start"), List.of("end"), List.of("value"), List.of("quality"));
    }

    @Test
    void aFileThatNobodyReadsIsGoneOnceItIsClosed() throws Exception {
        Iterator<Row> rows = List.of(row("2024-10-27T00:00:00Z", "2024-10-27T01:00:00Z", "1"))
                .iterator();
        new DuckDbParquet(folder.resolve("tmp"))
                .write(SERIES, Columns.READINGS, rows)
                .close();
        try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void nothingIsLeftBehindAndNothingWrittenWhereRowsBreakOff() throws Exception {
        Iterator<Row> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Row next() {
                throw new IllegalStateException("broken");
            }
        };
        assertThatThrownBy(() -> new DuckDbParquet(folder.resolve("tmp")).write(SERIES, Columns.READINGS, broken))
                .hasMessageContaining("broken");
        try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aMillionRowsAreWritten() throws Exception {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        Iterator<Row> many = Stream.iterate(0, i -> i + 1)
                .limit(1_000_000)
                .map(i -> new Row(
                        new Interval(start.plusSeconds(60L * i), start.plusSeconds(60L * i + 60)),
                        BigDecimal.valueOf(i, 3),
                        Quality.ACTUAL,
                        0,
                        null))
                .iterator();
        assertThat(read(written(Columns.READINGS, many), "SELECT count(*), sum(value) FROM FILE"))
                .containsExactly(List.of("1000000", "499999500.000000000"));
    }
}
