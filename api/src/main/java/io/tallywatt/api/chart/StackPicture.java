package io.tallywatt.api.chart;

import io.tallywatt.core.query.Every;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of a {@link Stack} stands: for each step of time the parts above the zero line and those below it, the largest
 * nearest to zero and strongest in colour, and their sum as a line where all of them are known.
 */
final class StackPicture {
    private static final int[] ABOVE = {0x4a2d92, 0x6a4cb4, 0x8a70c9, 0xa995da, 0xc7b9e9};
    private static final int[] BELOW = {0x0b6f69, 0x2f9d95, 0x74c1ba, 0xa6d8d3};
    private static final String NET = "Net";

    /** A step takes so many pixels at least. */
    private static final double LEAST_STEP = 3;

    private static final List<Integer> STEPS = List.of(300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600);
    private static final int DIGITS = 9;

    /**
     * One step of time.
     *
     * @param values of the parts in their order; null where less than half of the step is known
     */
    private record Column(Interval interval, List<@Nullable BigDecimal> values) {
        BigDecimal sum(int sign) {
            BigDecimal sum = BigDecimal.ZERO;
            for (@Nullable BigDecimal value : values) {
                if (value != null && value.signum() == sign) {
                    sum = sum.add(value);
                }
            }
            return sum;
        }

        boolean isWhole() {
            return values.stream().allMatch(v -> v != null);
        }

        boolean isEmpty() {
            return values.stream().allMatch(v -> v == null);
        }

        BigDecimal net() {
            return sum(1).add(sum(-1));
        }
    }

    private final Stack stack;
    private final int width;
    private final int height;
    private final List<Stack.Part> parts;
    private final List<Column> columns;
    private final @Nullable Every every;
    private final double margin;

    private StackPicture(Stack stack, int width, int height) {
        this.stack = stack;
        this.width = width;
        this.height = height;
        this.parts = bySize(stack);
        double scale = Tokens.scale(width, height);
        this.margin = Stream.concat(stack.parts().stream().map(Stack.Part::name), Stream.of(NET))
                        .mapToDouble(name -> Typeface.bold().width(name, Tokens.SMALL))
                        .max()
                        .orElse(0)
                + 6;
        this.every = step(stack.range(), (width - (margin + 70) * scale) / (LEAST_STEP * scale));
        this.columns = columns();
    }

    static Picture of(Stack stack, int width, int height) {
        return new StackPicture(stack, width, height).place();
    }

    /** The largest first: it lies nearest to zero all the time. */
    private static List<Stack.Part> bySize(Stack stack) {
        return stack.parts().stream()
                .sorted(Comparator.comparing((Stack.Part part) -> size(part, stack.range()))
                        .reversed())
                .toList();
    }

    private static BigDecimal size(Stack.Part part, Interval range) {
        BigDecimal size = BigDecimal.ZERO;
        for (Point point : part.points()) {
            @Nullable BigDecimal value = point.counted();
            @Nullable Interval inside = Sampled.clip(point.interval(), range);
            if (value != null && inside != null) {
                size = size.add(value.abs().multiply(seconds(inside)));
            }
        }
        return size;
    }

    private static BigDecimal seconds(Interval interval) {
        return BigDecimal.valueOf(interval.duration().toSeconds());
    }

    /** The shortest step of which there is room for all; days where there is for none. */
    private static Every step(Interval range, double room) {
        for (int seconds : STEPS) {
            if (range.duration().toSeconds() <= room * seconds) {
                return new Every.Step(new Resolution(seconds));
            }
        }
        return new Every.Day();
    }

    private List<Column> columns() {
        List<Column> all = new ArrayList<>();
        int[] next = new int[parts.size()];
        Instant at = stack.range().start();
        Every steps = every == null ? new Every.Day() : every;
        while (at.isBefore(stack.range().end())) {
            Interval step = steps.around(at, stack.zone());
            @Nullable Interval inside = Sampled.clip(step, stack.range());
            if (inside != null) {
                List<@Nullable BigDecimal> values = new ArrayList<>();
                for (int p = 0; p < parts.size(); p++) {
                    List<Point> points = parts.get(p).points();
                    while (next[p] < points.size()
                            && !points.get(next[p]).interval().end().isAfter(inside.start())) {
                        next[p]++;
                    }
                    values.add(mean(points, next[p], inside));
                }
                all.add(new Column(inside, values));
            }
            at = step.end();
        }
        return all;
    }

    /** The mean of what is known of a step, exact to nine digits; null where that is less than half of it. */
    private static @Nullable BigDecimal mean(List<Point> points, int from, Interval step) {
        BigDecimal sum = BigDecimal.ZERO;
        long covered = 0;
        for (int i = from; i < points.size() && points.get(i).interval().start().isBefore(step.end()); i++) {
            @Nullable BigDecimal value = points.get(i).counted();
            @Nullable Interval inside = Sampled.clip(points.get(i).interval(), step);
            if (value != null && inside != null) {
                sum = sum.add(value.multiply(seconds(inside)));
                covered += inside.duration().toSeconds();
            }
        }
        return 2 * covered < step.duration().toSeconds()
                ? null
                : sum.divide(BigDecimal.valueOf(covered), DIGITS, RoundingMode.HALF_EVEN);
    }

    private Picture place() {
        @Nullable Span span = null;
        for (Column column : columns) {
            if (!column.isEmpty()) {
                Span own = new Span(column.sum(-1), column.sum(1));
                span = span == null
                        ? own
                        : new Span(span.low().min(own.low()), span.high().max(own.high()));
            }
        }
        ValueAxis values = ValueAxis.of(span, true);
        Frame frame = Frame.of(
                width,
                height,
                values,
                Picture.labels(values, span, true),
                stack.range(),
                stack.zone(),
                Frame.Ticks.ANY,
                margin);
        List<String> notes = notes(frame);
        Header header = Header.of(stack, notes, keys(), width, frame.scale());
        Place place = frame.under(header);
        List<Text> texts = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(Ink.of(Ink.Hue.NET), gaps(place, frame, texts, span == null)));
        layers.add(new Layer(Ink.of(Ink.Hue.NET), shades(place)));
        layers.add(new Layer(Ink.of(Ink.Hue.NET), net(place)));
        texts.addAll(names(place, frame.scale()));
        return Picture.of(frame, place, header, texts, layers, description(notes));
    }

    private List<String> notes(Frame frame) {
        List<String> notes = new ArrayList<>(Picture.notes(frame.times(), stack.subtitle(), null, stack.origin()));
        notes.add(
                every instanceof Every.Step step
                        ? "mean per " + Words.step(step.resolution().seconds())
                        : "mean per day");
        if (!stack.unknown().isEmpty() && !stack.parts().isEmpty()) {
            notes.add("no data of " + String.join(", ", stack.unknown()));
        }
        return notes;
    }

    private List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        if (columns.stream().anyMatch(c -> c.sum(1).signum() > 0)) {
            keys.add(new Key(Key.Sample.SHADE, stack.aboveWords(), ABOVE[0]));
        }
        if (columns.stream().anyMatch(c -> c.sum(-1).signum() < 0)) {
            keys.add(new Key(Key.Sample.SHADE, stack.belowWords(), BELOW[0]));
        }
        if (parts.size() > 1 && columns.stream().anyMatch(Column::isWhole)) {
            keys.add(new Key(Key.Sample.LINE, "net, where all are known", Ink.Hue.NET.rgb));
        }
        if (columns.stream().anyMatch(Column::isEmpty)) {
            keys.add(new Key(Key.Sample.GAP, "no data"));
        }
        return keys;
    }

    private List<Mark> gaps(Place place, Frame frame, List<Text> texts, boolean alone) {
        List<Mark> gaps = new ArrayList<>();
        double small = Tokens.SMALL * frame.scale();
        double wide = Text.width("no data", small);
        int from = 0;
        while (from < columns.size()) {
            int to = from;
            while (to < columns.size() && columns.get(to).isEmpty()) {
                to++;
            }
            if (to > from) {
                double left = place.x(columns.get(from).interval().start());
                double right = place.x(columns.get(to - 1).interval().end());
                gaps.add(Marks.gap(left, right));
                if (right - left >= wide + 10 * frame.scale()) {
                    Box plot = place.plot();
                    double y = alone ? (plot.top() + plot.bottom()) / 2 : plot.top() + 20 * frame.scale();
                    texts.add(new Text("no data", (left + right - wide) / 2, y, small, false, Tokens.TEXT_2));
                }
            }
            from = to + 1;
        }
        return gaps;
    }

    private List<Mark> shades(Place place) {
        int[] above = shadesOf(1, ABOVE);
        int[] below = shadesOf(-1, BELOW);
        List<Mark> shades = new ArrayList<>();
        for (Column column : columns) {
            double left = Math.rint(place.x(column.interval().start()));
            double right =
                    Math.max(left + 1, Math.rint(place.x(column.interval().end())));
            side(column, 1, above, left, right, place, shades);
            side(column, -1, below, left, right, place, shades);
        }
        return shades;
    }

    /** The colour of each part in a direction: the strongest for the largest that ever runs that way. */
    private int[] shadesOf(int sign, int[] colours) {
        int[] shades = new int[parts.size()];
        int rank = 0;
        for (int p = 0; p < shades.length; p++) {
            int part = p;
            shades[p] = colours[Math.min(rank, colours.length - 1)];
            if (columns.stream().anyMatch(c -> has(c, part, sign))) {
                rank++;
            }
        }
        return shades;
    }

    private static boolean has(Column column, int part, int sign) {
        @Nullable BigDecimal value = column.values().get(part);
        return value != null && value.signum() == sign;
    }

    private static void side(
            Column column, int sign, int[] rgb, double left, double right, Place place, List<Mark> shades) {
        BigDecimal reached = BigDecimal.ZERO;
        double near = Math.rint(place.y(BigDecimal.ZERO));
        for (int p = 0; p < rgb.length; p++) {
            @Nullable BigDecimal value = column.values().get(p);
            if (value != null && value.signum() == sign) {
                boolean first = reached.signum() == 0;
                reached = reached.add(value);
                double far = Math.rint(place.y(reached));
                // A pixel of ground between two, where there is one to spare.
                double begin = !first && Math.abs(far - near) > 2 ? near - sign : near;
                if (far != begin) {
                    shades.add(
                            new Mark.Shade(new Box(left, Math.min(begin, far), right, Math.max(begin, far)), rgb[p]));
                }
                near = far;
            }
        }
    }

    private List<Mark> net(Place place) {
        List<Mark> lines = new ArrayList<>();
        List<Mark.Slot> run = new ArrayList<>();
        for (Column column : columns) {
            if (column.isWhole() && parts.size() > 1) {
                double y = place.y(column.net());
                run.add(new Mark.Slot(
                        place.x(column.interval().start()),
                        place.x(column.interval().end()),
                        y,
                        y,
                        false,
                        false));
            } else if (!run.isEmpty()) {
                lines.add(new Mark.Line(List.copyOf(run)));
                run.clear();
            }
        }
        if (!run.isEmpty()) {
            lines.add(new Mark.Line(List.copyOf(run)));
        }
        return lines;
    }

    private record Name(String words, int rgb, double y) {}

    /** The parts' names beside where they last were, and that of the sum, moved apart. */
    private List<Text> names(Place place, double scale) {
        List<Name> names = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            for (int c = columns.size() - 1; c >= 0; c--) {
                @Nullable BigDecimal value = columns.get(c).values().get(p);
                if (value != null) {
                    names.add(new Name(parts.get(p).name(), ink(value), place.y(middle(columns.get(c), p, value))));
                    break;
                }
            }
        }
        if (parts.size() > 1 && !columns.isEmpty() && columns.getLast().isWhole()) {
            names.add(new Name(NET, Ink.Hue.NET.words, place.y(columns.getLast().net())));
        }
        names.sort(Comparator.comparingDouble(Name::y));
        double apart = 14 * scale;
        double[] y = new double[names.size()];
        double least = place.plot().top() + 4 * scale;
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(names.get(i).y(), least);
            least = y[i] + apart;
        }
        double most = place.plot().bottom() - 2 * scale;
        for (int i = y.length - 1; i >= 0; i--) {
            y[i] = Math.min(y[i], most);
            most = y[i] - apart;
        }
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            // In a picture that is too low for all, the last of them have no place.
            if (i == 0 || y[i] - y[i - 1] >= apart - 1e-6) {
                texts.add(new Text(
                        names.get(i).words(),
                        place.plot().right() + 6 * scale,
                        y[i] + 4 * scale,
                        Tokens.SMALL * scale,
                        true,
                        names.get(i).rgb()));
            }
        }
        return texts;
    }

    private static int ink(BigDecimal value) {
        return value.signum() > 0 ? Ink.Hue.IMPORT.words : value.signum() < 0 ? Ink.Hue.EXPORT.words : Tokens.TEXT_2;
    }

    /** The middle of a part's band. */
    private static BigDecimal middle(Column column, int part, BigDecimal value) {
        BigDecimal below = BigDecimal.ZERO;
        for (int p = 0; p < part; p++) {
            @Nullable BigDecimal other = column.values().get(p);
            if (other != null && other.signum() == value.signum()) {
                below = below.add(other);
            }
        }
        return below.add(value.divide(BigDecimal.TWO));
    }

    private String description(List<String> notes) {
        StringBuilder text = new StringBuilder(String.join(", ", notes)).append('.');
        if (parts.isEmpty()) {
            return text.append(" No data.").toString();
        }
        @Nullable
        Column last = columns.reversed().stream()
                .filter(c -> !c.isEmpty())
                .findFirst()
                .orElse(null);
        if (last != null) {
            text.append(" At the end: ");
            List<String> words = new ArrayList<>();
            for (int p = 0; p < parts.size(); p++) {
                @Nullable BigDecimal value = last.values().get(p);
                words.add(parts.get(p).name() + " "
                        + (value == null
                                ? "not known"
                                : Words.number(value.setScale(0, RoundingMode.HALF_EVEN), true)));
            }
            text.append(String.join(", ", words)).append(" MW.");
        }
        long empty = columns.stream().filter(Column::isEmpty).count();
        if (empty > 0) {
            Duration without = columns.stream()
                    .filter(Column::isEmpty)
                    .map(c -> c.interval().duration())
                    .reduce(Duration.ZERO, Duration::plus);
            text.append(" Without data: ")
                    .append(Words.step(without.toSeconds()))
                    .append('.');
        }
        return text.toString();
    }
}
