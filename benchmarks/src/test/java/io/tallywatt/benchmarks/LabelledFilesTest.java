package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Reading;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the figures that the files' PROVENANCE.md gives. */
class LabelledFilesTest {
    private final LabelledFiles files = new LabelledFiles(Path.of("../../shared/fixtures/anomalies"));

    @BeforeEach
    void needsTheFiles() {
        if (!files.exist()) {
            System.out.println(
                    "Skipped: no fixtures at " + files.folder().toAbsolutePath().normalize());
            Assumptions.abort("no fixtures");
        }
    }

    private LabelledSeries series(String key) throws Exception {
        return files.read().stream()
                .filter(series -> series.series().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal sum(LabelledSeries series) {
        return series.readings().stream()
                .map(reading -> Objects.requireNonNull(reading.value()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void theTaxisOfNewYorkHaveFiveWindows() throws Exception {
        LabelledSeries taxis = series("nyc_taxi");
        assertThat(taxis.readings()).hasSize(10_320);
        assertThat(sum(taxis)).isEqualByComparingTo("156219716");
        assertThat(taxis.labels()).hasSize(5);
    }

    @Test
    void thePowerDemandHasAYearOfQuarterHours() throws Exception {
        LabelledSeries demand = series("power_demand_1997");
        assertThat(demand.readings()).hasSize(35_040);
        assertThat(sum(demand)).isEqualByComparingTo("40087087");
        assertThat(demand.readings().getLast().interval().end()).isEqualTo("1998-01-01T00:00:00Z");
        assertThat(demand.labels()).hasSize(10);
    }

    @Test
    void neighbouringRowsWithALabelAreOne() throws Exception {
        LabelledSeries fridge = series("fridge_1_day1_ANOMALIES");
        assertThat(fridge.readings()).hasSizeBetween(1509, 1805);
        List<Duration> lengths = fridge.labels().stream()
                .map(label -> label.interval().duration())
                .toList();
        assertThat(lengths).allMatch(length -> !length.isNegative());
        assertThat(lengths.stream().mapToLong(Duration::toMinutes).sum()).isIn(69L, 365L);
    }

    @Test
    void readingsAreInTheOrderOfTime() throws Exception {
        for (LabelledSeries each : files.read()) {
            assertThat(each.readings())
                    .isSortedAccordingTo(Comparator.comparing(
                            (Reading reading) -> reading.interval().start()));
        }
    }
}
