package io.tallywatt.collectors.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-05-07T13:17:31Z");

    @Test
    void readsSecondsAndDates() {
        assertThat(RetryAfter.read(" 120 ", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.read("0", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.read("Thu, 07 May 2026 13:20:31 GMT", NOW)).contains(Duration.ofMinutes(3));
        assertThat(RetryAfter.read("Thu, 07 May 2026 13:00:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @Test
    void whatSaysNothingIsNothing() {
        assertThat(RetryAfter.read(null, NOW)).isEmpty();
        assertThat(RetryAfter.read("", NOW)).isEmpty();
        assertThat(RetryAfter.read("soon", NOW)).isEmpty();
        assertThat(RetryAfter.read("-5", NOW)).isEmpty();
        assertThat(RetryAfter.read("99999999999999999999", NOW)).isEmpty();
        assertThat(RetryAfter.read("Thu, 07 May 2026 25:20:31 GMT", NOW)).isEmpty();
    }
}
