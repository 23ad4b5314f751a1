package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.IN_LONDON;
import static io.tallywatt.core.format.text.Snippets.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.SeriesIds;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\n", "\uFEFF", "sep=,\n", "MPR,ReadDatetime,kWh,ReadType\n", "Meter,Date,kWh"})
    void nothingToReadIsEmpty(String text) {
        assertThatThrownBy(() -> Documents.read(text))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY));
    }

    @Test
    void aWideHeaderAloneIsEmpty() {
        assertThatThrownBy(() -> Documents.read(header(48) + "\n\n"))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class, e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "<?xml version=\"1.0\"?>\n<feed>,</feed>\n",
                "a,b,c\n1,2,3\n4,5,6\n",
                "Meter,Date\nEE1,2024-01-01\n",
                "100,NEM12,200404201300,MDA1,Ret1\n200,NMI1,E1,E1,E1,N1,01009,kWh,30,\n"
            })
    void otherTextIsRefusedInOneLineThatSaysWhatWasSeen(String text) {
        assertThatThrownBy(() -> Documents.read(text)).isInstanceOfSatisfying(UnreadableDocument.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
            assertThat(e.getMessage())
                    .contains("test.csv")
                    .contains(text.lines().findFirst().orElse(""))
                    .contains("expected")
                    .doesNotContain("\n");
        });
    }

    @Test
    void binaryJunkIsNotText() {
        byte[] junk = new byte[10_000];
        new Random(5).nextBytes(junk);
        assertThatThrownBy(() -> Formats.recognise(new Head(junk, true, "x.bin"), IN_LONDON))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("not text");
    }

    @Test
    void utf16IsNamed() {
        byte[] wide = ("\uFEFF" + header(48)).getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> Formats.recognise(new Head(wide, true, "x.csv"), IN_LONDON))
                .isInstanceOf(UnreadableDocument.class)
                .hasMessageContaining("UTF-16");
    }

    @Test
    void theFormatsAreAskedInOrder() {
        assertThat(Formats.all())
                .extracting(io.tallywatt.core.format.Format::name)
                .startsWith("json", "home-register", "wide", "rows", "daily");
    }

    @Test
    void aDefaultedZoneIsSaidOnceHoweverManyReadersShareTheWork() {
        ReadingOptions defaulted = new ReadingOptions(
                ZoneId.of("UTC"),
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ReadingOptions.DEFAULT_PLAUSIBLE_KW);
        Documents.Outcome outcome = Documents.read(Snippets.withCell("1"), defaulted);
        var _ = outcome.layout.reader(new SeriesIds(), outcome);
        var _ = outcome.layout.reader(new SeriesIds(), outcome);
        assertThat(outcome.notices).containsEntry(NoticeCode.ZONE_DEFAULTED, 1);
        assertThat(outcome.layout.decisions())
                .anyMatch(d -> d.what().equals("zone")
                        && d.value().equals("UTC")
                        && d.why().equals("default"));
        assertThat(Documents.read(Snippets.withCell("1")).notices).doesNotContainKey(NoticeCode.ZONE_DEFAULTED);
    }

    @Test
    void recordEndsAreTheSameForWhoeverCutsAndWhoeverReads() {
        byte[] bytes = "a,\"b\nc\",d\ne,\"f\ng,h\ni".getBytes(StandardCharsets.UTF_8);
        assertThat(RecordEnds.end(bytes, 0, bytes.length)).isEqualTo(10);
        assertThat(RecordEnds.end(bytes, 10, bytes.length)).isEqualTo(15);
        assertThat(RecordEnds.lastEnd(bytes, 0, bytes.length)).isEqualTo(10);
        assertThat(RecordEnds.lastEnd(bytes, 0, 8)).isZero();
        assertThat(RecordEnds.lastEnd(bytes, 15, bytes.length)).isEqualTo(19);
    }
}
