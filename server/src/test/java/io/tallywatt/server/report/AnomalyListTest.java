package io.tallywatt.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyListTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Instant START = Instant.parse("2026-10-14T14:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private static Anomaly anomaly(
            String series, RuleName rule, String observed, String expected, ZoneId zone, @Nullable Instant resolvedAt) {
        return new Anomaly(
                new StoredFinding(
                        1,
                        new Finding(
                                Series.parse(series),
                                new Interval(START, START.plusSeconds(300)),
                                rule,
                                Severity.WARNING,
                                BigDecimal.ONE,
                                observed,
                                expected,
                                null,
                                null,
                                null,
                                START,
                                1),
                        resolvedAt),
                zone);
    }

    private String text(List<Anomaly> all, boolean more) throws IOException {
        try (Output out = new Output(bytes)) {
            AnomalyList.text(out, all, more);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhenWhichRuleWhoseWhatWasSeenAndWhatWasExpected() throws IOException {
        assertThat(text(
                        List.of(
                                anomaly(
                                        "site/site7/generation",
                                        RuleName.SPIKE,
                                        "26.4 kWh",
                                        "12 to 14 kWh",
                                        LONDON,
                                        null),
                                anomaly(
                                        "site/site7/consumption",
                                        RuleName.REGISTER_RESET,
                                        "-1.8 kWh",
                                        "at least 0 kWh",
                                        LONDON,
                                        START)),
                        false))
                .isEqualTo("""
                        2 anomalies, 1 open; times in Europe/London
                        2026-10-14 15:00  spike           warning   open      site/site7/generation
                            26.4 kWh; expected 12 to 14 kWh (5 min)
                        2026-10-14 15:00  register-reset  warning   resolved  site/site7/consumption
                            -1.8 kWh; expected at least 0 kWh (5 min)
                        """);
    }

    @Test
    void staysWithin80ColumnsAndMovesNoCursor() throws IOException {
        String text = text(
                List.of(anomaly(
                        "site/" + "very-long-site-name".repeat(5) + "/generation",
                        RuleName.STUCK,
                        "the same value, 5.31 kWh, again and again over fourteen intervals \u001b[2J of five minutes each",
                        "a value that varies, as it has on each of the last twenty-eight days",
                        LONDON,
                        null)),
                true);

        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text)
                .doesNotContain("\u001b")
                .contains("The latest 1 anomaly, all open", "--limit", ".../generation".substring(3));
    }

    @Test
    void zonesAreNamedOneByOneWhereThereAreSeveral() throws IOException {
        assertThat(text(
                        List.of(
                                anomaly("site/a/generation", RuleName.GAP, "nothing", "readings", LONDON, null),
                                anomaly(
                                        "site/b/generation",
                                        RuleName.GAP,
                                        "nothing",
                                        "readings",
                                        ZoneId.of("Asia/Tokyo"),
                                        null)),
                        false))
                .contains("2 anomalies, all open\n", "2026-10-14 15:00", "2026-10-14 23:00")
                .contains("(5 min, times in Asia/Tokyo)", "(5 min, times in Europe/London)");
    }

    @Test
    void noneIsSaid() throws IOException {
        assertThat(text(List.of(), false)).isEqualTo("No anomalies.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "PT5M,5 min",
        "PT2H10M,2 h 10 min",
        "PT1H,1 h",
        "P1D,1 day",
        "PT72H,3 days",
        "PT25H,25 h",
        "PT90S,1 min 30 s"
    })
    void saysHowLongItLasted(Duration duration, String words) {
        assertThat(AnomalyList.lasting(duration)).isEqualTo(words);
    }
}
