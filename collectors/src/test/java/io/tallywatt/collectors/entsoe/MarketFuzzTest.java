package io.tallywatt.collectors.entsoe;

import static io.tallywatt.collectors.entsoe.MarketText.FR;
import static io.tallywatt.collectors.entsoe.MarketText.GB;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.replies.ReadReplies;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Good documents damaged at random: they are read, parts of them rejected, or they are refused; nothing else ever happens, and
 * soon. {@code -Dtallywatt.fuzz.seconds=N} is spent on it; {@code -Dtallywatt.fuzz.seed=N} begins at a seed.
 */
@Execution(ExecutionMode.CONCURRENT)
class MarketFuzzTest {
    private static final long SOON = TimeUnit.SECONDS.toNanos(10);
    private static final String[] DICTIONARY = {
        "<",
        ">",
        "</",
        "/>",
        "<?",
        "?>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&",
        ";",
        "&amp;",
        "&#0;",
        "&#x10FFFF;",
        "&a;",
        "<!DOCTYPE a [<!ENTITY a 'b'>]>",
        "<!DOCTYPE a SYSTEM 'file:///etc/hostname'>",
        "<Point>",
        "</Point>",
        "<Period>",
        "</Period>",
        "<TimeSeries>",
        "</TimeSeries>",
        "<position>1</position>",
        "<position>999999999</position>",
        "<quantity>1e400</quantity>",
        "<quantity>-0</quantity>",
        "<curveType>A03</curveType>",
        "A01",
        "PT1M",
        "PT0S",
        "P1D",
        "P1M",
        "P9999999Y",
        "PT9999999999999H",
        "2199-01-01T00:00Z",
        "1970-01-02T00:00Z",
        "+18:00",
        "0000",
        "MAW",
        "EUR",
        "\u0000",
        "\n",
        "\u00e9",
        "\uFEFF",
        "\ud83d\udca1",
        "<a xmlns:x='y'/>",
        "<x:y/>",
        "xml:",
        "encoding='UTF-16'",
        "\npart: 5 x\n",
        "fact: a=b\n",
        "Acknowledgement_MarketDocument",
        "Publication_MarketDocument"
    };

    @Test
    void damagedDocumentsNeverDoAnythingUnexpected() {
        long seconds = Long.getLong("tallywatt.fuzz.seconds", 30);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long seed = Long.getLong("tallywatt.fuzz.seed", 0);
        int read = 0;
        for (; System.nanoTime() < until; seed++) {
            long begin = System.nanoTime();
            try {
                read += once(new Random(seed)) ? 1 : 0;
                assertThat(System.nanoTime() - begin).isLessThan(SOON);
            } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("Seed " + seed + ": " + e, e);
            }
        }
        System.out.println("Fuzzed market documents to seed " + seed + "; " + read + " were readable");
        assertThat(read).isPositive();
    }

    private static boolean once(Random random) {
        byte[] document = document(random);
        if (random.nextInt(4) == 0) {
            document = damaged(document, random);
        }
        ReadReplies read;
        try {
            read = ReadReplies.read(new EntsoeFormat(), document, 1 + random.nextInt(document.length + 1));
        } catch (UnreadableDocument e) {
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            return false;
        } catch (AssertionError e) {
            assertThat(e).hasMessage("Not recognised");
            return false;
        }
        for (Reject reject : read.rejects()) {
            assertThat(reject.line()).isPositive();
            assertThat(reject.message()).doesNotContain("\n").isNotBlank();
            assertThat(reject.text()).doesNotContain("\n").doesNotContain("\u0000");
        }
        read.notices().values().forEach(said -> assertThat(said).noneMatch(m -> m.contains("\n")));
        return true;
    }

    private static byte[] document(Random random) {
        List<String> flow = List.of("quantity_Measure_Unit.name=MAW");
        return switch (random.nextInt(3)) {
            case 0 ->
                Recorded.border(
                        "flow FR-GB",
                        FR,
                        GB,
                        "Europe/London",
                        damaged(new RandomMarket(random, "A11", FR, GB, flow).xml(), random),
                        damaged(new RandomMarket(random, "A11", GB, FR, flow).xml(), random));
            case 1 ->
                Recorded.border(
                        "schedule FR-GB",
                        FR,
                        GB,
                        "Europe/London",
                        damaged(new RandomMarket(random, "A09", FR, GB, contract(flow, random)).xml(), random),
                        random.nextBoolean()
                                ? damaged(ReplayServer.acknowledgement("No matching data found"), random)
                                : new RandomMarket(random, "A09", GB, FR, contract(flow, random)).xml());
            default ->
                Recorded.price(
                        "FR",
                        FR,
                        "Europe/Paris",
                        "EUR/MWh",
                        damaged(
                                new RandomMarket(
                                                random,
                                                "A44",
                                                FR,
                                                FR,
                                                List.of("currency_Unit.name=EUR", "price_Measure_Unit.name=MWH"))
                                        .xml(),
                                random));
        };
    }

    private static List<String> contract(List<String> said, Random random) {
        return List.of(said.getFirst(), "contract_MarketAgreement.type=" + (random.nextBoolean() ? "A01" : "A05"));
    }

    private static String damaged(String text, Random random) {
        return new String(damaged(text.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good;
        int times = random.nextInt(4);
        for (int i = 0; i < times; i++) {
            if (random.nextInt(3) > 0) {
                bytes = otherText(bytes, random);
                continue;
            }
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(random.nextInt(4) == 0 ? 400 : 8));
            byte[] put = switch (random.nextInt(5)) {
                case 0 -> new byte[0];
                case 1 -> {
                    byte[] noise = new byte[random.nextInt(5)];
                    random.nextBytes(noise);
                    yield noise;
                }
                case 2 -> {
                    int from = random.nextInt(bytes.length + 1);
                    byte[] some = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(300)));
                    yield new String(some, StandardCharsets.ISO_8859_1)
                            .repeat(random.nextInt(10) == 0 ? 1 + random.nextInt(50) : 1)
                            .getBytes(StandardCharsets.ISO_8859_1);
                }
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

    /** Puts something else between two tags: what is left is often well-formed. */
    private static byte[] otherText(byte[] bytes, Random random) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int from = text.indexOf('>', random.nextInt(text.length() + 1)) + 1;
        int to = text.indexOf('<', from);
        if (from == 0 || to < 0) {
            return bytes;
        }
        String word = new String(
                DICTIONARY[random.nextInt(DICTIONARY.length)].getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        return (text.substring(0, from) + word + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
