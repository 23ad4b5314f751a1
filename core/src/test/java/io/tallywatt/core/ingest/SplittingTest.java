package io.tallywatt.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts, read one by one, hold what the whole document holds: every reading, every reject with its line, every notice. */
class SplittingTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ReadingOptions OPTIONS = ReadingOptions.in(LONDON);

    private static BytesDocument document(String name, byte[] bytes) {
        return new BytesDocument(name, bytes, Instant.parse("2025-01-01T00:00:00Z"));
    }

    /** What was read: values by series and instant with their lines, rejects, notices. */
    private record Read(Map<String, String> readings, List<String> rejects, Map<String, Long> notices) {
        Read() {
            this(new TreeMap<>(), new ArrayList<>(), new TreeMap<>());
        }

        void add(Intake intake) {
            SeriesIds ids = new SeriesIds();
            try (Intake.Pass pass = intake.pass(ids)) {
                BlockCursor cursor = pass.cursor();
                BlockBatch batch = new BlockBatch();
                while (cursor.next(batch)) {
                    for (int b = 0; b < batch.size; b++) {
                        add(batch.line[b], ids.series(batch.series[b]), batch.block(b));
                    }
                }
            }
            for (Iterator<Reject> all = intake.rejects(); all.hasNext(); ) {
                Reject reject = all.next();
                rejects.add(reject.line() + " " + reject.column() + " " + reject.code() + " " + reject.text());
            }
            for (Notice notice : intake.notices()) {
                notices.merge(
                        notice.code() + (notice.firstLine() == 0 ? " of the file" : ""), notice.count(), Long::sum);
            }
        }

        /** Of two readings of one interval that of the later line counts. */
        private void add(long line, Series series, DayBlock block) {
            block.readings(block.date().plusDays(1).atStartOfDay(LONDON).toEpochSecond()).stream()
                    .filter(reading -> reading.value() != null)
                    .forEach(reading -> readings.merge(
                            series + " " + reading.interval().start(),
                            String.format(Locale.ROOT, "line %6d: %s %s", line, plain(reading), reading.quality()),
                            (one, other) -> one.compareTo(other) > 0 ? one : other));
        }
    }

    private static String plain(Reading reading) {
        return reading.value().stripTrailingZeros().toPlainString();
    }

    /** Without the lines: that of a day is the one of its first row, and days may begin anew with a part. */
    private static Read settled(Read read) {
        read.readings().replaceAll((interval, told) -> told.substring(told.indexOf(':') + 2));
        return read;
    }

    private static Read whole(Document document) {
        Read read = new Read();
        var layout = Ingest.layout(document, OPTIONS, List.of());
        try (DocumentIntake intake = new DocumentIntake(document, layout, LONDON, false, Progress.NONE)) {
            read.add(intake);
        }
        return settled(read);
    }

    private static Read parts(BytesDocument document, Splitting splitting, Random random) {
        Read read = new Read();
        List<Splitting.Part> parts = new ArrayList<>(splitting.parts());
        Collections.shuffle(parts, random);
        byte[] head = Arrays.copyOf(document.bytes(), Math.min(document.bytes().length, Head.SIZE));
        for (Splitting.Part part : parts) {
            BytesDocument body =
                    document(document.name(), Arrays.copyOfRange(document.bytes(), (int) part.from(), (int) part.to()));
            try (PartIntake intake = PartIntake.of(
                    head,
                    body,
                    part,
                    OPTIONS,
                    splitting.dateOrder(),
                    splitting.whole().settings())) {
                read.add(intake);
            }
        }
        read.rejects().sort((a, b) -> Long.compare(line(a), line(b)));
        return settled(read);
    }

    private static long line(String reject) {
        return Long.parseLong(reject.substring(0, reject.indexOf(' ')));
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsHoldWhatTheWholeHolds(long seed) throws IOException {
        Random random = new Random(seed);
        String text = seed % 2 == 0 ? wide(random) : rows(random);
        BytesDocument document = document("big.csv", text.getBytes(StandardCharsets.UTF_8));
        Splitting splitting = Splitting.of(document, OPTIONS, 300 + random.nextInt(3000));
        assertThat(splitting.whole().digest()).isEqualTo(Ingest.digestOf(document));
        assertThat(splitting.whole().bytes()).isEqualTo(document.bytes().length);
        assertThat(splitting.whole().parts()).as("seed " + seed).isGreaterThan(1);
        assertThat(parts(document, splitting, random)).as("seed " + seed).isEqualTo(whole(document));
    }

    /** Names with line feeds in quotes, bad rows, dates whose order one late row tells. */
    private static String wide(Random random) {
        StringBuilder text = new StringBuilder("meter,date");
        for (int i = 0; i < 24; i++) {
            text.append(String.format(Locale.ROOT, ",%02d:00", i));
        }
        text.append('\n');
        int rows = 60 + random.nextInt(60);
        for (int row = 0; row < rows; row++) {
            String meter = random.nextInt(5) == 0 ? "\"M,\n" + random.nextInt(9) + "\"" : "M" + random.nextInt(9);
            LocalDate date = LocalDate.of(2024, 1 + random.nextInt(12), row == rows - 2 ? 25 : 1 + random.nextInt(12));
            text.append(meter).append(',').append(date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy")));
            for (int i = 0; i < 24; i++) {
                text.append(',').append(random.nextInt(30) == 0 ? "x" : "" + random.nextInt(100));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** By meter and time, through the night on which the clocks go back: two hours of the same name. */
    private static String rows(Random random) {
        StringBuilder text = new StringBuilder("meter,timestamp,kWh\n");
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
        ZonedDateTime from = ZonedDateTime.of(2024, 10, 26, 20, 0, 0, 0, LONDON);
        boolean byTime = random.nextInt(100) < 50;
        int meters = 5;
        int steps = 40;
        for (int k = 0; k < meters * steps; k++) {
            int meter = byTime ? k % meters : k / steps;
            int step = byTime ? k / meters : k % steps;
            text.append('M').append(meter).append(',');
            text.append(from.plusMinutes(30L * step).format(format)).append(',');
            text.append(random.nextInt(20) == 0 ? "bad" : 1 + random.nextInt(1000))
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void theOrderOfDatesIsThatOfTheWholeDocument() {
        String rows = "M1,03/04/2024,1\nM1,04/04/2024,1\n".repeat(40_000);
        BytesDocument document =
                document("d.csv", ("meter,date,kWh\n" + rows + "M1,25/04/2024,7\n").getBytes(StandardCharsets.UTF_8));
        Splitting splitting = Splitting.of(document, OPTIONS, 100_000);
        assertThat(splitting.dateOrder()).isEqualTo(DateOrder.DAY_FIRST);
        assertThat(splitting.parts())
                .hasSizeGreaterThan(10)
                .allSatisfy(part -> assertThat(part.size()).isLessThanOrEqualTo(100_000));
        assertThat(parts(document, splitting, new Random(1))).isEqualTo(whole(document));
    }

    @Test
    void aTimeThatTheClockShowsTwiceIsNotCutApart() {
        StringBuilder text = new StringBuilder("meter,timestamp,kWh\n");
        ZonedDateTime from = ZonedDateTime.of(2024, 10, 27, 0, 0, 0, 0, LONDON);
        for (int meter = 10; meter < 60; meter++) {
            for (int step = 0; step < 8; step++) {
                text.append('M').append(meter).append(',');
                text.append(from.plusMinutes(30L * step).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")));
                text.append(",0.").append(100 + step).append('\n');
            }
        }
        BytesDocument document = document("night.csv", text.toString().getBytes(StandardCharsets.UTF_8));
        for (int most = 200; most < 260; most++) {
            Splitting splitting = Splitting.of(document, OPTIONS, most);
            assertThat(splitting.parts()).hasSizeGreaterThan(30);
            assertThat(parts(document, splitting, new Random(most))).isEqualTo(whole(document));
        }
    }

    @Test
    void jsonIsReadInOneGo() {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            json.append(String.format(
                    Locale.ROOT,
                    "{\"meter\":\"M1\",\"start\":\"2024-07-01T%02d:%02d:00Z\",\"end\":\"2024-07-01T%02d:%02d:00Z\",\"kwh\":1}%n",
                    i / 5,
                    i % 5 * 10,
                    i / 5,
                    i % 5 * 10 + 10));
        }
        Splitting splitting =
                Splitting.of(document("r.ndjson", json.toString().getBytes(StandardCharsets.UTF_8)), OPTIONS, 500);
        assertThat(splitting.parts()).hasSize(1);
    }

    @Test
    void aPartIsNotReadInAnotherWayThanTheWhole() {
        BytesDocument document = document("w.csv", wide(new Random(3)).getBytes(StandardCharsets.UTF_8));
        Splitting splitting = Splitting.of(document, OPTIONS, 1000);
        assertThatThrownBy(() -> PartIntake.of(
                        document.bytes(),
                        document,
                        splitting.parts().getFirst(),
                        ReadingOptions.in(ZoneId.of("UTC")),
                        splitting.dateOrder(),
                        splitting.whole().settings()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UTC");
    }

    @Test
    void whatCannotBeReadIsNotSplit() {
        BytesDocument document = document("x.bin", new byte[] {0, 1, 2, 3});
        assertThatThrownBy(() -> Splitting.of(document, OPTIONS, 1000)).isInstanceOf(UnreadableDocument.class);
    }
}
