package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.UTC;
import static io.tallywatt.core.format.text.Snippets.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.Quality;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real files of UK schools, against the figures that their PROVENANCE.md gives. */
class FixturesTest {
    private static final Path FOLDER = Path.of("../../shared/fixtures/meters/uk-halfhourly");

    @BeforeEach
    void needsTheFixtures() {
        if (!Files.isDirectory(FOLDER)) {
            System.out.println(
                    "Skipped: no fixtures at " + FOLDER.toAbsolutePath().normalize());
            Assumptions.abort("no fixtures");
        }
    }

    private static Outcome read(String name, ZoneId zone) {
        try {
            byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
            if (name.endsWith(".gz")) {
                try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
                    bytes = in.readAllBytes();
                }
            }
            return Documents.read(bytes, name, ReadingOptions.in(zone));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, BigDecimal> totals(Outcome outcome) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        outcome.readings(LONDON).forEach((key, reading) -> {
            if (reading.quality().counts()) {
                totals.merge(key.substring(0, key.indexOf(' ')), Snippets.value(reading), BigDecimal::add);
            }
        });
        totals.replaceAll((_, total) -> io.tallywatt.core.reading.Scaled.trim(total));
        return totals;
    }

    private static BigDecimal kwh(String text) {
        return io.tallywatt.core.reading.Scaled.trim(new BigDecimal(text));
    }

    @Test
    void banesStatesTotalsThatHold() {
        Outcome outcome = read("banes-example-file.csv", LONDON);
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.notices).isEmpty();
        assertThat(totals(outcome).values())
                .containsExactlyInAnyOrder(
                        kwh("226.103"), kwh("162.183"), kwh("376.700"), kwh("89.940"), kwh("259.503"));
    }

    @Test
    void banesWithAMissingCellStatesTotalsThatDoNotHold() {
        Outcome outcome = read("banes-bad-example-missing-data-file.csv", LONDON);
        assertThat(outcome.notices).isEqualTo(Map.of(NoticeCode.TOTAL_MISMATCH, 2));
        assertThat(outcome.blocks)
                .hasSize(2)
                .allSatisfy(b -> assertThat(b.block().total()).isEqualByComparingTo("225.069"));
        assertThat(outcome.blocks.getFirst().block().counted()).isEqualTo(47);
        assertThat(outcome.blocks.getLast().block().counted()).isEqualTo(48);
    }

    @Test
    void sheffieldNumbersItsColumns() {
        Outcome outcome = read("sheffield_export.csv", LONDON);
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).hasSize(24);
        assertThat(totals(outcome)).hasSize(12);
        assertThat(outcome.blocks.stream().filter(b -> b.series().equals("2380000142498")))
                .extracting(b -> b.block().total())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("495.1397"), new BigDecimal("520.2798"));
        assertThat(outcome.blocks.stream().filter(b -> b.series().equals("2331301835711")))
                .extracting(b -> b.block().total())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("551.0295"), new BigDecimal("547.3399"));
    }

    @Test
    void highlandsStampsTheEnd() {
        Outcome outcome = read("highlands_row-per-reading.csv", LONDON);
        assertThat(outcome.rows).isEqualTo(480);
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.notices).isEqualTo(Map.of(NoticeCode.END_STAMPS_ASSUMED, 1));
        assertThat(outcome.blocks)
                .hasSize(10)
                .allSatisfy(b -> assertThat(b.block().isComplete()).isTrue());
        assertThat(totals(outcome)).containsEntry("1710035168313", kwh("1272.1"));
        assertThat(outcome.readings(LONDON).values().stream().filter(r -> r.quality() == Quality.ESTIMATED))
                .hasSize(48);
    }

    @Test
    void highlandsWithMissingHalfHoursStampsTheEndToo() {
        Outcome outcome = read("highlands_row-per-reading_missing-half-hours.csv", LONDON);
        assertThat(outcome.rows).isEqualTo(526);
        assertThat(outcome.notices).isEqualTo(Map.of(NoticeCode.END_STAMPS_ASSUMED, 1));
        assertThat(outcome.blocks).hasSize(11);
        assertThat(totals(outcome)).containsEntry("1712050781307", kwh("917.2"));
        assertThat(outcome.readings(LONDON).keySet().stream().filter(key -> key.startsWith("1712050781307")))
                .hasSize(46);
    }

    @Test
    void rowsPerDayHaveTheirDuplicatesAndHoles() {
        assertThat(total(read("row-per-day_valid.csv", LONDON), LONDON)).isEqualByComparingTo("901.889218");
        Outcome twice = read("row-per-day_duplicate-rows.csv", LONDON);
        assertThat(twice.blocks)
                .extracting(b -> b.block().total())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(BigDecimal.ZERO, new BigDecimal("901.889218"));
        assertThat(total(twice, LONDON)).isEqualByComparingTo("901.889218");
        Outcome holes = read("row-per-day_some-missing-readings.csv", LONDON);
        assertThat(holes.blocks.getLast().block().total()).isEqualByComparingTo("732.199154");
        assertThat(holes.blocks.getLast().block().counted()).isEqualTo(28);
    }

    @Test
    void eemeterRepeatsMidnightsAndIsInUtc() {
        Outcome outcome = read("eemeter_uk-electricity-sample-1.csv.gz", UTC);
        assertThat(outcome.rows).isEqualTo(22_536);
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.notices)
                .containsEntry(NoticeCode.DUPLICATE_IN_FILE, 15)
                .containsEntry(NoticeCode.METER_FROM_FILE_NAME, 1);
        assertThat(outcome.readings(UTC)).hasSize(22_521);
        assertThat(total(outcome, UTC).setScale(3, java.math.RoundingMode.HALF_EVEN))
                .isEqualByComparingTo("5554.874");
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("eemeter_uk-electricity-sample-1");
    }
}
