package io.tallywatt.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallywatt.api.wire.Values;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @ParameterizedTest
    @ValueSource(strings = {"meter/Gr~C3~BCn/consumption", "", "Grün\nund grau", "\uD83D\uDD0C"})
    void comesBackAsItWentAndNeedsNoEscaping(String position) {
        String cursor = Cursor.of("series", position);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read("series", cursor)).isEqualTo(position);
    }

    @Test
    void ofAnotherListIsRefused() {
        refused("files", Cursor.of("series", "x"));
        refused("rejects of 1", Cursor.of("rejects of 11", "5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "%%%", "a", "====", "\u00fc"})
    void madeUpIsRefused(String cursor) {
        refused("files", cursor);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] bytes = "files\nx".getBytes(StandardCharsets.UTF_8);
        bytes[6] = (byte) 0xff;
        refused("files", Base64.getUrlEncoder().encodeToString(bytes));
    }

    private static void refused(String list, String cursor) {
        assertThatExceptionOfType(Values.Unexpected.class)
                .isThrownBy(() -> Cursor.read(list, cursor))
                .satisfies(e -> assertThat(e.expected()).contains("next"));
    }
}
