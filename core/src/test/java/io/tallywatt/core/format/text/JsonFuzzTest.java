package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Good JSON damaged at random: it is read, its bad objects rejected, or it is refused; nothing else ever happens, and where
 * chunks are cut makes no difference. {@code -Dtallywatt.fuzz.seconds=N} goes on for longer,
 * {@code -Dtallywatt.fuzz.seed=N} begins at a seed.
 */
@Execution(ExecutionMode.CONCURRENT)
class JsonFuzzTest {
    private static final String[] DICTIONARY = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        ",",
        ":",
        "\n",
        "\r\n",
        "\n{",
        "},{",
        "\\u",
        "\\ud83d",
        "\\ud83d\\udca1",
        "\u0000",
        "\u00e9",
        "\uFEFF",
        "null",
        "true",
        "NaN",
        "-0",
        "1e400",
        "1E-9",
        "00",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"items\":[",
        "{\"readings\":[",
        "]}",
        "\"series\":",
        "\"meter\":\"m\",",
        "\"unit\":\"Wh\",",
        "\"value\":",
        "\"start\":1721001600,",
        "\"end\":",
        "\"2024-10-27T01:30\"",
        "\"2011-12-30\"",
        " "
    };

    @Test
    void damagedDocumentsNeverDoAnythingUnexpected() {
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
        System.out.println("Fuzzed JSON to seed " + seed + "; " + read + " documents were readable");
        assertThat(read).isPositive();
    }

    private static boolean once(Random random) {
        RandomReadings given = new RandomReadings(random);
        byte[] good = given.json().getBytes(StandardCharsets.UTF_8);
        if (good.length > 4000 && random.nextInt(20) > 0) {
            good = Arrays.copyOf(good, 500 + random.nextInt(3500));
        }
        byte[] bytes = damaged(good, random);
        ReadingOptions options = random.nextBoolean()
                ? Snippets.options(given.zone(), null, null, null, null, "m", null, null)
                : ReadingOptions.in(given.zone());
        Outcome whole;
        try {
            whole = Documents.read(bytes, "fuzz.json", options);
        } catch (UnreadableDocument e) {
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            return false;
        }
        check(whole);
        Outcome pieces = Documents.readInPieces(bytes, "fuzz.json", options, random);
        assertThat(pieces.summary(options.zone())).isEqualTo(whole.summary(options.zone()));
        return true;
    }

    static void check(Outcome outcome) {
        for (Reject reject : outcome.rejects) {
            assertThat(reject.line()).isPositive();
            assertThat(reject.message()).doesNotContain("\n").isNotBlank();
            assertThat(reject.text()).doesNotContain("\n").doesNotContain("\u0000");
        }
        if (outcome.layout.format().equals("json")) {
            assertThat((long) outcome.rejects.size()).isLessThanOrEqualTo(outcome.rows);
        }
        for (Documents.Block block : outcome.blocks) {
            assertThat(block.block().total()).isNotNegative();
            assertThat(block.series()).isNotEmpty();
        }
    }

    static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good;
        int times = random.nextInt(6);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(random.nextInt(4) == 0 ? 400 : 8));
            byte[] put = switch (random.nextInt(6)) {
                case 0 -> new byte[0];
                case 1 -> {
                    byte[] noise = new byte[random.nextInt(5)];
                    random.nextBytes(noise);
                    yield noise;
                }
                case 2 -> {
                    int from = random.nextInt(bytes.length + 1);
                    yield Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(300)));
                }
                case 3 ->
                    random.nextInt(20) == 0
                            ? "x"
                                    .repeat(JsonStream.LONGEST - random.nextInt(400))
                                    .getBytes(StandardCharsets.UTF_8)
                            : new byte[0];
                default -> DICTIONARY[random.nextInt(DICTIONARY.length)].getBytes(StandardCharsets.UTF_8);
            };
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            out.writeBytes(put);
            int kept = at + (random.nextBoolean() ? length : 0);
            out.write(bytes, kept, bytes.length - kept);
            bytes = out.toByteArray();
        }
        return bytes;
    }
}
