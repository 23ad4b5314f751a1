package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random files of every look against an oracle that knows only BigDecimal and java.time. The seed is in the test's name;
 * {@code -Dtallywatt.seeds=N} runs more.
 */
class RandomFilesTest {
    /** Says only what differs: the maps have thousands of entries. */
    private static void assertSame(Map<String, String> actual, Map<String, String> expected) {
        Map<String, String> missing = new TreeMap<>(expected);
        missing.entrySet().removeAll(actual.entrySet());
        Map<String, String> unexpected = new TreeMap<>(actual);
        unexpected.entrySet().removeAll(expected.entrySet());
        assertThat(unexpected).isEqualTo(missing);
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void wideFilesAreReadAsTheOracleReadsThem(long seed) {
        RandomWide file = new RandomWide(new Random(seed));
        Outcome outcome = Documents.read(file.bytes(), "random.csv", file.options());
        assertSame(RandomWide.texts(outcome, file.zone()), file.expected());
        assertThat(outcome.rejects).extracting(r -> r.line()).containsExactlyElementsOf(file.rejectedLines());
        assertThat(outcome.rows).isEqualTo(file.rows());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whereChunksAreCutMakesNoDifference(long seed) {
        Random random = new Random(seed);
        RandomWide wide = new RandomWide(random);
        assertThat(Documents.readInPieces(wide.bytes(), "random.csv", wide.options(), random)
                        .summary(wide.zone()))
                .isEqualTo(Documents.read(wide.bytes(), "random.csv", wide.options())
                        .summary(wide.zone()));
        RandomRows rows = new RandomRows(random);
        assertThat(Documents.readInPieces(rows.bytes(), "random.csv", rows.options(), random)
                        .summary(rows.zone()))
                .isEqualTo(Documents.read(rows.bytes(), "random.csv", rows.options())
                        .summary(rows.zone()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void quotingEveryCellMakesNoDifference(long seed) {
        // Unquoted rows mostly take the fast way, quoted ones never do.
        RandomWide plain = new RandomWide(new Random(seed), 0);
        RandomWide quoted = new RandomWide(new Random(seed), 1);
        Outcome fast = Documents.read(plain.bytes(), "random.csv", plain.options());
        Outcome slow = Documents.read(quoted.bytes(), "random.csv", quoted.options());
        assertThat(new String(quoted.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"");
        assertThat(RandomWide.texts(fast, plain.zone())).isEqualTo(RandomWide.texts(slow, quoted.zone()));
        assertThat(fast.notices).isEqualTo(slow.notices);
        assertThat(fast.rows).isEqualTo(slow.rows);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rowFilesAreReadAsTheOracleReadsThem(long seed) {
        RandomRows file = new RandomRows(new Random(seed));
        Outcome outcome = Documents.read(file.bytes(), "random.csv", file.options());
        assertThat(outcome.rejects).isEmpty();
        assertSame(RandomWide.texts(outcome, file.zone()), file.expected());
        assertThat(outcome.rows).isEqualTo(file.rows());
        assertThat(outcome.notices.getOrDefault(NoticeCode.DUPLICATE_IN_FILE, 0))
                .isEqualTo(file.duplicates());
    }
}
