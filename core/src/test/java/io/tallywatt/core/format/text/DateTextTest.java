package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.header;
import static io.tallywatt.core.format.text.Snippets.row;
import static io.tallywatt.core.format.text.Snippets.withOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {
    private static String dated(String... dates) {
        StringBuilder text = new StringBuilder(header(48));
        for (String date : dates) {
            text.append(row("EE1,\"" + date + "\"", 48, _ -> "1"));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-11-13",
                "20191113",
                "2019/11/13",
                "2019.11.13",
                "13/11/2019",
                "13/11/19",
                "13-11-2019",
                "13.11.2019",
                "13-Nov-19",
                "13-Nov-2019",
                "13 Nov 2019",
                "13 November 2019",
                "Nov 13 2019 12:00AM",
                "Nov 13, 2019",
                "13Nov2019",
                "2019-Nov-13",
                "11/13/2019",
                "11/13/19",
                "2019-11-13 00:00:00",
                "2019-11-13T00:00:00",
                "2019-11-13T00:00:00Z",
                "13/11/2019 00:00",
                "13/11/2019 0:00:00",
                "11/13/2019 12:00 AM",
                "2019-11-13T00:00:00.000",
                "20191113000000",
                "201911130000",
                "13 nov 2019",
                "13-NOV-19",
                "Nov. 13, 2019"
            })
    void datesAreReadAsFilesWriteThem(String date) {
        Outcome outcome = Documents.read(dated(date));
        assertThat(outcome.rejects).isEmpty();
        assertThat(outcome.blocks).hasSize(1);
        assertThat(outcome.blocks.getFirst().block().date()).hasToString("2019-11-13");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "2019-02-29",
                "2019-13-01",
                "2019-11-31",
                "00/11/2019",
                "2019-11",
                "13/2019",
                "99/99/2019",
                "1969-12-31",
                "2200-01-01",
                "2019-11-13 12:30",
                "13 Foo 2019",
                "2019/11-13",
                "1/1/1",
                "2019-1111",
                "13/11/201",
                "43782",
                "2019-11-13x",
                "31/31/2020",
                "2019-11-13T00:00:00+01:00"
            })
    void whatIsNoDateRejectsItsRow(String date) {
        Outcome outcome = Documents.read(dated("2019-11-12", "2019-11-13", date, "2019-11-14"));
        assertThat(outcome.rejects).hasSize(1);
        assertThat(outcome.rejects.getFirst().code()).isIn(RejectCode.BAD_DATE, RejectCode.BAD_TIME);
        assertThat(outcome.rejects.getFirst().line()).isEqualTo(4);
        assertThat(outcome.rejects.getFirst().column()).isEqualTo("Date");
        assertThat(outcome.blocks).hasSize(3);
    }

    @Test
    void aPartOverTwelveDecidesForTheWholeFile() {
        Outcome day = Documents.read(dated("03/04/2024", "05/04/2024", "13/04/2024"));
        assertThat(day.blocks.getFirst().block().date()).hasToString("2024-04-03");
        assertThat(day.notices).doesNotContainKey(NoticeCode.DAY_FIRST_ASSUMED);
        assertThat(day.layout.decisions())
                .contains(new Decision("dates", "day first ('13/04/2024' in line 4)", "values"));
        Outcome month = Documents.read(dated("03/04/2024", "05/04/2024", "04/13/2024"));
        assertThat(month.blocks.getFirst().block().date()).hasToString("2024-03-04");
        assertThat(month.layout.settings()).contains("dates=month-first");
    }

    @Test
    void theHeadLeavesOpenWhatALaterChunkDecides() {
        StringBuilder text = new StringBuilder(header(48));
        for (int i = 0; i < 3000; i++) {
            text.append(row("EE" + i + ",03/04/2024", 48, _ -> "1.234"));
        }
        text.append(row("EE,04/13/2024", 48, _ -> "1.234"));
        byte[] bytes = text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Outcome outcome = Documents.readInPieces(bytes, "x.csv", Snippets.IN_LONDON, new Random(3));
        assertThat(outcome.layout.undecided()).isFalse();
        assertThat(outcome.blocks)
                .hasSize(3001)
                .allSatisfy(b -> assertThat(b.block().date().getYear()).isEqualTo(2024));
        assertThat(outcome.blocks.getFirst().block().date()).hasToString("2024-03-04");
    }

    @Test
    void undecidedDatesAreDayFirstWithANotice() {
        Outcome outcome = Documents.read(dated("03/04/2024", "05/04/2024"));
        assertThat(outcome.layout.undecided()).isTrue();
        assertThat(outcome.notices).containsEntry(NoticeCode.DAY_FIRST_ASSUMED, 1);
        assertThat(outcome.blocks.getFirst().block().date()).hasToString("2024-04-03");
    }

    @Test
    void anOptionSettlesTheOrder() {
        Outcome outcome = Documents.read(dated("03/04/2024"), withOrder(DateOrder.MONTH_FIRST));
        assertThat(outcome.layout.undecided()).isFalse();
        assertThat(outcome.notices).doesNotContainKey(NoticeCode.DAY_FIRST_ASSUMED);
        assertThat(outcome.blocks.getFirst().block().date()).hasToString("2024-03-04");
    }

    @Test
    void datesOfBothOrdersMakeTheFileUnreadable() {
        assertThatThrownBy(() -> Documents.read(dated("13/04/2024", "03/04/2024", "04/13/2024")))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONTRADICTORY_DATES))
                .hasMessageContaining("'04/13/2024' in line 4")
                .hasMessageContaining("'13/04/2024' in line 2");
        assertThatThrownBy(() -> Documents.read(dated("13/04/2024"), withOrder(DateOrder.MONTH_FIRST)))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("was set");
    }

    @Test
    void numericDatesAmongIsoOnesAreRejected() {
        Outcome outcome = Documents.read(dated("2024-04-01", "2024-04-02")
                + row("EE1,2024-04-03", 48, _ -> "1").repeat(3000)
                + row("EE1,13/04/2024", 48, _ -> "1"));
        assertThat(outcome.rejects).hasSize(1);
        assertThat(outcome.rejects.getFirst().code()).isEqualTo(RejectCode.BAD_DATE);
    }
}
