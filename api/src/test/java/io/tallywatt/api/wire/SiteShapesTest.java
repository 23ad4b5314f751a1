package io.tallywatt.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.query.Site;
import io.tallywatt.core.query.SiteRecord;
import io.tallywatt.core.query.SiteRecord.Side;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, sites and anomalies as JSON and as rows of a table. */
class SiteShapesTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Instant START = Instant.parse("2026-10-14T11:00:00Z");
    private static final Interval INTERVAL = new Interval(START, START.plusSeconds(300));

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String json(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            writing.to(json);
        }
        // Each item of an outer list stands on a line of its own, which is of no matter here.
        return out.toString(StandardCharsets.UTF_8).replace("\n", "");
    }

    private static @Nullable Side side(@Nullable String value) {
        return value == null ? null : new Side(new BigDecimal(value), Quality.ACTUAL, false);
    }

    private static SiteRecord sent(@Nullable String made, @Nullable String used) {
        return new SiteRecord("site \"1\"", LONDON, INTERVAL, side(made), side(used));
    }

    @Test
    void aRecordHasItsExactDigitsAndTheTimesOfItsZone() throws IOException {
        SiteRecord sent = sent("18.000000001", "0.100");

        assertThat(json(j -> RecordShape.write(j, sent))).isEqualTo("""
                {"site":"site \\"1\\"","start":"2026-10-14T12:00:00+01:00","end":"2026-10-14T12:05:00+01:00",\
                "generated":18.000000001,"consumed":0.1,"net":17.900000001,"anomaly":false}""");
        assertThat(RecordShape.cells(sent))
                .containsExactly(
                        "site \"1\"",
                        "2026-10-14T12:00:00+01:00",
                        "2026-10-14T12:05:00+01:00",
                        "18.000000001",
                        "0.1",
                        "17.900000001",
                        "false")
                .hasSameSizeAs(RecordShape.HEADER);
    }

    @Test
    void whatIsMissingIsNullAndAnEmptyCell() throws IOException {
        SiteRecord sent = sent(null, "2");

        assertThat(json(j -> RecordShape.write(j, sent))).contains("\"generated\":null,\"consumed\":2,\"net\":null");
        assertThat(RecordShape.cells(sent).subList(3, 6)).containsExactly("", "2", "");
    }

    @Test
    void aSiteHasItsLastRecordWhereItHasOne() throws IOException {
        Series series = new Series("site", "site \"1\"", "generation", null);
        LocalDate day = LocalDate.of(2026, 10, 14);
        Site site = new Site("site \"1\"", LONDON, day, day.plusDays(1), List.of(series), sent("5", "3"), 7);
        Site silent = new Site("s", LONDON, day, day, List.of(series), null, 0);

        assertThat(json(j -> SiteShape.write(j, site))).isEqualTo("""
                {"site":"site \\"1\\"","zone":"Europe/London","first":"2026-10-14","last":"2026-10-15",\
                "series":["site/site~20~221~22/generation"],"latest":{"site":"site \\"1\\"",\
                "start":"2026-10-14T12:00:00+01:00","end":"2026-10-14T12:05:00+01:00","generated":5,"consumed":3,\
                "net":2,"anomaly":false},"anomalies":7}""");
        assertThat(json(j -> SiteShape.write(j, silent))).contains("\"latest\":null");
        assertThat(SiteShape.cells(site)).hasSameSizeAs(SiteShape.HEADER).endsWith("5", "3", "2", "false");
        assertThat(SiteShape.cells(silent)).hasSameSizeAs(SiteShape.HEADER).endsWith("0", "", "", "", "", "", "");
    }

    private static Anomaly anomaly(@Nullable BigDecimal value, long delivery, @Nullable Instant resolvedAt) {
        return new Anomaly(
                new StoredFinding(
                        3,
                        new Finding(
                                new Series("site", "site1", "generation", null),
                                INTERVAL,
                                RuleName.SPIKE,
                                Severity.WARNING,
                                new BigDecimal("0.90"),
                                "26.4 kWh",
                                "12 to 14 kWh",
                                value,
                                value == null ? null : new BigDecimal("12.0"),
                                value == null ? null : new BigDecimal("14"),
                                START.plusSeconds(400),
                                delivery),
                        resolvedAt),
                LONDON);
    }

    @Test
    void anAnomalySaysWhatWasSeenAndWhatWasExpected() throws IOException {
        Anomaly spike = anomaly(new BigDecimal("26.400"), 4, null);

        assertThat(json(j -> AnomalyShape.write(j, spike))).isEqualTo("""
                {"series":"site/site1/generation","start":"2026-10-14T12:00:00+01:00",\
                "end":"2026-10-14T12:05:00+01:00","rule":"SPIKE","observed":"26.4 kWh","expected":"12 to 14 kWh",\
                "severity":"WARNING","value":26.4,"low":12,"high":14,"confidence":0.9,\
                "foundAt":"2026-10-14T11:06:40Z","resolvedAt":null,"delivery":4}""");
        assertThat(AnomalyShape.cells(spike))
                .hasSameSizeAs(AnomalyShape.HEADER)
                .endsWith("26.4", "12", "14", "0.9", "2026-10-14T11:06:40Z", "", "4");
    }

    @Test
    void whatNoDeliveryBroughtAndWhatWasNotSeenIsNull() throws IOException {
        Anomaly over = anomaly(null, 0, START.plusSeconds(900));

        assertThat(json(j -> AnomalyShape.write(j, over)))
                .contains("\"value\":null,\"low\":null,\"high\":null")
                .endsWith("\"resolvedAt\":\"2026-10-14T11:15:00Z\",\"delivery\":null}");
        assertThat(AnomalyShape.cells(over))
                .endsWith("", "", "", "0.9", "2026-10-14T11:06:40Z", "2026-10-14T11:15:00Z", "");
    }

    @Test
    void countsAreByThingOrByDay() throws IOException {
        FindingCount thing = new FindingCount("site/site1", RuleName.GAP, 12, 3);
        DayCount day = new DayCount(LocalDate.of(2026, 10, 14), RuleName.GAP, 12, 3);

        assertThat(json(j -> AnomalyShape.write(j, thing)))
                .isEqualTo("{\"thing\":\"site/site1\",\"rule\":\"GAP\",\"count\":12,\"open\":3}");
        assertThat(AnomalyShape.cells(thing))
                .containsExactly("site/site1", "GAP", "12", "3")
                .hasSameSizeAs(AnomalyShape.COUNT_HEADER);
        assertThat(json(j -> AnomalyShape.write(j, day)))
                .isEqualTo("{\"date\":\"2026-10-14\",\"rule\":\"GAP\",\"count\":12,\"open\":3}");
        assertThat(AnomalyShape.cells(day))
                .containsExactly("2026-10-14", "GAP", "12", "3")
                .hasSameSizeAs(AnomalyShape.DAY_HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER_RESET", "register-reset", "Register_Reset"})
    void aRuleIsReadInWhateverCase(String text) {
        assertThat(Values.rule(text)).isEqualTo(RuleName.REGISTER_RESET);
    }
}
