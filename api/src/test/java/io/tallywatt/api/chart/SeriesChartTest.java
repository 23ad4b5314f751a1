package io.tallywatt.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.query.GivenFlows;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeriesChartTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final InMemoryStore store = new InMemoryStore(new TestClock(NOON));
    private final GivenFlows given = new GivenFlows(store, Grid.aroundGreatBritain());

    private SeriesChart chart(String series, @Nullable Every every) {
        StoredSeries stored = store.find(Series.parse(series)).orElseThrow();
        return new SeriesChart(stored, NOON, NOON.plusSeconds(86_400), every, null, null);
    }

    private Chart draw(String series, @Nullable Every every) {
        return chart(series, every).draw(new Answers(store), null);
    }

    /** Into Great Britain first, then out of it. */
    private void flow() {
        Map<String, String> day = new HashMap<>();
        for (int i = 0; i < 288; i++) {
            day.put(NOON.plusSeconds(300L * i).toString(), Integer.toString(1000 - 7 * i));
        }
        given.cable("IFA2", day);
    }

    @Test
    void flowIsALineInStepsOverAndUnderAZeroLine() throws IOException {
        flow();
        Chart chart = draw("border/FR-GB/flow/IFA2", null);
        assertThat(chart.kind()).isEqualTo(Chart.Kind.LINE);
        assertThat(chart.unit()).isEqualTo("MW");
        Picture picture = Picture.of(chart, 800, 400);
        assertThat(picture.values().crossesZero()).isTrue();
        assertThat(picture.marks()).allMatch(Mark.Line.class::isInstance);
        assertThat(svg(chart)).contains("Flow of border FR-GB (IFA2), MW");
        assertThat(chart.ink().aboveWords()).isEqualTo("FR to GB");
    }

    @Test
    void stepsOfAFlowAreMeans() {
        flow();
        Chart chart = draw("border/FR-GB/flow/IFA2", Every.parse("PT1H"));
        assertThat(chart.subtitle()).isEqualTo("mean per PT1H");
        assertThat(chart.points().getFirst().value()).isEqualByComparingTo(new BigDecimal("961.5"));
    }

    @Test
    void priceSaysItsUnitAndMayBeNegative() throws IOException {
        Map<String, String> day = new HashMap<>();
        for (int i = 0; i < 24; i++) {
            day.put(NOON.plusSeconds(3600L * i).toString(), i == 5 ? "-12.5" : Integer.toString(40 + i));
        }
        given.price("FR", 3600, day);
        Chart chart = draw("zone/FR/price", null);
        assertThat(chart.kind()).isEqualTo(Chart.Kind.LINE);
        assertThat(Picture.of(chart, 800, 400).values().crossesZero()).isTrue();
        assertThat(svg(chart)).contains("EUR/MWh");
    }

    @Test
    void meansHaveNoBarsAndEnergyHas() {
        flow();
        SeriesChart flow = chart("border/FR-GB/flow/IFA2", null);
        assertThatThrownBy(() -> flow.draw(new Answers(store), Chart.Kind.BAR))
                .isInstanceOf(SeriesChart.NoBars.class)
                .hasMessageContaining("MW");
        ZoneId utc = ZoneId.of("UTC");
        LocalDate date = LocalDate.of(2026, 11, 25);
        store.take(
                GivenDocument.of("m").with(Series.meterConsumption("M"), Blocks.filled(date, utc, "PT1H", i -> "1")));
        assertThat(draw("meter/M/consumption", null).kind()).isEqualTo(Chart.Kind.BAR);
        assertThat(draw("meter/M/consumption", Every.parse("P1D")).subtitle()).isEqualTo("per day");
    }

    private static String svg(Chart chart) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChartImages.svg(chart, 800, 400, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
