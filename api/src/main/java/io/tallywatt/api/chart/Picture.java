package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
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
    /** Narrower than this, a slot has no room for a bar of two pixels and a space beside it. */
    private static final double NARROWEST_SLOT = 3;

    static Picture of(Chart chart, int width, int height) {
        double scale = Tokens.scale(width, height);
        double pad = Tokens.PADDING * scale;
        double small = Tokens.SMALL * scale;
        boolean bars = chart.kind() == Chart.Kind.BAR;
        List<Point> points = chart.points().stream()
                .filter(p -> Sampled.clip(p.interval(), chart.range()) != null)
                .toList();
        @Nullable Span span = Span.of(points);
        ValueAxis values = ValueAxis.of(span, bars);
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
        boolean narrow = meanWidth(sampled.columns(), times, right - left) < NARROWEST_SLOT;
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
        List<Mark> marks = new ArrayList<>();
        for (Interval gap : gaps) {
            double from = place.x(gap.start());
            double to = place.x(gap.end());
            if (to - from < NARROWEST_SLOT) {
                marks.add(new Mark.Notch(from, to));
            } else {
                marks.add(new Mark.Gap(from, to));
                double wide = Text.width("no data", small);
                if (to - from >= wide + 10 * scale) {
                    double x = (from + to - wide) / 2;
                    double y = span == null ? (plot.top() + plot.bottom()) / 2 : plot.top() + 20 * scale;
                    texts.add(new Text("no data", x, y, small, false, Tokens.TEXT_2));
                }
            }
        }
        marks.addAll(valueMarks(sampled.columns(), bars, narrow, place));
        invalidMarks(points, place, 3 * scale, marks);
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
                List.copyOf(marks),
                description(chart, notes, sampled, gaps));
    }

    /** Values and instants to pixels. */
    private record Place(Box plot, ValueAxis values, TimeAxis times) {
        double x(Instant instant) {
            return plot.left() + times.share(instant) * plot.width();
        }

        double y(BigDecimal value) {
            return plot.bottom() - values.share(value) * plot.height();
        }
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

    private static List<Mark> valueMarks(List<Sampled.Column> columns, boolean bars, boolean narrow, Place place) {
        List<Mark.Slot> slots = columns.stream()
                .map(c -> new Mark.Slot(
                        place.x(c.interval().start()),
                        place.x(c.interval().end()),
                        place.y(c.max()),
                        place.y(c.min()),
                        c.estimated(),
                        c.partial()))
                .toList();
        if (bars && !narrow) {
            return slots.stream().<Mark>map(s -> new Mark.Bar(apart(s))).toList();
        }
        List<Mark> runs = new ArrayList<>();
        for (Mark.Slot slot : slots) {
            if (narrow && slot.partial()) {
                runs.add(new Mark.Notch(slot.left(), slot.right()));
            }
        }
        int from = 0;
        for (int i = 1; i <= slots.size(); i++) {
            if (i == slots.size()
                    || !columns.get(i)
                            .interval()
                            .start()
                            .equals(columns.get(i - 1).interval().end())) {
                List<Mark.Slot> run = List.copyOf(slots.subList(from, i));
                runs.add(bars ? new Mark.Area(run) : new Mark.Line(run));
                from = i;
            }
        }
        return runs;
    }

    private static double meanWidth(List<Sampled.Column> columns, TimeAxis times, double pixels) {
        double shares = columns.stream()
                .mapToDouble(c -> times.share(c.interval().end())
                        - times.share(c.interval().start()))
                .sum();
        return columns.isEmpty() ? pixels : shares * pixels / columns.size();
    }

    /** A bar on whole pixels with space on both sides. */
    private static Mark.Slot apart(Mark.Slot slot) {
        double wide = slot.right() - slot.left();
        double space = Math.clamp(wide * 0.22, 1, 24);
        double left = Math.round(slot.left() + space / 2);
        double right = left + Math.max(1, Math.round(wide - space));
        return new Mark.Slot(left, right, slot.high(), slot.low(), slot.estimated(), slot.partial());
    }

    /** Invalid values do not stretch the scale: one that is off it is marked at its edge. */
    private static void invalidMarks(List<Point> points, Place place, double apart, List<Mark> marks) {
        Mark.@Nullable Invalid last = null;
        for (Point point : points) {
            BigDecimal value = point.value();
            Interval inside = Sampled.clip(point.interval(), place.times().range());
            if (value != null && point.counted() == null && inside != null) {
                BigDecimal shown =
                        value.max(place.values().low()).min(place.values().high());
                double x = (place.x(inside.start()) + place.x(inside.end())) / 2;
                Mark.Invalid mark = new Mark.Invalid(x, place.y(shown));
                if (last == null || x - last.x() >= apart || Math.abs(mark.y() - last.y()) >= apart) {
                    marks.add(mark);
                    last = mark;
                }
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
