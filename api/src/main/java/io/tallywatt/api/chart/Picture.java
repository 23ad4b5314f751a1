package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of a chart stands, in pixels; nothing is painted yet.
 *
 * @param base y where bars and areas start
 * @param texts every word of the picture
 * @param lines y of the hairlines
 * @param boundaries x where the day, month or year changes
 * @param clockChange x of a clock change, or null
 * @param description the same in a few sentences, for those who cannot see it
 */
record Picture(
        int width,
        int height,
        double scale,
        Ink ink,
        Box plot,
        double base,
        ValueAxis values,
        TimeAxis times,
        List<Text> texts,
        List<Header.Placed> keys,
        List<Double> lines,
        List<Double> boundaries,
        @Nullable Double clockChange,
        List<Mark> marks,
        String description) {
    static Picture of(Chart chart, int width, int height) {
        double scale = Tokens.scale(width, height);
        double pad = Tokens.PADDING * scale;
        double small = Tokens.SMALL * scale;
        List<Point> points = chart.points().stream()
                .filter(p -> Sampled.clip(p.interval(), chart.range()) != null)
                .toList();
        @Nullable Span span = Span.of(points);
        ValueAxis values = ValueAxis.of(span, chart.kind() == Chart.Kind.BAR);
        boolean plus = chart.ink().hasDirections() || chart.ink().above() == Ink.Hue.NET;
        // Without a value there is no scale, only the zero line.
        List<String> labels = values.ticks().stream()
                .map(v -> span != null ? Words.number(v, plus) : v.signum() == 0 ? "0" : "")
                .toList();
        double labelWidth =
                labels.stream().mapToDouble(l -> Text.width(l, small)).max().orElse(0);
        double left = Math.round(pad + labelWidth + 8 * scale);
        double right = Math.round(width - pad - 4 * scale);

        Sampled sampled = Sampled.of(points, chart.range(), chart.zone(), 1.05 * (right - left));
        List<Interval> gaps = Sampled.gaps(points, chart.range());
        TimeAxis times = TimeAxis.of(chart.range(), chart.zone(), right - left, l -> Text.width(l, small), 14 * scale);
        boolean narrow = Marks.narrow(sampled.columns(), times, right - left);
        @Nullable ZoneOffsetTransition change = times.clockChange();

        List<String> notes = notes(chart, sampled, change);
        Header header =
                Header.of(chart, notes, Key.of(chart, sampled.step() != null, !gaps.isEmpty(), narrow), width, scale);
        double top = Math.round(header.bottom() + 12 * scale);
        double bottom = Math.round(height - (times.eras().isEmpty() ? 28 : 44) * scale);
        Box plot = new Box(left, top, right, Math.max(bottom, top + 1));
        Place place = new Place(plot, values, times);

        List<Text> texts = new ArrayList<>(header.texts());
        List<Double> lines = new ArrayList<>();
        // In a low picture not every line has room for its number.
        double step = plot.height() / (labels.size() - 1);
        int every = (int) Math.max(1, Math.ceil(13 * scale / step));
        for (int i = 0; i < labels.size(); i++) {
            double y = place.y(values.ticks().get(i));
            lines.add(y);
            if (i % every == 0) {
                double x = left - 8 * scale - Text.width(labels.get(i), small);
                texts.add(new Text(labels.get(i), x, y + 4 * scale, small, false, Tokens.TEXT_3));
            }
        }
        timeLabels(place, width, scale, texts);
        List<Mark> marks = Marks.of(points, sampled.columns(), gaps, narrow, chart.kind(), place, scale);
        gapLabels(marks, plot, span == null, scale, texts);
        return new Picture(
                width,
                height,
                scale,
                chart.ink(),
                plot,
                place.y(values.base()),
                values,
                times,
                texts.stream().filter(t -> !t.words().isEmpty()).toList(),
                header.keys(),
                List.copyOf(lines),
                times.eras().stream().skip(1).map(e -> place.x(e.from())).toList(),
                change == null ? null : place.x(change.getInstant()),
                marks,
                description(chart, notes, sampled, gaps));
    }

    private static List<String> notes(Chart chart, Sampled sampled, @Nullable ZoneOffsetTransition change) {
        return Stream.of(
                        Words.range(chart.range(), chart.zone()),
                        chart.zone().getId(),
                        Words.clockChange(chart.range(), change, chart.zone()),
                        chart.subtitle(),
                        sampled.step() == null ? null : "min and max per " + sampled.step(),
                        chart.origin())
                .flatMap(Stream::ofNullable)
                .filter(n -> !n.isBlank())
                .toList();
    }

    private static void timeLabels(Place place, int width, double scale, List<Text> texts) {
        double small = Tokens.SMALL * scale;
        Box plot = place.plot();
        double baseline = plot.bottom() + 18 * scale;
        double free = 0;
        for (TimeAxis.Tick tick : place.times().ticks()) {
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
        for (TimeAxis.Era era : place.times().eras()) {
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

    private static void gapLabels(List<Mark> marks, Box plot, boolean alone, double scale, List<Text> texts) {
        double small = Tokens.SMALL * scale;
        double wide = Text.width("no data", small);
        double y = alone ? (plot.top() + plot.bottom()) / 2 : plot.top() + 20 * scale;
        for (Mark mark : marks) {
            if (mark instanceof Mark.Gap(double left, double right) && right - left >= wide + 10 * scale) {
                texts.add(new Text("no data", (left + right - wide) / 2, y, small, false, Tokens.TEXT_2));
            }
        }
    }

    private static String description(Chart chart, List<String> notes, Sampled sampled, List<Interval> gaps) {
        StringBuilder text = new StringBuilder(String.join(", ", notes)).append('.');
        BigDecimal low = sampled.columns().stream()
                .map(Sampled.Column::min)
                .min(BigDecimal::compareTo)
                .orElse(null);
        BigDecimal high = sampled.columns().stream()
                .map(Sampled.Column::max)
                .max(BigDecimal::compareTo)
                .orElse(null);
        if (low != null && high != null) {
            text.append(" Lowest ")
                    .append(Words.number(low, false))
                    .append(", highest ")
                    .append(Words.number(high, false))
                    .append(' ')
                    .append(chart.unit())
                    .append('.');
        } else {
            text.append(" No data.");
        }
        if (!gaps.isEmpty() && low != null) {
            text.append(" Without data: ").append(gaps.size()).append(gaps.size() == 1 ? " gap." : " gaps.");
        }
        return text.toString();
    }
}
