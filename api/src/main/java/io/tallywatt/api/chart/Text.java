package io.tallywatt.api.chart;

/**
 * Words at a place.
 *
 * @param x of their left end
 */
record Text(String words, double x, double baseline, double size, boolean bold, int rgb) {
    static double width(String words, double size) {
        return Typeface.regular().width(words, size);
    }

    Typeface face() {
        return bold ? Typeface.bold() : Typeface.regular();
    }

    /** What the letters cover at most. */
    Box box() {
        return new Box(x, baseline - 0.76 * size, x + face().width(words, size), baseline + 0.22 * size);
    }
}
