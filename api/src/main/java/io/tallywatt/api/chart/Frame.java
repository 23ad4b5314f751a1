package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The two axes of a picture, before it is known how much room the words over them take.
 *
 * @param left x where the plot begins; left of it stand the numbers
 * @param right x where it ends
 * @param labels of the ticks of the upright axis
 */
record Frame(
        int width,
        int height,
        double scale,
        double left,
        double right,
        ValueAxis values,
        List<String> labels,
        TimeAxis times) {
    /** Which ticks the lying axis may have. */
    enum Ticks {
        ANY,
        DATES
    }

    /** @param margin right of the plot, for labels of lines; at a scale of 1 */
    static Frame of(
            int width,
            int height,
            ValueAxis values,
            List<String> labels,
            Interval range,
            ZoneId zone,
            Ticks ticks,
            double margin) {
        double scale = Tokens.scale(width, height);
        double pad = Tokens.PADDING * scale;
        double small = Tokens.SMALL * scale;
        double labelWidth =
                labels.stream().mapToDouble(l -> Text.width(l, small)).max().orElse(0);
        double left = Math.round(pad + labelWidth + 8 * scale);
        double right = Math.round(width - pad - 4 * scale - margin * scale);
        TimeAxis times = switch (ticks) {
            case ANY -> TimeAxis.of(range, zone, right - left, l -> Text.width(l, small), 14 * scale);
            case DATES -> TimeAxis.ofDates(range, zone, right - left, l -> Text.width(l, small), 14 * scale);
        };
        return new Frame(width, height, scale, left, right, values, List.copyOf(labels), times);
    }

    double pixels() {
        return right - left;
    }

    /** The plot under the words. */
    Place under(Header header) {
        double top = Math.round(header.bottom() + 12 * scale);
        double bottom = Math.round(height - (times.eras().isEmpty() ? 28 : 44) * scale);
        return new Place(new Box(left, top, right, Math.max(bottom, top + 1)), values, times);
    }

    /** The hairlines. */
    List<Double> lines(Place place) {
        return values.ticks().stream().map(place::y).toList();
    }

    /** The words at both axes. */
    List<Text> words(Place place) {
        List<Text> texts = new ArrayList<>();
        numbers(place, texts);
        timeLabels(place, texts);
        return texts;
    }

    private void numbers(Place place, List<Text> texts) {
        double small = Tokens.SMALL * scale;
        // In a low picture not every line has room for its number.
        double step = place.plot().height() / (labels.size() - 1);
        int every = (int) Math.max(1, Math.ceil(13 * scale / step));
        for (int i = 0; i < labels.size(); i += every) {
            double x = left - 8 * scale - Text.width(labels.get(i), small);
            double y = place.y(values.ticks().get(i));
            texts.add(new Text(labels.get(i), x, y + 4 * scale, small, false, Tokens.TEXT_3));
        }
    }

    private void timeLabels(Place place, List<Text> texts) {
        double small = Tokens.SMALL * scale;
        double baseline = place.plot().bottom() + 18 * scale;
        double free = 0;
        for (TimeAxis.Tick tick : times.ticks()) {
            double wide = Text.width(tick.label(), small);
            double from = place.x(tick.at());
            double to = place.x(tick.until());
            double x = (from + to - wide) / 2;
            if (x >= free && x + wide <= width - 2 * scale) {
                texts.add(new Text(tick.label(), x, baseline, small, false, Tokens.TEXT_3));
                free = x + wide + 6 * scale;
            }
        }
        baseline += 16 * scale;
        for (TimeAxis.Era era : times.eras()) {
            double from = place.x(era.from());
            double room = place.x(era.to()) - from - 8 * scale;
            for (String label : era.labels()) {
                if (Text.width(label, small) <= room) {
                    texts.add(new Text(label, from + 4 * scale, baseline, small, false, Tokens.TEXT_2));
                    break;
                }
            }
        }
    }
}
