package io.tallywatt.api.chart;

import io.tallywatt.core.validate.RuleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where everything of a {@link Spread} stands: things below each other, rules beside each other, sums at both ends. */
record Matrix(
        int width,
        int height,
        double scale,
        List<Text> texts,
        List<Header.Placed> keys,
        List<Cell> cells,
        String description)
        implements Drawn {
    /** A count's place. */
    record Cell(Box box, int rgb) {}

    /** More things than these no picture shows one by one. */
    static final int MOST_ROWS = 20;

    private static final double LEAST_HEIGHT = 16;
    private static final double MOST_HEIGHT = 26;
    private static final double MOST_WIDTH = 110;
    /** Three characters of a count, and of a rule's name. */
    private static final int LEAST_WIDTH = 30;

    static Matrix of(Spread spread, int width, int height) {
        return new Setting(spread, width, height).set();
    }

    @Override
    public void paint(Pen pen) {
        Stencil stencil = new Stencil(pen, scale);
        stencil.ground(width, height);
        pen.begin("cells");
        cells.forEach(cell -> stencil.block(cell.box(), cell.rgb(), false, false, 0));
        pen.end();
        stencil.keys(keys);
        stencil.texts(texts, List.of());
    }

    /** The rows that there is room for; the others as one. */
    private static List<Spread.Row> shown(Spread spread, double room, double least) {
        int fits = (int) Math.clamp(Math.floor(room / least) - 1, 1, MOST_ROWS);
        if (spread.rows().size() <= fits) {
            return spread.rows();
        }
        List<Spread.Row> shown = new ArrayList<>(spread.rows().subList(0, Math.max(1, Math.min(fits, MOST_ROWS) - 1)));
        Map<RuleName, Long> rest = new TreeMap<>();
        List<Spread.Row> others =
                spread.rows().subList(shown.size(), spread.rows().size());
        others.forEach(row -> row.counts().forEach((rule, count) -> rest.merge(rule, count, Long::sum)));
        shown.add(new Spread.Row(others.size() + " more", rest));
        return shown;
    }

    /** The rules that there is room for, each in a column of its own; the rarest together in a last one. */
    private static List<List<RuleName>> columns(Spread spread, double room, double least) {
        List<RuleName> rules = spread.rules();
        int fits = (int) Math.max(2, Math.floor(room / least));
        if (rules.size() <= fits) {
            return rules.stream().map(List::of).toList();
        }
        Comparator<RuleName> rarest = Comparator.comparingLong(rule -> sum(spread.rows(), List.of(rule)));
        List<RuleName> apart =
                rules.stream().sorted(rarest.reversed()).limit(fits - 1L).toList();
        List<List<RuleName>> columns = new ArrayList<>();
        rules.stream().filter(apart::contains).forEach(rule -> columns.add(List.of(rule)));
        columns.add(rules.stream().filter(rule -> !apart.contains(rule)).toList());
        return columns;
    }

    private static long sum(List<Spread.Row> rows, List<RuleName> rules) {
        return rows.stream().mapToLong(row -> sum(row, rules)).sum();
    }

    private static long sum(Spread.Row row, List<RuleName> rules) {
        return rules.stream().mapToLong(row::of).sum();
    }

    /** Puts one together. */
    private static final class Setting {
        private final Spread spread;
        private final int width;
        private final int height;
        private final double scale;
        private final double pad;
        private final double small;
        private final List<RuleName> rules;
        private final Shades shades;
        private final List<Text> texts = new ArrayList<>();
        private final List<Cell> cells = new ArrayList<>();

        Setting(Spread spread, int width, int height) {
            this.spread = spread;
            this.width = width;
            this.height = height;
            this.scale = Tokens.scale(width, height);
            this.pad = Tokens.PADDING * scale;
            this.small = Tokens.SMALL * scale;
            this.rules = spread.rules();
            this.shades = Shades.upTo(spread.rows().stream()
                    .flatMap(row -> row.counts().values().stream())
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0));
        }

        Matrix set() {
            List<String> notes = Stream.concat(spread.notes().stream(), Stream.ofNullable(spread.origin()))
                    .toList();
            Header header = Header.of(spread, notes, shades.keys(), width, scale);
            texts.addAll(header.texts());
            if (spread.rows().isEmpty()) {
                String none = "No anomalies in this range";
                double x = (width - Text.width(none, small)) / 2;
                texts.add(new Text(none, x, (header.bottom() + height) / 2, small, false, Tokens.TEXT_2));
            } else {
                table(header.bottom() + 14 * scale);
            }
            return new Matrix(
                    width, height, scale, List.copyOf(texts), header.keys(), List.copyOf(cells), description(notes));
        }

        private void table(double top) {
            double heads = 2 * small + 6 * scale;
            double sums = 20 * scale;
            double room = height - pad - top - heads - sums;
            List<Spread.Row> rows = shown(spread, room, LEAST_HEIGHT * scale);
            double high = Math.clamp(room / rows.size(), LEAST_HEIGHT * scale, MOST_HEIGHT * scale);

            double widest = rows.stream()
                    .mapToDouble(row -> Text.width(row.name(), small))
                    .max()
                    .orElse(0);
            double left = Math.round(pad + Math.min(widest, width * 0.3) + 10 * scale);
            double total = Math.max(Text.width("all", small), widest(rows)) + 10 * scale;
            List<List<RuleName>> columns = columns(spread, width - pad - total - left, LEAST_WIDTH * scale);
            double wide = Math.min(MOST_WIDTH * scale, (width - pad - total - left) / columns.size());
            double right = left + wide * columns.size();

            for (int c = 0; c < columns.size(); c++) {
                head(columns.get(c), left + c * wide, wide, top + heads - 8 * scale);
            }
            right("all", right + total, top + heads - 8 * scale, false);
            for (int i = 0; i < rows.size(); i++) {
                Spread.Row row = rows.get(i);
                double y = top + heads + i * high;
                double baseline = y + high / 2 + 4 * scale;
                String name = Typeface.regular().fit(row.name(), small, left - pad - 8 * scale);
                texts.add(new Text(name, pad, baseline, small, false, Tokens.TEXT));
                // The sum of many things is no darker than each of them.
                boolean many =
                        i == rows.size() - 1 && rows.size() < spread.rows().size();
                for (int c = 0; c < columns.size(); c++) {
                    Box box = new Box(left + c * wide, y, left + (c + 1) * wide, y + high);
                    cell(sum(row, columns.get(c)), many || columns.get(c).size() > 1, box);
                }
                right(Words.count(row.total()), right + total, baseline, true);
            }
            double baseline = top + heads + rows.size() * high + 15 * scale;
            texts.add(new Text("all", pad, baseline, small, false, Tokens.TEXT_2));
            for (int c = 0; c < columns.size(); c++) {
                centered(sum(rows, columns.get(c)), left + c * wide, wide, baseline, Tokens.TEXT);
            }
            right(Words.count(total()), right + total, baseline, true);
        }

        private double widest(List<Spread.Row> rows) {
            return Math.max(
                    Typeface.bold().width(Words.count(total()), small),
                    rows.stream()
                            .mapToDouble(row -> Typeface.bold().width(Words.count(row.total()), small))
                            .max()
                            .orElse(0));
        }

        private long total() {
            return spread.rows().stream().mapToLong(Spread.Row::total).sum();
        }

        /** What a column is of: a rule, on two lines where it has two words and no room, or short; or all the others. */
        private void head(List<RuleName> of, double left, double wide, double baseline) {
            double room = wide - 4 * scale;
            boolean one = of.size() == 1;
            String name = one ? Words.rule(of.getFirst()) : "More";
            String briefly = one ? Words.shortRule(of.getFirst()) : "...";
            List<String> lines = Stream.of(List.of(name), List.of(name.split(" ", 2)), List.of(briefly))
                    .filter(l -> l.stream().allMatch(line -> Text.width(line, small) <= room))
                    .findFirst()
                    .orElse(List.of(briefly.substring(0, 3)));
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                double x = left + (wide - Text.width(line, small)) / 2;
                double y = baseline - (lines.size() - 1 - i) * small * 1.05;
                texts.add(new Text(line, x, y, small, false, Tokens.TEXT_2));
            }
        }

        private void cell(long count, boolean many, Box box) {
            boolean shaded = count > 0 && !many;
            cells.add(new Cell(
                    box.inset(Math.max(1, 0.75 * scale)), shaded ? shades.rgb(count) : Tokens.tint(Tokens.SUNK, 0.6)));
            if (count > 0) {
                double baseline = (box.top() + box.bottom()) / 2 + 4 * scale;
                centered(count, box.left(), box.width(), baseline, shaded ? shades.words(count) : Tokens.TEXT);
            }
        }

        private void centered(long count, double left, double wide, double baseline, int rgb) {
            String words = Words.count(count);
            if (Typeface.bold().width(words, small) > wide - 2 * scale) {
                words = Words.shortCount(count);
            }
            double x = left + (wide - Typeface.bold().width(words, small)) / 2;
            texts.add(new Text(words, x, baseline, small, true, rgb));
        }

        private void right(String words, double end, double baseline, boolean bold) {
            Typeface face = bold ? Typeface.bold() : Typeface.regular();
            int rgb = bold ? Tokens.TEXT : Tokens.TEXT_2;
            texts.add(new Text(words, end - face.width(words, small), baseline, small, bold, rgb));
        }

        private String description(List<String> notes) {
            String said = String.join(", ", notes) + ".";
            if (spread.rows().isEmpty()) {
                return said + " No anomalies.";
            }
            String worst = spread.rows().stream()
                    .limit(3)
                    .map(row -> row.name() + " " + Words.count(row.total()))
                    .collect(Collectors.joining(", "));
            String byRule = rules.stream()
                    .map(rule -> Words.rule(rule) + " "
                            + Words.count(spread.rows().stream()
                                    .mapToLong(row -> row.of(rule))
                                    .sum()))
                    .collect(Collectors.joining(", "));
            return said + " " + Words.count(total()) + " in all, on "
                    + Words.count(spread.rows().size())
                    + (spread.rows().size() == 1 ? " site or series. " : " sites or series. ") + "Most: " + worst
                    + ". By rule: " + byRule + ".";
        }
    }
}
