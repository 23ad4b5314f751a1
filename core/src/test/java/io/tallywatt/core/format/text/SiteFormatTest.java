package io.tallywatt.core.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.time.Resolution;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFormatTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ReadingOptions IN_UTC = ReadingOptions.in(UTC);
    private static final String GOOD = record("s1", "2024-01-15T10:00:00Z", "1.25", "0.4");

    private static String record(String site, String timestamp, String generated, String consumed) {
        return "{\"site_id\": \"" + site + "\", \"timestamp\": \"" + timestamp + "\", \"energy_generated_kwh\": "
                + generated + ", \"energy_consumed_kwh\": " + consumed + "}";
    }

    private static Outcome read(String text) {
        return Documents.read(text.getBytes(UTF_8), "feed.json", IN_UTC);
    }

    /** Each reading with its exact interval, in time order. */
    private static List<String> readings(Outcome outcome, ZoneId zone) {
        return outcome.readings(zone).entrySet().stream()
                .map(e -> e.getKey().split(" ")[0] + " "
                        + e.getValue().interval().start() + "/"
                        + e.getValue().interval().end() + " " + e.getValue().value() + " "
                        + e.getValue().quality())
                .collect(Collectors.toList());
    }

    private static Reject onlyReject(Outcome outcome) {
        assertThat(outcome.rejects).hasSize(1);
        return outcome.rejects.getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "G|objects",
                "[G]|array",
                "G\\n|objects",
                "{\"records\": [G]}|list 'records'",
                "{\"site_id\": \"s1\", \"records\": [W]}|list 'records'"
            })
    void aRecordIsTwoReadingsHoweverItIsHeld(String text, String shape) {
        String document =
                text.replace("\\n", "\n").replace("G", GOOD).replace("W", GOOD.replace("\"site_id\": \"s1\", ", ""));
        Outcome outcome = read(document);
        assertThat(outcome.rejects).isEmpty();
        assertThat(readings(outcome, UTC))
                .containsExactly(
                        "site/s1/consumption 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 0.4 ACTUAL",
                        "site/s1/generation 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 1.25 ACTUAL");
        assertThat(outcome.rows).isEqualTo(1);
        assertThat(outcome.layout.format()).isEqualTo("sites");
        assertThat(outcome.layout.decisions())
                .contains(new Decision("shape", shape, "values"), new Decision("interval", "PT5M", "setting"));
        assertThat(outcome.notices).isEmpty();
    }

    @Test
    void stampsStayAsTheyWereSentAndAreNeverPutOnAGrid() {
        Outcome outcome = read(record("s1", "2024-01-15T10:00:00Z", "1", "1") + "\n"
                + record("s1", "2024-01-15T10:05:03Z", "2", "2") + "\n"
                + record("s1", "2024-01-15T10:09:58Z", "3", "3"));
        assertThat(readings(outcome, UTC).subList(0, 3))
                .containsExactly(
                        "site/s1/consumption 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 1 ACTUAL",
                        "site/s1/consumption 2024-01-15T10:05:03Z/2024-01-15T10:09:58Z 2 ACTUAL",
                        "site/s1/consumption 2024-01-15T10:09:58Z/2024-01-15T10:14:58Z 3 ACTUAL");
        assertThat(outcome.notices).isEmpty();
        assertThat(outcome.blocks)
                .allSatisfy(b -> assertThat(b.block().resolution()).isNull());
    }

    @Test
    void aWholeDayOfExactStampsIsIrregularTooSoThatAnyOtherDayFitsBesideIt() {
        StringBuilder day = new StringBuilder();
        for (int i = 0; i < 288; i++) {
            day.append(record(
                            "s1",
                            Instant.parse("2024-01-15T00:00:00Z")
                                    .plusSeconds(300L * i)
                                    .toString(),
                            "1",
                            "2"))
                    .append('\n');
        }
        Outcome outcome = read(day.toString());
        assertThat(outcome.blocks).hasSize(2).allSatisfy(b -> {
            assertThat(b.block().resolution()).isNull();
            assertThat(b.block().length()).isEqualTo(288);
        });
    }

    @Test
    void theIntervalIsTheFeedsSettingOrAnOption() {
        String text = record("s1", "2024-01-15T10:00:00Z", "1", "1");
        ReadingOptions set = IN_UTC.withFeedEvery(new Resolution(900));
        assertThat(readings(Documents.read(text.getBytes(UTF_8), "f.json", set), UTC)
                        .getFirst())
                .contains("10:00:00Z/2024-01-15T10:15:00Z");
        ReadingOptions stated = Snippets.withResolution("PT1M");
        assertThat(readings(Documents.read(text.getBytes(UTF_8), "f.json", stated), UTC)
                        .getFirst())
                .contains("10:00:00Z/2024-01-15T10:01:00Z");
        ReadingOptions ends = Snippets.withStamps(Stamps.END);
        assertThat(readings(Documents.read(text.getBytes(UTF_8), "f.json", ends), UTC)
                        .getFirst())
                .contains("09:55:00Z/2024-01-15T10:00:00Z");
    }

    @Test
    void aSideThatIsNullIsMissingAndNotZero() {
        Outcome outcome = read(record("s1", "2024-01-15T10:00:00Z", "null", "0") + "\n"
                + record("s1", "2024-01-15T10:05:00Z", "null", "null"));
        assertThat(outcome.rejects).isEmpty();
        assertThat(readings(outcome, UTC))
                .containsExactly("site/s1/consumption 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 0 ACTUAL");
    }

    @Test
    void whatIsImpossibleIsKeptAsInvalid() {
        Outcome outcome = read(record("s1", "2024-01-15T10:00:00Z", "-3.5", "99999999"));
        assertThat(readings(outcome, UTC))
                .containsExactly(
                        "site/s1/consumption 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 99999999 INVALID",
                        "site/s1/generation 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z -3.5 INVALID");
        assertThat(outcome.notices.keySet()).containsExactlyInAnyOrder(NoticeCode.NEGATIVE, NoticeCode.IMPLAUSIBLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"site_id\": \"s1\", |``|MISSING_FIELD|no 'site_id'",
                ", \"energy_consumed_kwh\": 0.4|``|MISSING_FIELD|no 'energy_consumed_kwh'",
                "\"timestamp\": \"2024-01-15T10:00:00Z\", |``|MISSING_FIELD|no 'timestamp'",
                "0.4}|0.4, \"voltage\": 230}|EXTRA_FIELD|'voltage' is not a field",
                "0.4}|0.4, \"siteId\": \"s2\"}|EXTRA_FIELD|'siteId' is not a field",
                "0.4}|0.4, \"site_id\": \"s2\"}|BAD_JSON|stands twice",
                "10:00:00Z|10:00:00|TIME_WITHOUT_ZONE|expected a time with Z or an offset",
                "T10:00:00Z|``|BAD_TIME|has no time",
                "2024-01-15T10|2024-02-30T10|BAD_DATE|is not a date",
                "\"2024-01-15T10:00:00Z\"|\"soon\"|BAD_DATE|is not a date",
                "\"2024-01-15T10:00:00Z\"|null|BAD_DATE|no time",
                "\"2024-01-15T10:00:00Z\"|true|BAD_DATE|is not a time",
                "1.25|NaN|BAD_NUMBER|is no number",
                "1.25|-Infinity|BAD_NUMBER|is no number",
                "1.25|\"1.25\"|TEXT_FOR_NUMBER|without quotes",
                "1.25|\"\"|TEXT_FOR_NUMBER|without quotes",
                "1.25|true|BAD_NUMBER|not a number",
                "1.25|[1]|BAD_NUMBER|not a number",
                "0.4|1e300|BAD_NUMBER|too great",
                "\"s1\"|\"\"|EMPTY_METER|The site is empty",
                "\"s1\"|null|EMPTY_METER|The site is empty",
                "\"s1\"|1.5|EMPTY_METER|is no site",
                "\"s1\"|\"a\\u0007\"|EMPTY_METER|control characters"
            })
    void aRecordThatIsNotAsItShouldBeIsRejectedWhole(String part, String instead, RejectCode code, String message) {
        Outcome outcome = read("[" + GOOD.replace("T10:00", "T09:00") + ",\n" + GOOD.replace(part, instead) + ",\n"
                + GOOD.replace("T10:00", "T11:00") + "]");
        Reject reject = onlyReject(outcome);
        assertThat(reject.code()).isEqualTo(code);
        assertThat(reject.message()).contains(message).contains("expected");
        assertThat(reject.line()).isEqualTo(2);
        assertThat(outcome.rows).isEqualTo(3);
        assertThat(readings(outcome, UTC)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "\"1\""})
    void aFileOfOneBadRecordIsAFeedAllTheSame(String value) {
        Outcome outcome = read(GOOD.replace("1.25", value));
        assertThat(outcome.layout.format()).isEqualTo("sites");
        assertThat(outcome.blocks).isEmpty();
        var _ = onlyReject(outcome);
    }

    @Test
    void whatWasNotYetWhenTheFileCameIsRejected() {
        byte[] text = ("[" + GOOD + ",\n" + GOOD.replace("10:00:00Z", "10:05:01Z") + "]").getBytes(UTF_8);
        Head head = new Head(text, true, "feed.json", Instant.parse("2024-01-15T10:00:00Z"));
        Outcome outcome = Documents.read(text, Formats.recognise(head, IN_UTC));
        Reject reject = onlyReject(outcome);
        assertThat(reject.code()).isEqualTo(RejectCode.FUTURE_TIME);
        assertThat(reject.message()).contains("2024-01-15T10:05:01Z", "2024-01-15T10:00:00Z", "expected");
        assertThat(reject.column()).isEqualTo("timestamp");
    }

    @Test
    void fractionsOfASecondAreLeftOutAndSaidSo() {
        Outcome outcome = read(record("s1", "2024-01-15T10:00:00.987654+00:00", "1", "null"));
        assertThat(readings(outcome, UTC))
                .containsExactly("site/s1/generation 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 1 ACTUAL");
        assertThat(outcome.notices.keySet()).containsExactly(NoticeCode.FRACTION_DROPPED);
        assertThat(read(record("s1", "2024-01-15T10:00:00.000Z", "1", "null")).notices)
                .isEmpty();
    }

    @Test
    void anObjectThatIsTooLongIsRefusedWhileItComes() {
        String endless = GOOD.replace("1.25", "\"" + "9".repeat(17 << 20) + "\"");
        Outcome outcome = read(GOOD.replace("T10:00", "T09:00") + "\n" + endless + "\n" + GOOD);
        assertThat(onlyReject(outcome).code()).isEqualTo(RejectCode.TOO_LONG);
        assertThat(readings(outcome, UTC)).hasSize(4);
    }

    @Test
    void theSameIntervalAgainCountsByItsLaterRecord() {
        Outcome outcome = read(GOOD + "\n" + GOOD.replace("1.25", "7") + "\n" + GOOD.replace("10:00:00", "10:00:20"));
        assertThat(outcome.notices.keySet()).containsExactly(NoticeCode.DUPLICATE_IN_FILE);
        // Each that was replaced is handed out by itself, so that the store knows it; the last counts.
        assertThat(outcome.blocks.stream()
                        .filter(b -> b.series().equals("site/s1/generation"))
                        .map(b -> b.block().total().toPlainString() + " from line " + b.line()))
                .containsExactly("1.25 from line 1", "7 from line 2", "1.25 from line 3");
    }

    @Test
    void energyThatCrossesALocalMidnightIsSplit() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        Outcome outcome = Documents.read(
                record("s1", "2024-01-15T22:58:00Z", "1", "null").getBytes(UTF_8), "f.json", ReadingOptions.in(paris));
        assertThat(readings(outcome, paris))
                .containsExactly(
                        "site/s1/generation 2024-01-15T22:58:00Z/2024-01-15T23:00:00Z 0.4 ESTIMATED",
                        "site/s1/generation 2024-01-15T23:00:00Z/2024-01-15T23:03:00Z 0.6 ESTIMATED");
    }

    @Test
    void aStampSomeSecondsOffMidnightTearsNoReadingInTwo() {
        Outcome outcome = read(record("s1", "2024-01-14T23:55:02Z", "1", "null") + "\n"
                + record("s1", "2024-01-15T23:59:58Z", "2", "null"));
        assertThat(readings(outcome, UTC))
                .containsExactly(
                        "site/s1/generation 2024-01-14T23:55:02Z/2024-01-15T00:00:00Z 1 ACTUAL",
                        "site/s1/generation 2024-01-16T00:00:00Z/2024-01-16T00:04:58Z 2 ACTUAL");
    }

    @Test
    void aNameOfAnyBytesIsASite() {
        Outcome outcome = read(record("Nord/ost 1", "2024-01-15T10:00:00Z", "1", "null") + "\n"
                + record("x", "2024-01-15T10:00:00Z", "1", "null").replace("\"x\"", "17"));
        assertThat(readings(outcome, UTC))
                .containsExactly(
                        "site/17/generation 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 1 ACTUAL",
                        "site/Nord~2Fost~201/generation 2024-01-15T10:00:00Z/2024-01-15T10:05:00Z 1 ACTUAL");
    }

    @Test
    void aFileThatEndsInTheMiddleIsNoJson() {
        assertThatThrownBy(() -> read("{\"site_id\": \"s1\", \"time"))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_JSON));
        Outcome cut = read(GOOD + "\n" + GOOD.substring(0, 60));
        assertThat(onlyReject(cut).code()).isEqualTo(RejectCode.CUT_OFF);
        assertThat(readings(cut, UTC)).hasSize(2);
    }
}
