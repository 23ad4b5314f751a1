package io.tallywatt.api.chart;

/** Colours of the light theme on white, so that a picture prints; lengths at 800 by 400 pixels. */
final class Tokens {
    static final int SURFACE = 0xffffff;
    static final int SUNK = 0xefede8;
    static final int LINE = 0xe3e0da;
    static final int LINE_STRONG = 0x82868d;
    static final int HATCH = 0xb9bcc1;
    static final int TEXT = 0x1a1d21;
    static final int TEXT_2 = 0x4d535b;
    static final int TEXT_3 = 0x626871;
    static final int ANOMALY = 0xb3142f;

    static final double PADDING = 16;
    static final double TITLE = 15;
    static final double SMALL = 12;
    /** From the middle of a triangle to its tip. */
    static final double TRIANGLE = 5;
    /** Opacity of what is not whole yet. */
    static final double PARTIAL = 0.55;
    /** Opacity from the smallest to the greatest value of a step. */
    static final double PEAKS = 0.45;

    private Tokens() {}

    /**
     * A paler colour.
     *
     * @param share of the colour, the rest is that of the ground
     */
    static int tint(int rgb, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            long part = Math.round(share * (rgb >> shift & 0xff) + (1 - share) * (SURFACE >> shift & 0xff));
            mixed |= (int) part << shift;
        }
        return mixed;
    }

    /**
     * How much larger than at 800 by 400: letters grow more slowly than the picture, so that a large one shows more and
     * can still be read when it is printed as wide as a small one.
     */
    static double scale(int width, int height) {
        double factor = Math.pow(Math.min(width / 800.0, height / 400.0), 2 / 3.0);
        return Math.clamp(Math.round(factor * 8) / 8.0, 1, 3);
    }
}
