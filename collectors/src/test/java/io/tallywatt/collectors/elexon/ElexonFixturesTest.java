package io.tallywatt.collectors.elexon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded replies, against the figures that their PROVENANCE.md gives. */
class ElexonFixturesTest {
    private static final Path FOLDER = Path.of("../../shared/fixtures/elexon");

    @BeforeEach
    void needsTheFixtures() {
        if (!Files.isDirectory(FOLDER)) {
            System.out.println(
                    "Skipped: no fixtures at " + FOLDER.toAbsolutePath().normalize());
            Assumptions.abort("no fixtures");
        }
    }

    private static TakenIn read(String name) throws IOException {
        return TakenIn.of(Files.readString(FOLDER.resolve(name)));
    }

    private static void is(Map<String, BigDecimal> latest, String series, int mw) {
        assertThat(latest.get(series)).as(series).isEqualByComparingTo(BigDecimal.valueOf(mw));
    }

    @Test
    void thePublicationOfFebruary2024HasItsNineCables() throws IOException {
        TakenIn taken = read("fuelinst_stream_2024-02-12T1750Z.json");
        assertThat(taken.rejects).isEmpty();
        assertThat(taken.count()).isEqualTo(9);
        Map<String, BigDecimal> latest = taken.latest();
        is(latest, "border/FR-GB/flow/IFA", 267);
        is(latest, "border/FR-GB/flow/ElecLink", 19);
        is(latest, "border/FR-GB/flow/IFA2", -4);
        is(latest, "border/NIR-GB/flow/Moyle", -26);
        is(latest, "border/NL-GB/flow/BritNed", -170);
        is(latest, "border/BE-GB/flow/Nemo", -353);
        is(latest, "border/NO2-GB/flow/NSL", 612);
        is(latest, "border/DK1-GB/flow/Viking", -790);
        is(latest, "border/IE-GB/flow/East-West", -83);
        assertThat(latest.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("-528");
        taken.readings
                .values()
                .forEach(of -> assertThat(of.keySet()).containsExactly(Instant.parse("2024-02-12T17:45:00Z")));
    }

    @Test
    void theSystemPricesOfTheDayOfTheClockChangeAre46() throws IOException {
        TakenIn taken =
                TakenIn.ofPrices(Files.readString(FOLDER.resolve("system_prices_DISEBSP_2026-03-29_46periods.json")));
        assertThat(taken.rejects).isEmpty();
        assertThat(taken.layout.unit()).isEqualTo("GBP/MWh");
        assertThat(taken.layout.zone()).isEqualTo(ZoneId.of("Europe/London"));
        TreeMap<Instant, Reading> prices = taken.readings.get("zone/GB/price/system");
        assertThat(prices).hasSize(46);
        assertThat(prices.firstKey()).isEqualTo(Instant.parse("2026-03-29T00:00:00Z"));
        assertThat(prices.lastEntry().getValue().interval().end()).isEqualTo(Instant.parse("2026-03-29T23:00:00Z"));
        List<BigDecimal> values = prices.values().stream().map(r -> r.value()).toList();
        assertThat(values.stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(46), 6, RoundingMode.HALF_EVEN))
                .isEqualByComparingTo("73.750421");
        assertThat(values.stream().max(BigDecimal::compareTo).orElseThrow()).isEqualByComparingTo("135.9");
        assertThat(values.stream().min(BigDecimal::compareTo).orElseThrow()).isEqualByComparingTo("0");
    }

    @Test
    void theEnvelopeOf2026IsRead() throws IOException {
        TakenIn taken = read("sanitized_fuelinst.json");
        assertThat(taken.rejects).isEmpty();
        is(taken.latest(), "border/FR-GB/flow/ElecLink", 973);
        is(taken.latest(), "border/IE-GB/flow/East-West", -356);
    }

    /** The legacy file's rows as the stream would have sent them: both are stamped at the end of their five minutes. */
    static String legacyAsJson() throws IOException {
        List<String> codes =
                List.of("INTFR", "INTIRL", "INTNED", "INTEW", "BIOMASS", "INTNEM", "INTELEC", "INTIFA2", "INTNSL");
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("fuelinst_legacy_20230507-20230514.csv"))) {
            String[] cells = line.split(",");
            if (!cells[0].equals("FUELINST")) {
                continue;
            }
            String s = cells[3];
            String publishTime = s.substring(0, 4) + "-" + s.substring(4, 6) + "-" + s.substring(6, 8) + "T"
                    + s.substring(8, 10) + ":" + s.substring(10, 12) + ":" + s.substring(12) + "Z";
            for (int i = 0; i < codes.size(); i++) {
                rows.add("{\"publishTime\":\"" + publishTime + "\",\"fuelType\":\"" + codes.get(i)
                        + "\",\"generation\":" + cells[13 + i] + "}");
            }
        }
        assertThat(rows).hasSize(1487 * 9);
        return "[" + String.join(",\n", rows) + "]";
    }

    @Test
    void theWeekOfMay2023AddsUpByCableAndByDayAndHasItsTwoGaps() throws IOException {
        TakenIn taken = TakenIn.of(legacyAsJson());
        assertThat(taken.rejects).isEmpty();
        assertThat(taken.count()).isEqualTo(1487 * 8);

        Map<String, BigDecimal> byCable = new TreeMap<>();
        Map<LocalDate, BigDecimal> byDay = new TreeMap<>();
        taken.readings.forEach((series, readings) -> readings.values().forEach(reading -> {
            byCable.merge(series, reading.value(), BigDecimal::add);
            // PROVENANCE.md has its days by the stamp, which is the end.
            byDay.merge(
                    LocalDate.ofInstant(reading.interval().end(), ZoneOffset.UTC), reading.value(), BigDecimal::add);
        }));
        assertThat(rounded(byCable, 2))
                .isEqualTo(Map.of(
                        "border/FR-GB/flow/IFA", "188756.08",
                        "border/NIR-GB/flow/Moyle", "9044.25",
                        "border/NL-GB/flow/BritNed", "44501.67",
                        "border/IE-GB/flow/East-West", "8160.25",
                        "border/BE-GB/flow/Nemo", "50717.83",
                        "border/FR-GB/flow/ElecLink", "89634.75",
                        "border/FR-GB/flow/IFA2", "83840.83",
                        "border/NO2-GB/flow/NSL", "157762.08"));
        assertThat(rounded(byDay, 1))
                .isEqualTo(Map.of(
                        "2023-05-07", "54247.7",
                        "2023-05-08", "74311.8",
                        "2023-05-09", "133148.6",
                        "2023-05-10", "112801.0",
                        "2023-05-11", "45760.5",
                        "2023-05-12", "9536.8",
                        "2023-05-13", "145525.5",
                        "2023-05-14", "57085.9"));

        taken.readings.forEach((series, readings) -> {
            List<String> gaps = new ArrayList<>();
            Instant end = readings.firstKey();
            for (Reading reading :
                    new TreeSet<>(readings.keySet()).stream().map(readings::get).toList()) {
                if (!reading.interval().start().equals(end)) {
                    gaps.add(end + " to " + reading.interval().start());
                }
                assertThat(reading.interval().duration()).isEqualTo(Duration.ofMinutes(5));
                end = reading.interval().end();
            }
            assertThat(gaps)
                    .as(series)
                    .containsExactly(
                            "2023-05-08T14:45:00Z to 2023-05-08T20:55:00Z",
                            "2023-05-11T11:15:00Z to 2023-05-12T19:55:00Z");
            assertThat(readings.firstKey()).isEqualTo(Instant.parse("2023-05-07T14:45:00Z"));
            assertThat(end).isEqualTo(Instant.parse("2023-05-14T09:30:00Z"));
        });
    }

    /** In MWh: each reading is a twelfth of an hour. */
    private static <K> Map<String, String> rounded(Map<K, BigDecimal> sums, int digits) {
        Map<String, String> rounded = new TreeMap<>();
        sums.forEach((key, sum) -> rounded.put(
                key.toString(),
                sum.divide(BigDecimal.valueOf(12), digits, RoundingMode.HALF_EVEN)
                        .toPlainString()));
        return rounded;
    }
}
