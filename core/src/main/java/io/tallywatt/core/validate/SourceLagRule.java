package io.tallywatt.core.validate;

import io.tallywatt.core.validate.BorderLines.Pair;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One source says what the other said some of its intervals before: stamps are read at the wrong end, or in another zone.
 *
 * <p>The cables are shifted by one to four of the platform's intervals, either way. An interval speaks for a shift if the sources
 * differ by more than a twentieth of what the border carries (and 50 MW) as they are, and by no more than a quarter of that
 * when shifted; against it if the shifted ones differ by that much and do not fit so much better. All else says nothing: where
 * a flow stands still every shift fits, and where it turns round a wrong sign fits too. A stretch begins where the first interval
 * speaks for it; one that speaks against outweighs two that speak for, and the stretch is over with the last that spoke for it
 * before those for are outweighed, or four that it was ahead are lost. It is told once those for are six ahead: an hour and a half
 * of ramps with quarter hours. Of shifts that claim the same time the one counts that brings the sources closest together.
 *
 * <p>Confidence: 75 % at six, 95 % at thirty ({@link Confidence#beyond}).
 */
final class SourceLagRule {
    private static final int MOST_STEPS = 4;
    private static final int DIFFER_PERCENT = 5;
    private static final int DIFFER_MW = 50;
    private static final BigDecimal BETTER = BigDecimal.valueOf(4);
    private static final int AGAINST = 2;
    private static final int LEAST = 6;
    /** Where flows turn round a lag begins before anything speaks for it alone, and ends after. */
    private static final long AROUND = Duration.ofHours(12).toSeconds();
    /** So much of what spoke for a stretch may be lost again before it is over. */
    private static final int LOST = 4;

    private SourceLagRule() {}

    /**
     * @param steps of the platform's intervals, positive if it is the platform that is late
     * @param asIs how far the sources are apart, in MW times seconds
     * @param shifted the same when the cables are shifted
     */
    private record Stretch(
            int steps, long step, long start, long end, int score, BigDecimal asIs, BigDecimal shifted, long seconds) {
        BigDecimal gain() {
            return asIs.subtract(shifted);
        }
    }

    /** @return whether a shift that is told explains what the platform has in an interval */
    static Predicate<Pair> look(BorderLines lines, Said said) {
        List<Stretch> all = new ArrayList<>();
        for (int steps = 1; steps <= MOST_STEPS; steps++) {
            stretches(lines, steps, all);
            stretches(lines, -steps, all);
        }
        all.sort(Comparator.comparing(Stretch::gain).reversed());
        List<Stretch> told = new ArrayList<>();
        for (Stretch stretch : all) {
            if (told.stream().noneMatch(t -> t.start() < stretch.end() && stretch.start() < t.end())) {
                told.add(stretch);
                tell(stretch, said);
            }
        }
        return pair -> told.stream()
                .filter(t -> t.start() - AROUND < pair.end() && pair.start() < t.end() + AROUND)
                .anyMatch(t -> isExplained(lines, pair, t.steps()));
    }

    private static boolean isExplained(BorderLines lines, Pair pair, int steps) {
        long shift = steps * pair.seconds();
        @Nullable BigDecimal before = lines.cables(pair.start() - shift, pair.end() - shift);
        return before != null
                && isCloser(pair.platform().subtract(before), pair.platform().subtract(pair.cables()));
    }

    private static boolean isCloser(BigDecimal difference, BigDecimal thanThis) {
        return difference.abs().multiply(BETTER).compareTo(thanThis.abs()) <= 0;
    }

    private static void stretches(BorderLines lines, int steps, List<Stretch> all) {
        @Nullable Growing growing = null;
        for (Pair pair : lines.pairs) {
            if (growing != null && growing.step != pair.seconds()) {
                growing.end(all);
                growing = null;
            }
            long shift = steps * pair.seconds();
            @Nullable BigDecimal before = lines.cables(pair.start() - shift, pair.end() - shift);
            if (before == null) {
                continue;
            }
            BigDecimal asIs = pair.platform().subtract(pair.cables()).abs();
            BigDecimal shifted = pair.platform().subtract(before).abs();
            BigDecimal much = lines.share(pair, DIFFER_PERCENT, DIFFER_MW);
            boolean fits = asIs.compareTo(much) > 0 && isCloser(shifted, asIs);
            // A flow that turns round looks like a wrong sign as well: that decides nothing.
            boolean speaksFor = fits && !isCloser(pair.platform().add(pair.cables()), asIs);
            boolean speaksAgainst = !fits && shifted.compareTo(much) > 0;
            if (growing == null && speaksFor) {
                growing = new Growing(steps, pair.seconds(), pair.start());
            }
            if (growing != null && !growing.add(pair, asIs, shifted, speaksFor, speaksAgainst)) {
                growing.end(all);
                growing = null;
            }
        }
        if (growing != null) {
            growing.end(all);
        }
    }

    private static final class Growing {
        final int steps;
        final long step;
        private final long start;
        private int score;
        private int bestScore;
        private long bestEnd;
        private BigDecimal asIs = BigDecimal.ZERO;
        private BigDecimal shifted = BigDecimal.ZERO;
        private long seconds;
        private BigDecimal bestAsIs = BigDecimal.ZERO;
        private BigDecimal bestShifted = BigDecimal.ZERO;
        private long bestSeconds;

        Growing(int steps, long step, long start) {
            this.steps = steps;
            this.step = step;
            this.start = start;
        }

        /** @return whether it may go on */
        boolean add(
                Pair pair, BigDecimal differs, BigDecimal differsShifted, boolean speaksFor, boolean speaksAgainst) {
            BigDecimal weight = BigDecimal.valueOf(pair.seconds());
            asIs = asIs.add(differs.multiply(weight));
            shifted = shifted.add(differsShifted.multiply(weight));
            seconds += pair.seconds();
            score += speaksFor ? 1 : speaksAgainst ? -AGAINST : 0;
            if (speaksFor && score >= bestScore) {
                bestScore = score;
                bestEnd = pair.end();
                bestAsIs = asIs;
                bestShifted = shifted;
                bestSeconds = seconds;
            }
            return score > 0 && score > bestScore - LOST;
        }

        void end(List<Stretch> all) {
            if (bestScore >= LEAST) {
                all.add(new Stretch(steps, step, start, bestEnd, bestScore, bestAsIs, bestShifted, bestSeconds));
            }
        }
    }

    private static void tell(Stretch stretch, Said said) {
        String late = stretch.steps() > 0 ? BorderLines.PLATFORM : BorderLines.CABLES;
        String early = stretch.steps() > 0 ? BorderLines.CABLES : BorderLines.PLATFORM;
        String by = Words.time(Math.abs(stretch.steps()) * stretch.step());
        BigDecimal asIs = perSecond(stretch.asIs(), stretch);
        BigDecimal shifted = perSecond(stretch.shifted(), stretch);
        said.found(
                RuleName.SOURCE_LAG,
                stretch.start(),
                stretch.end(),
                Severity.WARNING,
                Confidence.beyond(stretch.score(), LEAST / 2),
                late + " has what " + early + " had " + by + " before: they are " + BorderLines.mw(asIs)
                        + " apart as they are, and " + BorderLines.mw(shifted) + " when shifted by that, on average",
                "the same at the same time",
                asIs,
                BigDecimal.ZERO,
                asIs.divide(BETTER, 1, RoundingMode.HALF_EVEN),
                0);
    }

    private static BigDecimal perSecond(BigDecimal sum, Stretch stretch) {
        return sum.divide(BigDecimal.valueOf(stretch.seconds()), 1, RoundingMode.HALF_EVEN);
    }
}
