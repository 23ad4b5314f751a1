package io.tallywatt.api.chart;

import io.tallywatt.core.reading.Quality;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An entry of the legend: what a mark means. Only what occurs in the picture has one.
 *
 * @param rgb the colour of its sample, where that has not one of its own
 */
record Key(Sample sample, String words, int rgb) {
    /** What is drawn beside the words. */
    enum Sample {
        ABOVE,
        BELOW,
        LINE,
        PEAKS,
        ESTIMATED,
        PARTIAL,
        INVALID,
        /** Of an anomaly that matters less. */
        OUTLINED,
        /** Round a stretch that stands still. */
        RUN,
        /** A step of one colour. */
        SHADE,
        GAP
    }

    Key(Sample sample, String words) {
        this(sample, words, Tokens.TEXT_2);
    }

    /**
     * @param sampled whether values were put together
     * @param gaps whether time without a value is marked
     * @param narrow whether slots are too narrow to tell one that is known in part
     */
    static List<Key> of(Chart chart, boolean sampled, boolean gaps, boolean narrow) {
        Set<Quality> seen = EnumSet.noneOf(Quality.class);
        boolean positive = false;
        boolean negative = false;
        boolean partial = false;
        for (Point point : chart.points()) {
            if (Sampled.clip(point.interval(), chart.range()) == null) {
                continue;
            }
            seen.add(point.quality());
            var value = point.counted();
            if (value != null) {
                positive |= value.signum() >= 0;
                negative |= value.signum() < 0;
                partial |= point.partial();
            }
        }
        boolean bars = chart.kind() == Chart.Kind.BAR;
        int rgb = bars ? chart.ink().above().rgb : chart.ink().lineRgb();
        String aboveWords = chart.ink().aboveWords();
        String belowWords = chart.ink().belowWords();
        List<Key> keys = new ArrayList<>();
        if (aboveWords != null && belowWords != null) {
            if (bars && positive) {
                keys.add(new Key(Sample.ABOVE, aboveWords, rgb));
            }
            if (bars && negative) {
                keys.add(new Key(Sample.BELOW, belowWords, chart.ink().below().rgb));
            }
            if (!bars && (positive || negative)) {
                keys.add(new Key(Sample.LINE, "above zero " + aboveWords + ", below " + belowWords, rgb));
            }
        } else if (seen.contains(Quality.ACTUAL)) {
            keys.add(new Key(bars ? Sample.ABOVE : Sample.LINE, bars && sampled ? "up to the min" : "actual", rgb));
        }
        if (bars && sampled) {
            keys.add(new Key(Sample.PEAKS, "up to the max", rgb));
        }
        boolean estimated = seen.contains(Quality.ESTIMATED);
        boolean substituted = seen.contains(Quality.SUBSTITUTED);
        if (estimated || substituted) {
            keys.add(new Key(
                    Sample.ESTIMATED,
                    estimated && substituted ? "estimated or substituted" : estimated ? "estimated" : "substituted",
                    rgb));
        }
        if (partial && !narrow) {
            keys.add(new Key(Sample.PARTIAL, "incomplete", rgb));
        }
        if (seen.contains(Quality.INVALID)) {
            keys.add(new Key(Sample.INVALID, "invalid, left out"));
        }
        if (gaps || partial && narrow) {
            keys.add(new Key(Sample.GAP, "no data"));
        }
        return List.copyOf(keys);
    }
}
