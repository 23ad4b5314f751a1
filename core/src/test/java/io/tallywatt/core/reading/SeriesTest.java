package io.tallywatt.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
    @ParameterizedTest
    @ValueSource(strings = {"EE00011", "a/b", "a b", "~41", "Zähler", "\u20ac/", "x:y.z_-", "%2F", "\u0001", "𝄞"})
    void keyOfAnyKindComesBackFromTheTextForm(String key) {
        Series series = Series.meterConsumption(key);
        assertThat(Series.parse(series.toString())).isEqualTo(series);
        assertThat(series.toString()).matches("meter/[A-Za-z0-9._:~-]+/consumption");
    }

    @Test
    void otherBytesAreWrittenInHex() {
        assertThat(Series.meterConsumption("a/ü")).hasToString("meter/a~2F~C3~BC/consumption");
        assertThat(new Series("meter", "X", "consumption", "E 1")).hasToString("meter/X/consumption/E~201");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "meter", "meter/1", "meter//consumption", "a/b/c/d/e", "meter/~4/consumption", "meter/1/"})
    void whatIsNoSeriesIsRefused(String text) {
        assertThatThrownBy(() -> Series.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readings", "explain"})
    void reservedWordsAreNoChannel(String word) {
        assertThatThrownBy(() -> Series.parse("meter/1/consumption/" + word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reserved");
    }

    @Test
    void consumptionOfMetersCountsInTotalsWhateverTheRegister() {
        assertThat(Series.parse("meter/1/consumption").countsInTotals()).isTrue();
        assertThat(Series.parse("meter/1/consumption/E2").countsInTotals()).isTrue();
        assertThat(Series.parse("meter/1/generation").countsInTotals()).isFalse();
        assertThat(Series.parse("home/1/consumption").countsInTotals()).isFalse();
    }

    @Test
    void textFormIsAscii() {
        String text = Series.meterConsumption("日本").toString();
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(text.length());
    }
}
