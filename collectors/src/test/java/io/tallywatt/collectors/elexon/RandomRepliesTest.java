package io.tallywatt.collectors.elexon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.Reading;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random replies against what a map would make of them. The seed is in the test's name; {@code -Dtallywatt.seeds=N} runs more,
 * {@code -Dtallywatt.fuzz.seconds=N} spoils replies for longer.
 */
class RandomRepliesTest {
    private static final List<String> CODES = List.of(
            "INTFR", "INTIFA2", "INTELEC", "INTNED", "INTNEM", "INTNSL", "INTVKL", "INTIRL", "INTEW", "INTGRNL");
    private static final List<String> OTHERS = List.of("CCGT", "WIND", "PS", "BIOMASS");

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    /** What a reply should come to. */
    private static final class Expected {
        final Map<String, BigDecimal> values = new TreeMap<>();
        int rejects;
        int taken;
    }

    private static String reply(Random random, Expected expected) {
        List<String> rows = new ArrayList<>();
        Instant first = Instant.parse("2024-03-30T00:00:00Z").plusSeconds(300L * random.nextInt(1000));
        int n = random.nextInt(400);
        for (int i = 0; i < n; i++) {
            Instant publish = first.plusSeconds(300L * random.nextInt(300));
            String code = CODES.get(random.nextInt(CODES.size()));
            BigDecimal mw = BigDecimal.valueOf(random.nextInt(4_000_000) - 2_000_000, random.nextInt(4));
            String text = random.nextInt(10) == 0 ? mw.unscaledValue() + "e" + -mw.scale() : mw.toPlainString();
            switch (random.nextInt(12)) {
                case 0 -> rows.add(row(random, publish, OTHERS.get(random.nextInt(OTHERS.size())), text));
                case 1 -> {
                    rows.add(row(random, publish, code, "\"" + text + "\""));
                    expected.rejects++;
                }
                case 2 -> {
                    rows.add(row(random, publish, "INT" + random.nextInt(10), text));
                    expected.rejects++;
                }
                default -> {
                    rows.add(row(random, publish, code, text));
                    expected.taken++;
                    expected.values.put(FuelTypes.flow(code) + " " + publish.minusSeconds(300), mw);
                }
            }
        }
        String list = "[" + String.join(random.nextBoolean() ? "," : " ,\r\n", rows) + "]";
        return random.nextBoolean() ? list : "{\"x\":[[{}]],\"data\":" + list + ",\"y\":\"data\"}";
    }

    private static String row(Random random, Instant publish, String code, String generation) {
        List<String> fields = new ArrayList<>(List.of(
                "\"dataset\":\"FUELINST\"",
                "\"publishTime\":\"" + publish + "\"",
                "\"startTime\":\"" + publish.minusSeconds(300) + "\"",
                "\"settlementPeriod\":" + random.nextInt(51),
                "\"fuelType\":\"" + code + "\"",
                "\"generation\":" + generation));
        Collections.shuffle(fields, random);
        return "{" + String.join(random.nextBoolean() ? "," : ", ", fields) + "}";
    }

    private static Map<String, BigDecimal> values(TakenIn taken) {
        Map<String, BigDecimal> values = new TreeMap<>();
        taken.readings.forEach((series, readings) -> {
            for (Reading reading : readings.values()) {
                values.put(series + " " + reading.interval().start(), reading.value());
            }
        });
        return values;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsTakenIsTheLastRowOfEachTimeAndCable(long seed) {
        Random random = new Random(seed);
        Expected expected = new Expected();
        byte[] document = TakenIn.document(reply(random, expected).getBytes(StandardCharsets.UTF_8), TakenIn.FETCHED);
        TakenIn taken = TakenIn.of(document, 1 + random.nextInt(document.length));
        assertThat(values(taken))
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .usingRecursiveComparison()
                .isEqualTo(expected.values);
        assertThat(taken.rejects).hasSize(expected.rejects);
        assertThat(taken.rows).isEqualTo(expected.taken + expected.rejects);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theFingerprintIsOfWhatTheRowsSay(long seed) {
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(row(random, Instant.EPOCH.plusSeconds(300L * (1 + i / 10)), CODES.get(i % 10), "" + i));
        }
        String before = fingerprint(rows);
        Collections.shuffle(rows, random);
        rows.add(row(random, Instant.EPOCH, "WIND", "" + random.nextInt(1000)));
        assertThat(fingerprint(rows)).isEqualTo(before).matches("[0-9a-f]{64}");
        assertThat(fingerprint(rows.subList(0, 29))).isNotEqualTo(before);
        int one = random.nextInt(30);
        rows.set(one, rows.get(one).replaceAll("(\"generation\":[0-9]+)", "$1.5"));
        assertThat(fingerprint(rows)).isNotEqualTo(before);
    }

    private static String fingerprint(List<String> rows) {
        List<JsonRow> read = new ArrayList<>();
        JsonRows.read(("[" + String.join(",", rows) + "]").getBytes(StandardCharsets.UTF_8), "FUELINST", read::add);
        return ElexonSource.fingerprint(Dataset.FUELINST, read);
    }

    @Test
    void noSpoiltReplyDoesMoreThanBeingUnreadable() {
        long seconds = Long.getLong("tallywatt.fuzz.seconds", 30);
        long seed = System.nanoTime();
        System.out.println("Spoilt replies of Elexon: seed " + seed + ", " + seconds + " s");
        Random random = new Random(seed);
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        int read = 0;
        int unreadable = 0;
        while (System.nanoTime() < until) {
            byte[] body = reply(random, new Expected()).getBytes(StandardCharsets.UTF_8);
            int spoilt = random.nextInt(4);
            for (int i = 0; i < spoilt; i++) {
                body = spoil(body, random);
            }
            try {
                TakenIn taken = TakenIn.of(TakenIn.document(body, TakenIn.FETCHED), 1 << 20);
                assertThat(taken.rows).isGreaterThanOrEqualTo(taken.rejects.size());
                assertThat(taken.rejects)
                        .allSatisfy(r -> assertThat(r.message()).isNotEmpty());
                read++;
            } catch (UnreadableDocument e) {
                assertThat(e.getMessage()).doesNotContain("\n");
                unreadable++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(body, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(read).isPositive();
        assertThat(unreadable).isPositive();
    }

    private static byte[] spoil(byte[] body, Random random) {
        if (body.length < 2) {
            return body;
        }
        byte[] spoilt = body.clone();
        int at = random.nextInt(body.length);
        switch (random.nextInt(4)) {
            case 0 -> spoilt[at] = (byte) random.nextInt(256);
            case 1 -> spoilt[at] = (byte) "{}[]\",:0123456789eE+-.nNtf".charAt(random.nextInt(26));
            case 2 -> spoilt = java.util.Arrays.copyOf(body, at);
            default -> {
                int length = Math.min(body.length - at, random.nextInt(20));
                System.arraycopy(body, random.nextInt(body.length - length + 1), spoilt, at, length);
            }
        }
        return spoilt;
    }
}
