package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.at;
import static io.tallywatt.core.format.text.Snippets.header;
import static io.tallywatt.core.format.text.Snippets.lines;
import static io.tallywatt.core.format.text.Snippets.options;
import static io.tallywatt.core.format.text.Snippets.row;
import static io.tallywatt.core.format.text.Snippets.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In London the clock skips 1:00 to 2:00 on 2024-03-31 and shows 1:00 to 2:00 twice on 2024-10-27. */
class ClockChangeTest {
    private static final String NUMBERED = "Meter,Date,"
            + IntStream.rangeClosed(1, 48).mapToObj(i -> "kWh_" + i).collect(Collectors.joining(",")) + "\n";

    @Test
    void emptyCellsInTheSkippedHourAreFine() {
        Outcome outcome =
                Documents.read(header(48) + row("m,2024-03-31", 48, i -> i == 2 || i == 3 ? "" : String.valueOf(i)));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.SKIPPED_HOUR_DROPPED);
        DayBlock block = outcome.blocks.getFirst().block();
        assertThat(block.length()).isEqualTo(46);
        assertThat(block.isComplete()).isTrue();
        assertThat(at(outcome, "m", "2024-03-31T00:30:00Z")).isEqualByComparingTo("1");
        assertThat(at(outcome, "m", "2024-03-31T01:00:00Z")).isEqualByComparingTo("4");
        assertThat(at(outcome, "m", "2024-03-31T22:30:00Z")).isEqualByComparingTo("47");
    }

    @Test
    void zerosInTheSkippedHourAreDroppedWithANotice() {
        Outcome outcome = Documents.read(header(48) + row("m,2024-03-31", 48, i -> i == 2 || i == 3 ? "0.000" : "1"));
        assertThat(outcome.notices).containsEntry(NoticeCode.SKIPPED_HOUR_DROPPED, 2);
        assertThat(outcome.blocks.getFirst().block().isComplete()).isTrue();
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("46");
    }

    @Test
    void energyInTheSkippedHourRejectsTheRowWithAHint() {
        Outcome outcome = Documents.read(header(48) + row("m,2024-03-31", 48, _ -> "1"));
        assertThat(outcome.blocks).isEmpty();
        Reject reject = outcome.rejects.getFirst();
        assertThat(reject.code()).isEqualTo(RejectCode.NONEXISTENT_LOCAL_TIME);
        assertThat(reject.column()).isEqualTo("1:00");
        assertThat(reject.message()).contains("--zone UTC").contains("Europe/London");
    }

    @Test
    void oneColumnOfTheRepeatedHourIsItsFirstOccurrence() {
        Outcome outcome = Documents.read(header(48) + row("m,2024-10-27", 48, String::valueOf));
        DayBlock block = outcome.blocks.getFirst().block();
        assertThat(block.length()).isEqualTo(50);
        assertThat(block.count(Quality.MISSING)).isEqualTo(2);
        assertThat(at(outcome, "m", "2024-10-27T00:00:00Z")).isEqualByComparingTo("2");
        assertThat(at(outcome, "m", "2024-10-27T02:00:00Z")).isEqualByComparingTo("4");
        assertThat(outcome.readings(LONDON)).doesNotContainKeys("m 2024-10-27T01:00:00Z", "m 2024-10-27T01:30:00Z");
    }

    private static String longHeader() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            columns.add(String.format("%02d:%02d", i / 2, i % 2 * 30));
            if (i == 3) {
                columns.add("01:00");
                columns.add("01:30");
            }
        }
        return "Meter,Date," + String.join(",", columns) + "\n";
    }

    @Test
    void twoColumnsOfTheSameStampAreFirstAndSecond() {
        Outcome outcome = Documents.read(longHeader()
                + row("m,2024-10-27", 50, String::valueOf)
                + row("m,2024-10-28", 50, i -> i == 4 ? "" : i == 5 ? "0" : String.valueOf(i))
                + row("m,2024-10-29", 50, String::valueOf));
        assertThat(outcome.blocks).hasSize(2);
        assertThat(at(outcome, "m", "2024-10-27T00:00:00Z")).isEqualByComparingTo("2");
        assertThat(at(outcome, "m", "2024-10-27T01:00:00Z")).isEqualByComparingTo("4");
        assertThat(at(outcome, "m", "2024-10-27T23:30:00Z")).isEqualByComparingTo("49");
        assertThat(at(outcome, "m", "2024-10-28T01:30:00Z")).isEqualByComparingTo("3");
        assertThat(at(outcome, "m", "2024-10-28T02:00:00Z")).isEqualByComparingTo("6");
        assertThat(outcome.notices).containsEntry(NoticeCode.SURPLUS_DROPPED, 1);
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.SURPLUS_VALUE);
    }

    @Test
    void aHeaderWithoutTheSkippedHourFitsItsDay() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            if (i != 2 && i != 3) {
                columns.add(String.format("%d:%02d", i / 2, i % 2 * 30));
            }
        }
        String header = "Meter,Date," + String.join(",", columns) + "\n";
        Outcome outcome = Documents.read(
                header + row("m,2024-03-31", 46, String::valueOf) + row("m,2024-03-30", 46, String::valueOf));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks.getFirst().block().isComplete()).isTrue();
        assertThat(at(outcome, "m", "2024-03-31T01:00:00Z")).isEqualByComparingTo("2");
        assertThat(outcome.blocks.getLast().block().count(Quality.MISSING)).isEqualTo(2);
        assertThat(at(outcome, "m", "2024-03-30T02:00:00Z")).isEqualByComparingTo("2");
    }

    @Test
    void numberedColumnsCountFromLocalMidnight() {
        Outcome outcome = Documents.read(NUMBERED
                + row("m,2024-03-31", 48, i -> i == 46 ? "" : i == 47 ? "0" : String.valueOf(i))
                + row("m,2024-10-27", 48, String::valueOf)
                + row("x,2024-03-31", 48, String::valueOf));
        assertThat(outcome.notices).containsEntry(NoticeCode.SURPLUS_DROPPED, 1);
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.SURPLUS_VALUE);
        assertThat(outcome.rejects.getFirst().column()).isEqualTo("kWh_47");
        assertThat(at(outcome, "m", "2024-03-31T01:00:00Z")).isEqualByComparingTo("2");
        assertThat(at(outcome, "m", "2024-10-27T01:00:00Z")).isEqualByComparingTo("4");
        assertThat(outcome.blocks.get(1).block().count(Quality.MISSING)).isEqualTo(2);
    }

    @Test
    void aNumberedHeaderOfFiftyFitsEveryDay() {
        String header = NUMBERED.replace("kWh_48", "kWh_48,kWh_49,kWh_50");
        Outcome outcome = Documents.read(
                header + row("m,2024-10-27", 50, String::valueOf) + row("m,2024-10-28", 50, i -> i < 48 ? "1" : ""));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.SURPLUS_DROPPED);
        assertThat(outcome.blocks)
                .allSatisfy(b -> assertThat(b.block().isComplete()).isTrue());
    }

    @Test
    void aDateThatTheZoneSkippedIsRejected() {
        Outcome outcome = Documents.read(
                header(24) + row("m,2011-12-29", 24, _ -> "1") + row("m,2011-12-30", 24, _ -> "1"), in("Pacific/Apia"));
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.NONEXISTENT_LOCAL_TIME);
        assertThat(outcome.blocks).hasSize(1);
    }

    @Test
    void aResolutionThatDoesNotDivideTheDayIsRejected() {
        Outcome hourly = Documents.read(header(24) + row("m,2024-04-07", 24, _ -> "1"), in("Australia/Lord_Howe"));
        assertThat(hourly.rejects).extracting(Reject::code).containsExactly(RejectCode.BAD_TIME);
        Outcome halfHourly = Documents.read(header(48) + row("m,2024-04-07", 48, _ -> "1"), in("Australia/Lord_Howe"));
        assertThat(halfHourly.blocks.getFirst().block().length()).isEqualTo(49);
    }

    private static ReadingOptions in(String zone) {
        return options(ZoneId.of(zone), null, null, null, null, null, null, null);
    }

    private static String stamps(String... stamps) {
        StringBuilder text = new StringBuilder("Meter,Start,kWh\n");
        for (int i = 0; i < stamps.length; i++) {
            text.append("m,").append(stamps[i]).append(',').append(i + 1).append('\n');
        }
        return text.toString();
    }

    @Test
    void rowsOfTheSameStampAreFirstAndSecondOccurrence() {
        Outcome outcome = Documents.read(stamps(
                "2024-10-27 00:30",
                "2024-10-27 01:00",
                "2024-10-27 01:30",
                "2024-10-27 01:00",
                "2024-10-27 01:30",
                "2024-10-27 02:00"));
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.DUPLICATE_IN_FILE);
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "m 2024-10-26T23:30:00Z=1",
                        "m 2024-10-27T00:00:00Z=2",
                        "m 2024-10-27T00:30:00Z=3",
                        "m 2024-10-27T01:00:00Z=4",
                        "m 2024-10-27T01:30:00Z=5",
                        "m 2024-10-27T02:00:00Z=6");
    }

    @Test
    void anEmptyFirstOccurrenceKeepsItsPlace() {
        Outcome outcome =
                Documents.read("Meter,Start,kWh\nm,2024-10-27 00:30,1\nm,2024-10-27 01:00,\nm,2024-10-27 01:00,7\n");
        assertThat(lines(outcome, LONDON)).containsExactly("m 2024-10-26T23:30:00Z=1", "m 2024-10-27T01:00:00Z=7");
    }

    @Test
    void aThirdRowOfARepeatedStampIsADuplicate() {
        Outcome outcome = Documents.read(stamps(
                "2024-10-27 00:00", "2024-10-27 00:30", "2024-10-27 01:00", "2024-10-27 01:00", "2024-10-27 01:00"));
        assertThat(outcome.notices).containsEntry(NoticeCode.DUPLICATE_IN_FILE, 1);
    }

    @Test
    void skippedStampsAreRejectedUnlessNothingWasMeasured() {
        Outcome outcome = Documents.read(
                "Meter,Start,kWh\nm,2024-03-31 00:30,1\nm,2024-03-31 01:00,0\nm,2024-03-31 01:30,2\nm,2024-03-31 02:00,3\n");
        assertThat(outcome.notices).containsEntry(NoticeCode.SKIPPED_HOUR_DROPPED, 1);
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.NONEXISTENT_LOCAL_TIME);
        assertThat(lines(outcome, LONDON)).containsExactly("m 2024-03-31T00:30:00Z=1", "m 2024-03-31T01:00:00Z=3");
    }

    @Test
    void endStampsAtAClockChangeMayUseEitherNameOfTheInstant() {
        for (String endOfTheHourBefore : new String[] {"01:00", "02:00"}) {
            Outcome spring =
                    Documents.read(stamps("2024-03-31 00:30", "2024-03-31 " + endOfTheHourBefore, "2024-03-31 02:30")
                            .replace("Start", "End"));
            assertThat(lines(spring, LONDON))
                    .containsExactly(
                            "m 2024-03-31T00:00:00Z=1", "m 2024-03-31T00:30:00Z=2", "m 2024-03-31T01:00:00Z=3");
        }
        String[][] autumns = {
            {"00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30"},
            {"00:30", "01:00", "01:30", "02:00", "01:30", "02:00", "02:30"}
        };
        for (String[] autumn : autumns) {
            String[] stamps =
                    java.util.Arrays.stream(autumn).map(t -> "2024-10-27 " + t).toArray(String[]::new);
            Outcome outcome = Documents.read(stamps(stamps).replace("Start", "End"));
            assertThat(outcome.notices).doesNotContainKey(NoticeCode.DUPLICATE_IN_FILE);
            assertThat(lines(outcome, LONDON))
                    .containsExactly(
                            "m 2024-10-26T23:00:00Z=1",
                            "m 2024-10-26T23:30:00Z=2",
                            "m 2024-10-27T00:00:00Z=3",
                            "m 2024-10-27T00:30:00Z=4",
                            "m 2024-10-27T01:00:00Z=5",
                            "m 2024-10-27T01:30:00Z=6",
                            "m 2024-10-27T02:00:00Z=7");
        }
    }
}
