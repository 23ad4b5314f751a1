package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the plot: gaps, values, invalid values, in the order of painting. */
final class Marks {
    /** Narrower than this, a slot has no room for a bar of two pixels and a space beside it. */
    private static final double NARROWEST_SLOT = 3;

    private Marks() {}

    /** Whether slots are too narrow for bars that stand apart, or for telling one that is known in part. */
    static boolean narrow(List<Sampled.Column> columns, TimeAxis times, double pixels) {
        double shares = columns.stream()
                .mapToDouble(c -> times.share(c.interval().end())
                        - times.share(c.interval().start()))
                .sum();
        return shares * pixels < NARROWEST_SLOT * columns.size();
    }

    static List<Mark> of(
            List<Point> points,
            List<Sampled.Column> columns,
            List<Interval> gaps,
            boolean narrow,
            Chart.Kind kind,
            Place place,
            double scale) {
        List<Mark> marks = new ArrayList<>();
        for (Interval gap : gaps) {
            marks.add(gap(place.x(gap.start()), place.x(gap.end())));
        }
        marks.addAll(values(columns, narrow, kind, place));
        invalid(points, place, 3 * scale, marks);
        return List.copyOf(marks);
    }

    static Mark gap(double from, double to) {
        return to - from < NARROWEST_SLOT ? new Mark.Notch(from, to) : new Mark.Gap(from, to);
    }

    private static List<Mark> values(List<Sampled.Column> columns, boolean narrow, Chart.Kind kind, Place place) {
        List<Mark.Slot> slots = columns.stream()
                .map(c -> new Mark.Slot(
                        place.x(c.interval().start()),
                        place.x(c.interval().end()),
                        place.y(c.max()),
                        place.y(c.min()),
                        c.estimated(),
                        c.partial()))
                .toList();
        if (kind == Chart.Kind.BAR && !narrow) {
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
                List<Mark.Slot> run = seen(slots.subList(from, i));
                runs.add(kind == Chart.Kind.BAR ? new Mark.Area(run) : new Mark.Line(run));
                from = i;
            }
        }
        return runs;
    }

    /** A run of less than a pixel, one reading in an empty year, is still drawn a pixel wide. */
    private static List<Mark.Slot> seen(List<Mark.Slot> run) {
        double left = run.getFirst().left();
        Mark.Slot last = run.getLast();
        if (last.right() - left >= 1) {
            return List.copyOf(run);
        }
        List<Mark.Slot> wider = new ArrayList<>(run);
        wider.set(
                run.size() - 1,
                new Mark.Slot(last.left(), left + 1, last.high(), last.low(), last.estimated(), last.partial()));
        return List.copyOf(wider);
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
    private static void invalid(List<Point> points, Place place, double apart, List<Mark> marks) {
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
}
