package io.tallywatt.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertTextTest {
    @Test
    void saysWhatWasSeenWhatWasExpectedWhenAndWhatToDo() {
        assertThat(Given.TEXT.title(Given.found())).isEqualTo("[CRITICAL] site/site1/generation: far from the usual");
        assertThat(Given.TEXT.body(Given.found())).isEqualTo("""
                1 finding of site/site1/generation, rule SPIKE, severity CRITICAL:

                2026-06-01 11:55+02:00 to 12:00+02:00 Europe/Paris
                  seen: 41.5 kWh
                  expected: at most 12 kWh

                What to do: compare with the neighbours and the weather; a correction may be sent at any time and counts.

                All of them: GET /api/v1/anomalies?series=site/site1/generation&rule=SPIKE
                """);
        assertThat(Given.TEXT.line(Given.found()))
                .isEqualTo("[CRITICAL] site/site1/generation: far from the usual; 2026-06-01 11:55+02:00 to 12:00+02:00"
                        + " Europe/Paris: seen 41.5 kWh, expected at most 12 kWh");
    }

    @Test
    void saysThatItIsOver() {
        assertThat(Given.TEXT.title(Given.resolved()))
                .isEqualTo("[RESOLVED] site/site1/generation: far from the usual");
        assertThat(Given.TEXT.body(Given.resolved())).startsWith("""
                1 finding of site/site1/generation, rule SPIKE, holds no more:

                2026-06-01 11:55+02:00 to 12:00+02:00 Europe/Paris
                  seen: 41.5 kWh
                """).doesNotContain("What to do");
    }

    @Test
    void saysHowManyMoreThereAreAndHowManyAlertsWait() {
        Alert one = Given.found();
        Alert many = new Alert(one.kind(), one.series(), one.rule(), one.severity(), one.at(), 1234, one.examples(), 2);

        assertThat(Given.TEXT.title(many))
                .isEqualTo("[CRITICAL] site/site1/generation: far from the usual (1,234 times)");
        assertThat(Given.TEXT.body(many))
                .contains("1,234 findings of")
                .contains("\nand 1,233 more.\n")
                .endsWith("\n2 more alerts wait, by the limit of alerts per hour.\n");
        assertThat(Given.TEXT.line(many)).endsWith("; 2 more alerts wait, by the limit of alerts per hour.");
    }

    @Test
    void anAlertWithoutExamplesIsAText() {
        Alert one = Given.resolved();
        Alert bare = new Alert(one.kind(), one.series(), one.rule(), one.severity(), one.at(), 2, List.of(), 0);
        assertThat(Given.TEXT.body(bare))
                .startsWith("2 findings of site/site1/generation, rule SPIKE, hold no more:\n");
        assertThat(Given.TEXT.line(bare)).isEqualTo("[RESOLVED] site/site1/generation: far from the usual (2 times)");
    }

    @Test
    void timesOfAClockChangeCannotBeMistaken() {
        Instant start = Instant.parse("2026-10-25T00:57:30Z");
        Finding finding = Findings.of(Findings.SITE1, RuleName.GAP, Severity.WARNING, start, start);
        assertThat(Given.TEXT.body(Given.found(finding)))
                .contains("2026-10-25 02:57:30+02:00 to 02:02:30+01:00 Europe/Paris");
    }

    @Test
    void anIntervalOverMidnightNamesBothDays() {
        Instant start = Instant.parse("2026-06-01T21:57:00Z");
        Finding finding = Findings.of(Findings.SITE1, RuleName.GAP, Severity.WARNING, start, start);
        assertThat(Given.TEXT.body(Given.found(finding)))
                .contains("2026-06-01 23:57+02:00 to 2026-06-02 00:02+02:00 Europe/Paris");
    }

    @Test
    void withoutAKnownZoneTimesAreUtc() {
        AlertText lost = new AlertText(series -> {
            throw new StoreException(StoreException.Kind.BUSY, "busy");
        });
        AlertText utc = new AlertText(series -> ZoneOffset.UTC);
        assertThat(lost.body(Given.found())).contains("\n2026-06-01 09:55Z to 10:00Z\n");
        assertThat(utc.body(Given.found())).isEqualTo(lost.body(Given.found()));
    }

    @ParameterizedTest
    @EnumSource(RuleName.class)
    void everyRuleHasItsWords(RuleName rule) {
        Finding finding = Findings.now(Findings.SITE1, rule, Severity.WARNING, Given.T);
        assertThat(Given.TEXT.title(Given.found(finding))).hasSizeBetween(40, 80);
        assertThat(Given.TEXT.body(Given.found(finding))).containsPattern("What to do: .{30,}\\.\n");
    }

    @Test
    void whatComesFromOutsideCannotBreakTheText() {
        Alert hostile = Given.hostile();
        assertThat(Given.TEXT.title(hostile)).hasSizeLessThanOrEqualTo(150).matches(line -> isClean(line, false));
        assertThat(Given.TEXT.line(hostile)).matches(line -> isClean(line, false));
        assertThat(Given.TEXT.body(hostile))
                .hasSizeLessThan(3000)
                .doesNotContain("\nBcc")
                .matches(text -> isClean(text, true));
        List<StoredFinding> examples = hostile.examples();
        assertThat(examples).hasSize(1);
    }

    @Test
    void aVeryLongNameIsCut() {
        Series endless = Series.meterConsumption("M".repeat(100_000));
        Alert alert = Given.found(Findings.now(endless, RuleName.GAP, Severity.WARNING, Given.T));
        assertThat(Given.TEXT.body(alert)).hasSizeLessThan(600).contains("GET /api/v1/anomalies?rule=GAP\n");
        assertThat(Given.TEXT.line(alert)).hasSizeLessThan(400);
    }

    private static boolean isClean(String text, boolean lines) {
        return text.codePoints()
                .noneMatch(c -> (Character.isISOControl(c) && !(lines && c == '\n'))
                        || c == 0x2028
                        || c == 0x202e
                        || (c >= 0xd800 && c < 0xe000));
    }
}
