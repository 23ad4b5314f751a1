package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.lines;
import static io.tallywatt.core.format.text.Snippets.options;
import static io.tallywatt.core.format.text.Snippets.total;
import static io.tallywatt.core.format.text.Snippets.withMeter;
import static io.tallywatt.core.format.text.Snippets.withMeterColumn;
import static io.tallywatt.core.format.text.Snippets.withResolution;
import static io.tallywatt.core.format.text.Snippets.withSeries;
import static io.tallywatt.core.format.text.Snippets.withStamps;
import static io.tallywatt.core.format.text.Snippets.withUnit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.EnergyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
    private static final String FIRST =
            "{\"meter\": \"m\", \"start\": \"2024-01-15T00:00Z\", \"end\": \"2024-01-15T00:30Z\", \"value\": 1.5}";
    private static final String SECOND =
            "{\"meter\": \"m\", \"start\": \"2024-01-15T00:30Z\", \"end\": \"2024-01-15T01:00Z\", \"value\": 2}";
    private static final String[] BOTH = {"m 2024-01-15T00:00:00Z=1.5", "m 2024-01-15T00:30:00Z=2.0"};

    /** One reading of half an hour, with more members. */
    private static String with(String members) {
        return "{\"meter\": \"m\", \"start\": \"2024-01-15T00:00Z\", \"end\": \"2024-01-15T00:30Z\", " + members + "}";
    }

    private static UnreadableDocument refusal(String text, ReadingOptions options) {
        try {
            var _ = Documents.read(text, options);
        } catch (UnreadableDocument e) {
            assertThat(e.getMessage()).contains("test.csv").doesNotContain("\n");
            return e;
        }
        throw new AssertionError("Not refused: " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "F\\nS\\n|objects",
                "F\\nS|objects",
                "F\\r\\n\\r\\nS\\r\\n|objects",
                "FS|objects",
                "\uFEFFF\\nS\\n|objects",
                " \\n [F,S] |array",
                "[\\nF,\\nS\\n]\\n|array",
                "[F]\\n[S]|array",
                "{\"readings\": [F,S]}|list 'readings'",
                "{\"items\":[F,S],\"next\":null}|list 'items'",
                "{\"next\":{\"a\":[1]},\"items\":[F]}\\n{\"items\":[S]}|list 'items'",
                "{\"items\":[]}{\"items\":[F,S]}|list 'items'"
            })
    void objectsMayBeHeldInManyWays(String text, String shape) {
        String document = text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("F", FIRST)
                .replace("S", SECOND);
        Outcome outcome = Documents.read(document);
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH);
        assertThat(outcome.rows).isEqualTo(2);
        assertThat(outcome.layout.format()).isEqualTo("json");
        assertThat(outcome.layout.decisions()).contains(new Decision("shape", shape, "values"));
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().block().resolution()).hasToString("PT30M");
    }

    @Test
    void objectsMayBePrinted() {
        String printed = (FIRST + "\n" + SECOND)
                .replace("{", "{\n  ")
                .replace(", ", ",\n  ")
                .replace("}", "\n}");
        assertThat(lines(Documents.read(printed), LONDON)).containsExactly(BOTH);
        Outcome outcome = Documents.read("[\n" + printed.replace("}\n{", "},\n{") + "\n]\n");
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH);
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(2);
    }

    @Test
    void aReadingOfASeriesIsKeptUnderItsName() {
        Outcome outcome = Documents.read("""
                {"series": "home/h1/consumption", "start": "2024-01-15T00:00Z", "end": "2024-01-15T00:30Z", "value": 1}
                {"series": "site/s~201/generation", "start": "2024-01-15T00:00Z", "end": "2024-01-15T00:30Z", "value": 2}
                {"series": "meter/m/consumption", "start": "2024-01-15T00:00Z", "end": "2024-01-15T00:30Z", "value": 3}
                {"series": "meter/m/generation/E2", "start": "2024-01-15T00:00Z", "end": "2024-01-15T00:30Z", "value": 4}
                """);
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "home/h1/consumption 2024-01-15T00:00:00Z=1",
                        "m 2024-01-15T00:00:00Z=3",
                        "meter/m/generation/E2 2024-01-15T00:00:00Z=4",
                        "site/s~201/generation 2024-01-15T00:00:00Z=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"meter\"|expected such as meter/EE1/consumption",
                "\"\u00e9\"|expected such as",
                "\"meter/m/consumption/readings\"|expected such as",
                "\"border/FR-GB/flow\"|expected consumption or generation (kWh) of a meter, home or site",
                "\"meter/m/price\"|expected consumption or generation",
                "\"meter/~00/consumption\"|control characters",
                "17|is not a series",
                "{\"id\": 1}|is not a series"
            })
    void whatIsNoSeriesOfEnergyIsRejected(String series, String message) {
        Outcome outcome = Documents.read(FIRST + "\n" + SECOND.replace("\"meter\": \"m\"", "\"series\": " + series));
        assertThat(outcome.rejects).hasSize(1);
        Reject reject = outcome.rejects.getFirst();
        assertThat(reject.code()).isEqualTo(RejectCode.BAD_SERIES);
        assertThat(reject.column()).isEqualTo("series");
        assertThat(reject.line()).isEqualTo(2);
        assertThat(reject.message()).contains(message);
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"meter_id\": \"m\"",
                "\"MPAN\": \"m\"",
                "\"meterNumber\": \"m\"",
                "\"device_id\": \"m\", \"id\": 4",
                "\"customer\": \"x\", \"meter\": \"m\"",
                "\"met\\u0065r\": \" \\u006d \"",
                "\"series\": null, \"meter\": \"m\"",
                "\"series\": \"meter/m/consumption\", \"meter\": \"other\""
            })
    void theMeterIsKnownByTheWordsOfColumns(String member) {
        Outcome outcome = Documents.read(FIRST.replace("\"meter\": \"m\"", member));
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH[0]);
    }

    @Test
    void aMeterMayBeAWholeNumber() {
        assertThat(Documents.read(FIRST.replace("\"m\"", "1900012345678"))
                        .blocks
                        .getFirst()
                        .series())
                .isEqualTo("1900012345678");
        Outcome outcome = Documents.read(FIRST + FIRST.replace("\"m\"", "1.5") + FIRST.replace("\"m\"", "true"));
        assertThat(outcome.rejects)
                .extracting(Reject::code)
                .containsOnly(RejectCode.EMPTY_METER)
                .hasSize(2);
    }

    @Test
    void anOptionNamesTheSeriesOfObjectsThatNameNone() {
        String unnamed = FIRST.replace("\"meter\": \"m\",", "");
        assertThat(Documents.read(unnamed, withMeter("m7")).blocks.getFirst().series())
                .isEqualTo("m7");
        Outcome outcome = Documents.read(unnamed + "\n" + SECOND, withSeries("home/h1/consumption"));
        assertThat(lines(outcome, LONDON))
                .containsExactly("home/h1/consumption 2024-01-15T00:00:00Z=1.5", "m 2024-01-15T00:30:00Z=2");
        assertThat(refusal(unnamed, Snippets.IN_LONDON).reason()).isEqualTo(Reason.OPTION);
        assertThatThrownBy(() -> Documents.read(unnamed, withSeries("zone/GB/price")))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("zone/GB/price");
        assertThat(Documents.read(FIRST + unnamed).rejects)
                .singleElement()
                .satisfies(r -> assertThat(r.message()).contains("neither series nor meter"));
        assertThat(Documents.read(unnamed, withMeter("a")).layout.settings())
                .isNotEqualTo(Documents.read(unnamed, withMeter("b")).layout.settings());
    }

    @Test
    void whatTheObjectRoundAListSaysHoldsForItsItems() {
        String items = "[" + FIRST.replace("\"meter\": \"m\",", "") + "," + SECOND + "]";
        Outcome outcome = Documents.read(
                "{\"series\": \"site/s/generation\", \"unit\": \"MWh\", \"readings\": " + items + ", \"next\": 1}");
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON))
                .containsExactly("m 2024-01-15T00:30:00Z=2000", "site/s/generation 2024-01-15T00:00:00Z=1500");
    }

    @Test
    void whatStandsBehindTheListIsTooLate() {
        Outcome outcome = Documents.read("{\"readings\": [" + FIRST + "], \"unit\": \"Wh\"}");
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH[0]);
        assertThat(outcome.rejects)
                .singleElement()
                .satisfies(r -> assertThat(r.message()).contains("behind the list"))
                .extracting(Reject::column)
                .isEqualTo("unit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"2024-07-15T00:00:00Z\"|2024-07-15T00:00:00Z",
                "\"2024-07-15T01:00+01:00\"|2024-07-15T00:00:00Z",
                "\"2024-07-15 01:00\"|2024-07-15T00:00:00Z",
                "\"202407150100\"|2024-07-15T00:00:00Z",
                "1721001600|2024-07-15T00:00:00Z",
                "1721001600000|2024-07-15T00:00:00Z",
                "315532800|1980-01-01T00:00:00Z",
                "7258118399|2199-12-31T23:59:59Z"
            })
    void timesAreTextOrNumbers(String time, String instant) {
        Outcome outcome = Documents.read("{\"meter\":\"m\",\"time\":" + time + ",\"kWh\":1}", withResolution("PT1S"));
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON)).containsExactly("m " + instant + "=1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1721001600.5|BAD_TIME",
                "1.721e9|BAD_TIME",
                "1721001600123|BAD_TIME",
                "20240715|BAD_TIME",
                "202407150100|BAD_TIME",
                "-1721001600|BAD_TIME",
                "99999999999999999999|BAD_TIME",
                "\"1721001600\"|BAD_DATE",
                "\"yesterday\"|BAD_DATE",
                "\"15/07/2024 00:00\"|BAD_DATE",
                "\"2024-07-15T25:00Z\"|BAD_TIME",
                "true|BAD_DATE",
                "[1]|BAD_DATE",
                "null|BAD_DATE",
                "\"\"|BAD_DATE",
                "\"2024-03-31T01:30\"|NONEXISTENT_LOCAL_TIME"
            })
    void otherTimesAreRejected(String time, RejectCode code) {
        Outcome outcome = Documents.read(
                FIRST + "\n{\"meter\":\"m\",\"timestamp\":" + time + ",\"kWh\":1}", withResolution("PT30M"));
        assertThat(outcome.rejects).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo(code);
            assertThat(r.column()).isEqualTo("timestamp");
            assertThat(r.message()).contains("expected");
            assertThat(r.text()).contains("\"timestamp\":" + time);
        });
    }

    @Test
    void theReportSaysWhatNumbersWereTakenFor() {
        Outcome outcome = Documents.read("{\"meter\":\"m\",\"time\":1721001600000,\"kWh\":1}", withResolution("PT30M"));
        assertThat(outcome.layout.decisions()).contains(new Decision("times", "milliseconds since 1970", "values"));
    }

    @Test
    void withoutEndsTheResolutionIsTheCommonestStep() {
        Outcome outcome = Documents.read("""
                [{"meter":"m","time":"2024-01-15T00:00Z","kWh":1},
                {"meter":"m","time":"2024-01-15T00:15Z","kWh":2},
                {"meter":"m","time":"2024-01-15T00:20Z","kWh":3},
                {"meter":"m","time":"2024-01-15T00:30Z","kWh":4},
                {"meter":"m","time":"2024-01-15T00:45Z","kWh":5}]
                """);
        assertThat(outcome.blocks.getFirst().block().resolution()).hasToString("PT15M");
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.OFF_GRID);
        assertThat(refusal("{\"meter\":\"m\",\"time\":\"2024-01-15T00:10Z\",\"kWh\":1}", Snippets.IN_LONDON))
                .hasMessageContaining("set the resolution");
    }

    @Test
    void stampsMayNameTheEnd() {
        String ends = "{\"meter\":\"m\",\"end\":\"2024-01-15T00:30Z\",\"kWh\":1}"
                + "{\"meter\":\"m\",\"end\":\"2024-01-15T01:00Z\",\"kWh\":2}";
        assertThat(lines(Documents.read(ends), LONDON))
                .containsExactly("m 2024-01-15T00:00:00Z=1", "m 2024-01-15T00:30:00Z=2");
        assertThat(lines(Documents.read(ends.replace("end", "time"), withStamps(Stamps.END)), LONDON))
                .containsExactly("m 2024-01-15T00:00:00Z=1", "m 2024-01-15T00:30:00Z=2");
    }

    @Test
    void withEndsNothingIsSnappedToAGrid() {
        Outcome outcome = Documents.read("""
                {"meter":"m","start":"2024-01-15T00:00Z","end":"2024-01-15T00:07Z","kWh":1}
                {"meter":"m","start":"2024-01-15T00:07Z","end":"2024-01-15T02:00:01Z","kWh":2}
                """);
        assertThat(outcome.blocks).singleElement().satisfies(b -> {
            assertThat(b.block().resolution()).isNull();
            assertThat(b.block().length()).isEqualTo(2);
        });
    }

    @Test
    void energyThatCrossesMidnightIsSplit() {
        Outcome outcome = Documents.read(
                "{\"meter\":\"m\",\"start\":\"2024-01-15T23:00Z\",\"end\":\"2024-01-16T02:00Z\",\"kWh\":1}");
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "m 2024-01-15T23:00:00Z=0.333333333 ESTIMATED", "m 2024-01-16T00:00:00Z=0.666666667 ESTIMATED");
    }

    @Test
    void someObjectsMayHaveEndsAndOthersNot() {
        Outcome outcome = Documents.read("""
                {"meter":"m","start":"2024-01-15T00:00Z","kWh":1}
                {"meter":"m","start":"2024-01-15T00:30Z","kWh":2}
                {"meter":"m","start":"2024-01-15T01:00Z","end":"2024-01-15T01:30Z","kWh":3}
                {"meter":"m","start":"2024-01-15T01:30Z","kWh":4}
                """);
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).extracting(b -> b.block().resolution()).doesNotContainNull();
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.123|0.123",
                "\"0.123\"|0.123",
                "\" 7 \"|7",
                "-0|0",
                "-0.0|0",
                "1e-9|0.000000001",
                "1E2|1E+2",
                "1.5e+3|1.5E+3",
                "12345.123456789|12345.123456789",
                "9007199254740993e-12|9007.199254741",
                "0.00000000049|0"
            })
    void everyDigitOfAValueIsKept(String value, String expected) {
        Outcome outcome = Documents.read(with("\"value\": " + value));
        assertThat(outcome.rejects).isEmpty();
        assertThat(total(outcome, LONDON)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1E400|BAD_NUMBER|too great",
                "99999999999|BAD_NUMBER|too great",
                "\"much\"|BAD_NUMBER|not a number",
                "\"1,5\"|BAD_NUMBER|not a number",
                "true|BAD_NUMBER|'true' is not a number",
                "[1]|BAD_NUMBER|'[1]' is not a number",
                "{\"kWh\": 1}|BAD_NUMBER|not a number",
                "00|BAD_JSON|without sign or zeros before it",
                "+1|BAD_JSON|expected a value",
                ".5|BAD_JSON|expected a value",
                "5.|BAD_JSON|digits after its point",
                "1e|BAD_JSON|digits in its exponent",
                "-|BAD_JSON|a number",
                "NaN|BAD_NUMBER|is no number",
                "Infinity|BAD_NUMBER|is no number",
                "-Infinity|BAD_NUMBER|is no number",
                "nul|BAD_JSON|expected a value",
                "'1'|BAD_JSON|expected a value",
                "0x10|BAD_JSON|expected ',' or '}'"
            })
    void otherValuesAreRejected(String value, RejectCode code, String message) {
        Outcome outcome = Documents.read(FIRST + "\n" + SECOND.replace("2}", value + "}") + "\n" + SECOND);
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH);
        assertThat(outcome.rejects).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo(code);
            assertThat(r.column()).isEqualTo("value");
            assertThat(r.line()).isEqualTo(2);
            assertThat(r.message()).contains(message).contains("expected");
            assertThat(r.text()).startsWith("{\"meter\"").endsWith("}");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"value\": null",
                "\"value\": \"\"",
                "\"value\": \"n/a\"",
                "\"note\": 1",
                "\"value\": 4, \"quality\": \"MISSING\""
            })
    void nothingSaidChangesNothing(String members) {
        Outcome outcome = Documents.read(FIRST + "\n" + with(members));
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON)).containsExactly(BOTH[0]);
        assertThat(outcome.rows).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTUAL,''",
        "ESTIMATED,' ESTIMATED'",
        "SUBSTITUTED,' SUBSTITUTED'",
        "INVALID,' INVALID'",
        "E,' ESTIMATED'",
        "'',''"
    })
    void qualitiesAreRead(String quality, String expected) {
        Outcome outcome = Documents.read(with("\"value\": 1, \"quality\": \"" + quality + "\""));
        assertThat(lines(outcome, LONDON)).containsExactly("m 2024-01-15T00:00:00Z=1" + expected);
        assertThat(Documents.read(FIRST + with("\"value\": 1, \"quality\": \"so so\"")).rejects)
                .extracting(Reject::code, Reject::column)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(RejectCode.BAD_QUALITY, "quality"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"value\": 1500, \"unit\": \"Wh\"|1.5",
                "\"energy_wh\": 1500|1.5",
                "\"energyWh\": 1500|1.5",
                "\"consumptionkWh\": 1.5|1.5",
                "\"consumption_mwh\": 0.0015|1.5",
                "\"value\": 1.5, \"unit\": \"KWH\"|1.5",
                "\"value\": 1.5, \"unit\": null|1.5",
                "\"cost\": 9, \"power_kw\": 7, \"kwh\": 1.5|1.5",
                "\"kwh\": 1.5, \"value\": null|1.5"
            })
    void unitsAreInTheObjectOrInTheKey(String members, String expected) {
        assertThat(total(Documents.read(with(members)), LONDON)).isEqualByComparingTo(expected);
    }

    @Test
    void anOptionSettlesTheUnitAndAnUnstatedOneIsSaid() {
        assertThat(total(Documents.read(with("\"value\": 1, \"unit\": \"kWh\""), withUnit(EnergyUnit.MWH)), LONDON))
                .isEqualByComparingTo("1000");
        assertThat(Documents.read(FIRST).notices).containsOnlyKeys(NoticeCode.UNIT_ASSUMED);
        assertThat(Documents.read(with("\"kWh\": 1")).notices).isEmpty();
        assertThat(Documents.read(FIRST + with("\"value\": 1, \"unit\": \"kW\"")).rejects)
                .extracting(Reject::code)
                .containsExactly(RejectCode.BAD_UNIT);
    }

    @Test
    void optionsNameTheKeys() {
        String text = with("\"a\": 1, \"b\": 2, \"owner\": \"o\"");
        ReadingOptions options = options(LONDON, null, null, null, "Owner", null, "b", null);
        assertThat(lines(Documents.read(text, options), LONDON)).containsExactly("o 2024-01-15T00:00:00Z=2");
        assertThat(refusal(text, withMeterColumn("who")))
                .hasMessageContaining("no key 'who' for the meter")
                .hasMessageContaining("meter, start, end, a, b, owner");
    }

    @Test
    void impossibleEnergyIsKeptAsInvalid() {
        Outcome outcome = Documents.read(with("\"value\": -1"));
        assertThat(lines(outcome, LONDON)).containsExactly("m 2024-01-15T00:00:00Z=-1 INVALID");
        assertThat(outcome.notices).containsKey(NoticeCode.NEGATIVE);
    }

    @Test
    void theLaterOfTwoForOneIntervalCountsEvenOnOneLine() {
        Outcome outcome =
                Documents.read("[" + FIRST + "," + FIRST.replace("1.5", "7") + "," + FIRST.replace("1.5", "9") + "]");
        assertThat(lines(outcome, LONDON)).containsExactly("m 2024-01-15T00:00:00Z=9");
        assertThat(outcome.notices).containsEntry(NoticeCode.DUPLICATE_IN_FILE, 2);
        assertThat(outcome.blocks).extracting(Documents.Block::line).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                " [ ] \n",
                "{\"readings\": []}",
                "{\"items\": [], \"next\": null}",
                "{\"items\": []}\n{\"items\": []}"
            })
    void nothingToReadIsSaidSo(String text) {
        assertThat(refusal(text, Snippets.IN_LONDON).reason()).isEqualTo(Reason.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|no value",
                "{\"a\": 1, \"b\": 2}|their keys are a, b",
                "{\"meter\": \"m\", \"value\": 1}|no time",
            })
    void jsonOfAnotherKindIsRefused(String text, String message) {
        UnreadableDocument e = refusal(text, Snippets.IN_LONDON);
        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(e).hasMessageContaining(message).hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[\"m\", 1]]|expected an object",
                "[\"m\", 1]|expected an object",
                "{\"meter\": \"m\", \"value\"|The file ends inside this object",
                "{\"meter\" \"m\"}|line 1: '\"m\"}' stands here; expected ':'"
            })
    void whatIsNoJsonIsSaidSo(String text, String message) {
        UnreadableDocument e = refusal(text, Snippets.IN_LONDON);
        assertThat(e.reason()).isEqualTo(Reason.NOT_JSON);
        assertThat(e).hasMessageContaining(message).hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed.json", "FEED.JSON", "a/feed.ndjson", "feed.jsonl", "feed.json.gz"})
    void aNameThatSaysJsonIsHeldToIt(String name) {
        assertThatThrownBy(() -> Documents.read("hello".getBytes(UTF_8), name, Snippets.IN_LONDON))
                .isInstanceOfSatisfying(UnreadableDocument.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.NOT_JSON);
                    assertThat(e).hasMessageContaining(name).hasMessageContaining("expected");
                });
    }

    @Test
    void whatTheBytesDoNotSayIsNoJson() {
        assertThatThrownBy(() -> Documents.read("{hello}, [world]\n{1},[2]\n"))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("begins with '{hello}, [world]'");
    }
}
