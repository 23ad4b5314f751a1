package io.tallywatt.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.DeliveryDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordedFlowsTest {
    private static final Path FUELINST = Path.of("../../shared/fixtures/elexon/fuelinst_legacy_20230507-20230514.csv");
    private static final List<String> COLUMNS = List.of(
            ("type,date,period,timestamp,CCGT,OIL,COAL,NUCLEAR,WIND,PS,NPSHYD,OCGT,OTHER,INTFR,INTIRL,INTNED,INTEW,BIOMASS,"
                            + "INTNEM,INTELEC,INTIFA2,INTNSL")
                    .split(",", -1));
    private static final Map<String, String> CODES = Map.of(
            "INTFR",
            "IFA",
            "INTIRL",
            "Moyle",
            "INTNED",
            "BritNed",
            "INTEW",
            "East-West",
            "INTNEM",
            "Nemo",
            "INTELEC",
            "ElecLink",
            "INTIFA2",
            "IFA2",
            "INTNSL",
            "NSL");

    private final Grid grid = Grid.aroundGreatBritain();
    private final InMemoryStore store = new InMemoryStore(new TestClock(Instant.parse("2026-11-26T12:00:00Z")));

    @BeforeEach
    void take() {
        store.take(RecordedFlows.of(grid, Instant.parse("2026-11-26T12:00:00Z")));
    }

    private Series flow(String cable) {
        Cable known = grid.cable(cable).orElseThrow();
        return known.border().flow(known);
    }

    private List<Reading> readings(String cable, LocalDate from, LocalDate to) {
        return store.blocks(flow(cable), from, to, null)
                .flatMap(stored -> stored
                        .block()
                        .readings(new DeliveryDay(stored.block().date(), stored.zone())
                                .end()
                                .getEpochSecond())
                        .stream())
                .toList();
    }

    @Test
    void everyCableHasItsBorderUnitAndSign() {
        assertThat(store.find(flow("IFA")).orElseThrow().unit()).isEqualTo("MW");
        assertThat(flow("Viking")).hasToString("border/DK1-GB/flow/Viking");
        assertThat(readings("Viking", RecordedFlows.MOMENT, RecordedFlows.MOMENT.plusDays(1)))
                .singleElement()
                .satisfies(reading -> {
                    assertThat(reading.value()).isEqualByComparingTo("-790");
                    assertThat(reading.interval().end()).isEqualTo(Instant.parse("2024-02-12T17:50:00Z"));
                });
        // All that Great Britain drew at the moment, as the publication has it.
        BigDecimal net = BigDecimal.ZERO;
        for (Border border : grid.borders()) {
            for (Cable cable : grid.cables(border)) {
                for (Reading reading : readings(cable.name(), RecordedFlows.MOMENT, RecordedFlows.MOMENT.plusDays(1))) {
                    net = net.add(reading.value());
                }
            }
        }
        assertThat(net).isEqualByComparingTo("-528");
    }

    @Test
    void anHourOfWhichNothingIsKnownIsLeftOut() {
        List<Reading> moyle = readings("Moyle", RecordedFlows.DAY, RecordedFlows.DAY.plusDays(2));
        assertThat(moyle).hasSize(10);
        assertThat(moyle.getFirst().interval().start()).isEqualTo(Instant.parse("2023-05-09T13:00:00Z"));
        assertThat(readings("IFA", RecordedFlows.DAY, RecordedFlows.DAY.plusDays(2)))
                .hasSize(24);
    }

    @Test
    void takingItAgainChangesNothing() {
        Instant before = store.changedAt();
        store.take(RecordedFlows.of(grid, Instant.parse("2026-11-27T12:00:00Z")));
        assertThat(store.changedAt()).isEqualTo(before);
    }

    @Test
    void theHoursAreThoseOfTheRecord() throws IOException {
        if (!Files.exists(FUELINST)) {
            System.out.println(
                    "Skipped: no fixtures at " + FUELINST.toAbsolutePath().normalize());
            Assumptions.abort("no fixtures");
        }
        Map<String, Map<Integer, List<Integer>>> byHour = new HashMap<>();
        for (String line : Files.readAllLines(FUELINST)) {
            List<String> cells = Arrays.asList(line.split(",", -1));
            if (!cells.getFirst().equals("FUELINST")) {
                continue;
            }
            LocalDateTime start = LocalDateTime.parse(cells.get(3), DateTimeFormatter.ofPattern("yyyyMMddHHmmss"))
                    .minusMinutes(5);
            if (start.toLocalDate().equals(RecordedFlows.DAY)) {
                CODES.forEach((code, cable) -> byHour.computeIfAbsent(cable, c -> new HashMap<>())
                        .computeIfAbsent(start.getHour(), h -> new ArrayList<>())
                        .add(Integer.parseInt(cells.get(COLUMNS.indexOf(code)))));
            }
        }
        byHour.forEach((cable, hours) -> {
            Map<Integer, BigDecimal> ours = new HashMap<>();
            readings(cable, RecordedFlows.DAY, RecordedFlows.DAY.plusDays(2))
                    .forEach(r ->
                            ours.put(r.interval().start().atZone(ZoneOffset.UTC).getHour(), r.value()));
            assertThat(hours).hasSize(24);
            hours.forEach((hour, values) -> {
                BigDecimal mean = BigDecimal.valueOf(
                                values.stream().mapToInt(Integer::intValue).sum())
                        .divide(BigDecimal.valueOf(values.size()), 0, RoundingMode.HALF_EVEN);
                assertThat(ours.getOrDefault(hour, BigDecimal.ZERO))
                        .as("%s at %s", cable, hour)
                        .isEqualByComparingTo(mean);
            });
        });
    }
}
