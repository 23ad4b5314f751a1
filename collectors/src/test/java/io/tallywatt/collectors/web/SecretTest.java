package io.tallywatt.collectors.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = new Secret("aB1+/\"&<x>\n");

    @Test
    void isNotShown() {
        assertThat(secret.toString()).isEqualTo("(secret)");
        assertThat(secret.value()).isEqualTo("aB1+/\"&<x>");
        assertThat(secret.inQuery()).isEqualTo("aB1%2B%2F%22%26%3Cx%3E");
    }

    @Test
    void isTakenOutOfTextsHoweverItIsSpelledThere() {
        assertThat(secret.redact("token aB1+/\"&<x>, AB1+/\"&<X>")).isEqualTo("token (secret), (secret)");
        assertThat(secret.redact("?t=aB1%2B%2F%22%26%3Cx%3E&u=aB1%2b%2f%22%26%3cx%3e"))
                .isEqualTo("?t=(secret)&u=(secret)");
        assertThat(secret.redact("<text>aB1+/\"&amp;&lt;x&gt;</text>")).isEqualTo("<text>(secret)</text>");
        assertThat(secret.redact("<text>aB1+/&quot;&amp;&lt;x&gt;</text>")).isEqualTo("<text>(secret)</text>");
        assertThat(secret.redact("{\"t\":\"aB1+/\\\"&<x>\"}")).isEqualTo("{\"t\":\"(secret)\"}");
        assertThat(secret.isIn("xaB1%2B%2F%22%26%3Cx%3Ex")).isTrue();
        assertThat(secret.isIn("aB1")).isFalse();
    }

    @Test
    void isTakenOutOfBytesAndOthersStayAsTheyAre() {
        byte[] latin = "é aB1+/\"&<x> é".getBytes(StandardCharsets.ISO_8859_1);
        byte[] without = "é nothing".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(secret.redact(latin)).isEqualTo("é (secret) é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(secret.redact(without)).isSameAs(without);
        assertThat(new Secret("schlüssel")
                        .redact("ein SCHLÜSSEL".replace("Ü", "ü").getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo("ein (secret)");
    }

    @Test
    void isNotEmpty() {
        assertThatThrownBy(() -> new Secret(" \n")).isInstanceOf(IllegalArgumentException.class);
    }
}
