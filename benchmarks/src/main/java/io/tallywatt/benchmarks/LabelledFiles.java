package io.tallywatt.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Label;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The labelled files of {@code shared/fixtures/anomalies}, as its PROVENANCE.md describes them. Their numbers are taken for the
 * values of a series that may have either sign; clock times are taken for UTC, which keeps days at 24 hours, as they are there.
 */
final class LabelledFiles {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS]");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    /** Days of 1997 that PROVENANCE.md finds special: Dutch holidays on weekdays, and a Saturday with a weekday's load. */
    private static final List<String> SPECIAL_DAYS =
            List.of("01-01", "03-28", "03-31", "04-30", "05-05", "05-08", "05-19", "10-04", "12-25", "12-26");

    private static final int DECIMALS = 9;

    private final Path folder;

    LabelledFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    boolean exist() {
        return Files.isDirectory(folder);
    }

    List<LabelledSeries> read() throws IOException {
        List<LabelledSeries> all = new ArrayList<>();
        readNab(all);
        readPowerDemand(all);
        readAppliances(all);
        return all;
    }

    private void readNab(List<LabelledSeries> all) throws IOException {
        Path windows = folder.resolve("nab/combined_windows_subset.json");
        if (!Files.exists(windows)) {
            return;
        }
        for (Map.Entry<String, JsonNode> file :
                new ObjectMapper().readTree(windows.toFile()).properties()) {
            Series series = series(file.getKey());
            List<Label> labels = new ArrayList<>();
            for (JsonNode window : file.getValue()) {
                Interval interval = new Interval(
                        instant(window.get(0).asText()), instant(window.get(1).asText()));
                labels.add(new Label(series, interval, "window"));
            }
            List<CsvRecord> rows = rows(folder.resolve("nab").resolve(file.getKey()));
            all.add(new LabelledSeries("NAB " + series.key(), series, readings(rows, 0, 1), labels));
        }
    }

    private void readPowerDemand(List<LabelledSeries> all) throws IOException {
        Path file = folder.resolve("power_demand_1997/power_data.txt");
        if (!Files.exists(file)) {
            return;
        }
        Series series = series("power_demand_1997");
        List<Reading> readings = new ArrayList<>();
        Instant at = Instant.parse("1997-01-01T00:00:00Z");
        for (String line : Files.readAllLines(file)) {
            readings.add(reading(at, QUARTER, line.strip()));
            at = at.plus(QUARTER);
        }
        List<Label> labels = SPECIAL_DAYS.stream()
                .map(day -> LocalDate.parse("1997-" + day)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant())
                .map(day -> new Label(series, new Interval(day, day.plus(Duration.ofDays(1))), "special day"))
                .toList();
        all.add(new LabelledSeries("power demand 1997", series, readings, labels));
    }

    private void readAppliances(List<LabelledSeries> all) throws IOException {
        Path appliances = folder.resolve("appliances");
        if (!Files.isDirectory(appliances)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> paths = Files.walk(appliances)) {
            files = paths.filter(path -> path.toString().endsWith("ANOMALIES.csv"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Series series = series(file.getFileName().toString());
            List<CsvRecord> rows = rows(file);
            // Some have a column of row numbers first.
            int time = rows.getFirst().getFieldCount() - 3;
            List<Reading> readings = readings(rows, time, time + 1);
            List<Label> labels = new ArrayList<>();
            for (Interval run : runs(rows, time + 2, readings)) {
                labels.add(new Label(series, run, "injected"));
            }
            String name = file.getName(file.getNameCount() - 2).toString();
            all.add(new LabelledSeries(
                    "appliances, " + name.substring(name.indexOf('_') + 1), series, readings, labels));
        }
    }

    /** Neighbouring rows with a label, as one each. */
    private static List<Interval> runs(List<CsvRecord> rows, int label, List<Reading> readings) {
        List<Interval> runs = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= rows.size(); i++) {
            boolean labelled = i < rows.size() && new BigDecimal(rows.get(i).getField(label)).signum() > 0;
            if (labelled && from < 0) {
                from = i;
            } else if (!labelled && from >= 0) {
                Instant start = readings.get(from).interval().start();
                Instant end = readings.get(i - 1).interval().end();
                runs.add(new Interval(start, end));
                from = -1;
            }
        }
        return runs;
    }

    /** The rows of a file behind its header. */
    private static List<CsvRecord> rows(Path file) throws IOException {
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(file)) {
            return rows.stream().skip(1).toList();
        }
    }

    /** All are as long as the first one, which lasts until the second begins. */
    private static List<Reading> readings(List<CsvRecord> rows, int time, int value) {
        Duration step = Duration.between(
                instant(rows.get(0).getField(time)), instant(rows.get(1).getField(time)));
        List<Reading> readings = new ArrayList<>(rows.size());
        for (CsvRecord row : rows) {
            readings.add(reading(instant(row.getField(time)), step, row.getField(value)));
        }
        return readings;
    }

    private static Reading reading(Instant start, Duration length, String value) {
        BigDecimal number = new BigDecimal(value);
        return new Reading(
                new Interval(start, start.plus(length)),
                number.scale() > DECIMALS ? number.setScale(DECIMALS, RoundingMode.HALF_EVEN) : number,
                Quality.ACTUAL);
    }

    private static Instant instant(String stamp) {
        return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
    }

    private static Series series(String name) {
        return new Series("fixture", shortName(name), "value", null);
    }

    private static String shortName(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace(".csv", "");
    }
}
