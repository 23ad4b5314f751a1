package io.tallywatt.core.validate;

import io.tallywatt.core.validate.BorderLines.Pair;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Both sources agree on how much flows, and not on which way: for at least two hours together. A sign is wrong, of one of them or
 * in how it is read.
 *
 * <p>An interval says so if both flows are at least a tenth of what the border carries (and 100 MW: what is less changes its
 * direction by itself), run opposite ways, and differ in size by no more than a tenth (and 50 MW: the ends of a cable differ
 * by its losses, up to 5 %, and stamps by some minutes), and no {@link SourceLagRule lag} explains them. Intervals in which both are small say nothing and are passed over,
 * like those that one source has not; one that speaks against it ends the stretch. A flow that turns around is opposite to its
 * own past for an instant, not for two hours.
 *
 * <p>Confidence: 75 % at two hours, 95 % at ten ({@link Confidence#beyond}).
 */
final class SourceSignRule {
    private static final int NOISE_PERCENT = 10;
    private static final int NOISE_MW = 100;
    private static final int ALIKE_PERCENT = 10;
    private static final int ALIKE_MW = 50;
    private static final long LEAST = Duration.ofHours(2).toSeconds();

    private SourceSignRule() {}

    private enum Says {
        OPPOSITE,
        NOTHING,
        OTHERWISE
    }

    /** @param explained whether what the platform has in an interval is known to be wrong in another way */
    static void look(BorderLines lines, Predicate<Pair> explained, Said said) {
        List<Pair> stretch = new ArrayList<>();
        for (Pair pair : lines.pairs) {
            switch (explained.test(pair) ? Says.NOTHING : says(lines, pair)) {
                case OPPOSITE -> stretch.add(pair);
                case NOTHING -> {}
                case OTHERWISE -> {
                    tell(lines, stretch, said);
                    stretch.clear();
                }
            }
        }
        tell(lines, stretch, said);
    }

    private static Says says(BorderLines lines, Pair pair) {
        BigDecimal a = pair.platform();
        BigDecimal b = pair.cables();
        BigDecimal noise = lines.share(pair, NOISE_PERCENT, NOISE_MW);
        boolean smallA = a.abs().compareTo(noise) < 0;
        boolean smallB = b.abs().compareTo(noise) < 0;
        if (smallA && smallB) {
            return Says.NOTHING;
        }
        boolean opposite = !smallA
                && !smallB
                && a.signum() != b.signum()
                && a.add(b).abs().compareTo(alike(a.abs().max(b.abs()))) <= 0;
        return opposite ? Says.OPPOSITE : Says.OTHERWISE;
    }

    private static BigDecimal alike(BigDecimal size) {
        return size.multiply(BigDecimal.valueOf(ALIKE_PERCENT, 2)).max(BigDecimal.valueOf(ALIKE_MW));
    }

    private static void tell(BorderLines lines, List<Pair> stretch, Said said) {
        long seconds = stretch.stream().mapToLong(Pair::seconds).sum();
        if (seconds < LEAST) {
            return;
        }
        // A mean says little of a flow that turns round meanwhile.
        Pair most = stretch.stream()
                .max(Comparator.comparing(pair -> pair.cables().abs()))
                .orElseThrow();
        BigDecimal platform = most.platform();
        BigDecimal cables = most.cables();
        BigDecimal alike = alike(cables.abs());
        said.found(
                RuleName.SOURCE_SIGN,
                stretch.getFirst().start(),
                stretch.getLast().end(),
                Severity.CRITICAL,
                Confidence.beyond(seconds, LEAST / 2),
                BorderLines.PLATFORM + " has " + BorderLines.mw(platform) + " where " + BorderLines.CABLES
                        + "'s cables have " + BorderLines.mw(cables) + ", the most of " + Words.time(seconds),
                "one direction: both say positive is into " + lines.border.to(),
                platform,
                cables.subtract(alike),
                cables.add(alike),
                0);
    }
}
