package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.time.Resolution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);
    private static final Instant RECEIVED = Instant.parse("2024-06-01T00:00:00Z");

    private static DayBlock block(String resolution, String values) {
        return Blocks.regular(DAY, UTC, resolution, values);
    }

    private static Layer layer(int revision, int minute, DayBlock block) {
        return new Layer(revision, new Precedence(RECEIVED.plusSeconds(minute * 60L), revision, 1), block);
    }

    private static String shown(Layer... layers) {
        return Blocks.shown(Objects.requireNonNull(Overlay.of(List.of(layers))), UTC);
    }

    @Test
    void nothingMakesNothing() {
        assertThat(Overlay.of(List.of())).isNull();
    }

    @Test
    void greatestPrecedenceCountsPerInterval() {
        assertThat(shown(
                        layer(1, 5, block("PT6H", "1 1 - -")),
                        layer(2, 9, block("PT6H", "- 2.25 2 -")),
                        layer(3, 1, block("PT6H", "3 3 3 e3"))))
                .isEqualTo("1 2.25 2 e3");
    }

    @Test
    void orderOfTheListDoesNotMatter() {
        Random random = new Random(5);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            layers.add(layer(i, random.nextInt(4), block("PT6H", i + " - " + (i % 3 == 0 ? "-" : "i-1") + " 2." + i)));
        }
        DayBlock once = Overlay.of(layers);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(layers, random);
            assertThat(Overlay.of(layers)).isEqualTo(once);
        }
    }

    @Test
    void timeDecidesThenDeliveryThenLine() {
        Precedence early = new Precedence(RECEIVED, 9, 9);
        Precedence later = new Precedence(RECEIVED.plusNanos(1000), 1, 1);
        assertThat(later).isGreaterThan(early);
        assertThat(new Precedence(RECEIVED, 10, 1)).isGreaterThan(early);
        assertThat(new Precedence(RECEIVED, 9, 10)).isGreaterThan(early);
        assertThat(new Precedence(RECEIVED, 9, 9)).isEqualByComparingTo(early);
    }

    @Test
    void dayIsKeptInTheResolutionThatCameFirst() {
        Layer first = layer(1, 0, block("PT6H", "1 2 3 4"));
        assertThat(shown(first, layer(2, 9, block("PT12H", "9 9")))).isEqualTo("1 2 3 4");
        assertThat(shown(first, layer(2, 9, block("PT3H", "9 9 9 9 9 9 9 -")))).isEqualTo("1 2 3 4");
        assertThat(shown(first, layer(2, 9, Blocks.irregular(DAY, UTC, "01:00-02:00=1"))))
                .isEqualTo("1 2 3 4");
    }

    @Test
    void finerLayerThatCoversTheDayTakesItOver() {
        List<Layer> layers = List.of(
                layer(1, 9, block("P1D", "10")),
                layer(2, 5, block("PT12H", "1 2")),
                layer(3, 0, block("PT6H", "1 i-2 3 4")),
                layer(4, 9, block("PT12H", "7 7")));
        assertThat(Overlay.resolution(layers)).isEqualTo(new Resolution(21_600));
        assertThat(Blocks.shown(Objects.requireNonNull(Overlay.of(layers)), UTC))
                .isEqualTo("1 i-2 3 4");
        assertThat(Overlay.shown(layers)).containsExactly(0, 0, 4, 0);
    }

    @Test
    void exactIntervalsGiveWayToLaterOnesThatOverlap() {
        assertThat(shown(
                        layer(1, 0, Blocks.irregular(DAY, UTC, "01:00-02:00=1 02:00-03:00=2 05:00-06:00=0.125")),
                        layer(2, 1, Blocks.irregular(DAY, UTC, "01:59-02:01=e9"))))
                .isEqualTo("01:59-02:01=e9 05:00-06:00=0.125");
    }

    @Test
    void eachLayerShowsWhatIsItsOwn() {
        assertThat(Overlay.shown(List.of(
                        layer(1, 5, block("PT6H", "1 1 - -")),
                        layer(2, 9, block("PT6H", "- 2 2 -")),
                        layer(3, 1, block("PT6H", "3 3 3 3")))))
                .containsExactly(1, 2, 1);
        assertThat(Overlay.shown(List.of(
                        layer(1, 0, Blocks.irregular(DAY, UTC, "01:00-02:00=1 02:00-03:00=2 05:00-06:00=1")),
                        layer(2, 1, Blocks.irregular(DAY, UTC, "01:59-02:01=e9")))))
                .containsExactly(1, 1);
        assertThat(Overlay.shown(List.of(layer(1, 0, block("P1D", "5"))))).containsExactly(1);
    }

    private static DayBlock exact(String intervals) {
        return Blocks.irregular(DAY, UTC, intervals);
    }

    @Test
    void exactIntervalsThatReachALittleIntoTheNextBothCount() {
        Layer first = layer(1, 0, exact("10:00-10:10=1.5"));
        Layer next = layer(2, 1, exact("10:09-10:19=2"));
        assertThat(shown(first, next)).isEqualTo("10:00-10:09=1.5 10:09-10:19=2");
        assertThat(shown(layer(1, 5, first.block()), next)).isEqualTo("10:00-10:09=1.5 10:09-10:19=2");
        assertThat(Overlay.shown(List.of(first, next))).containsExactly(1, 1);
    }

    @Test
    void ofExactIntervalsOfTheSameTimeTheGreaterCounts() {
        Layer first = layer(1, 0, exact("10:00-10:10=1.5"));
        assertThat(shown(first, layer(2, 1, exact("10:08-10:18=2")))).isEqualTo("10:08-10:18=2");
        assertThat(shown(first, layer(2, 1, exact("10:00-10:10=2")))).isEqualTo("10:00-10:10=2");
        // Inside, and so no neighbour, however short.
        assertThat(shown(first, layer(2, 1, exact("10:09-10:10=2")))).isEqualTo("10:09-10:10=2");
        // More of its time shared than its own.
        assertThat(shown(layer(1, 0, exact("10:00-11:00=1.5")), layer(2, 1, exact("10:55-11:02=2"))))
                .isEqualTo("10:55-11:02=2");
    }

    @Test
    void aDayThatGrowsComesToTheOverlayOfItsLayersAndEachStepToItsChange() {
        long seeds = Long.getLong("tallywatt.seeds", 20);
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            GrowingDay day = new GrowingDay(null, List.of());
            List<Layer> layers = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int start = random.nextInt(100) * 5 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
                DayBlock block = random.nextInt(15) == 0
                        ? block("P1D", "7")
                        : exact(clock(start) + "-" + clock(start + 5) + "=" + random.nextInt(50) / 10.0);
                Layer layer = layer(i, random.nextInt(30), block);
                Change step = day.add(List.of(layer));
                Change whole = Change.of(Overlay.of(layers), layers, r -> false, List.of(layer));
                layers = whole.layers();
                String what = "seed " + seed + ", layer " + i;
                assertThat(day.block()).as(what).isEqualTo(whole.after());
                assertThat(step.kind()).as(what).isEqualTo(whole.kind());
                assertThat(step.added()).as(what).isEqualTo(whole.added());
                assertThat(step.refused()).as(what).isEqualTo(whole.refused());
                assertThat(step.mismatches()).as(what).isEqualTo(whole.mismatches());
                assertThat(step.late()).as(what).isEqualTo(whole.late());
                assertThat(day.layers()).as(what).isEqualTo(layers);
            }
        }
    }

    private static String clock(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
}
