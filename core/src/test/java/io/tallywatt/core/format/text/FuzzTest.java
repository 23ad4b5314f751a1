package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Good files damaged at random: a document is read, its bad rows rejected, or it is refused; nothing else ever happens,
 * and where chunks are cut makes no difference. {@code -Dtallywatt.fuzz.seconds=N} goes on for longer,
 * {@code -Dtallywatt.fuzz.seed=N} begins at a seed.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
    private static final String[] DICTIONARY = {
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r\n",
        "\r",
        "\u0000",
        "-",
        "e",
        "e99",
        "1e-400",
        ".",
        "NaN",
        "null",
        "99999999999999999999",
        "0.00000000005",
        "-1",
        "2024-03-31",
        "31/03/2024",
        "03/31/2024",
        "2011-12-30",
        "24:00",
        "00:30",
        "\uFEFF",
        "é",
        "sep=;\n",
        "Meter",
        "kWh",
        "Wh",
        "P1D",
        "2024-10-27 01:30",
        "T",
        "Z",
        "+01:00",
        "9199999999",
        " ",
        "1970-01-01",
        "2199-12-31",
        "2200-01-01",
        "Actual",
        "E",
        "[24:00]",
        "kWh_1",
        "\uD83D\uDCA1"
    };

    @Test
    void damagedFilesNeverDoAnythingUnexpected() {
        long seconds = Long.getLong("tallywatt.fuzz.seconds", 30);
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        long seed = Long.getLong("tallywatt.fuzz.seed", 0);
        int read = 0;
        for (; System.nanoTime() < until; seed++) {
            try {
                read += once(new Random(seed)) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed " + seed + ": " + e, e);
            }
        }
        System.out.println("Fuzzed to seed " + seed + "; " + read + " documents were readable");
        assertThat(read).isPositive();
    }

    private static boolean once(Random random) {
        byte[] good = good(random);
        byte[] bytes = random.nextInt(20) == 0 ? good : damaged(good, random);
        ReadingOptions options = options(random);
        Outcome whole;
        try {
            whole = Documents.read(bytes, "fuzz.csv", options);
        } catch (UnreadableDocument e) {
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            String message = e.getMessage();
            try {
                var _ = Documents.readInPieces(bytes, "fuzz.csv", options, random);
                throw new AssertionError("Refused as a whole but read in pieces: " + message);
            } catch (UnreadableDocument again) {
                assertThat(again.getMessage()).isEqualTo(message);
            }
            return false;
        }
        check(whole);
        Outcome pieces = Documents.readInPieces(bytes, "fuzz.csv", options, random);
        assertThat(pieces.summary(options.zone())).isEqualTo(whole.summary(options.zone()));
        return true;
    }

    private static ReadingOptions options(Random random) {
        ReadingOptions.DateOrder order = random.nextInt(3) > 0
                ? null
                : random.nextBoolean() ? ReadingOptions.DateOrder.DAY_FIRST : ReadingOptions.DateOrder.MONTH_FIRST;
        ZoneId zone = ZoneId.of(RandomWide.ZONES.get(random.nextInt(RandomWide.ZONES.size())));
        return Snippets.options(zone, null, null, order, null, null, null, null);
    }

    /** Every row is taken, rejected or holds nothing; never two of these. */
    private static void check(Outcome outcome) {
        Set<Long> rejected = new HashSet<>();
        for (Reject reject : outcome.rejects) {
            assertThat(rejected.add(reject.line())).as("%s", reject).isTrue();
            assertThat(reject.message()).doesNotContain("\n").isNotBlank();
            assertThat(reject.text()).doesNotContain("\n").doesNotContain("\u0000");
        }
        assertThat((long) rejected.size()).isLessThanOrEqualTo(outcome.rows);
        if (!outcome.layout.ordered()) {
            assertThat(outcome.blocks.size() + rejected.size()).isLessThanOrEqualTo((int) outcome.rows);
            assertThat(outcome.blocks).noneMatch(block -> rejected.contains(block.line()));
        }
        for (Documents.Block block : outcome.blocks) {
            assertThat(block.block().total()).isNotNegative();
            assertThat(block.series()).isNotEmpty();
        }
    }

    private static byte[] good(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new RandomWide(random).bytes();
            case 3, 4 -> Arrays.copyOf(new RandomRows(random).bytes(), 3000);
            case 5 ->
                ("Meter,Start,End,kWh\n"
                                + "m,2024-03-30 22:00,2024-03-31 04:00,1.5\nm,2024-10-27 00:30,2024-10-27 01:30,2\n"
                                        .repeat(5))
                        .getBytes(StandardCharsets.UTF_8);
            case 6 ->
                ("Meter;Date;kWh;Quality\n" + "a;13/04/2024;1,5;A\nb;03/04/2024;2;E\n".repeat(8))
                        .getBytes(StandardCharsets.UTF_8);
            default ->
                ("Meter,Date,Time,kWh\n" + "m,2024-10-27,01:00,1\nm,2024-10-27,01:30,1\n".repeat(9))
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good;
        int times = 1 + random.nextInt(6);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(random.nextInt(4) == 0 ? 400 : 8));
            byte[] put = switch (random.nextInt(5)) {
                case 0 -> new byte[0];
                case 1 -> {
                    byte[] noise = new byte[random.nextInt(5)];
                    random.nextBytes(noise);
                    yield noise;
                }
                case 2 -> slice(bytes, random);
                default -> DICTIONARY[random.nextInt(DICTIONARY.length)].getBytes(StandardCharsets.UTF_8);
            };
            bytes = replaced(bytes, at, random.nextBoolean() ? length : 0, put);
        }
        return bytes;
    }

    private static byte[] slice(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(300)));
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] put) {
        List<byte[]> parts = new ArrayList<>(
                List.of(Arrays.copyOf(bytes, at), put, Arrays.copyOfRange(bytes, at + length, bytes.length)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
