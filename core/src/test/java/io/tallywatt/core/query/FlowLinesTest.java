package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowLinesTest {
    private static final Instant FROM = Instant.parse("2026-11-26T10:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-26T12:00:00Z");

    private final Grid grid = Grid.aroundGreatBritain();
    private final InMemoryStore store = new InMemoryStore(new TestClock(Instant.parse("2026-11-26T13:00:00Z")));
    private final GivenFlows given = new GivenFlows(store, grid);

    private FlowLines lines(String border) throws FlowLines.TooMany {
        return FlowLines.read(new Flows(store, store, grid), grid, Border.parse(border), FROM, TO, 1_000);
    }

    @Test
    void aStepIsTheMeanOfWhatIsKnownOfItIfThatIsHalf() throws FlowLines.TooMany {
        given.cable(
                "Nemo",
                Map.of("2026-11-26T10:00:00Z", "100", "2026-11-26T10:05:00Z", "200", "2026-11-26T10:30:00Z", "5"));
        FlowLines lines = lines("BE-GB");
        List<FlowLines.Line> cables = lines.lines();
        assertThat(cables)
                .singleElement()
                .satisfies(l -> assertThat(l.cable().name()).isEqualTo("Nemo"));
        FlowLines.Steps quarters = lines.steps(Every.parse("PT15M"), ZoneId.of("UTC"));
        assertThat(quarters.lines().getFirst().getFirst()).isEqualByComparingTo("150");
        assertThat(quarters.lines().getFirst().get(1)).as("nothing is known").isNull();
        assertThat(quarters.lines().getFirst().get(2))
                .as("a third of it is known")
                .isNull();
        assertThat(quarters.every()).hasSize(8);
    }

    @Test
    void theNetIsKnownWhereEachLineIs() throws FlowLines.TooMany {
        given.cable("IFA", Map.of("2026-11-26T10:00:00Z", "1000.5", "2026-11-26T10:05:00Z", "900"));
        given.cable("IFA2", Map.of("2026-11-26T10:00:00Z", "-100", "2026-11-26T10:05:00Z", "-90"));
        given.cable("ElecLink", Map.of("2026-11-26T10:00:00Z", "0"));
        FlowLines.Steps steps = lines("FR-GB").steps(Every.parse("PT5M"), ZoneId.of("UTC"));
        assertThat(steps.net().getFirst()).isEqualByComparingTo("900.5");
        assertThat(steps.net().get(1)).isNull();
    }

    @Test
    void moreThanCanBeHeldIsRefused() {
        given.cable("Nemo", Map.of("2026-11-26T10:00:00Z", "100", "2026-11-26T10:05:00Z", "200"));
        assertThatThrownBy(
                        () -> FlowLines.read(new Flows(store, store, grid), grid, Border.parse("BE-GB"), FROM, TO, 1))
                .isInstanceOf(FlowLines.TooMany.class)
                .hasMessageContaining("more than 1");
    }
}
