package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.UTC;
import static io.tallywatt.core.format.text.Snippets.at;
import static io.tallywatt.core.format.text.Snippets.lines;
import static io.tallywatt.core.format.text.Snippets.options;
import static io.tallywatt.core.format.text.Snippets.total;
import static io.tallywatt.core.format.text.Snippets.withMeter;
import static io.tallywatt.core.format.text.Snippets.withResolution;
import static io.tallywatt.core.format.text.Snippets.withStamps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.DayBlock;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-15 00:00|2024-01-15 00:30|2024-01-15 01:00",
                "2024-01-15T00:00:00Z|2024-01-15T00:30:00Z|2024-01-15T01:00:00Z",
                "2024-01-15T01:00+01:00|2024-01-15T01:30+01:00|2024-01-15T01:00Z",
                "15/01/2024 00:00|15/01/2024 00:30|15/01/2024 01:00",
                "15/01/2024 12:00 AM|15/01/2024 12:30:00 AM|15/01/2024 1:00am",
                "01/15/2024 12:00 AM|01/15/2024 12:30 AM|01/15/2024 1:00 AM",
                "15 Jan 2024 00:00:00|15 Jan 2024 00:30:00|15 Jan 2024 01:00:00",
                "202401150000|202401150030|202401150100",
                "20240115000000|20240115003000|20240115010000",
                "20240115T0000|20240115T0030|20240115T0100",
                "15-Jan-24 0:00|15-Jan-24 0:30|15-Jan-24 1:00",
                "2024/01/15 00:00:00.000|2024/01/15 00:30:00.0|2024/01/15 01:00:00",
                "2024-01-15 00:00:00 UTC|2024-01-15 00:30:00 UTC|2024-01-15 01:00:00 UTC"
            })
    void stampsAreReadAsFilesWriteThem(String first, String second, String third) {
        Outcome outcome =
                Documents.read("Meter,Timestamp,kWh\nm," + first + ",1\nm," + second + ",2\nm," + third + ",3\n");
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON))
                .containsExactly("m 2024-01-15T00:00:00Z=1", "m 2024-01-15T00:30:00Z=2", "m 2024-01-15T01:00:00Z=3");
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().block().resolution()).hasToString("PT30M");
        assertThat(outcome.layout.ordered()).isTrue();
    }

    @Test
    void anOffsetWinsOverTheZone() {
        Outcome outcome = Documents.read("Meter,Timestamp,kWh\nm,2024-07-15T00:00Z,1\nm,2024-07-15T00:30Z,2\n");
        assertThat(lines(outcome, LONDON)).containsExactly("m 2024-07-15T00:00:00Z=1", "m 2024-07-15T00:30:00Z=2");
        assertThat(outcome.blocks.getFirst().block().date()).hasToString("2024-07-15");
        Outcome local = Documents.read("Meter,Timestamp,kWh\nm,2024-07-15T00:00,1\nm,2024-07-15T00:30,2\n");
        assertThat(lines(local, LONDON)).containsExactly("m 2024-07-14T23:00:00Z=1", "m 2024-07-14T23:30:00Z=2");
    }

    @Test
    void dateAndTimeMayStandApart() {
        Outcome outcome = Documents.read(
                "Id;Datum;Zeit;Wert (kWh)\nm;15.01.2024;00:00;0,25\nm;15.01.2024;00:15;0,5\nm;15.01.2024;00:30;1\n");
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "m 2024-01-15T00:00:00Z=0.25", "m 2024-01-15T00:15:00Z=0.50", "m 2024-01-15T00:30:00Z=1.00");
    }

    @Test
    void aFileWithoutHeaderIsReadToo() {
        Outcome outcome = Documents.read("m1,2024-01-15 00:00,1.5\nm1,2024-01-15 00:30,2.5\n123,2024-01-15 00:00,3\n");
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.rows).isEqualTo(3);
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "123 2024-01-15T00:00:00Z=3", "m1 2024-01-15T00:00:00Z=1.5", "m1 2024-01-15T00:30:00Z=2.5");
    }

    @ParameterizedTest
    @CsvSource({
        "Timestamp,START",
        "Start,START",
        "From,START",
        "Period end,END",
        "End time,END",
        "Interval ending,END",
        "DateTo,END",
        "Reading until,END"
    })
    void headerWordsTellWhichEndAStampNames(String header, Stamps expected) {
        Outcome outcome = Documents.read("Meter," + header + ",kWh\nm,2024-01-15 10:30,1\nm,2024-01-15 11:00,2\n");
        assertThat(at(outcome, "m", expected == Stamps.END ? "2024-01-15T10:00:00Z" : "2024-01-15T10:30:00Z"))
                .isEqualByComparingTo("1");
    }

    @Test
    void anOptionTellsWhichEndAStampNames() {
        String text = "Meter,Start,kWh\nm,2024-01-15 00:30,1\nm,2024-01-15 01:00,2\nm,2024-01-15 24:00,3\n";
        assertThat(lines(Documents.read(text, withStamps(Stamps.END)), LONDON))
                .containsExactly("m 2024-01-15T00:00:00Z=1", "m 2024-01-15T00:30:00Z=2", "m 2024-01-15T23:30:00Z=3");
    }

    private static String halfHours(String meter, String date, int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i <= to; i++) {
            java.time.LocalDateTime stamp =
                    java.time.LocalDate.parse(date).atStartOfDay().plusMinutes(30L * i);
            rows.append(meter).append(',').append(stamp).append(",1\n");
        }
        return rows.toString();
    }

    @Test
    void metersThatRunFromOneStepAfterMidnightToMidnightHaveEndStamps() {
        String text = "Meter,When,kWh\n" + halfHours("a", "2024-01-15", 1, 48) + halfHours("b", "2024-01-15", 1, 96);
        Outcome outcome = Documents.read(text);
        assertThat(outcome.notices).containsEntry(NoticeCode.END_STAMPS_ASSUMED, 1);
        assertThat(outcome.blocks)
                .hasSize(3)
                .allSatisfy(b -> assertThat(b.block().isComplete()).isTrue());
    }

    @Test
    void metersThatDoNotAllRunSoHaveStartStamps() {
        String text = "Meter,When,kWh\n" + halfHours("a", "2024-01-15", 1, 48) + halfHours("b", "2024-01-15", 0, 47);
        Outcome outcome = Documents.read(text);
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.END_STAMPS_ASSUMED);
        assertThat(outcome.blocks).hasSize(3);
    }

    @Test
    void aFileWithoutMeterColumnIsNamedAfterItself() {
        String text = "start,value\n2024-01-15 00:00,1\n2024-01-15 00:30,2\n";
        Outcome outcome = Documents.read(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "a/b/School 7.csv.gz", Snippets.IN_LONDON);
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("School 7");
        assertThat(outcome.notices).containsOnlyKeys(NoticeCode.METER_FROM_FILE_NAME, NoticeCode.UNIT_ASSUMED);
        assertThat(Documents.read(text, withMeter("m7")).blocks.getFirst().series())
                .isEqualTo("m7");
    }

    @Test
    void aTemperatureIsNoMeter() {
        Outcome outcome = Documents.read("start,value,temperature\n2024-01-15 00:00,1,3.5\n2024-01-15 00:30,2,4\n");
        assertThat(outcome.blocks).hasSize(1);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("3");
    }

    @Test
    void theValueColumnIsChosenByItsWordsOrByAnOption() {
        String text = "Meter,Timestamp,Cost,kWh,Backup\nm,2024-01-15 00:00,9,1,5\nm,2024-01-15 00:30,9,2,6\n";
        assertThat(total(Documents.read(text), LONDON)).isEqualByComparingTo("3");
        ReadingOptions backup = options(LONDON, null, null, null, null, null, "backup", null);
        assertThat(total(Documents.read(text, backup), LONDON)).isEqualByComparingTo("11");
        ReadingOptions none = options(LONDON, null, null, null, null, null, "kw", null);
        assertThatThrownBy(() -> Documents.read(text, none))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("Meter, Timestamp, Cost, kWh, Backup");
    }

    @Test
    void powerIsNotTakenForEnergy() {
        assertThatThrownBy(() -> Documents.read("Meter,Timestamp,kW\nm,2024-01-15 00:00,1\nm,2024-01-15 00:30,2\n"))
                .isInstanceOf(UnreadableDocument.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Actual,''",
        "A,''",
        "Estimated,' ESTIMATED'",
        "E,' ESTIMATED'",
        "S,' SUBSTITUTED'",
        "F,' SUBSTITUTED'",
        "C,' SUBSTITUTED'",
        "substituted,' SUBSTITUTED'"
    })
    void qualitiesAreRead(String code, String expected) {
        Outcome outcome =
                Documents.read("Meter,Timestamp,kWh,ReadType\nm,2024-01-15 00:00,1,Actual\nm,2024-01-15 00:30,2," + code
                        + "\nm,2024-01-15 01:00,3,N\nm,2024-01-15 01:30,4,V\nm,2024-01-15 02:00,5,\n");
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "m 2024-01-15T00:00:00Z=1", "m 2024-01-15T00:30:00Z=2" + expected, "m 2024-01-15T02:00:00Z=5");
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.BAD_QUALITY);
        assertThat(outcome.rejects.getFirst().column()).isEqualTo("ReadType");
    }

    @Test
    void unitsMayStandInTheHeaderOrInAColumn() {
        assertThat(total(
                        Documents.read(
                                "Meter,Timestamp,Consumption (Wh)\nm,2024-01-15 00:00,1\nm,2024-01-15 00:30,2\n"),
                        LONDON))
                .isEqualByComparingTo("0.003");
        Outcome outcome = Documents.read(
                "Meter,Timestamp,Value,Unit\nm,2024-01-15 00:00,1,Wh\nm,2024-01-15 00:30,2,kWh\nm,2024-01-15 01:00,2,kW\n");
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("2.001");
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.BAD_UNIT);
    }

    @Test
    void rowsOfManyMetersMayComeInAnyOrder() {
        Outcome outcome = Documents.read("""
                Meter,Timestamp,kWh
                b,2024-01-16 00:30,4
                a,2024-01-15 00:30,2
                b,2024-01-15 00:00,3
                a,2024-01-15 00:00,1
                b,2024-01-16 00:00,5
                """);
        assertThat(outcome.blocks).hasSize(3);
        assertThat(outcome.blocks).extracting(Documents.Block::line).containsExactly(2L, 3L, 4L);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("15");
    }

    @Test
    void manyOpenDaysAreHandedOutEarlyAndNothingIsLost() {
        StringBuilder text = new StringBuilder("Meter,Timestamp,kWh\n");
        for (String time : new String[] {"00:00", "00:30", "01:00"}) {
            for (int meter = 0; meter < 25_000; meter++) {
                text.append("m")
                        .append(meter)
                        .append(",2024-01-15 ")
                        .append(time)
                        .append(",1\n");
            }
        }
        Outcome outcome = Documents.read(text.toString(), withResolution("PT30M"));
        assertThat(outcome.rows).isEqualTo(75_000);
        assertThat(outcome.blocks).hasSizeGreaterThan(25_000);
        assertThat(outcome.readings(LONDON)).hasSize(75_000);
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.DUPLICATE_IN_FILE);
    }

    @Test
    void theSameReadingTwiceIsIgnored() {
        Outcome outcome = Documents.read(
                "Meter,Timestamp,kWh\nm,2024-01-15 00:00,1.50\nm,2024-01-15 00:30,2\nm,2024-01-15 00:00,1.5\n");
        assertThat(outcome.notices).containsEntry(NoticeCode.DUPLICATE_IN_FILE, 1);
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(2);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("3.5");
    }

    @Test
    void anotherValueOfAnIntervalReplacesTheEarlierOneWhichIsHandedOutFirst() {
        Outcome outcome = Documents.read("""
                Meter,Timestamp,kWh
                m,2024-01-15 00:00,1
                m,2024-01-15 00:30,2
                m,2024-01-15 00:30,7
                m,2024-01-15 01:00,3
                """);
        assertThat(outcome.notices).containsEntry(NoticeCode.DUPLICATE_IN_FILE, 1);
        assertThat(outcome.blocks).hasSize(2);
        DayBlock earlier = outcome.blocks.getFirst().block();
        assertThat(earlier.counted()).isEqualTo(1);
        assertThat(earlier.values()[1]).isEqualTo(2);
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(3);
        assertThat(outcome.blocks.getLast().line()).isGreaterThan(3);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("11");
    }

    @Test
    void stampsOffTheGridAreRejected() {
        Outcome outcome = Documents.read(
                "Meter,Timestamp,kWh\nm,2024-01-15 00:00,1\nm,2024-01-15 00:30,2\nm,2024-01-15 01:07,3\nm,2024-01-15 01:30,3\n");
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.OFF_GRID);
        assertThat(outcome.rejects.getFirst().message())
                .contains("2024-01-15 01:07")
                .contains("PT30M");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-15 25:00",
                "2024-01-15 00:60",
                "2024-01-15 0:3",
                "2024-01-15 noon",
                "2024-01-15 13:00 PM",
                "2024-01-15 00:30:00.5"
            })
    void unreadableTimesAreRejected(String stamp) {
        Outcome outcome =
                Documents.read("Meter,Timestamp,kWh\nm,2024-01-15 00:00,1\nm,2024-01-15 00:30,2\nm," + stamp + ",3\n");
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.BAD_TIME);
    }

    @Test
    void aFileThatDoesNotTellItsResolutionNeedsAnOption() {
        String text = "Meter,Timestamp,kWh\na,2024-01-15 00:30,1\nb,2024-01-15 00:30,1\n";
        assertThatThrownBy(() -> Documents.read(text))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("resolution");
        assertThat(Documents.read(text, withResolution("PT30M")).blocks).hasSize(2);
    }

    @Test
    void stampsOfMidnightAloneAreDailyTotals() {
        Outcome outcome = Documents.read(
                "Meter,Timestamp,kWh\na,2024-03-30 00:00:00,1\na,2024-03-31 00:00:00,2\na,2024-04-01 00:00:00,3\n");
        assertThat(outcome.blocks)
                .hasSize(3)
                .allSatisfy(b -> assertThat(b.block().resolution()).hasToString("P1D"));
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("6");
    }

    @Test
    void startsAndEndsOnTheGridMakeRegularBlocks() {
        Outcome outcome = Documents.read("""
                Consumption (kwh), Start, End
                0.1, 2024-03-31T00:00:00+00:00, 2024-03-31T00:30:00+00:00
                0.2, 2024-03-31T00:30:00+00:00, 2024-03-31T02:00:00+01:00
                0.3, 2024-03-31T02:00:00+01:00, 2024-03-31T02:30:00+01:00
                """);
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().block().resolution()).hasToString("PT30M");
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "test 2024-03-31T00:00:00Z=0.1",
                        "test 2024-03-31T00:30:00Z=0.2",
                        "test 2024-03-31T01:00:00Z=0.3");
    }

    @Test
    void startsAndEndsOffTheGridMakeIrregularBlocks() {
        Outcome outcome = Documents.read("""
                Charger,Start,End,kWh
                c,2024-01-15 08:03,2024-01-15 09:17:30,7.5
                c,2024-01-15 18:00,2024-01-15 18:30,2
                c,2024-01-15 18:15,2024-01-15 18:45,2
                c,2024-01-15 20:00,2024-01-15 19:00,2
                """, Snippets.withMeterColumn("Charger"));
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.BAD_TIME, RejectCode.BAD_TIME);
        assertThat(outcome.blocks).hasSize(1);
        DayBlock block = outcome.blocks.getFirst().block();
        assertThat(block.resolution()).isNull();
        assertThat(block.total()).isEqualByComparingTo("9.5");
        assertThat(block.endOf(0, 0) - block.startOf(0)).isEqualTo(4470);
    }

    @Test
    void energyThatCrossesMidnightIsSplitExactlyAndCalledEstimated() {
        Outcome outcome = Documents.read(
                "Meter,Start,End,kWh\nc,2024-01-15 22:00,2024-01-16 01:00,1\nc,2024-01-17 01:00,2024-01-17 01:30,1\n");
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "c 2024-01-15T22:00:00Z=0.666666666 ESTIMATED",
                        "c 2024-01-16T00:00:00Z=0.333333334 ESTIMATED",
                        "c 2024-01-17T01:00:00Z=1");
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("2");
    }

    @Test
    void aBillOfAMonthBecomesItsDays() {
        Outcome outcome = Documents.read("Meter,Start,End,kWh\nc,2024-03-01 00:00,2024-04-01 00:00,31\n");
        assertThat(outcome.blocks)
                .hasSize(31)
                .allSatisfy(b -> assertThat(b.block().resolution()).hasToString("P1D"));
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("31");
    }

    @Test
    void aResolutionThatDoesNotDivideTheDayIsRejected() {
        // Lord Howe Island changes its clock by half an hour.
        ReadingOptions lordHowe = options(ZoneId.of("Australia/Lord_Howe"), null, null, null, null, null, null, null);
        Outcome outcome = Documents.read(
                "Meter,Timestamp,kWh\nm,2024-04-06 00:00,1\nm,2024-04-06 01:00,1\nm,2024-04-06 02:00,1\nm,2024-04-07 00:00,1\n",
                lordHowe);
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.BAD_TIME);
        assertThat(outcome.blocks).hasSize(1);
    }

    @Test
    void offsetsAtTheEdgeOfTimeDoNotBreakTheReader() {
        Outcome outcome = Documents.read(
                "Meter,Timestamp,kWh\nm,1970-01-02T00:00+18:00,1\nm,1970-01-02T00:30+18:00,1\nm,2199-12-31T23:30-12:00,1\n",
                options(UTC, null, null, null, null, null, null, null));
        assertThat(outcome.rejects)
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.code()).isEqualTo(RejectCode.BAD_DATE));
    }

    @Test
    void rowsMayNameWholeSeries() {
        Outcome outcome = Documents.read("""
                series,start,value
                home/h1/consumption,2024-01-15 00:00,1
                home/h1/consumption,2024-01-15 00:30,2
                "site/s~201/generation",2024-01-15 00:00,3
                meter/m/consumption,2024-01-15 00:00,4
                meter/m/consumption/E2,2024-01-15 00:00,5
                """);
        assertThat(outcome.rejects).isEmpty();
        assertThat(lines(outcome, LONDON))
                .containsExactly(
                        "home/h1/consumption 2024-01-15T00:00:00Z=1",
                        "home/h1/consumption 2024-01-15T00:30:00Z=2",
                        "m 2024-01-15T00:00:00Z=4",
                        "meter/m/consumption/E2 2024-01-15T00:00:00Z=5",
                        "site/s~201/generation 2024-01-15T00:00:00Z=3");
        assertThat(outcome.layout.settings()).contains("series-column=series");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m|BAD_SERIES|expected such as meter/EE1/consumption",
                "meter//consumption|BAD_SERIES|is not a series",
                "border/FR-GB/flow|BAD_SERIES|expected consumption or generation (kWh) of a meter, home or site",
                "''|EMPTY_METER|is empty"
            })
    void aRowOfNoSeriesIsRejected(String series, RejectCode code, String message) {
        Outcome outcome = Documents.read("Series,Start,kWh\nmeter/m/consumption,2024-01-15 00:00,1\n"
                + "meter/m/consumption,2024-01-15 00:30,2\n" + series + ",2024-01-15 00:00,3\n");
        assertThat(outcome.rejects).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo(code);
            assertThat(r.column()).isEqualTo("Series");
            assertThat(r.line()).isEqualTo(4);
            assertThat(r.message()).contains(message);
        });
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("3");
    }

    @Test
    void aColumnCalledSeriesMayNameMetersInstead() {
        Outcome outcome = Documents.read("Series,Start,kWh\na1,2024-01-15 00:00,1\na1,2024-01-15 00:30,2\n");
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("a1");
    }

    @Test
    void anOptionNamesTheSeriesOfAFileThatNamesNone() {
        String text = "start,end,value,quality\n2024-01-15T00:00Z,2024-01-15T00:30Z,1,ESTIMATED\n";
        assertThat(lines(Documents.read(text, Snippets.withSeries("home/h1/consumption")), LONDON))
                .containsExactly("home/h1/consumption 2024-01-15T00:00:00Z=1 ESTIMATED");
        assertThat(Documents.read(
                                text.replace("start", "meter,start").replace("\n2", "\nm,2"),
                                Snippets.withSeries("home/h1/consumption"))
                        .blocks
                        .getFirst()
                        .series())
                .isEqualTo("m");
        assertThatThrownBy(() -> Documents.read(text, Snippets.withSeries("border/FR-GB/flow")))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("border/FR-GB/flow");
    }

    @Test
    void anExportThatBeginsWithAGapIsReadToo() {
        StringBuilder text = new StringBuilder("start,end,value,quality,missing seconds\n");
        for (int hour = 0; hour < 96; hour++) {
            java.time.LocalDateTime start =
                    java.time.LocalDate.parse("2024-01-15").atStartOfDay().plusHours(hour);
            text.append(start)
                    .append("Z,")
                    .append(start.plusHours(1))
                    .append(hour < 90 ? "Z,,MISSING,3600\n" : "Z,1,ACTUAL,0\n");
        }
        Outcome outcome = Documents.read(text.toString(), withMeter("m"));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).singleElement().satisfies(b -> {
            assertThat(b.block().length()).isEqualTo(24);
            assertThat(b.block().counted()).isEqualTo(6);
        });
    }

    @Test
    void eachDayKeepsTheStepThatItsRowsDivideItBy() {
        StringBuilder text = new StringBuilder("start,end,value,quality\n");
        for (int minutes : new int[] {30, 15}) {
            java.time.LocalDateTime at =
                    java.time.LocalDate.parse("2024-01-" + minutes).atStartOfDay();
            for (int i = 0; i < 1440 / minutes; i++) {
                java.time.LocalDateTime end = at.plusMinutes(minutes);
                text.append(at).append("Z,").append(end).append(i % 7 == 0 ? "Z,,MISSING\n" : "Z,1,ACTUAL\n");
                at = end;
            }
        }
        assertThat(Documents.read(text.toString(), withMeter("m")).blocks)
                .extracting(b -> String.valueOf(b.block().resolution()))
                .containsExactlyInAnyOrder("PT30M", "PT15M");
    }
}
