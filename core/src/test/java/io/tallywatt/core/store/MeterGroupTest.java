package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeterGroupTest {
    @Test
    void itsMetersAreSortedAndDistinct() {
        MeterGroup group = MeterGroup.of("g", "", List.of("B", "a", "B", "A"));
        assertThat(group.meterKeys()).containsExactly("A", "B", "a");
        assertThat(group).isEqualTo(MeterGroup.of("g", "", List.of("a", "A", "B")));
        assertThat(group.entry()).isEqualTo(new MeterGroup.Entry("g", "", 3));
    }

    @Test
    void itsDigestTellsEveryDifference() {
        MeterGroup group = MeterGroup.of("g", "name", List.of("A", "B"));
        assertThat(group.digest())
                .isEqualTo(MeterGroup.of("g", "name", List.of("B", "A")).digest());
        assertThat(List.of(
                        group.digest(),
                        MeterGroup.of("h", "name", List.of("A", "B")).digest(),
                        MeterGroup.of("g", "nam", List.of("A", "B")).digest(),
                        MeterGroup.of("g", "name", List.of("A")).digest(),
                        MeterGroup.of("g", "name", List.of("AB")).digest(),
                        MeterGroup.of("g", "name", List.of()).digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        for (String key : List.of("", "a b", "a/b", "é", "a\n", "x".repeat(65))) {
            assertThatThrownBy(() -> MeterGroup.of(key, "", List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 64");
        }
        assertThat(MeterGroup.of("x".repeat(64), "n".repeat(200), List.of()).name())
                .hasSize(200);
        assertThatThrownBy(() -> MeterGroup.of("g", "n".repeat(201), List.of())).hasMessageContaining("200");
        assertThatThrownBy(() -> MeterGroup.of("g", "a\nb", List.of())).hasMessageContaining("line breaks");
        for (Series other : List.of(
                new Series("site", "s", "consumption", null),
                new Series("meter", "M", "generation", null),
                new Series("meter", "M", "consumption", "E1"))) {
            assertThatThrownBy(() -> new MeterGroup("g", "", List.of(other))).hasMessageContaining(other.toString());
        }
        List<String> many = IntStream.rangeClosed(0, MeterGroup.MOST_METERS)
                .mapToObj(Integer::toString)
                .toList();
        assertThatThrownBy(() -> MeterGroup.of("g", "", many)).hasMessageContaining("at most 100000");
    }
}
