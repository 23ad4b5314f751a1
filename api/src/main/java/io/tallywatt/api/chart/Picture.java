package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of a chart over time stands, in pixels; nothing is painted yet.
 *
 * @param base y where bars and areas start
 * @param texts every word of the picture
 * @param lines y of the hairlines
 * @param boundaries x where the day, month or year changes
 * @param clockChange x of a clock change, or null
 * @param layers what stands in the plot, what lies behind first
 */
record Picture(
        int width,
        int height,
        double scale,
        Box plot,
        double base,
        ValueAxis values,
        TimeAxis times,
        List<Text> texts,
        List<Header.Placed> keys,
        List<Double> lines,
        List<Double> boundaries,
        @Nullable Double clockChange,
        List<Layer> layers,
        String description)
        implements Drawn {

    /** @param more words in the plot and beside it */
    static Picture of(
            Frame frame, Place place, Header header, List<Text> more, List<Layer> layers, String description) {
        List<Text> texts = new ArrayList<>(header.texts());
        texts.addAll(frame.words(place));
        texts.addAll(more);
        @Nullable ZoneOffsetTransition change = frame.times().clockChange();
        return new Picture(
                frame.width(),
                frame.height(),
                frame.scale(),
                place.plot(),
                place.y(frame.values().base()),
                frame.values(),
                frame.times(),
                texts.stream().filter(t -> !t.words().isEmpty()).toList(),
                header.keys(),
                frame.lines(place),
                frame.times().eras().stream()
                        .skip(1)
                        .map(e -> place.x(e.from()))
                        .toList(),
                change == null ? null : place.x(change.getInstant()),
                List.copyOf(layers),
                description);
    }

    static Picture of(Chart chart, int width, int height) {
        List<Point> points = chart.points().stream()
                .filter(p -> Sampled.clip(p.interval(), chart.range()) != null)
                .toList();
        @Nullable Span span = Span.of(points);
        ValueAxis values = ValueAxis.of(span, chart.kind() == Chart.Kind.BAR);
        boolean plus = chart.ink().hasDirections() || chart.ink().above() == Ink.Hue.NET;
        Frame frame = Frame.of(
                width, height, values, labels(values, span, plus), chart.range(), chart.zone(), Frame.Ticks.ANY, 0);

        Sampled sampled = Sampled.of(points, chart.range(), chart.zone(), 1.05 * frame.pixels());
        List<Interval> gaps = Sampled.gaps(points, chart.range());
        boolean narrow = Marks.narrow(sampled.columns(), frame.times(), frame.pixels());
        List<String> notes = notes(frame.times(), chart.subtitle(), sampled.step(), chart.origin());
        Header header = Header.of(
                chart, notes, Key.of(chart, sampled.step() != null, !gaps.isEmpty(), narrow), width, frame.scale());
        Place place = frame.under(header);
        List<Mark> marks = Marks.of(points, sampled.columns(), gaps, narrow, chart.kind(), place, frame.scale());
        return of(
                frame,
                place,
                header,
                gapLabels(marks, place.plot(), span == null, frame.scale()),
                List.of(new Layer(chart.ink(), marks)),
                description(chart, notes, sampled, gaps));
    }

    /** Everything that stands in the plot. */
    List<Mark> marks() {
        return layers.stream().flatMap(l -> l.marks().stream()).toList();
    }

    @Override
    public void paint(Pen pen) {
        Drawing.draw(this, pen);
    }

    /** Without a value there is no scale, only the zero line. */
    static List<String> labels(ValueAxis values, @Nullable Span span, boolean plus) {
        return values.ticks().stream()
                .map(v -> span != null ? Words.number(v, plus) : v.signum() == 0 ? "0" : "")
                .toList();
    }

    /** @param sampled the step of which only the smallest and the greatest value are seen, or null */
    static List<String> notes(TimeAxis times, String subtitle, @Nullable String sampled, @Nullable String origin) {
        return Stream.of(
                        Words.range(times.range(), times.zone()),
                        times.zone().getId(),
                        Words.clockChange(times.range(), times.clockChange(), times.zone()),
                        subtitle,
                        sampled == null ? null : "min and max per " + sampled,
                        origin)
                .flatMap(Stream::ofNullable)
                .filter(n -> !n.isBlank())
                .toList();
    }

    private static List<Text> gapLabels(List<Mark> marks, Box plot, boolean alone, double scale) {
        double small = Tokens.SMALL * scale;
        double wide = Text.width("no data", small);
        double y = alone ? (plot.top() + plot.bottom()) / 2 : plot.top() + 20 * scale;
        List<Text> texts = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark instanceof Mark.Gap(double left, double right) && right - left >= wide + 10 * scale) {
                texts.add(new Text("no data", (left + right - wide) / 2, y, small, false, Tokens.TEXT_2));
            }
        }
        return texts;
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
