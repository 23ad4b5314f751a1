package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.Change.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);
    private static final Instant RECEIVED = Instant.parse("2024-06-01T00:00:00Z");

    private static DayBlock quarters(String values) {
        return Blocks.regular(DAY, UTC, "PT6H", values);
    }

    private static DayBlock daily(String value) {
        return Blocks.regular(DAY, UTC, "P1D", value);
    }

    private static Layer layer(int revision, int line, DayBlock block) {
        return new Layer(revision, new Precedence(RECEIVED.plusSeconds(revision), revision, line), block);
    }

    private static Change change(List<Layer> active, List<Layer> incoming) {
        return Change.of(Overlay.of(active), active, r -> false, incoming);
    }

    @Test
    void kindSaysWhatHappened() {
        List<Layer> stored = List.of(layer(1, 1, quarters("1 2 - -")));
        assertThat(change(List.of(), stored).kind()).isEqualTo(Kind.NEW);
        assertThat(change(stored, List.of(layer(2, 1, quarters("1.0 2 - -")))).kind())
                .isEqualTo(Kind.UNCHANGED);
        assertThat(change(stored, List.of(layer(2, 1, quarters("1 - 3.5 -")))).kind())
                .isEqualTo(Kind.EXTENDED);
        assertThat(change(stored, List.of(layer(2, 1, quarters("1 e2 - -")))).kind())
                .isEqualTo(Kind.CORRECTED);
        assertThat(Change.of(quarters("1 2 - -"), stored, r -> r == 1, List.of())
                        .kind())
                .isEqualTo(Kind.REMOVED);
        assertThat(Change.of(null, List.of(), r -> true, List.of()).kind()).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void endedLayersCountNoLonger() {
        List<Layer> stored = List.of(layer(1, 1, quarters("1 2 3 4")), layer(2, 1, quarters("9 - - -")));
        Change change = Change.of(Overlay.of(stored), stored, r -> r == 2, List.of(layer(3, 1, quarters("- 8 - -"))));
        assertThat(change.after()).isEqualTo(quarters("1 8 3 4"));
        assertThat(change.layers()).hasSize(2);
    }

    @Test
    void blockWithoutAnyReadingIsNoLayer() {
        Change change = change(List.of(), List.of(layer(1, 1, quarters("- - - -"))));
        assertThat(change.added()).isEmpty();
        assertThat(change.after()).isNull();
        assertThat(change(List.of(), List.of(layer(1, 1, quarters("- - - -")), layer(1, 2, daily("5"))))
                        .after())
                .isEqualTo(daily("5"));
    }

    @Test
    void neighboursThatDoNotContradictAreOneLayer() {
        Change change = change(
                List.of(),
                List.of(
                        layer(1, 8, quarters("- - - 4")),
                        layer(1, 3, quarters("1 2 - -")),
                        layer(1, 5, quarters("- 2.0 3 -"))));
        assertThat(change.added()).containsExactly(layer(1, 3, quarters("1 2 3 4")));
        assertThat(change.repeated()).isEmpty();
    }

    @Test
    void neighboursThatContradictStayApartAndAreReported() {
        Layer later = layer(1, 5, quarters("- 7 3 -"));
        Change change = change(List.of(), List.of(later, layer(1, 3, quarters("1 2 - -"))));
        assertThat(change.added()).hasSize(2);
        assertThat(change.repeated()).containsExactly(later);
        assertThat(change.after()).isEqualTo(quarters("1 7 3 -"));
        assertThat(change.late()).isFalse();
    }

    @Test
    void exactIntervalsAreJoinedUnlessTheyOverlap() {
        Layer a = layer(1, 1, Blocks.irregular(DAY, UTC, "01:00-02:00=1 04:00-05:00=4"));
        Layer b = layer(1, 2, Blocks.irregular(DAY, UTC, "02:00-03:00=2 04:00-05:00=4 06:00-07:00=1"));
        Layer c = layer(1, 3, Blocks.irregular(DAY, UTC, "04:30-05:00=9"));
        assertThat(change(List.of(), List.of(a, b)).added()).hasSize(1);
        assertThat(change(List.of(), List.of(a, b)).repeated()).isEmpty();
        assertThat(change(List.of(), List.of(a, b, c)).added()).hasSize(2);
        assertThat(change(List.of(), List.of(a, b, c)).repeated()).containsExactly(c);
    }

    @Test
    void lateLayerIsSaidToBeSuperseded() {
        List<Layer> stored = List.of(layer(5, 1, quarters("1 2 3 -")));
        assertThat(change(stored, List.of(layer(2, 1, quarters("- 9 - 4")))).late())
                .isTrue();
        assertThat(change(stored, List.of(layer(2, 1, quarters("- 2 - 4")))).late())
                .isFalse();
        assertThat(change(stored, List.of(layer(6, 1, quarters("- 9 - 4")))).late())
                .isFalse();
    }

    @Test
    void otherResolutionsAreRefused() {
        List<Layer> stored = List.of(layer(1, 1, quarters("1 2 3 4")));
        Layer coarse = layer(2, 1, Blocks.regular(DAY, UTC, "PT12H", "5 5"));
        assertThat(change(stored, List.of(coarse)).refused()).containsExactly(coarse);
        assertThat(change(stored, List.of(coarse)).added()).isEmpty();
        Layer fine = layer(2, 2, Blocks.filled(DAY, UTC, "PT3H", i -> "1"));
        Change both = change(stored, List.of(coarse, fine));
        assertThat(both.added()).containsExactly(fine);
        assertThat(both.refused()).containsExactly(coarse);
    }

    @Test
    void dailyTotalIsComparedWhicheverCameFirst() {
        Layer fine = layer(1, 1, quarters("1 2 3 4"));
        Layer wrong = layer(2, 1, daily("11"));
        assertThat(change(List.of(fine), List.of(wrong)).mismatches()).containsExactly(wrong);
        assertThat(change(List.of(fine), List.of(layer(2, 1, daily("10.0")))).mismatches())
                .isEmpty();
        assertThat(change(List.of(layer(1, 1, daily("11"))), List.of(layer(2, 1, quarters("1 2 3 4"))))
                        .mismatches())
                .hasSize(1);
        assertThat(change(List.of(), List.of(layer(1, 1, daily("11")), layer(1, 2, quarters("1 2 3 4"))))
                        .mismatches())
                .hasSize(1);
        assertThat(change(List.of(fine), List.of(wrong)).after()).isEqualTo(fine.block());
    }
}
