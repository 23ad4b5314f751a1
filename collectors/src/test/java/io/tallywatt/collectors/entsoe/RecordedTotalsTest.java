package io.tallywatt.collectors.entsoe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.replies.ReadReplies;
import io.tallywatt.core.format.NoticeCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded replies, against the figures that their PROVENANCE.md gives. */
class RecordedTotalsTest {
    private static final String DE = "10Y1001A1001A82H";
    private static final String NL = "10YNL----------L";
    private static final String BE = "10YBE----------2";
    private static final String DK1 = "10YDK-1--------W";
    private static final String GB = "10YGB----------A";

    @BeforeEach
    void needsTheFixtures() {
        Recorded.needed();
    }

    /** One direction alone: the other way goes nothing. */
    private static ReadReplies oneWay(String kind, String file, String from, String to, String zone) {
        String xml = Recorded.text(file);
        return Recorded.read(Recorded.border(kind + " A-B", from, to, zone, xml, Recorded.nothingTheOtherWay(xml)));
    }

    private static List<String> perDay(ReadReplies read) {
        List<String> days = new ArrayList<>();
        read.days().forEach(day -> days.add(read.perHour(day).toPlainString()));
        return days;
    }

    private static void clean(ReadReplies read) {
        assertThat(read.rejects()).isEmpty();
        assertThat(read.notices()).isEmpty();
    }

    @Test
    void flowsOverVikingWithHoursAbsent() {
        String exports = "a11-flows/DK-DK1_GB_exchange_exports.xml";
        String imports = "a11-flows/DK-DK1_GB_exchange_imports.xml";
        ReadReplies there = oneWay("flow", exports, DK1, GB, "UTC");
        ReadReplies back = oneWay("flow", imports, GB, DK1, "UTC");
        clean(there);
        assertThat(there.rows()).hasSize(44);
        assertThat(perDay(there)).containsExactly("1464", "6", "10");
        assertThat(back.rows()).hasSize(44);
        assertThat(perDay(back)).containsExactly("0", "9858", "2");

        ReadReplies net = Recorded.read(Recorded.border(
                "flow DK1-GB", DK1, GB, "Europe/London", Recorded.text(exports), Recorded.text(imports)));
        clean(net);
        assertThat(net.perHour()).isEqualByComparingTo("-8380");
        assertThat(net.unit()).isEqualTo("MW");
        assertThat(net.zone().getId()).isEqualTo("Europe/London");
        assertThat(net.rows()).allMatch(r -> r.series().toString().equals("border/DK1-GB/flow"));
        assertThat(net.rows()).noneMatch(r -> {
            String start = r.reading().interval().start().toString();
            return start.equals("2023-12-22T08:00:00Z")
                    || start.equals("2023-12-22T11:00:00Z")
                    || start.equals("2023-12-22T12:00:00Z");
        });
    }

    @Test
    void flowsOfALinkThatGoesOneWay() {
        String corsica = "10Y1001A1001A885";
        String sardinia = "10Y1001A1001A74G";
        ReadReplies there = oneWay("flow", "a11-flows/FR-COR_IT-SAR_AC_exchange_exports.xml", corsica, sardinia, "UTC");
        ReadReplies back = oneWay("flow", "a11-flows/FR-COR_IT-SAR_AC_exchange_imports.xml", sardinia, corsica, "UTC");
        clean(there);
        assertThat(there.rows()).hasSize(47);
        assertThat(there.perHour()).isZero();
        assertThat(perDay(back)).containsExactly("129", "193", "63");
    }

    @Test
    void aWeekOfQuarterHoursWithHolesIsNettedByDay() {
        String there = Recorded.text("a11-flows/DE-LU_to_NL_2024-09-02_week_PT15M.xml");
        String back = Recorded.text("a11-flows/NL_to_DE-LU_2024-09-02_week_PT15M.xml");
        assertThat(oneWay("flow", "a11-flows/DE-LU_to_NL_2024-09-02_week_PT15M.xml", DE, NL, "UTC")
                        .perHour())
                .isEqualByComparingTo("91423.76");
        assertThat(oneWay("flow", "a11-flows/NL_to_DE-LU_2024-09-02_week_PT15M.xml", NL, DE, "UTC")
                        .perHour())
                .isEqualByComparingTo("88763.41");

        ReadReplies net = Recorded.read(Recorded.border("flow DE-NL", DE, NL, "Europe/Amsterdam", there, back));
        clean(net);
        assertThat(net.rows()).hasSize(672).noneMatch(r -> r.value().signum() == 0);
        assertThat(net.perHour()).isEqualByComparingTo("2660.35");
        assertThat(net.days()).first().isEqualTo(LocalDate.parse("2024-09-02"));
        assertThat(perDay(net))
                .containsExactly("-6438.15", "-16718.66", "-15957.68", "12524.98", "24921.88", "15007.59", "-10679.61");
    }

    @Test
    void aRunOfZerosAtTheStartIsFilledFromPositionOne() {
        ReadReplies read =
                oneWay("flow", "a11-flows/DE-AMPRION_to_BE_2023-08-24_PT15M.xml", "10YDE-RWENET---I", BE, "UTC");
        clean(read);
        assertThat(read.rows()).hasSize(96);
        assertThat(read.perHour()).isEqualByComparingTo("7129.335");
    }

    @ParameterizedTest
    @CsvSource({
        "BE_NL_exchange_forecast_exports, 10YBE----------2, 10YNL----------L, A05, 11799.5 8662 0",
        "BE_NL_exchange_forecast_exports, 10YBE----------2, 10YNL----------L, A01, 217 0 0",
        "BE_NL_exchange_forecast_imports, 10YNL----------L, 10YBE----------2, A05, 28665.75 37699 29182",
        "BE_NL_exchange_forecast_imports, 10YNL----------L, 10YBE----------2, A01, 20652 30509 29182",
        "DK-DK2_SE-SE4_exchange_forecast_exports, 10YDK-2--------M, 10Y1001A1001A47J, A05, 22259 29928 17576 0",
        "DK-DK2_SE-SE4_exchange_forecast_exports, 10YDK-2--------M, 10Y1001A1001A47J, A01, 15137 14317",
        "DK-DK2_SE-SE4_exchange_forecast_imports, 10Y1001A1001A47J, 10YDK-2--------M, A05, 2890 12320 9252 0",
        "DK-DK2_SE-SE4_exchange_forecast_imports, 10Y1001A1001A47J, 10YDK-2--------M, A01, 2164 8774",
        "DE-LU_to_FR_2023-08-24_PT60M_A03, 10Y1001A1001A82H, 10YFR-RTE------C, A01, 11782.4"
    })
    void schedulesAreOfOneContractAndNeverOfTwo(String file, String out, String in, String contract, String perDay) {
        String xml = Recorded.text("a09-scheduled/" + file + ".xml");
        if (contract.equals("A01")) {
            xml = xml.replaceAll("(?s)<TimeSeries>((?!</TimeSeries>).)*?Agreement.type>A05<.*?</TimeSeries>", "");
        }
        ReadReplies read = Recorded.read(
                Recorded.border("schedule A-B", out, in, "Europe/Brussels", xml, Recorded.nothingTheOtherWay(xml)));

        assertThat(read.rejects()).isEmpty();
        assertThat(read.notices().keySet())
                .containsExactly(contract.equals("A05") ? NoticeCode.OTHERS_LEFT_OUT : NoticeCode.DAY_AHEAD_ONLY);
        assertThat(perDay(read)).containsExactly(perDay.split(" "));
        assertThat(read.rows()).allMatch(r -> r.series().toString().equals("border/A-B/schedule"));
    }

    @Test
    void schedulesOfBothDirectionsAreNetted() {
        ReadReplies read = Recorded.read(Recorded.border(
                "schedule BE-NL",
                BE,
                NL,
                "Europe/Amsterdam",
                Recorded.text("a09-scheduled/BE_NL_exchange_forecast_exports.xml"),
                Recorded.text("a09-scheduled/BE_NL_exchange_forecast_imports.xml")));
        assertThat(perDay(read)).containsExactly("-16866.25", "-29037", "-29182");
    }

    private static ReadReplies prices(String file, String area, String eic, String zone) {
        return Recorded.read(Recorded.price(area, eic, zone, "EUR/MWh", Recorded.text("a44-prices/" + file)));
    }

    private static List<String> means(ReadReplies read) {
        return read.days().stream().map(day -> read.mean(day).toPlainString()).toList();
    }

    @Test
    void pricesThatTurnFromHoursToQuarterHours() {
        ReadReplies read = prices("ES_day_ahead_price.xml", "ES", "10YES-REE------0", "Europe/Madrid");
        clean(read);
        assertThat(means(read)).containsExactly("59.0621", "82.8017", "87.0750", "86.1851");
        assertThat(read.days().stream()
                        .map(day -> read.rows().stream()
                                .filter(r -> r.day().equals(day))
                                .count()))
                .containsExactly(24L, 24L, 96L, 96L);
        assertThat(read.unit()).isEqualTo("EUR/MWh");
        assertThat(read.rows()).allMatch(r -> r.series().toString().equals("zone/ES/price"));
    }

    @Test
    void pricesOfPlainHours() {
        ReadReplies read = prices("FR_prices.xml", "FR", "10YFR-RTE------C", "Europe/Paris");
        clean(read);
        assertThat(means(read)).containsExactly("79.0396", "95.8300");
    }

    @Test
    void pricesOfTwoResolutionsInOneTimeSeries() {
        ReadReplies read = prices("BE_60M_15M_mix.xml", "BE", BE, "Europe/Brussels");
        clean(read);
        assertThat(means(read)).containsExactly("38.4867", "73.6071", "70.4983");
        assertThat(read.rows().stream().map(ReadReplies.Row::value).min(BigDecimal::compareTo))
                .hasValueSatisfying(least -> assertThat(least).isEqualByComparingTo("-0.01"));
    }

    @Test
    void ofTwoAuctionsTheFirstCounts() {
        ReadReplies read = prices("openems_entsoe-response.xml", "DE", DE, "Europe/Berlin");
        assertThat(read.rejects()).isEmpty();
        assertThat(read.notices().keySet()).containsExactly(NoticeCode.OTHERS_LEFT_OUT);
        assertThat(means(read)).containsExactly("107.7433", "98.4760");
        assertThat(read.rows()).hasSize(192);
    }

    @Test
    void whereOnlyTheSecondAuctionIsThereItCounts() {
        String xml = Recorded.text("a44-prices/openems_entsoe-response.xml")
                .replaceAll("(?s)<TimeSeries>((?!</TimeSeries>).)*?\\.position>1<.*?</TimeSeries>", "");
        ReadReplies read = Recorded.read(Recorded.price("DE", DE, "Europe/Berlin", "EUR/MWh", xml));
        clean(read);
        assertThat(means(read)).containsExactly("107.5002", "96.5680");
    }

    @Test
    void negativePrices() {
        ReadReplies read = prices("AT_2024-07-28_PT60M_A03.xml", "AT", "10YAT-APG------L", "Europe/Vienna");
        clean(read);
        List<BigDecimal> values =
                read.rows().stream().map(ReadReplies.Row::value).sorted().toList();
        assertThat(values).hasSize(24);
        assertThat(values.getFirst()).isEqualByComparingTo("-38.91");
        assertThat(values.getLast()).isEqualByComparingTo("100.99");
        assertThat(means(read)).containsExactly("46.3129");
    }
}
