package io.tallywatt.collectors.elexon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElexonFormatTest {
    private static final String GOOD =
            "{\"publishTime\":\"2024-02-12T17:50:00Z\",\"fuelType\":\"INTFR\",\"generation\":267}";

    private static TakenIn rows(String... rows) {
        return TakenIn.of("[" + String.join(",", rows) + "]");
    }

    /** A row, its fields given as JSON; those that are empty are left out. */
    private static String row(String publishTime, String fuelType, String generation) {
        StringBuilder row = new StringBuilder("{\"dataset\":\"FUELINST\"");
        row.append(publishTime.isEmpty() ? "" : ",\"publishTime\":" + publishTime);
        row.append(fuelType.isEmpty() ? "" : ",\"fuelType\":" + fuelType);
        row.append(generation.isEmpty() ? "" : ",\"generation\":" + generation);
        return row.append("}").toString();
    }

    @Test
    void aRowIsTheMeanOfTheFiveMinutesBeforeItsStamp() {
        TakenIn taken = rows(GOOD);
        assertThat(taken.layout.unit()).isEqualTo("MW");
        assertThat(taken.layout.zone().getId()).isEqualTo("Europe/London");
        assertThat(taken.readings).containsOnlyKeys("border/FR-GB/flow/IFA");
        Reading reading =
                taken.readings.get("border/FR-GB/flow/IFA").firstEntry().getValue();
        assertThat(reading.interval())
                .isEqualTo(new Interval(Instant.parse("2024-02-12T17:45:00Z"), Instant.parse("2024-02-12T17:50:00Z")));
        assertThat(reading.value()).isEqualByComparingTo("267");
        assertThat(taken.rows).isEqualTo(1);
    }

    @Test
    void anIntervalBeforeMidnightBelongsToTheDayThatEnds() {
        // In summer London's midnight is 23:00Z.
        TakenIn taken = rows(
                row("\"2024-07-01T23:00:00Z\"", "\"INTNSL\"", "-1"),
                row("\"2024-07-01T23:05:00Z\"", "\"INTNSL\"", "2"));
        assertThat(taken.readings.get("border/NO2-GB/flow/NSL").keySet())
                .containsExactly(Instant.parse("2024-07-01T22:55:00Z"), Instant.parse("2024-07-01T23:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "INTFR, border/FR-GB/flow/IFA",
        "INTIFA2, border/FR-GB/flow/IFA2",
        "INTELEC, border/FR-GB/flow/ElecLink",
        "INTNED, border/NL-GB/flow/BritNed",
        "INTNEM, border/BE-GB/flow/Nemo",
        "INTNSL, border/NO2-GB/flow/NSL",
        "INTVKL, border/DK1-GB/flow/Viking",
        "INTIRL, border/NIR-GB/flow/Moyle",
        "INTEW, border/IE-GB/flow/East-West",
        "INTGRNL, border/IE-GB/flow/Greenlink",
    })
    void everyCableHasItsSeries(String code, String series) {
        assertThat(rows(row("\"2024-02-12T17:50:00Z\"", "\"" + code + "\"", "-12.5"))
                        .latest())
                .hasSize(1)
                .hasEntrySatisfying(series, mw -> assertThat(mw).isEqualByComparingTo("-12.5"));
    }

    @Test
    void whatIsNoCableIsPassedOverWhateverItSays() {
        TakenIn taken = rows(row("\"2024-02-12T17:50:00Z\"", "\"CCGT\"", "15842"), row("17", "\"WIND\"", "NaN"), GOOD);
        assertThat(taken.count()).isEqualTo(1);
        assertThat(taken.rejects).isEmpty();
    }

    @Test
    void bothShapesOfReplyAreRead() {
        TakenIn enveloped = TakenIn.of(
                "{\"metadata\":{\"datasets\":[\"FUELINST\"]},\"data\":[" + GOOD + "],\"links\":[{\"a\":1}]}");
        assertThat(enveloped.readings).isEqualTo(rows(GOOD).readings);
    }

    @Test
    void emptyListsAreNothing() {
        assertThat(TakenIn.of("[]").count()).isZero();
        assertThat(TakenIn.of("{\"data\":[]}").count()).isZero();
    }

    @Test
    void aCableThatIsNotKnownIsNamed() {
        TakenIn taken = rows(row("\"2028-02-12T17:50:00Z\"", "\"INTNEU\"", "1400"), GOOD);
        assertThat(taken.count()).isEqualTo(1);
        assertThat(taken.rejects).hasSize(1);
        assertThat(taken.rejects.getFirst().code()).isEqualTo(RejectCode.BAD_SERIES);
        assertThat(taken.rejects.getFirst().message()).contains("'INTNEU'").contains("INTGRNL");
        assertThat(taken.rejects.getFirst().text()).contains("\"INTNEU\"").contains("1400");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | \"INTFR\" | 1 | MISSING_FIELD | 'publishTime'",
                "null | \"INTFR\" | 1 | MISSING_FIELD | 'publishTime' is null",
                "\"2024-02-12T17:50:00Z\" | `` | 1 | MISSING_FIELD | 'fuelType'",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | `` | MISSING_FIELD | 'generation'",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | null | MISSING_FIELD | 'generation' is null",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | \"267\" | TEXT_FOR_NUMBER | '267'",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | NaN | BAD_NUMBER | NaN",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | -Infinity | BAD_NUMBER | Infinity",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | true | BAD_NUMBER | true",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | [1] | BAD_NUMBER | [",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | 1e12 | BAD_NUMBER | too large",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | 1e999999999 | BAD_NUMBER | exponent",
                "\"2024-02-12T17:50:00Z\" | \"INTFR\" | 1e-999999999 | BAD_NUMBER | exponent",
                "\"2024-02-12T17:50:00\" | \"INTFR\" | 1 | TIME_WITHOUT_ZONE | '2024-02-12T17:50:00'",
                "\"2024-02-12 17:50\" | \"INTFR\" | 1 | BAD_TIME | '2024-02-12 17:50'",
                "\"2024-02-30T17:50:00Z\" | \"INTFR\" | 1 | BAD_TIME | '2024-02-30T17:50:00Z'",
                "\"2024-02-12T17:50:00.5Z\" | \"INTFR\" | 1 | BAD_TIME | whole seconds",
                "\"1960-02-12T17:50:00Z\" | \"INTFR\" | 1 | BAD_TIME | from 1970",
                "\"2026-11-02T00:00:01Z\" | \"INTFR\" | 1 | FUTURE_TIME | more than a day",
                "1707760200 | \"INTFR\" | 1 | BAD_JSON | the number 1707760200",
                "\"2024-02-12T17:50:00Z\" | 17 | 1 | BAD_JSON | the number 17",
            })
    void aBadRowIsARejectWithItsTextAndTheOthersCount(
            String publishTime, String fuelType, String generation, RejectCode code, String says) {
        String bad = row(publishTime, fuelType, generation);
        TakenIn taken = rows(GOOD, bad, row("\"2024-02-12T17:55:00Z\"", "\"INTFR\"", "268"));
        assertThat(taken.count()).isEqualTo(2);
        assertThat(taken.rejects).hasSize(1);
        assertThat(taken.rejects.getFirst().code()).isEqualTo(code);
        assertThat(taken.rejects.getFirst().message()).contains(says);
        if (!says.equals("too large") && !says.equals("exponent") && !says.equals("from 1970")) {
            assertThat(taken.rejects.getFirst().text()).isEqualTo(bad);
            assertThat(taken.rejects.getFirst().message()).startsWith("Row 2: ");
        }
        assertThat(taken.rows).isEqualTo(3);
    }

    @Test
    void aFieldThatComesTwiceIsNotChosenFrom() {
        TakenIn taken = rows(
                "{\"publishTime\":\"2024-02-12T17:50:00Z\",\"fuelType\":\"INTFR\",\"generation\":1,\"generation\":2}");
        assertThat(taken.count()).isZero();
        assertThat(taken.rejects.getFirst().code()).isEqualTo(RejectCode.BAD_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"INTFR\"", "[[1,2],{\"a\":3}]", "true"})
    void whatIsNoRowIsAReject(String item) {
        TakenIn taken = rows(GOOD, item);
        assertThat(taken.count()).isEqualTo(1);
        assertThat(taken.rejects).hasSize(1);
        assertThat(taken.rejects.getFirst().code()).isEqualTo(RejectCode.BAD_JSON);
        assertThat(taken.rejects.getFirst().text()).isEqualTo(item);
    }

    @Test
    void theLaterOfTwoRowsForOneTimeCounts() {
        TakenIn taken = rows(GOOD, row("\"2024-02-12T18:50:00+01:00\"", "\"INTFR\"", "300"));
        assertThat(taken.count()).isEqualTo(1);
        assertThat(taken.latest().get("border/FR-GB/flow/IFA")).isEqualByComparingTo("300");
        assertThat(taken.notices).hasSize(1);
        assertThat(taken.notices.getFirst()).startsWith("DUPLICATE_IN_FILE").contains("border/FR-GB/flow/IFA");
        assertThat(rows(GOOD, GOOD).notices).isEmpty();
    }

    @Test
    void aRejectNamesTheLineOfAReplyThatHasLines() {
        TakenIn taken = TakenIn.of("[\n" + GOOD + ",\n{\"fuelType\":\"INTFR\"}\n]");
        assertThat(taken.rejects.getFirst().line()).isEqualTo(3);
    }

    @Test
    void longRowsAreCutInTheirReject() {
        TakenIn taken = rows("{\"fuelType\":\"INTFR\",\"note\":\"" + "é".repeat(50_000) + "\"}", GOOD);
        assertThat(taken.rejects.getFirst().text()).hasSizeLessThan(2_100);
        assertThat(taken.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "<!DOCTYPE html><html><body>Service unavailable</body></html>",
                "[{\"publishTime\":\"2024-02-12T17:50:00Z\",\"fuelType\":\"INTFR\",\"gener",
                "[{\"fuelType\":\"INTFR\"}",
                "[",
                "{}",
                "{\"data\":{\"publishTime\":\"2024-02-12T17:50:00Z\"}}",
                "{\"statusCode\":400,\"message\":\"Bad\"}",
                "17",
                "[] []",
                "[{\"generation\":1,}]",
                "HDR\nFUELINST,20230507,32"
            })
    void whatIsNoReplyIsUnreadable(String body) {
        assertThatThrownBy(() -> TakenIn.of(body))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_JSON));
    }

    @Test
    void aBombOfBracketsOrDigitsIsUnreadable() {
        for (String bomb : new String[] {
            "[".repeat(100_000),
            "[{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}]",
            "[{\"generation\":" + "9".repeat(100_000) + "}]"
        }) {
            assertThatThrownBy(() -> TakenIn.of(bomb)).isInstanceOf(UnreadableDocument.class);
        }
    }

    @Test
    void aReplyInUtf16IsReadToo() {
        byte[] utf16 = ("[" + GOOD + ",{\"fuelType\":\"INTFR\"}]").getBytes(StandardCharsets.UTF_16LE);
        TakenIn taken = TakenIn.of(TakenIn.document(utf16, TakenIn.FETCHED), 1 << 20);
        assertThat(taken.count()).isEqualTo(1);
        assertThat(taken.rejects).hasSize(1);
    }

    @Test
    void aPriceIsOneAndOfHalfAnHour() {
        TakenIn taken = TakenIn.ofPrices("""
                {"metadata": {}, "data": [
                {"startTime": "2026-07-01T00:00:00Z", "systemSellPrice": 81.5, "systemBuyPrice": 81.50, "replacementPrice": null},
                {"startTime": "2026-07-01T00:30:00Z", "systemSellPrice": -12.25, "systemBuyPrice": -12.25},
                {"startTime": "2026-07-01T01:00:00Z", "systemSellPrice": 40, "systemBuyPrice": 60},
                {"startTime": "2026-07-01T01:30:00", "systemSellPrice": 40, "systemBuyPrice": 40},
                {"startTime": "2026-07-01T02:00:00Z", "systemSellPrice": null, "systemBuyPrice": 40},
                {"startTime": "2026-07-01T02:30:00Z", "systemSellPrice": "40", "systemBuyPrice": 40},
                {"startTime": "2027-07-01T02:30:00Z", "systemSellPrice": 40, "systemBuyPrice": 40}]}""");
        assertThat(taken.readings.get("zone/GB/price/system").values())
                .extracting(r -> r.interval().start() + " " + r.interval().duration() + " "
                        + r.value().stripTrailingZeros().toPlainString())
                .containsExactly("2026-07-01T00:00:00Z PT30M 81.5", "2026-07-01T00:30:00Z PT30M -12.25");
        assertThat(taken.rejects)
                .extracting(Reject::line, Reject::column, Reject::code)
                .containsExactly(
                        tuple(4L, "systemBuyPrice", RejectCode.BAD_NUMBER),
                        tuple(5L, "startTime", RejectCode.TIME_WITHOUT_ZONE),
                        tuple(6L, "systemSellPrice", RejectCode.MISSING_FIELD),
                        tuple(7L, "systemSellPrice", RejectCode.TEXT_FOR_NUMBER),
                        tuple(8L, "startTime", RejectCode.FUTURE_TIME));
    }
}
