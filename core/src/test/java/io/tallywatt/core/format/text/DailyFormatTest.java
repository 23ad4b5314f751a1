package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static io.tallywatt.core.format.text.Snippets.options;
import static io.tallywatt.core.format.text.Snippets.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DailyFormatTest {
    @Test
    void everyRowIsABlockOfOneInterval() {
        Outcome outcome = Documents.read("Meter,Date,kWh\na,2024-03-30,10.5\na,2024-03-31,11\nb,2024-03-31,\n");
        assertThat(outcome.layout.format()).isEqualTo("daily");
        assertThat(outcome.layout.ordered()).isFalse();
        assertThat(outcome.rows).isEqualTo(3);
        assertThat(outcome.blocks).hasSize(2).allSatisfy(block -> {
            assertThat(block.block().resolution()).hasToString("P1D");
            assertThat(block.block().length()).isEqualTo(1);
        });
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("21.5");
        assertThat(outcome.layout.settings()).contains("resolution=P1D").contains("value=kWh");
    }

    @Test
    void aFileWithoutHeaderIsReadToo() {
        Outcome outcome = Documents.read("100200300,15/01/2024,10.5\n100200301,16/01/2024,11\n");
        assertThat(outcome.rows).isEqualTo(2);
        assertThat(outcome.blocks).extracting(Documents.Block::series).containsExactly("100200300", "100200301");
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("21.5");
    }

    @Test
    void qualitiesUnitsAndBoundsHoldForDaysToo() {
        Outcome outcome = Documents.read("""
                Meter;Date;Usage;Unit;Quality
                a;2024-03-30;10,5;kWh;A
                a;2024-03-31;2500000;kWh;A
                a;2024-04-01;2350000;kWh;E
                a;2024-04-02;-1;kWh;A
                a;2024-04-03;1;l;A
                a;2024-04-04;1;Wh;X
                """);
        assertThat(outcome.rejects)
                .extracting(Reject::code)
                .containsExactly(RejectCode.BAD_UNIT, RejectCode.BAD_QUALITY);
        assertThat(outcome.notices).containsEntry(NoticeCode.IMPLAUSIBLE, 1).containsEntry(NoticeCode.NEGATIVE, 1);
        assertThat(total(outcome, LONDON)).isEqualByComparingTo("2350010.5");
    }

    @Test
    void aDateThatTheZoneSkippedIsRejected() {
        Outcome outcome = Documents.read(
                "Meter,Date,kWh\na,2011-12-29,1\na,2011-12-30,1\na,2011-12-31,1\n",
                options(ZoneId.of("Pacific/Apia"), null, null, null, null, null, null, null));
        assertThat(outcome.rejects).extracting(Reject::code).containsExactly(RejectCode.NONEXISTENT_LOCAL_TIME);
        assertThat(outcome.blocks).hasSize(2);
    }

    @Test
    void aFinerResolutionCannotBeSet() {
        assertThatThrownBy(() -> Documents.read("Meter,Date,kWh\na,2024-03-30,1\n", Snippets.withResolution("PT30M")))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("PT30M");
    }
}
