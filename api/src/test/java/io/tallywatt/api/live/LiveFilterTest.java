package io.tallywatt.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.api.wire.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveFilterTest {
    @ParameterizedTest
    @CsvSource({
        "border, border/",
        "border/, border/",
        "border/FR-GB, border/FR-GB/",
        "border/FR-GB/flow, border/FR-GB/flow",
        "border/FR-GB/flow/, border/FR-GB/flow/",
        "border/FR-GB/flow/IFA, border/FR-GB/flow/IFA",
        "site/a~2Fb, site/a~2Fb/",
        "meter/EE1, meter/EE1/",
        "meter/EE1/consumption, meter/EE1/consumption"
    })
    void beginningOfNamesIsRead(String text, String prefix) {
        assertThat(LiveFilter.parse(text).prefixes()).containsExactly(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meter",
                "meter/",
                "",
                "/",
                "Border/",
                "border//",
                "a/b/c/d/e",
                "site/~ZZ",
                "a b",
                "border/\u00e4~"
            })
    void everythingAndAllMetersAreNot(String text) {
        assertThatThrownBy(() -> LiveFilter.parse(text)).isInstanceOf(Values.Unexpected.class);
    }
}
