package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The anomalies of a picture at their places, and words beside as many of them as have room: those that matter most first.
 */
record Flags(List<Mark> marks, List<Text> words) {
    private static final int MOST_WORDS = 8;
    private static final int MOST_STEMS = 60;

    /** So much of the plot as one mark takes. */
    private record Cell(Balance.Shape shape, long column, long row) {}

    private record Placed(Balance.Flag flag, Mark mark, Box box) {}

    /** Whether there are so many that values and words would cover each other, and the lines. */
    static boolean crowded(long count, double pixels, double scale) {
        return count > pixels / (5 * scale);
    }

    /**
     * @param taken words that stand there already
     * @param lines which words rather leave free
     */
    static Flags of(Balance balance, Place place, double scale, List<Text> taken, List<Mark> lines) {
        List<Balance.Flag> flags = balance.flags().stream()
                .filter(f -> Sampled.clip(f.interval(), balance.range()) != null)
                .toList();
        if (crowded(flags.size(), place.plot().width(), scale)) {
            return new Flags(alongTheTop(flags, place, scale), List.of());
        }
        List<Placed> placed = place(flags, place, scale);
        List<Box> boxes = new ArrayList<>(taken.stream().map(Text::box).toList());
        placed.forEach(p -> boxes.add(p.box()));
        List<Box> drawn = new ArrayList<>(lines.stream()
                .flatMap(mark -> mark instanceof Mark.Line(List<Mark.Slot> slots) ? slots.stream() : Stream.empty())
                .map(s -> new Box(s.left() - 1, s.high() - 2, s.right() + 1, s.low() + 2))
                .toList());
        double base = place.y(place.values().base());
        drawn.add(new Box(place.plot().left(), base - 1, place.plot().right(), base + 1));
        if (placed.size() > MOST_WORDS) {
            // Not all of them can have words: then none covers a line for it.
            boxes.addAll(drawn);
        }
        List<Text> words = new ArrayList<>();
        int written = 0;
        for (Placed p : placed.reversed()) {
            List<Text> label = written < MOST_WORDS ? label(p, place.plot(), scale, boxes, drawn) : List.of();
            written += label.isEmpty() ? 0 : 1;
            label.forEach(text -> boxes.add(text.box()));
            words.addAll(label);
        }
        return new Flags(placed.stream().map(Placed::mark).toList(), List.copyOf(words));
    }

    /** When they were, and whether one of them matters much. */
    private static List<Mark> alongTheTop(List<Balance.Flag> flags, Place place, double scale) {
        double apart = 9 * scale;
        Map<Long, Boolean> filled = new TreeMap<>();
        for (Balance.Flag flag : flags) {
            Interval inside = Sampled.clip(flag.interval(), place.times().range());
            if (inside != null) {
                double x = (place.x(inside.start()) + place.x(inside.end())) / 2;
                filled.merge(
                        Math.round((x - place.plot().left()) / apart),
                        flag.shape() == Balance.Shape.FILLED,
                        Boolean::logicalOr);
            }
        }
        return filled.entrySet().stream()
                .<Mark>map(e -> new Mark.Anomaly(
                        place.plot().left() + e.getKey() * apart, place.plot().top(), null, e.getValue()))
                .toList();
    }

    /** Where there are more than can be told apart, one stands for its neighbours. What matters most comes last, on top. */
    private static List<Placed> place(List<Balance.Flag> flags, Place place, double scale) {
        List<Placed> all = new ArrayList<>();
        Set<Cell> seen = new HashSet<>();
        double apart = 4 * scale;
        boolean stems = flags.size() <= MOST_STEMS;
        for (Balance.Flag flag : flags.stream()
                .sorted(Comparator.comparing(Balance.Flag::shape)
                        .thenComparing(f -> f.interval().start())
                        .reversed())
                .toList()) {
            @Nullable
            Interval inside = Sampled.clip(flag.interval(), place.times().range());
            if (inside != null) {
                Placed next = place(flag, inside, place, stems, scale);
                Box box = next.box();
                if (seen.add(new Cell(flag.shape(), Math.round(box.left() / apart), Math.round(box.top() / apart)))) {
                    all.add(next);
                }
            }
        }
        return all;
    }

    private static Placed place(Balance.Flag flag, Interval inside, Place place, boolean stem, double scale) {
        double y = place.y(shown(flag.value(), place));
        double left = place.x(inside.start());
        double right = place.x(inside.end());
        double r = (Tokens.TRIANGLE + 1.5) * scale;
        if (flag.shape() == Balance.Shape.RUN) {
            double wider = Math.max(0, 8 * scale - (right - left)) / 2;
            return new Placed(
                    flag,
                    new Mark.Run(left - wider, right + wider, y),
                    new Box(left - wider, y - r, right + wider, y + r));
        }
        double x = (left + right) / 2;
        @Nullable BigDecimal nearest = stem ? flag.expected() : null;
        return new Placed(
                flag,
                new Mark.Anomaly(
                        x,
                        y,
                        nearest == null ? null : place.y(shown(nearest, place)),
                        flag.shape() == Balance.Shape.FILLED),
                new Box(x - r, y - r, x + r, y + r));
    }

    private static BigDecimal shown(BigDecimal value, Place place) {
        return value.max(place.values().low()).min(place.values().high());
    }

    /** Beside the mark, else over or under it, where it does not cover a line if it can be; nothing where there is no room. */
    private static List<Text> label(Placed placed, Box plot, double scale, List<Box> taken, List<Box> lines) {
        double small = Tokens.SMALL * scale;
        double ruleWide = Typeface.bold().width(placed.flag().rule(), small) + 4 * scale;
        double wide = ruleWide + Text.width(placed.flag().words(), small);
        Box at = placed.box();
        double middle = (at.top() + at.bottom()) / 2 + 4 * scale;
        double centered = (at.left() + at.right() - wide) / 2;
        double right = at.right() + 4 * scale;
        double left = at.left() - 4 * scale - wide;
        List<List<Text>> free = Stream.of(
                        new double[] {right, middle},
                        new double[] {left, middle},
                        new double[] {centered, at.top() - 5 * scale},
                        new double[] {centered, at.bottom() + 13 * scale},
                        new double[] {centered, at.top() - 20 * scale},
                        new double[] {centered, at.bottom() + 28 * scale},
                        new double[] {right, middle - 18 * scale},
                        new double[] {left, middle - 18 * scale},
                        new double[] {right, middle + 18 * scale},
                        new double[] {left, middle + 18 * scale})
                .map(xy -> List.of(
                        new Text(placed.flag().rule(), xy[0], xy[1], small, true, Tokens.ANOMALY),
                        new Text(placed.flag().words(), xy[0] + ruleWide, xy[1], small, false, Tokens.TEXT_2)))
                .filter(label -> isFree(around(label, scale), plot, scale, taken))
                .toList();
        return free.stream()
                .filter(label -> lines.stream().noneMatch(around(label, scale)::overlaps))
                .findFirst()
                .orElse(free.isEmpty() ? List.of() : free.getFirst());
    }

    private static Box around(List<Text> label, double scale) {
        Box first = label.getFirst().box();
        return new Box(first.left(), first.top(), label.getLast().box().right(), first.bottom()).inset(-2 * scale);
    }

    private static boolean isFree(Box box, Box plot, double scale, List<Box> taken) {
        return box.left() >= plot.left()
                && box.right() <= plot.right()
                && box.top() >= plot.top() - 8 * scale
                && box.bottom() <= plot.bottom()
                && taken.stream().noneMatch(box::overlaps);
    }
}
