package io.tallywatt.core.validate;

/** How sure a finding is, in per cent, from how far what was seen lies beyond what was expected. */
final class Confidence {
    private static final long TEN_THOUSAND = 10_000;

    private Confidence() {}

    /**
     * 50 at the bound, 75 at twice the distance, 95 at ten times: {@code 1 - bound / (2 x distance)}. At most 99, as no bound that
     * was learned is sure.
     *
     * @param distance how far what was seen is from where it should be
     * @param bound how far it may be
     */
    static int beyond(long distance, long bound) {
        if (distance <= bound) {
            return 50;
        }
        // Of great numbers the last digits do not matter.
        long scale = Math.max(bound, distance) > Long.MAX_VALUE / TEN_THOUSAND ? TEN_THOUSAND : 1;
        long share = TEN_THOUSAND / 2 * (bound / scale) / (distance / scale);
        return (int) Math.min(99, (TEN_THOUSAND - share) / 100);
    }

    /** Of what is sure by itself, after so many observations that back what is expected: {@code n / (n + 1)} of it. */
    static int backedBy(int percent, int observations) {
        return percent * observations / (observations + 1);
    }

    /**
     * The chance that something that happened so often of so many times happens again, in per cent: Laplace's rule of
     * succession, (k + 1) / (n + 2).
     */
    static int ofSuccession(int happened, int times) {
        return 100 * (happened + 1) / (times + 2);
    }
}
