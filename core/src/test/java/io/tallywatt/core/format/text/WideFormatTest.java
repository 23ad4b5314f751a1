package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.IN_LONDON;
import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.at;
import static io.tallywatt.core.format.text.Snippets.header;
import static io.tallywatt.core.format.text.Snippets.row;
import static io.tallywatt.core.format.text.Snippets.total;
import static io.tallywatt.core.format.text.Snippets.withMeter;
import static io.tallywatt.core.format.text.Snippets.withMeterColumn;
import static io.tallywatt.core.format.text.Snippets.withResolution;
import static io.tallywatt.core.format.text.Snippets.withStamps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WideFormatTest {
    private static String ones(String header) {
        return header + row("EE1,2024-01-15", 48, i -> "0." + (i + 1));
    }

    @Test
    void oneRowBecomesOneBlock() {
        Outcome outcome = Documents.read(header(48) + row("EE00011,2024-01-15", 48, i -> "0.12" + i % 10));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.rows).isEqualTo(1);
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("EE00011");
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(2);
        DayBlock block = outcome.blocks.getFirst().block();
        assertThat(block.date()).hasToString("2024-01-15");
        assertThat(block.length()).isEqualTo(48);
        assertThat(block.scale()).isEqualTo(3);
        assertThat(block.values()[9]).isEqualTo(129);
    }

    static Stream<Arguments> startSpellings() {
        return Stream.of(
                spelling("0:00", i -> String.format("%d:%02d", i / 2, i % 2 * 30)),
                spelling("00:00", i -> String.format("%02d:%02d", i / 2, i % 2 * 30)),
                spelling("00:00:00", i -> String.format("%02d:%02d:00", i / 2, i % 2 * 30)),
                spelling("0000", i -> String.format("%02d%02d", i / 2, i % 2 * 30)),
                spelling("HH0000", i -> String.format("HH%02d%02d", i / 2, i % 2 * 30)),
                spelling("00:00 kWh", i -> String.format("%02d:%02d kWh", i / 2, i % 2 * 30)),
                spelling(
                        "00:00-00:30",
                        i -> String.format("%02d:%02d-%02d:%02d", i / 2, i % 2 * 30, (i + 1) / 2, (i + 1) % 2 * 30)),
                spelling(
                        "12:00 AM",
                        i -> String.format("%d:%02d %s", (i / 2 + 11) % 12 + 1, i % 2 * 30, i < 24 ? "AM" : "PM")),
                spelling("00:30..24:00", i -> String.format("[%02d:%02d]", (i + 1) / 2, (i + 1) % 2 * 30)),
                spelling("0:30..0:00", i -> String.format("%d:%02d", (i + 1) / 2 % 24, (i + 1) % 2 * 30)),
                spelling("HH0030..HH2400", i -> String.format("HH%02d%02d", (i + 1) / 2, (i + 1) % 2 * 30)),
                spelling("kWh_1", i -> "kWh_" + (i + 1)),
                spelling("HH1", i -> "HH" + (i + 1)),
                spelling("P1", i -> "P" + (i + 1)),
                spelling("1", i -> String.valueOf(i + 1)),
                spelling("P01", i -> String.format("P%02d", i + 1)),
                spelling("0..47", String::valueOf));
    }

    private static Arguments spelling(String name, IntFunction<String> column) {
        return Arguments.of(name, IntStream.range(0, 48).mapToObj(column).collect(Collectors.joining(",")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("startSpellings")
    void headerSpellingsAllMeanTheSameIntervals(String name, String columns) {
        Outcome outcome = Documents.read(ones("Meter,Date," + columns + "\n"));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).hasSize(1);
        assertThat(at(outcome, "EE1", "2024-01-15T00:00:00Z")).isEqualByComparingTo("0.1");
        assertThat(at(outcome, "EE1", "2024-01-15T03:30:00Z")).isEqualByComparingTo("0.8");
        assertThat(at(outcome, "EE1", "2024-01-15T23:30:00Z")).isEqualByComparingTo("0.48");
    }

    @ParameterizedTest
    @CsvSource({"24,PT1H", "48,PT30M", "96,PT15M", "144,PT10M", "288,PT5M"})
    void resolutionFollowsFromTheColumns(int columns, String resolution) {
        Outcome outcome = Documents.read(header(columns) + row("EE1,2024-01-15", columns, _ -> "1"));
        DayBlock block = outcome.blocks.getFirst().block();
        assertThat(block.resolution()).hasToString(resolution);
        assertThat(block.length()).isEqualTo(columns);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo(String.valueOf(columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 46, 48, 50, 96, 288})
    void numbersBehindADateAreReadWithoutHeader(int columns) {
        Outcome outcome = Documents.read(row("EE1,2024-01-15", columns, i -> i < 24 ? "1.5" : "0")
                + row("EE2,2024-01-15", columns, i -> i < 24 ? "2.5" : ""));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.rows).isEqualTo(2);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("96");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MPAN,siteRef|MPAN|true",
                "Site Id,Meter Number|Meter Number|true",
                "ID,Location|ID|false",
                "Meter Serial,MPRN|MPRN|true",
                "NMI,Postcode|NMI|false",
                "Customer,Category|Customer|false",
                "Something,Postcode|Something|true"
            })
    void theSurestMeterColumnIsTaken(String leading, String expected, boolean said) {
        String header = header(48).replace("Meter,", leading + ",");
        Outcome outcome = Documents.read(header + row("a1,b1,2024-01-15", 48, _ -> "1"));
        assertThat(outcome.layout.decisions())
                .anyMatch(d -> d.what().equals("meter column") && d.value().equals(expected));
        assertThat(outcome.notices.containsKey(NoticeCode.METER_COLUMN_CHOSEN)).isEqualTo(said);
        assertThat(outcome.blocks.getFirst().series()).isEqualTo(leading.startsWith(expected) ? "a1" : "b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Site Id", "site id", "SITE_ID", "1"})
    void anOptionNamesTheMeterColumn(String column) {
        String header = header(48).replace("Meter,", "Site Id,Meter,");
        Outcome outcome = Documents.read(header + row("site7,m1,2024-01-15", 48, _ -> "1"), withMeterColumn(column));
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("site7");
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.METER_COLUMN_CHOSEN);
        assertThat(outcome.layout.decisions()).contains(new Decision("meter column", "Site Id", "option"));
    }

    @Test
    void anOptionThatNamesNoColumnSaysWhichThereAre() {
        assertThatThrownBy(() -> Documents.read(withOneRow(), withMeterColumn("NMI")))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(Reason.OPTION))
                .hasMessageContaining("NMI")
                .hasMessageContaining("Meter, Date, 0:00");
    }

    private static String withOneRow() {
        return header(48) + row("EE1,2024-01-15", 48, _ -> "1");
    }

    @Test
    void aFileWithoutMeterColumnIsNamedAfterItself() {
        String text = withOneRow().replace("Meter,", "").replace("EE1,", "");
        Outcome outcome = Documents.read(text);
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("test");
        assertThat(outcome.notices).containsKey(NoticeCode.METER_FROM_FILE_NAME);
        assertThat(Documents.read(text, withMeter("m 7")).blocks.getFirst().series())
                .isEqualTo("m 7");
    }

    @Test
    void otherColumnsAreIgnored() {
        String header = "siteRef,MPAN,Name,ConsumptionDate," + columns("kWh_", 48) + "," + columns("kVArh_", 48) + "\n";
        Outcome outcome = Documents.read(header
                + row("s,m1,\"Big, School\",15/01/2024", 96, i -> i < 48 ? "1" : "7")
                + row("s,m2,Tea \"Room\",15/01/2024", 96, i -> i < 48 ? "2" : ""));
        assertThat(outcome.rejects).isEmpty();
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("144");
    }

    private static String columns(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).collect(Collectors.joining(","));
    }

    @Test
    void reactiveEnergyBeforeTheEnergyIsNotTakenForIt() {
        String header = "MPAN,Date," + columns("kVArh_", 48) + "," + columns("kWh_", 48) + "\n";
        Outcome outcome = Documents.read(header + row("m1,2024-01-15", 96, i -> i < 48 ? "9" : "1"));
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("48");
    }

    @Test
    void aStatedTotalIsComparedAndNeverAdded() {
        String header = header(48).replace("Date,", "Date,Total,");
        Outcome outcome = Documents.read(header
                + row("m1,2024-01-15,48", 48, _ -> "1")
                + row("m2,2024-01-15,47.9", 48, _ -> "1")
                + row("m3,2024-01-15,", 48, _ -> "1")
                + row("m4,2024-01-15,12.6", 48, i -> i == 0 ? "12.5678" : "0"));
        assertThat(outcome.notices).containsEntry(NoticeCode.TOTAL_MISMATCH, 1);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("156.5678");
    }

    @Test
    void theUnitMayStandInEachRow() {
        String header = header(48).replace("Date,", "Date,Units,");
        Outcome outcome = Documents.read(header
                + row("m1,2024-01-15,kWh", 48, _ -> "1")
                + row("m2,2024-01-15,Wh", 48, _ -> "1")
                + row("m3,2024-01-15,MWH", 48, _ -> "1")
                + row("m4,2024-01-15,kVArh", 48, _ -> "1"));
        assertThat(at(outcome, "m1", "2024-01-15T00:00:00Z")).isEqualByComparingTo("1");
        assertThat(at(outcome, "m2", "2024-01-15T00:00:00Z")).isEqualByComparingTo("0.001");
        assertThat(at(outcome, "m3", "2024-01-15T00:00:00Z")).isEqualByComparingTo("1000");
        assertThat(outcome.rejects).hasSize(1);
        assertThat(outcome.rejects.getFirst().code()).isEqualTo(RejectCode.BAD_UNIT);
        assertThat(outcome.rejects.getFirst().column()).isEqualTo("Units");
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.UNIT_ASSUMED);
    }

    @ParameterizedTest
    @CsvSource({"kWh,1", "Wh,0.001", "MWh,1000"})
    void theUnitMayStandInTheHeader(String unit, String expected) {
        String header = "Meter,Date," + columns(unit + "_", 48) + "\n";
        Outcome outcome = Documents.read(header + row("m1,2024-01-15", 48, _ -> "1"));
        assertThat(at(outcome, "m1", "2024-01-15T00:00:00Z")).isEqualByComparingTo(expected);
        assertThat(outcome.notices).isEmpty();
    }

    @Test
    void aFileWithoutUnitIsTakenAsKwhAndSaysSo() {
        assertThat(Documents.read(withOneRow()).notices).containsOnlyKeys(NoticeCode.UNIT_ASSUMED);
    }

    @Test
    void optionsThatContradictTheHeaderAreRefused() {
        assertThatThrownBy(() -> Documents.read(withOneRow(), withResolution("PT1H")))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("PT30M")
                .hasMessageContaining("PT1H");
        assertThatThrownBy(() -> Documents.read(withOneRow(), withStamps(Stamps.END)))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("0:00");
        assertThat(Documents.read(withOneRow(), withStamps(Stamps.START)).blocks)
                .hasSize(1);
    }

    @Test
    void titleLinesBeforeTheHeaderArePassed() {
        Outcome outcome = Documents.read("Half-hourly data,\nCreated 2024-02-01\n\n" + withOneRow());
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(5);
    }

    @Test
    void allMissingRowsAreRowsButNoBlocks() {
        Outcome outcome = Documents.read(header(48) + row("m1,2024-01-15", 48, _ -> ""));
        assertThat(outcome.rows).isEqualTo(1);
        assertThat(outcome.blocks).isEmpty();
        assertThat(outcome.rejects).isEmpty();
    }

    @Test
    void missingCellsStayMissing() {
        Outcome outcome = Documents.read(header(48) + row("m1,2024-01-15", 48, i -> i == 0 ? "0" : i == 1 ? "2" : ""));
        DayBlock block = outcome.blocks.getFirst().block();
        assertThat(block.count(Quality.MISSING)).isEqualTo(46);
        assertThat(block.counted()).isEqualTo(2);
    }

    @Test
    void decisionsAndSettingsSayHowTheFileIsRead() {
        Outcome outcome = Documents.read(withOneRow(), IN_LONDON);
        assertThat(outcome.layout.decisions())
                .contains(
                        new Decision("format", "wide", "values"),
                        new Decision("delimiter", "comma", "values"),
                        new Decision("meter column", "Meter", "header"),
                        new Decision("date column", "Date", "header"),
                        new Decision("dates", "ISO", "values"),
                        new Decision("zone", "Europe/London", "option"),
                        new Decision("unit", "kWh", "default"),
                        new Decision("stamps", "start", "header"),
                        new Decision("resolution", "PT30M", "header"),
                        new Decision("value columns", "48 columns 0:00..23:30", "header"));
        assertThat(outcome.layout.settings())
                .isEqualTo("format=wide zone=Europe/London unit=kWh dates=ISO meter-column=Meter values=3+48"
                        + " stamps=start resolution=PT30M plausible-kw=100000");
    }

    @Test
    void formatsAndReadersDoNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Documents.read(withOneRow().replace("Meter", "METER ID")).blocks)
                    .hasSize(1);
        } finally {
            Locale.setDefault(before);
        }
    }
}
