package io.tallywatt.api.chart;

import io.tallywatt.core.reading.Series;
import org.jspecify.annotations.Nullable;

/**
 * The colours of a chart: a colour stands for one quantity wherever Tallywatt draws.
 *
 * @param above of values from zero up, and of a line
 * @param below of values under zero
 * @param aboveWords what a value above zero means ("into GB"), or null where the title says all
 * @param belowWords the same for values under zero
 */
public record Ink(
        Hue above,
        Hue below,
        @Nullable String aboveWords,
        @Nullable String belowWords) {
    /** What is measured; the numbers are those of the light theme's tokens. */
    public enum Hue {
        CONSUMPTION(0x2468b8, 0x2468b8),
        GENERATION(0xc27c00, 0x8a5a00),
        NET(0x30363d, 0x30363d),
        IMPORT(0x5a3aa6, 0x5a3aa6),
        EXPORT(0x12918a, 0x0a655e),
        PRICE(0x8f2a5f, 0x8f2a5f);

        final int rgb;
        /** Of words, which need more contrast. */
        final int words;

        Hue(int rgb, int words) {
            this.rgb = rgb;
            this.words = words;
        }
    }

    public static Ink of(Hue hue) {
        return new Ink(hue, hue, null, null);
    }

    /** For what runs in two directions: import above zero, export under it, each with its words. */
    public static Ink directions(String aboveWords, String belowWords) {
        return new Ink(Hue.IMPORT, Hue.EXPORT, aboveWords, belowWords);
    }

    /** The colours of a series by its quantity; a border {@code A-B} is positive from A to B. */
    public static Ink of(Series series) {
        return switch (series.quantity()) {
            case "flow" -> {
                String[] sides = series.key().split("-", 2);
                yield sides.length == 2
                        ? directions(sides[0] + " to " + sides[1], sides[1] + " to " + sides[0])
                        : directions("positive", "negative");
            }
            case "generation" -> of(Hue.GENERATION);
            case "net" -> of(Hue.NET);
            case "import" -> of(Hue.IMPORT);
            case "export" -> of(Hue.EXPORT);
            case "price" -> of(Hue.PRICE);
            default -> of(Hue.CONSUMPTION);
        };
    }

    /** The colour of a line: one that runs in two directions has that of neither. */
    int lineRgb() {
        return hasDirections() ? Hue.NET.rgb : above.rgb;
    }

    /** Whether it runs in two directions. */
    public boolean hasDirections() {
        return above != below;
    }
}
