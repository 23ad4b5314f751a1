package io.tallywatt.collectors.entsoe;

import static io.tallywatt.collectors.entsoe.MarketText.FR;
import static io.tallywatt.collectors.entsoe.MarketText.GB;
import static io.tallywatt.collectors.entsoe.MarketText.period;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.collectors.replies.ReadReplies;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.Quality;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntsoeFormatTest {
    private static final String TEN = "2026-05-07T10:00Z";
    private static final String ELEVEN = "2026-05-07T11:00Z";
    private static final String NOON = "2026-05-07T12:00Z";

    private static MarketText flows() {
        return new MarketText("A11");
    }

    private static ReadReplies flow(MarketText there, MarketText back) {
        return flow(there.xml(), back.xml());
    }

    private static ReadReplies flow(String there, String back) {
        return Recorded.read(Recorded.border("flow FR-GB", FR, GB, "Europe/London", there, back));
    }

    /** The way back brings nothing all the time. */
    private static ReadReplies there(String curve, String... periods) {
        return flow(
                flows().flow(FR, GB, curve, periods), flows().flow(GB, FR, "A03", period(TEN, NOON, "PT60M", "1=0")));
    }

    private static List<String> values(ReadReplies read) {
        return read.rows().stream()
                .map(r -> r.reading().interval().start().toString().substring(11, 16) + " "
                        + r.reading().interval().duration().toMinutes() + " "
                        + r.value().stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void outLessInIsTheFlowAlongTheBorder() {
        ReadReplies read = flow(
                flows().flow(FR, GB, "A01", period(TEN, NOON, "PT60M", "1=1000.5", "2=0")),
                flows().flow(GB, FR, "A01", period(TEN, NOON, "PT60M", "1=0.25", "2=700")));

        assertThat(values(read)).containsExactly("10:00 60 1000.25", "11:00 60 -700");
        assertThat(read.rows().getFirst().series()).hasToString("border/FR-GB/flow");
        assertThat(read.rows()).allMatch(r -> r.reading().quality() == Quality.ACTUAL);
        assertThat(read.rejects()).isEmpty();
        assertThat(read.notices()).isEmpty();
    }

    @Test
    void hoursOfOneAndQuarterHoursOfTheOtherAreNettedInQuarterHours() {
        ReadReplies read = flow(
                flows().flow(FR, GB, "A01", period(TEN, ELEVEN, "PT60M", "1=100")),
                flows().flow(GB, FR, "A01", period(TEN, ELEVEN, "PT15M", "1=0", "2=10", "3=20", "4=30")));

        assertThat(values(read)).containsExactly("10:00 15 100", "10:15 15 90", "10:30 15 80", "10:45 15 70");
    }

    @Test
    void whereOneDirectionSaysNothingNoNetIsKnown() {
        ReadReplies read = flow(
                flows().flow(FR, GB, "A01", period(TEN, NOON, "PT30M", "1=1", "3=3", "4=4")),
                flows().flow(GB, FR, "A01", period(TEN, NOON, "PT30M", "1=0", "2=5")));

        assertThat(values(read)).containsExactly("10:00 30 1");
        assertThat(read.notices().keySet()).containsExactly(NoticeCode.ONE_DIRECTION);
        assertThat(read.notices().get(NoticeCode.ONE_DIRECTION))
                .containsExactly(
                        "No net is known of 2 intervals for which there is a value of FR to GB and none of GB to FR; the first "
                                + "begins at 2026-05-07T11:00:00Z",
                        "No net is known of 1 interval for which there is a value of GB to FR and none of FR to GB; the first "
                                + "begins at 2026-05-07T10:30:00Z");
    }

    @Test
    void aDirectionOfWhichThereIsNothingLeavesNothing() {
        ReadReplies read = flow(
                flows().flow(FR, GB, "A01", period(TEN, NOON, "PT60M", "1=1", "2=3"))
                        .xml(),
                ReplayServer.acknowledgement("No matching data found for Data item PHYSICAL_FLOWS [12.1.G]"));

        assertThat(read.rows()).isEmpty();
        assertThat(read.notices().get(NoticeCode.ONE_DIRECTION))
                .singleElement()
                .asString()
                .contains("2 intervals");
    }

    @Test
    void holesInsideAPeriodRepeatWhatIsBeforeThem() {
        assertThat(values(there("A03", period(TEN, NOON, "PT15M", "1=5", "4=7", "6=0"))))
                .containsExactly(
                        "10:00 15 5",
                        "10:15 15 5",
                        "10:30 15 5",
                        "10:45 15 7",
                        "11:00 15 7",
                        "11:15 15 0",
                        "11:30 15 0",
                        "11:45 15 0");
    }

    @Test
    void holesBeforeTheFirstPointAndBetweenPeriodsAreMissing() {
        assertThat(values(there(
                        "A03",
                        period(TEN, "2026-05-07T10:45Z", "PT15M", "2=5"),
                        period(ELEVEN, "2026-05-07T11:30Z", "PT15M", "2=9"))))
                .containsExactly("10:15 15 5", "10:30 15 5", "11:15 15 9");
    }

    @ParameterizedTest
    @CsvSource({"A01", "''"})
    void holesInACurveOfBlocksAreMissing(String curve) {
        assertThat(values(there(curve, period(TEN, ELEVEN, "PT15M", "1=5", "4=7"))))
                .containsExactly("10:00 15 5", "10:45 15 7");
    }

    @Test
    void pointsInAnyOrderAreTakenByTheirPosition() {
        assertThat(values(there("A03", period(TEN, ELEVEN, "PT15M", "4=7", "1=5", "2=6"))))
                .containsExactly("10:00 15 5", "10:15 15 6", "10:30 15 6", "10:45 15 7");
    }

    @Test
    void whatCannotBeReadIsRejectedAndNothingIsRepeatedInItsPlace() {
        ReadReplies read = there("A03", period(TEN, NOON, "PT15M", "1=5", "3=n/a", "5=7", "x=8", "7=9", "8=", "=1"));

        assertThat(values(read)).containsExactly("10:00 15 5", "10:15 15 5", "11:00 15 7", "11:30 15 9");
        assertThat(read.rejects())
                .extracting(Reject::code)
                .containsExactly(
                        RejectCode.BAD_NUMBER,
                        RejectCode.BAD_NUMBER,
                        RejectCode.MISSING_FIELD,
                        RejectCode.MISSING_FIELD);
        Reject first = read.rejects().getFirst();
        assertThat(first.column()).isEqualTo("FR to GB");
        assertThat(first.message()).isEqualTo("Expected a number, but got 'n/a'");
        assertThat(first.text()).isEqualTo("position 3 value n/a");
        String[] lines = flows().flow(FR, GB, "A03", period(TEN, NOON, "PT15M", "1=5", "3=n/a"))
                .xml()
                .split("\n");
        assertThat(first.line()).isEqualTo(Arrays.asList(lines).lastIndexOf("<Point>") + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "1E3, BAD_NUMBER",
        "'1,5', BAD_NUMBER",
        "NaN, BAD_NUMBER",
        "--1, BAD_NUMBER",
        "., BAD_NUMBER",
        "9999999999, BAD_NUMBER",
        "1234567890123456789012345678901, BAD_NUMBER"
    })
    void whatIsNoPlainNumberIsRejected(String number, RejectCode code) {
        ReadReplies read = there("A01", period(TEN, ELEVEN, "PT60M", "1=" + number));

        assertThat(read.rows()).isEmpty();
        assertThat(read.rejects()).extracting(Reject::code).containsExactly(code);
    }

    @Test
    void numbersMayHaveASignAndManyDecimals() {
        ReadReplies read = there("A01", period(TEN, NOON, "PT60M", "1=+.5", "2=-1.12345678951"));

        assertThat(values(read)).containsExactly("10:00 60 0.5", "11:00 60 -1.12345679");
        assertThat(read.notices().keySet()).containsExactly(NoticeCode.ROUNDED);
    }

    @Test
    void aPositionBeyondThePeriodIsRejected() {
        ReadReplies read = there("A01", period(TEN, ELEVEN, "PT30M", "2=2", "3=3", "0=1"));

        assertThat(values(read)).containsExactly("10:30 30 2");
        assertThat(read.rejects())
                .extracting(Reject::code)
                .containsExactly(RejectCode.SURPLUS_VALUE, RejectCode.BAD_NUMBER);
    }

    @Test
    void aPositionThatComesTwiceIsOfTheLaterValue() {
        ReadReplies read = there("A01", period(TEN, ELEVEN, "PT30M", "1=1", "1=2", "2=3", "2=3", "2=x"));

        assertThat(values(read)).containsExactly("10:00 30 2", "10:30 30 3");
        assertThat(read.notices().get(NoticeCode.DUPLICATE_IN_FILE)).hasSize(1);
        assertThat(read.rejects()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-07T10:00Z, 2026-05-07T11:10Z, PT15M, OFF_GRID",
        "2026-05-07T10:00Z, 2026-05-07T11:00Z, P1D, OFF_GRID",
        "2026-05-07T10:00Z, 2026-05-07T11:00Z, quarter, BAD_TIME",
        "2026-05-07T10:00Z, 2026-05-07T11:00Z, PT0S, BAD_TIME",
        "2026-05-07T10:00Z, 2026-05-07T11:00Z, PT-15M, BAD_TIME",
        "2026-05-07T10:00Z, 2026-05-07T11:00Z, '', BAD_TIME",
        "2026-05-07T10:00Z, 2026-05-07T10:00Z, PT15M, BAD_TIME",
        "2026-05-07T11:00Z, 2026-05-07T10:00Z, PT15M, BAD_TIME",
        "2026-05-07T10:00, 2026-05-07T11:00Z, PT15M, BAD_TIME",
        "7 May 2026, 2026-05-07T11:00Z, PT15M, BAD_TIME",
        "0026-05-07T10:00Z, 2026-05-07T11:00Z, PT15M, BAD_TIME",
        "2026-05-07T10:00Z, 2199-12-07T11:00Z, PT1M, TOO_LONG"
    })
    void aPeriodThatIsNoneIsRejectedWhole(String start, String end, String resolution, RejectCode code) {
        ReadReplies read =
                there("A03", period(start, end, resolution, "1=1", "2=2"), period(TEN, ELEVEN, "PT60M", "1=3"));

        assertThat(values(read)).containsExactly("10:00 60 3");
        assertThat(read.rejects()).extracting(Reject::code).containsExactly(code);
        assertThat(read.rejects().getFirst().text()).contains("2 points");
    }

    @Test
    void theWorkIsBoundedWhateverADocumentSays() {
        String[] minutes = new String[3000];
        Arrays.fill(minutes, 0, 1500, period("2026-01-01T00:00Z", "2026-03-01T00:01Z", "PT1M", "1=1"));
        Arrays.fill(minutes, 1500, 3000, period("1970-01-03T00:00Z", "2199-01-01T00:30Z", "P1D", "1=1"));
        ReadReplies read = there("A03", minutes);

        assertThat(read.rejects()).hasSizeGreaterThan(2900).allMatch(r -> r.code() == RejectCode.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({"PT15M, 8", "PT30M, 4", "PT60M, 2", "PT1H, 2", "PT1M, 120", "PT120M, 1"})
    void allResolutionsAreRead(String resolution, int steps) {
        ReadReplies read = flow(
                flows().flow(FR, GB, "A03", period(TEN, NOON, resolution, "1=4")),
                flows().flow(GB, FR, "A03", period(TEN, NOON, resolution, "1=1")));

        assertThat(read.rows()).hasSize(steps).allMatch(r -> r.value().intValueExact() == 3);
    }

    @Test
    void stepsOfDaysAreAsLongAsTheDays() {
        // The night to 29 March is an hour short.
        String day = period("2026-03-28T00:00Z", "2026-03-29T23:00Z", "P1D", "1=1", "2=2");
        ReadReplies read = flow(
                flows().flow(FR, GB, "A01", day),
                flows().flow(GB, FR, "A03", period("2026-03-28T00:00Z", "2026-03-29T23:00Z", "P1D", "1=0")));

        assertThat(read.rejects()).isEmpty();
        assertThat(values(read)).containsExactly("00:00 1440 1", "00:00 1380 2");
    }

    @Test
    void ofTimeSeriesThatOverlapTheLaterCounts() {
        ReadReplies read = flow(
                flows().flow(FR, GB, "A01", period(TEN, NOON, "PT60M", "1=1", "2=2"))
                        .flow(FR, GB, "A01", period(ELEVEN, NOON, "PT30M", "1=3", "2=4"))
                        .flow(FR, GB, "A01", period(TEN, ELEVEN, "PT60M", "1=1")),
                flows().flow(GB, FR, "A03", period(TEN, NOON, "PT60M", "1=0")));

        assertThat(values(read)).containsExactly("10:00 60 1", "11:00 30 3", "11:30 30 4");
        assertThat(read.notices().keySet()).containsExactly(NoticeCode.DUPLICATE_IN_FILE);
        assertThat(read.notices().get(NoticeCode.DUPLICATE_IN_FILE)).hasSize(1);
    }

    @Test
    void valuesOfOtherAreasUnitsAndCurvesAreRejected() {
        String hour = period(TEN, ELEVEN, "PT60M", "1=1");
        ReadReplies read = flow(
                flows().flow(FR, "10YBE----------2", "A01", hour)
                        .flow(GB, FR, "A01", hour)
                        .flow(FR, GB, "A02", hour)
                        .series(FR, GB, List.of("quantity_Measure_Unit.name=KWT", "curveType=A01"), hour)
                        .series(FR, GB, List.of("curveType=A01"), hour),
                flows().flow(GB, FR, "A01", hour));

        assertThat(read.rows()).isEmpty();
        assertThat(read.rejects())
                .extracting(Reject::code)
                .containsExactly(
                        RejectCode.BAD_SERIES,
                        RejectCode.BAD_SERIES,
                        RejectCode.BAD_SERIES,
                        RejectCode.BAD_UNIT,
                        RejectCode.BAD_UNIT);
    }

    private static MarketText schedules() {
        return new MarketText("A09");
    }

    private static List<String> contract(String contract) {
        return List.of("contract_MarketAgreement.type=" + contract, "quantity_Measure_Unit.name=MAW", "curveType=A01");
    }

    /** What is sold on the day before is part of what is sold altogether: one less the other would be neither. */
    @Test
    void theContractOfSchedulesIsTheSameInBothDirections() {
        ReadReplies read = Recorded.read(Recorded.border(
                "schedule FR-GB",
                FR,
                GB,
                "Europe/London",
                schedules()
                        .series(FR, GB, contract("A05"), period(TEN, ELEVEN, "PT60M", "1=10"))
                        .series(FR, GB, contract("A01"), period(TEN, NOON, "PT60M", "1=8", "2=9"))
                        .xml(),
                schedules()
                        .series(GB, FR, contract("A01"), period(TEN, NOON, "PT60M", "1=1", "2=1"))
                        .xml()));

        assertThat(read.rows()).isEmpty();
        assertThat(read.notices().keySet()).containsExactly(NoticeCode.OTHERS_LEFT_OUT, NoticeCode.ONE_DIRECTION);
    }

    @Test
    void aScheduleOfNoContractIsRejected() {
        ReadReplies read = Recorded.read(Recorded.border(
                "schedule FR-GB",
                FR,
                GB,
                "Europe/London",
                schedules()
                        .flow(FR, GB, "A01", period(TEN, ELEVEN, "PT60M", "1=10"))
                        .xml(),
                schedules().xml()));

        assertThat(read.rejects()).extracting(Reject::code).containsExactly(RejectCode.MISSING_FIELD);
    }

    private static List<String> price(String... more) {
        List<String> said = new java.util.ArrayList<>(List.of("currency_Unit.name=EUR", "price_Measure_Unit.name=MWH"));
        said.addAll(List.of(more));
        return said;
    }

    private static ReadReplies prices(String unit, MarketText prices) {
        return Recorded.read(Recorded.price("FR", FR, "Europe/Paris", unit, prices.xml()));
    }

    @Test
    void pricesOfAuctionsWithinTheDayAreLeftOut() {
        ReadReplies read = prices(
                "EUR/MWh",
                new MarketText("A44")
                        .series(
                                FR,
                                FR,
                                price("contract_MarketAgreement.type=A07"),
                                MarketText.prices(TEN, NOON, "PT60M", "1=9", "2=9"))
                        .series(
                                FR,
                                FR,
                                price("contract_MarketAgreement.type=A01"),
                                MarketText.prices(TEN, ELEVEN, "PT60M", "1=-1.5")));

        assertThat(values(read)).containsExactly("10:00 60 -1.5");
        assertThat(read.notices().keySet()).containsExactly(NoticeCode.OTHERS_LEFT_OUT);
    }

    @Test
    void tomorrowHasNoPriceWhileOnlyAnotherAuctionHasOne() {
        String sequence = "classificationSequence_AttributeInstanceComponent.position=";
        ReadReplies read = prices(
                "EUR/MWh",
                new MarketText("A44")
                        .series(FR, FR, price(sequence + 2), MarketText.prices(TEN, NOON, "PT60M", "1=9", "2=9"))
                        .series(FR, FR, price(sequence + 1), MarketText.prices(TEN, ELEVEN, "PT60M", "1=7")));

        assertThat(values(read)).containsExactly("10:00 60 7");
    }

    @Test
    void pricesInAnotherCurrencyOrForAnotherAmountAreRejected() {
        MarketText text = new MarketText("A44")
                .series(FR, FR, price(), MarketText.prices(TEN, NOON, "PT60M", "1=9", "2=9"))
                .series(
                        FR,
                        FR,
                        List.of("currency_Unit.name=EUR", "price_Measure_Unit.name=KWH"),
                        MarketText.prices(TEN, ELEVEN, "PT60M", "1=7"));

        assertThat(prices("EUR/MWh", text).rejects()).extracting(Reject::code).containsExactly(RejectCode.BAD_UNIT);
        ReadReplies pounds = prices("GBP/MWh", text);
        assertThat(pounds.rows()).isEmpty();
        assertThat(pounds.rejects())
                .extracting(Reject::message)
                .contains("Expected the unit GBP/MWh, but got 'EUR/MWh'");
    }

    @Test
    void readsAnyVersionOfTheFormatAndWhateverPrefix() {
        String xml = flows().flow(FR, GB, "A01", period(TEN, ELEVEN, "PT60M", "1=10"))
                .xml("8:1", "x", "y")
                .replace("xmlns=", "xmlns:m=")
                .replaceAll("<(/?)([A-Za-z])", "<$1m:$2");
        ReadReplies read = flow(
                xml,
                flows().flow(GB, FR, "A01", period(TEN, ELEVEN, "PT60M", "1=0")).xml());

        assertThat(values(read)).containsExactly("10:00 60 10");
    }

    @Test
    void howTheBytesAreCutIsNoMatter() {
        byte[] document = Recorded.border(
                "flow FR-GB",
                FR,
                GB,
                "Europe/London",
                flows().flow(FR, GB, "A03", period(TEN, NOON, "PT15M", "1=5", "4=7"))
                        .xml(),
                flows().flow(GB, FR, "A03", period(TEN, NOON, "PT15M", "1=0")).xml());

        assertThat(values(ReadReplies.read(new EntsoeFormat(), document, 7)))
                .hasSize(8)
                .isEqualTo(values(Recorded.read(document)));
    }

    private static void unreadable(String there, String message) {
        assertThatThrownBy(() -> flow(there, flows().xml()))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNoReplyOfThePlatformIsNotRead() {
        unreadable(new MarketText("A75").xml(), "FR to GB: Expected a document of type A11, but got A75");
        unreadable("<html><body>Sorry</body></html>", "FR to GB: Expected XML, but got a web page");
        unreadable("<GL_MarketDocument/>", "but got one called 'GL_MarketDocument'");
        unreadable("", "nothing came");
        unreadable("<!DOCTYPE x [<!ENTITY a 'aa'>]><Publication_MarketDocument/>", "declares a document type");
    }

    @Test
    void aHeadThatSaysNothingOfUnitOrZoneIsDamaged() {
        String good = new String(
                Recorded.border("flow FR-GB", FR, GB, "Europe/London", flows().xml(), flows().xml()),
                StandardCharsets.UTF_8);
        for (String bad : List.of(
                good.replace("fact: unit=MW\n", ""),
                good.replace("fact: unit=MW\n", "fact: unit=kWh\n"),
                good.replace("fact: zone=Europe/London\n", ""),
                good.replace("Europe/London", "Europe/Atlantis"),
                good.replace("flow FR-GB", "flux FR-GB"),
                good.replace("flow FR-GB", "flow FR"),
                good.replace(" FR to GB", " FR to BE"))) {
            assertThatThrownBy(() -> ReadReplies.read(new EntsoeFormat(), bad.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(UnreadableDocument.class);
        }
    }

    @Test
    void documentsOfOthersAreLeftToThem() {
        String other = new String(
                        Recorded.border("flow FR-GB", FR, GB, "Europe/London", flows().xml(), flows().xml()),
                        StandardCharsets.UTF_8)
                .replace("source: entsoe", "source: elexon");
        for (byte[] bytes :
                List.of(other.getBytes(StandardCharsets.UTF_8), "a,b,c\n".getBytes(StandardCharsets.UTF_8))) {
            assertThat(new EntsoeFormat().recognise(new Head(bytes, true, "x"), ReadingOptions.in(ZoneId.of("UTC"))))
                    .isEmpty();
        }
    }
}
