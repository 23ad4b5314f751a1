package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random borders, of which it is known what is wrong with them: how much of it is found, and how much that is not there.
 * {@code -Dtallywatt.borders.seed=N}, given to the tests' JVM, makes others.
 */
class BorderScoreTest {
    private static final long SEED = Long.getLong("tallywatt.borders.seed", 20260210);
    private static final int BORDERS_MADE = 40;
    private static final List<String> BORDERS =
            List.of("FR-GB", "NL-GB", "BE-GB", "NO2-GB", "DK1-GB", "IE-GB", "NIR-GB");
    private static final int[] RESOLUTIONS = {900, 1800, 3600};

    private record Label(RuleName rule, Interval interval, String says) {}

    /** Right and wrong findings, found and missed labels. */
    private static final class Score {
        int right;
        int wrong;
        int found;
        int missed;

        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        double recall() {
            return found + missed == 0 ? 1 : (double) found / (found + missed);
        }
    }

    private static SyntheticBorder border(Random random) {
        Instant start = Instant.parse("2026-01-05T00:00:00Z").plus(Duration.ofDays(random.nextInt(200)));
        return new SyntheticBorder(
                BORDERS.get(random.nextInt(BORDERS.size())),
                start,
                60,
                RESOLUTIONS[random.nextInt(RESOLUTIONS.length)],
                random);
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        Random random = new Random(SEED);
        long compared = 0;
        List<Finding> wrong = new ArrayList<>();
        for (int i = 0; i < BORDERS_MADE; i++) {
            SyntheticBorder border = border(random);
            wrong.addAll(border.findings());
            compared += border.platform.size();
        }
        System.out.println("Sound borders, seed " + SEED + ": " + wrong.size() + " findings in " + compared
                + " intervals compared " + wrong);
        assertThat(wrong).isEmpty();
    }

    @Test
    void mostOfWhatIsWrongIsFoundAndLittleElse() {
        Random random = new Random(SEED + 1);
        Map<RuleName, Score> scores = new EnumMap<>(RuleName.class);
        BorderComparison.RULES.forEach(rule -> scores.put(rule, new Score()));
        for (int i = 0; i < BORDERS_MADE * 4; i++) {
            SyntheticBorder border = border(random);
            Label label = spoil(border, i % 4, random);
            boolean found = false;
            for (Finding finding : border.findings()) {
                boolean right = finding.rule() == label.rule()
                        && finding.interval().start().isBefore(label.interval().end())
                        && label.interval().start().isBefore(finding.interval().end())
                        && (finding.observed() + finding.series()).contains(label.says());
                Score score = scores.get(finding.rule());
                if (right) {
                    score.right++;
                } else {
                    score.wrong++;
                    System.out.println("  wrong: " + finding + ", not " + label);
                }
                found |= right;
            }
            Score score = scores.get(label.rule());
            if (found) {
                score.found++;
            } else {
                score.missed++;
            }
        }
        System.out.println("Spoilt borders, seed " + (SEED + 1) + ":");
        scores.forEach((rule, s) -> System.out.printf(
                Locale.ROOT,
                "  %-14s labels %3d  right %3d  wrong %3d  precision %.3f  recall %.3f%n",
                rule,
                s.found + s.missed,
                s.right,
                s.wrong,
                s.precision(),
                s.recall()));
        assertThat(scores.get(RuleName.SOURCE_SIGN).precision()).isGreaterThan(0.95);
        assertThat(scores.get(RuleName.SOURCE_SIGN).recall()).isGreaterThan(0.85);
        assertThat(scores.get(RuleName.SOURCE_LAG).precision()).isGreaterThan(0.95);
        assertThat(scores.get(RuleName.SOURCE_LAG).recall()).isGreaterThan(0.8);
        assertThat(scores.get(RuleName.OVER_CAPACITY).precision()).isEqualTo(1);
        assertThat(scores.get(RuleName.OVER_CAPACITY).recall()).isEqualTo(1);
        assertThat(scores.get(RuleName.SOURCE_GAP).precision()).isEqualTo(1);
        assertThat(scores.get(RuleName.SOURCE_GAP).recall()).isEqualTo(1);
    }

    private static Label spoil(SyntheticBorder border, int how, Random random) {
        Instant from = border.start.plus(Duration.ofHours(6 + random.nextInt(20)));
        String cable = List.copyOf(border.cables.keySet()).get(random.nextInt(border.cables.size()));
        return switch (how) {
            case 0 -> {
                Instant to = from.plus(Duration.ofHours(8 + random.nextInt(24)));
                border.flip(from, to);
                yield new Label(RuleName.SOURCE_SIGN, new Interval(from, to), "flow");
            }
            case 1 -> {
                Instant to = from.plus(Duration.ofHours(24 + random.nextInt(10)));
                int steps = (1 + random.nextInt(4)) * (random.nextBoolean() ? 1 : -1);
                long seconds = (long) Math.abs(steps)
                        * border.platform.getFirst().interval().duration().toSeconds();
                border.lag(from, to, steps);
                yield new Label(RuleName.SOURCE_LAG, new Interval(from, to), " had " + Words.time(seconds) + " before");
            }
            case 2 -> {
                Instant to = from.plus(Duration.ofMinutes(5 + 5L * random.nextInt(40)));
                border.overload(cable, from, to, 106 + random.nextInt(60));
                yield new Label(RuleName.OVER_CAPACITY, new Interval(from, to), cable);
            }
            default -> {
                boolean platform = random.nextBoolean();
                Instant to = from.plus(Duration.ofHours(1 + random.nextInt(12)));
                if (platform) {
                    border.silencePlatform(from, to);
                } else {
                    border.silenceCable(cable, from, to);
                }
                yield new Label(RuleName.SOURCE_GAP, new Interval(from, to), platform ? "ENTSO-E" : cable);
            }
        };
    }
}
