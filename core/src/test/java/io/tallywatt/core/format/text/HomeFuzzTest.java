package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Home recorders' files, damaged at random: no exception but the one that says why, and where the bytes are cut is no matter. */
@Execution(ExecutionMode.CONCURRENT)
class HomeFuzzTest {
    private static final String[] ZONES = {"UTC", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"};

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
        System.out.println("Fuzzed home recorders' files to seed " + seed + "; " + read + " documents were readable");
        assertThat(read).isPositive();
    }

    private static boolean once(Random random) {
        byte[] bytes = JsonFuzzTest.damaged(records(random).getBytes(StandardCharsets.UTF_8), random);
        ReadingOptions options = ReadingOptions.in(ZoneId.of(ZONES[random.nextInt(ZONES.length)]));
        Outcome whole;
        try {
            whole = Documents.read(bytes, "fuzz.csv", options);
        } catch (UnreadableDocument e) {
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            return false;
        }
        JsonFuzzTest.check(whole);
        Outcome pieces = Documents.readInPieces(bytes, "fuzz.csv", options, random);
        assertThat(pieces.summary(options.zone())).isEqualTo(whole.summary(options.zone()));
        return whole.layout.format().startsWith("home");
    }

    private static String records(Random random) {
        StringBuilder all = new StringBuilder("home_id,current_usage,acc_usage,time\n");
        boolean power = random.nextInt(4) == 0;
        boolean local = random.nextInt(4) == 0;
        Instant at = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(40_000_000));
        int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 6);
        for (int i = 0; i < n; i++) {
            at = at.plusSeconds(random.nextInt(5) == 0 ? random.nextInt(400) : 300);
            all.append('h')
                    .append(random.nextInt(2))
                    .append(',')
                    .append(value(random))
                    .append(',')
                    .append(power ? "0.000000" : value(random))
                    .append(',')
                    .append(local ? at.toString().replace("Z", "") : at)
                    .append(random.nextInt(20) == 0 ? "\r\n" : "\n");
        }
        return all.toString();
    }

    private static String value(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "-" + random.nextInt(9);
            case 2 -> "123456789";
            default -> random.nextInt(100) + "." + random.nextInt(1000);
        };
    }
}
