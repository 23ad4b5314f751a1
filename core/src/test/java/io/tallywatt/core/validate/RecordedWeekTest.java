package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recorded week of Elexon's cables, with its two gaps, and what ENTSO-E would have made of it. */
class RecordedWeekTest {
    private static final Path FILE = Path.of("../../shared/fixtures/elexon/fuelinst_legacy_20230507-20230514.csv");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final Map<String, Integer> COLUMNS = Map.of(
            "IFA", 13, "Moyle", 14, "BritNed", 15, "East-West", 16, "Nemo", 18, "ElecLink", 19, "IFA2", 20, "NSL", 21);
    private static final Interval WEEK =
            new Interval(Instant.parse("2023-05-01T00:00:00Z"), Instant.parse("2023-05-15T00:00:00Z"));
    private static final Grid GRID = Grid.aroundGreatBritain();

    private final Map<String, List<Reading>> cables = new LinkedHashMap<>();

    @BeforeEach
    void needsTheFixture() throws IOException {
        if (!Files.exists(FILE)) {
            System.out.println("Skipped: no fixture at " + FILE.toAbsolutePath().normalize());
            Assumptions.abort("no fixture");
        }
        for (String line : Files.readAllLines(FILE)) {
            String[] cells = line.split(",");
            if (cells[0].equals("FUELINST")) {
                Instant end = LocalDateTime.parse(cells[3], STAMP).toInstant(ZoneOffset.UTC);
                COLUMNS.forEach((name, column) -> cables.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(new Reading(
                                new Interval(end.minusSeconds(300), end),
                                new BigDecimal(cells[column]),
                                Quality.ACTUAL)));
            }
        }
    }

    private Map<String, List<Reading>> of(Border border) {
        Map<String, List<Reading>> of = new LinkedHashMap<>();
        for (Cable cable : GRID.cables(border)) {
            of.put(cable.name(), cables.getOrDefault(cable.name(), List.of()));
        }
        return of;
    }

    private static List<Finding> compare(Border border, List<Reading> platform, Map<String, List<Reading>> cables) {
        return new BorderComparison(GRID, border)
                .compare(new BorderComparison.Flows(platform, cables), WEEK, WEEK, List.of(), WEEK.end())
                .found();
    }

    /** Half-hourly means, as far as all cables are known. */
    private static List<Reading> platform(Border border, Map<String, List<Reading>> cables) {
        Map<String, FlowLine> lines = new LinkedHashMap<>();
        cables.forEach((name, readings) -> {
            if (!readings.isEmpty()) {
                lines.put(name, FlowLine.of(readings));
            }
        });
        BorderLines all = new BorderLines(GRID, border, FlowLine.of(List.of()), lines);
        List<Reading> platform = new ArrayList<>();
        for (Instant at = WEEK.start(); at.isBefore(WEEK.end()); at = at.plus(Duration.ofMinutes(30))) {
            BigDecimal mean = all.cables(at.getEpochSecond(), at.getEpochSecond() + 1800);
            if (mean != null) {
                platform.add(new Reading(new Interval(at, at.plusSeconds(1800)), mean, Quality.ACTUAL));
            }
        }
        return platform;
    }

    @Test
    void oneSourceAloneIsNoFinding() {
        for (Border border : GRID.borders()) {
            assertThat(compare(border, List.of(), of(border)))
                    .as(border.toString())
                    .isEmpty();
        }
    }

    @Test
    void twoThatAgreeAreNoFindingAndNeitherAreTheirCommonGaps() {
        for (Border border : GRID.borders()) {
            List<Reading> platform = platform(border, of(border));
            assertThat(platform.size())
                    .as(border.toString())
                    .isGreaterThan(border.from().equals("DK1") ? -1 : 200);
            assertThat(compare(border, platform, of(border)))
                    .as(border.toString())
                    .isEmpty();
        }
    }

    @Test
    void theirSignAndTheirLagAreFoundInRealFlows() {
        Border border = Border.parse("FR-GB");
        List<Reading> platform = platform(border, of(border));
        List<Reading> flipped = platform.stream()
                .map(r -> new Reading(r.interval(), r.value().negate(), r.quality()))
                .toList();
        assertThat(compare(border, flipped, of(border)))
                .extracting(Finding::rule)
                .contains(RuleName.SOURCE_SIGN)
                .doesNotContain(RuleName.SOURCE_LAG);
        Border netherlands = Border.parse("NL-GB");
        List<Reading> late = platform(netherlands, of(netherlands)).stream()
                .map(r -> new Reading(
                        new Interval(
                                r.interval().start().plusSeconds(3600),
                                r.interval().end().plusSeconds(3600)),
                        r.value(),
                        r.quality()))
                .toList();
        assertThat(compare(netherlands, late, of(netherlands)))
                .filteredOn(f -> f.rule() == RuleName.SOURCE_LAG)
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.observed()).startsWith("ENTSO-E has what Elexon had 1 h before"));
    }
}
