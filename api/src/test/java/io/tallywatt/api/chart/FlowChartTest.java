package io.tallywatt.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.Flows;
import io.tallywatt.core.query.GivenFlows;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlowChartTest {
    private static final Instant FROM = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-26T12:00:00Z");

    private final Grid grid = Grid.aroundGreatBritain();
    private final InMemoryStore store = new InMemoryStore(new TestClock(TO));
    private final GivenFlows given = new GivenFlows(store, grid);

    /** Values by start from {@link #FROM} on; null for none. */
    private static Map<String, String> values(int count, int seconds, IntFunction<@Nullable String> value) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String at = value.apply(i);
            if (at != null) {
                values.put(FROM.plusSeconds((long) i * seconds).toString(), at);
            }
        }
        return values;
    }

    /** Three cables to France, one to Belgium that exports, and Norway of which only ENTSO-E says something, with a gap for all. */
    private void aDay() {
        IntFunction<Boolean> gap = i -> i >= 96 && i < 120;
        given.cable("IFA", values(288, 300, i -> gap.apply(i) ? null : "1000"))
                .cable("IFA2", values(288, 300, i -> gap.apply(i) ? null : Integer.toString(400 + i)))
                .cable("ElecLink", values(288, 300, i -> gap.apply(i) || i > 250 ? null : "-200"))
                .cable("Nemo", values(288, 300, i -> gap.apply(i) ? null : "-350"))
                .border("FR-GB", 3600, values(22, 3600, i -> i == 8 || i == 9 ? null : "1234"))
                .border("NO2-GB", 3600, values(22, 3600, i -> i == 8 || i == 9 ? null : "1400"));
    }

    private Stack stack(@Nullable String border) {
        return new FlowChart(grid, border == null ? null : Border.parse(border), FROM, TO, "recorded 9 May 2023")
                .draw(new Flows(store, store, grid));
    }

    private static Picture picture(Stack stack) {
        return (Picture) ChartImages.placed(stack, 800, 400);
    }

    private static List<String> words(Picture picture) {
        return picture.texts().stream().map(Text::words).toList();
    }

    @Test
    void aBorderIsTheSumOfItsCablesAndWhereOneIsMissingWhatThePlatformSays() {
        aDay();
        Stack stack = stack(null);

        Stack.Part france = stack.parts().getFirst();
        assertThat(france.name()).isEqualTo("France");
        assertThat(at(france, "2026-11-25T12:00:00Z")).isEqualByComparingTo("1200");
        assertThat(at(france, "2026-11-25T12:05:00Z")).isEqualByComparingTo("1201");
        // From the 251st five minutes on one cable is silent; the platform has no hour of the last two.
        assertThat(at(france, "2026-11-26T09:10:00Z")).isEqualByComparingTo("1234");
        assertThat(at(france, "2026-11-26T10:30:00Z")).isNull();
        assertThat(stack.parts()).extracting(Stack.Part::name).containsExactly("France", "Belgium", "Norway (NO2)");
        assertThat(stack.unknown()).containsExactly("the Netherlands", "Denmark (DK1)", "Ireland", "Northern Ireland");
    }

    private static @Nullable BigDecimal at(Stack.Part part, String instant) {
        Instant at = Instant.parse(instant);
        return part.points().stream()
                .filter(p ->
                        !p.interval().start().isAfter(at) && p.interval().end().isAfter(at))
                .map(Point::counted)
                .findFirst()
                .orElse(null);
    }

    @Test
    void whatComesInStandsAboveZeroAndWhatGoesOutBelow() {
        aDay();
        Picture picture = picture(stack(null));

        assertThat(picture.values().crossesZero()).isTrue();
        double zero = Math.rint(picture.base());
        List<Mark.Shade> shades = picture.marks().stream()
                .filter(Mark.Shade.class::isInstance)
                .map(Mark.Shade.class::cast)
                .toList();
        assertThat(shades).isNotEmpty().allSatisfy(shade -> {
            boolean above = shade.box().bottom() <= zero;
            assertThat(above || shade.box().top() >= zero).isTrue();
            assertThat(shade.rgb() >> 16).isBetween(above ? 0x4a : 0x0b, above ? 0xc7 : 0xa6);
        });
        // The largest is nearest to zero, in the strongest colour.
        assertThat(shades).anyMatch(s -> s.rgb() == 0x4a2d92 && Math.abs(s.box().bottom() - zero) < 1e-6);
        assertThat(picture.marks()).anyMatch(Mark.Line.class::isInstance).anyMatch(Mark.Gap.class::isInstance);
    }

    @Test
    void theNetIsTheSumAndOnlyWhereAllAreKnown() {
        aDay();
        Picture picture = picture(stack(null));
        List<Mark.Line> lines = picture.marks().stream()
                .filter(Mark.Line.class::isInstance)
                .map(Mark.Line.class::cast)
                .toList();

        Place place = new Place(picture.plot(), picture.values(), picture.times());
        Mark.Slot first = lines.getFirst().slots().getFirst();
        // 1,200 and more of France, 1,400 of Norway, 350 to Belgium.
        assertThat(first.high()).isCloseTo(place.y(new BigDecimal("2251")), offset(1.0));
        double last = lines.getLast().slots().getLast().right();
        assertThat(last).isLessThanOrEqualTo(place.x(Instant.parse("2026-11-26T10:00:00Z")) + 0.5);
    }

    @Test
    void itSaysWhoWhatAndOfWhichOriginItIs() {
        aDay();
        Picture picture = picture(stack(null));

        assertThat(words(picture))
                .contains("Flows across borders", "MW", "France", "Belgium", "Norway (NO2)")
                .contains("into Great Britain", "out of Great Britain", "net, where all are known", "no data")
                .anyMatch(w -> w.contains("recorded 9 May 2023"))
                .anyMatch(w -> w.contains("no data of the Netherlands"));
        assertThat(picture.description())
                .contains("At the end: ")
                .contains("Belgium \u2212350")
                .endsWith(".");
    }

    @Test
    void oneBorderIsShownByItsCables() {
        aDay();
        Stack stack = stack("FR-GB");

        assertThat(stack.parts()).extracting(Stack.Part::name).containsExactly("IFA", "IFA2", "ElecLink");
        assertThat(words(picture(stack))).contains("Flow of border FR-GB by cable", "IFA", "IFA2", "ElecLink");
    }

    @Test
    void wordsNeitherOverlapNorLeaveThePicture() {
        aDay();
        for (Stack stack : List.of(stack(null), stack("FR-GB"), stack("NIR-GB"))) {
            for (int[] size : new int[][] {{800, 400}, {1600, 800}, {390, 260}, {360, 240}, {1200, 300}}) {
                Picture picture = (Picture) ChartImages.placed(stack, size[0], size[1]);
                for (Text a : picture.texts()) {
                    assertThat(a.box().left() >= 0
                                    && a.box().right() <= size[0]
                                    && a.box().bottom() <= size[1])
                            .as("%s inside %dx%d", a, size[0], size[1])
                            .isTrue();
                    assertThat(picture.texts().stream()
                                    .filter(b -> !b.equals(a) && b.box().overlaps(a.box())))
                            .as("%s at %dx%d", a, size[0], size[1])
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void aBorderOfWhichNothingIsKnownIsNoDataAndNoZero() {
        Picture picture = picture(stack("NL-GB"));

        assertThat(words(picture)).contains("no data");
        assertThat(picture.marks()).noneMatch(Mark.Shade.class::isInstance).anyMatch(Mark.Gap.class::isInstance);
        assertThat(picture.description()).endsWith("No data.");
    }
}
