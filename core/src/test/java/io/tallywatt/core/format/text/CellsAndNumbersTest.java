package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.at;
import static io.tallywatt.core.format.text.Snippets.header;
import static io.tallywatt.core.format.text.Snippets.row;
import static io.tallywatt.core.format.text.Snippets.total;
import static io.tallywatt.core.format.text.Snippets.withCell;
import static io.tallywatt.core.format.text.Snippets.withUnit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Quality;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsAndNumbersTest {
    private static final String CELL = "2024-01-15T03:30:00Z";

    @ParameterizedTest
    @CsvSource({
        "0.123,0.123",
        "5,5",
        "5.,5",
        ".5,0.5",
        "+1.5,1.5",
        "007,7",
        "1.250000,1.25",
        "1234567,1234567",
        "0.123456789,0.123456789",
        "12345.678901234,12345.678901234",
        "1e3,1000",
        "1.5E-3,0.0015",
        "2.5e+1,25",
        "1e-9,0.000000001",
        "0.1000000000000,0.1",
        "000000000000000000000001.5,1.5",
        "0e999999999,0",
        "40000.123456789,40000.123456789"
    })
    void numbersAreExact(String cell, String expected) {
        Outcome outcome = Documents.read(withCell(cell));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.ROUNDED);
        assertThat(at(outcome, "EE1", CELL)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0000000005,0",
        "0.0000000015,0.000000002",
        "0.0000000025,0.000000002",
        "0.00000000251,0.000000003",
        "1e-12,0",
        "1e-999999999,0",
        "1.23456789012345678901,1.23456789"
    })
    void digitsBeyondTheNinthAreRoundedHalfEvenWithANotice(String cell, String expected) {
        Outcome outcome = Documents.read(withCell(cell));
        assertThat(outcome.notices).containsEntry(NoticeCode.ROUNDED, 1);
        assertThat(at(outcome, "EE1", CELL)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "1.2.3",
                "1 2",
                "--1",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "0x10",
                "1,5,",
                "1_000",
                "Infinity",
                "#REF!",
                "9300000000",
                "1e30",
                "99999999999999999999",
                "1e999999999",
                "-1e10",
                "١"
            })
    void whatIsNoNumberRejectsItsRow(String cell) {
        Outcome outcome = Documents.read(
                withCell(cell.contains(",") ? "\"" + cell + "\"" : cell) + row("EE2,2024-01-15", 48, _ -> "2"));
        assertThat(outcome.rejects).hasSize(1);
        Reject reject = outcome.rejects.getFirst();
        assertThat(reject.code()).isEqualTo(RejectCode.BAD_NUMBER);
        assertThat(reject.line()).isEqualTo(2);
        assertThat(reject.column()).isEqualTo("3:30");
        assertThat(reject.message())
                .contains("'" + cell + "'")
                .contains("expected")
                .doesNotContain("\n");
        assertThat(reject.text()).startsWith("EE1,2024-01-15,1,1").doesNotContain("\n");
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("96");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NULL", "null", "NA", "N/A", "n/a", "NaN", "nan", "\"\"", "\" \""})
    void nothingIsMissingAndNeverZero(String cell) {
        Outcome outcome = Documents.read(withCell(cell));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks.getFirst().block().qualities()[7]).isEqualTo(Quality.MISSING.code());
        assertThat(outcome.blocks.getFirst().block().counted()).isEqualTo(47);
    }

    @Test
    void negativeEnergyIsKeptAsInvalid() {
        Outcome outcome = Documents.read(withCell("-0.5"));
        assertThat(outcome.notices).containsEntry(NoticeCode.NEGATIVE, 1);
        assertThat(at(outcome, "EE1", CELL)).isEqualByComparingTo("-0.5");
        assertThat(outcome.blocks.getFirst().block().qualities()[7]).isEqualTo(Quality.INVALID.code());
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("47");
    }

    @Test
    void negativeZeroIsZero() {
        Outcome outcome = Documents.read(withCell("-0.0"));
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.NEGATIVE);
        assertThat(at(outcome, "EE1", CELL)).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @CsvSource({"50000,false", "50000.000000001,true", "50001,true", "49999.999999999,false", "9000000000,true"})
    void energyBeyondThePlausibleBoundIsKeptAsInvalid(String cell, boolean invalid) {
        Outcome outcome = Documents.read(withCell(cell));
        assertThat(outcome.notices.containsKey(NoticeCode.IMPLAUSIBLE)).isEqualTo(invalid);
        assertThat(at(outcome, "EE1", CELL)).isEqualByComparingTo(cell);
        assertThat(total(outcome, LONDON))
                .isEqualByComparingTo(invalid ? new BigDecimal("47") : new BigDecimal(cell).add(new BigDecimal("47")));
    }

    @Test
    void thePlausibleBoundIsASettingAndExact() {
        ReadingOptions options = new ReadingOptions(
                LONDON, true, null, null, null, null, null, null, null, null, new BigDecimal("0.0003"));
        Outcome outcome = Documents.read(
                header(48) + row("EE1,2024-01-15", 48, i -> i == 0 ? "0.00015" : i == 1 ? "0.000151" : "0"), options);
        assertThat(outcome.notices).containsEntry(NoticeCode.IMPLAUSIBLE, 1);
        assertThat(outcome.blocks.getFirst().block().qualities()[1]).isEqualTo(Quality.INVALID.code());
        assertThat(outcome.layout.settings()).endsWith("plausible-kw=0.0003");
    }

    @Test
    void anAbsurdBoundStillKeepsADaysSumWithinALong() {
        ReadingOptions options = new ReadingOptions(
                LONDON, true, null, null, null, null, null, null, null, null, new BigDecimal("1e30"));
        Outcome outcome = Documents.read(header(48) + row("EE1,2024-01-15", 48, _ -> "9000000000.000000001"), options);
        assertThat(outcome.notices).containsEntry(NoticeCode.IMPLAUSIBLE, 48);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "WH,1234.567,1.234567",
        "WH,1,0.001",
        "WH,0.0000005,0",
        "WH,0.000001,0.000000001",
        "MWH,1.234567,1234.567",
        "MWH,0.0001,0.1",
        "MWH,0.000000000001,0.000000001",
        "KWH,1.5,1.5"
    })
    void unitsMoveTheDecimalPoint(EnergyUnit unit, String cell, String expected) {
        Outcome outcome = Documents.read(withCell(cell), withUnit(unit));
        assertThat(at(outcome, "EE1", CELL)).isEqualByComparingTo(expected);
    }

    @Test
    void rowsOfMixedDecimalsAreBroughtToOneScale() {
        Outcome outcome = Documents.read(header(48)
                + row("EE1,2024-01-15", 48, i -> i == 3 ? "0.12345678" : i == 5 ? "7" : i == 6 ? "1234567" : "0.5"));
        assertThat(outcome.blocks.getFirst().block().scale()).isEqualTo(8);
        assertThat(at(outcome, "EE1", "2024-01-15T01:30:00Z")).isEqualByComparingTo("0.12345678");
        assertThat(at(outcome, "EE1", "2024-01-15T02:30:00Z")).isEqualByComparingTo("7");
        assertThat(outcome.blocks.getFirst().block().qualities()[6]).isEqualTo(Quality.INVALID.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void linesMayEndEitherWay(String end) {
        String text = withCell("2.5").replace("\n", end);
        assertThat(total(Documents.read(text), LONDON)).isEqualByComparingTo("49.5");
        assertThat(total(Documents.read(text.strip()), LONDON)).isEqualByComparingTo("49.5");
    }

    @Test
    void quotedCellsMayHoldDelimitersQuotesAndLineFeeds() {
        String header = header(48).replace("Meter,", "Meter,Place,");
        Outcome outcome = Documents.read(header
                + row("\"EE\"\"1\",\"a, b\nc \"\"d\"\"\",\"2024-01-15\"", 48, _ -> "\"1\"")
                + row("EE2,x,2024-01-15", 48, _ -> " 2 "));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).extracting(Documents.Block::series).containsExactly("EE\"1", "EE2");
        assertThat(outcome.blocks).extracting(Documents.Block::line).containsExactly(2L, 4L);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("144");
    }

    @Test
    void aStrayQuoteSpoilsItsOwnRowOnly() {
        String header = header(48).replace("Meter,", "Meter,Place,");
        Outcome outcome = Documents.read(header
                + row("EE1,\"open,2024-01-15", 48, _ -> "1")
                + row("EE2,5\" pipe,2024-01-15", 48, _ -> "2")
                + row("EE3,\"fine\",2024-01-15", 48, i -> i == 2 ? "\"3" : "3")
                + row("EE4,fine,2024-01-15", 48, _ -> "4"));
        assertThat(outcome.rejects).hasSize(1);
        assertThat(outcome.rejects.getFirst().line()).isEqualTo(4);
        assertThat(outcome.blocks).extracting(Documents.Block::series).containsExactly("EE1", "EE2", "EE4");
    }

    @Test
    void wrongColumnCountsAreRejected() {
        Outcome outcome = Documents.read(header(48)
                + row("EE1,2024-01-15", 47, _ -> "1")
                + row("EE2,2024-01-15", 49, _ -> "1")
                + row("EE3,2024-01-15", 48, _ -> "1"));
        assertThat(outcome.rejects)
                .extracting(Reject::code)
                .containsExactly(RejectCode.COLUMN_COUNT, RejectCode.COLUMN_COUNT);
        assertThat(outcome.rejects.getFirst().message()).contains("49").contains("50");
        assertThat(outcome.blocks).hasSize(1);
    }

    @Test
    void aTrailingDelimiterIsNoColumn() {
        String plain = header(48) + row("EE1,2024-01-15", 48, _ -> "1.5");
        assertThat(total(Documents.read(plain.replace("\n", ",\n")), LONDON)).isEqualByComparingTo("72");
        assertThat(total(Documents.read(plain.replace("1.5\n", "1.5,\r\n")), LONDON))
                .isEqualByComparingTo("72");
        assertThat(total(Documents.read(plain.replace("23:30\n", "23:30,\n")), LONDON))
                .isEqualByComparingTo("72");
    }

    @Test
    void aLastRowWithoutItsEndIsCutOff() {
        String text = header(48) + row("EE1,2024-01-15", 48, _ -> "1") + "EE2,2024-01-15,1,1";
        Outcome outcome = Documents.read(text);
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.CUT_OFF);
        assertThat(Documents.read(text + "\n").rejects)
                .extracting(Reject::code)
                .containsExactly(RejectCode.COLUMN_COUNT);
    }

    @Test
    void blankLinesAreNoRows() {
        Outcome outcome =
                Documents.read("\n" + withCell("1").replace("EE1", "\n \r\n" + ",".repeat(49) + "\nEE1") + "\n\n");
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.rows).isEqualTo(1);
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(6);
    }

    @Test
    void aByteOrderMarkAndASepLineArePassed() {
        Outcome outcome = Documents.read("\uFEFFsep=;\r\n" + withCell("1").replace(',', ';'));
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().line()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void otherDelimitersAllowADecimalComma(String delimiter) {
        String text = withCell("2.5").replace(",", delimiter);
        assertThat(total(Documents.read(text), LONDON)).isEqualByComparingTo("49.5");
        Outcome comma = Documents.read(text.replace('.', ','));
        assertThat(total(comma, LONDON)).isEqualByComparingTo("49.5");
        assertThat(comma.layout.decisions())
                .anyMatch(d -> d.what().equals("decimal mark") && d.value().equals("comma"));
        Outcome whole = Documents.read(text.replace("2.5", "2"));
        assertThat(total(whole, LONDON)).isEqualByComparingTo("49");
    }

    @Test
    void emptyMetersAreRejected() {
        Outcome outcome = Documents.read(header(48) + row(" ,2024-01-15", 48, _ -> "1"));
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.EMPTY_METER);
    }

    @Test
    void metersAreKeptAsWritten() {
        Outcome outcome = Documents.read(header(48)
                + row(" 000123 ,2024-01-15", 48, _ -> "1")
                + row("\" 000123\",2024-01-15", 48, _ -> "1")
                + row("Zähler 7,2024-01-15", 48, _ -> "1"));
        assertThat(outcome.blocks).extracting(Documents.Block::series).containsExactly("000123", "000123", "Zähler 7");
    }

    @Test
    void windowsTextIsReadWithANotice() {
        byte[] bytes = (header(48) + row("Zähler,2024-01-15", 48, _ -> "1")).getBytes(Charset.forName("windows-1252"));
        Outcome outcome = Documents.read(bytes, "x.csv", Snippets.IN_LONDON);
        assertThat(outcome.blocks.getFirst().series()).isEqualTo("Zähler");
        assertThat(outcome.notices).containsEntry(NoticeCode.NOT_UTF8, 1);
    }

    @Test
    void binaryRubbishInARowIsRejectedAndShownReadably() {
        Outcome outcome = Documents.read(header(48)
                + row("EE1,2024-01-15", 48, i -> i == 4 ? "\u0000\u0001" : "1")
                + row("E\u0000E,2024-01-15", 48, _ -> "1")
                + row("EE3,2024-01-15", 48, _ -> "1"));
        assertThat(outcome.rejects)
                .extracting(Reject::code)
                .containsExactly(RejectCode.BAD_NUMBER, RejectCode.EMPTY_METER);
        assertThat(outcome.rejects).allSatisfy(reject -> {
            assertThat(reject.text()).doesNotContain("\u0000");
            assertThat(reject.message()).doesNotContain("\u0000");
        });
        assertThat(outcome.blocks).hasSize(1);
    }
}
