package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sites' records, damaged at random: no exception but the one that says why, and where the bytes are cut is no matter. */
@Execution(ExecutionMode.CONCURRENT)
class SiteFuzzTest {
    private static final String[] ZONES = {"UTC", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"};

    @Test
    void damagedRecordsNeverDoAnythingUnexpected() {
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
        System.out.println("Fuzzed sites' records to seed " + seed + "; " + read + " documents were readable");
        assertThat(read).isPositive();
    }

    private static boolean once(Random random) {
        byte[] bytes = JsonFuzzTest.damaged(records(random).getBytes(StandardCharsets.UTF_8), random);
        ReadingOptions options = ReadingOptions.in(ZoneId.of(ZONES[random.nextInt(ZONES.length)]));
        Outcome whole;
        try {
            whole = Documents.read(bytes, "fuzz.json", options);
        } catch (UnreadableDocument e) {
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            return false;
        }
        JsonFuzzTest.check(whole);
        Outcome pieces = Documents.readInPieces(bytes, "fuzz.json", options, random);
        assertThat(pieces.summary(options.zone())).isEqualTo(whole.summary(options.zone()));
        return whole.layout.format().equals(SiteFormat.NAME);
    }

    private static String records(Random random) {
        boolean array = random.nextBoolean();
        StringJoiner all = new StringJoiner(array ? ",\n" : "\n", array ? "[" : "", array ? "]" : "");
        Instant at = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(40_000_000));
        int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 6);
        for (int i = 0; i < n; i++) {
            at = at.plusSeconds(random.nextInt(5) == 0 ? random.nextInt(400) : 300);
            all.add("{\"site_id\": \"s" + random.nextInt(3) + "\", \"timestamp\": \"" + at
                    + "\", \"energy_generated_kwh\": " + value(random) + ", \"energy_consumed_kwh\": " + value(random)
                    + "}");
        }
        return all.toString();
    }

    private static String value(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "null";
            case 1 -> "-" + random.nextInt(9);
            case 2 -> "123456789";
            default -> random.nextInt(100) + "." + random.nextInt(1000);
        };
    }
}
