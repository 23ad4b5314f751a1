package io.tallywatt.api.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands over the plot: title with unit, the lines under it, the legend.
 *
 * @param bottom where it ends
 */
record Header(List<Text> texts, List<Placed> keys, double bottom) {
    /** A legend entry's sample at its place; its words are among the texts. */
    record Placed(Key key, Box box) {
        Key.Sample sample() {
            return key.sample();
        }
    }

    private static final int MOST_LINES = 3;

    /** @param notes parts of the subtitle, kept whole where a line ends */
    static Header of(Graphic chart, List<String> notes, List<Key> keys, int width, double scale) {
        double pad = Tokens.PADDING * scale;
        double room = width - 2 * pad;
        double small = Tokens.SMALL * scale;
        double large = Tokens.TITLE * scale;
        List<Text> texts = new ArrayList<>();

        double unitWidth = chart.unit().isEmpty() ? 0 : Text.width(chart.unit(), small) + 7 * scale;
        String title = Typeface.bold().fit(chart.title(), large, Math.max(room / 3, room - unitWidth));
        double baseline = pad + 12 * scale;
        texts.add(new Text(title, pad, baseline, large, true, Tokens.TEXT));
        if (!chart.unit().isEmpty()) {
            double x = pad + Typeface.bold().width(title, large) + 7 * scale;
            String unit = Typeface.regular().fit(chart.unit(), small, width - pad - x);
            texts.add(new Text(unit, x, baseline, small, false, Tokens.TEXT_2));
        }
        for (String line : lines(notes, small, room)) {
            baseline += (baseline < pad + 13 * scale ? 20 : 17) * scale;
            texts.add(new Text(line, pad, baseline, small, false, Tokens.TEXT_2));
        }

        double side = 11 * scale;
        List<Placed> placed = new ArrayList<>();
        double x = pad;
        baseline += keys.isEmpty() ? 0 : 22 * scale;
        for (Key key : keys) {
            double wide = side + 6 * scale + Text.width(key.words(), small);
            if (x > pad && x + wide > width - pad) {
                x = pad;
                baseline += 18 * scale;
            }
            placed.add(new Placed(key, new Box(x, baseline - 9.5 * scale, x + side, baseline + 1.5 * scale)));
            String words = Typeface.regular().fit(key.words(), small, width - pad - x - side - 6 * scale);
            texts.add(new Text(words, x + side + 6 * scale, baseline, small, false, Tokens.TEXT_2));
            x += wide + 16 * scale;
        }
        return new Header(List.copyOf(texts), List.copyOf(placed), baseline + 4 * scale);
    }

    private static List<String> lines(List<String> notes, double size, double room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String note : notes) {
            String longer = line.isEmpty() ? note : line + "  ·  " + note;
            if (line.isEmpty() || Text.width(longer, size) <= room) {
                line = longer;
            } else {
                lines.add(line);
                line = note;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines.stream()
                .limit(MOST_LINES)
                .map(l -> Typeface.regular().fit(l, size, room))
                .toList();
    }
}
