package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where everything of a {@link Balance} stands. */
final class BalancePicture {
    private static final String MADE = "Generated";
    private static final String USED = "Consumed";

    private final Balance balance;
    private final Frame frame;
    private final @Nullable Span span;
    private final Sampled generation;
    private final Sampled consumption;
    private final List<Lack> lacks;

    private BalancePicture(Balance balance, int width, int height) {
        this.balance = balance;
        this.span = balance.span();
        ValueAxis values = ValueAxis.of(span, true);
        double margin = Math.max(
                Typeface.bold().width(MADE, Tokens.SMALL), Typeface.bold().width(USED, Tokens.SMALL));
        this.frame = Frame.of(
                width,
                height,
                values,
                Picture.labels(values, span, false),
                balance.range(),
                balance.zone(),
                Frame.Ticks.ANY,
                margin + 6);
        this.generation = sampled(balance.generation());
        this.consumption = sampled(balance.consumption());
        List<Interval> unmade = Sampled.gaps(balance.generation(), balance.range());
        List<Interval> unused = Sampled.gaps(balance.consumption(), balance.range());
        // What has only one side at all does not miss the other all the time.
        List<Interval> whole = List.of(balance.range());
        this.lacks = Lack.of(unmade.equals(whole) ? unused : unmade, unused.equals(whole) ? unmade : unused);
    }

    static Picture of(Balance balance, int width, int height) {
        return new BalancePicture(balance, width, height).place();
    }

    private Sampled sampled(List<Point> points) {
        return Sampled.of(points, balance.range(), balance.zone(), 1.05 * frame.pixels());
    }

    private Picture place() {
        @Nullable String step = generation.step() == null ? consumption.step() : generation.step();
        List<String> notes = notes(step);
        Header header = Header.of(balance, notes, keys(), frame.width(), frame.scale());
        Place place = frame.under(header);
        List<Mark> gaps = new ArrayList<>();
        List<Text> texts = new ArrayList<>();
        for (Lack lack : lacks) {
            double from = place.x(lack.interval().start());
            double to = place.x(lack.interval().end());
            gaps.add(Marks.gap(from, to));
            lackWords(lack, from, to, place.plot(), texts);
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(Ink.of(Ink.Hue.NET), gaps));
        layers.add(line(Ink.Hue.GENERATION, balance.generation(), generation, place));
        layers.add(line(Ink.Hue.CONSUMPTION, balance.consumption(), consumption, place));
        Flags flags = Flags.of(
                balance,
                place,
                frame.scale(),
                texts,
                layers.stream().flatMap(l -> l.marks().stream()).toList());
        layers.add(new Layer(Ink.of(Ink.Hue.NET), flags.marks()));
        texts.addAll(flags.words());
        texts.addAll(names(place));
        return Picture.of(frame, place, header, texts, layers, description(notes));
    }

    private List<String> notes(@Nullable String step) {
        List<String> notes = new ArrayList<>(Picture.notes(frame.times(), balance.subtitle(), step, balance.origin()));
        if (generation.columns().isEmpty() != consumption.columns().isEmpty()) {
            notes.add(generation.columns().isEmpty() ? "no generation" : "no consumption");
        }
        long count = balance.flags().stream().filter(this::isShown).count();
        if (Flags.crowded(count, frame.pixels(), frame.scale())) {
            notes.add(Words.count(count) + " anomalies, marked along the top");
        }
        return notes;
    }

    private Layer line(Ink.Hue hue, List<Point> points, Sampled sampled, Place place) {
        return new Layer(
                Ink.of(hue),
                Marks.of(points, sampled.columns(), List.of(), false, Chart.Kind.LINE, place, frame.scale()).stream()
                        .filter(mark -> !(mark instanceof Mark.Invalid))
                        .toList());
    }

    private void lackWords(Lack lack, double from, double to, Box plot, List<Text> texts) {
        double small = Tokens.SMALL * frame.scale();
        double wide = Text.width(lack.words(), small);
        if (to - from >= wide + 10 * frame.scale()) {
            double y = span == null ? (plot.top() + plot.bottom()) / 2 : plot.top() + 20 * frame.scale();
            texts.add(new Text(lack.words(), (from + to - wide) / 2, y, small, false, Tokens.TEXT_2));
        }
    }

    private List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        boolean estimated = Stream.concat(generation.columns().stream(), consumption.columns().stream())
                .anyMatch(Sampled.Column::estimated);
        if (estimated) {
            keys.add(new Key(Key.Sample.ESTIMATED, "estimated or substituted"));
        }
        for (Balance.Shape shape : Balance.Shape.values()) {
            if (balance.flags().stream().anyMatch(f -> f.shape() == shape && isShown(f))) {
                keys.add(
                        switch (shape) {
                            case FILLED -> new Key(Key.Sample.INVALID, "anomaly, critical");
                            case OUTLINED -> new Key(Key.Sample.OUTLINED, "anomaly");
                            case RUN -> new Key(Key.Sample.RUN, "stuck");
                        });
            }
        }
        if (!lacks.isEmpty()) {
            keys.add(new Key(Key.Sample.GAP, "no data"));
        }
        return keys;
    }

    private boolean isShown(Balance.Flag flag) {
        return Sampled.clip(flag.interval(), balance.range()) != null;
    }

    private record Name(String words, Ink.Hue hue, double y) {}

    /** The lines' names beside their ends, moved apart where they would touch. */
    private List<Text> names(Place place) {
        List<Name> names = new ArrayList<>();
        name(MADE, Ink.Hue.GENERATION, generation, place, names);
        name(USED, Ink.Hue.CONSUMPTION, consumption, place, names);
        names.sort(Comparator.comparingDouble(Name::y));
        double apart = 14 * frame.scale();
        double small = Tokens.SMALL * frame.scale();
        List<Text> texts = new ArrayList<>();
        double middle = names.stream().mapToDouble(Name::y).average().orElse(0);
        boolean close = names.size() == 2 && names.get(1).y() - names.get(0).y() < apart;
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            double y = close ? middle + (i - 0.5) * apart : name.y();
            // Both stay beside the plot.
            double top = place.plot().top() + 6 * frame.scale() + i * apart;
            double bottom = place.plot().bottom() - (names.size() - 1 - i) * apart;
            double baseline = Math.clamp(y, Math.min(top, bottom), Math.max(top, bottom)) + 4 * frame.scale();
            texts.add(new Text(
                    name.words(), place.plot().right() + 6 * frame.scale(), baseline, small, true, name.hue().words));
        }
        return texts;
    }

    private static void name(String words, Ink.Hue hue, Sampled line, Place place, List<Name> names) {
        if (!line.columns().isEmpty()) {
            Sampled.Column last = line.columns().getLast();
            names.add(new Name(words, hue, (place.y(last.min()) + place.y(last.max())) / 2));
        }
    }

    private String description(List<String> notes) {
        StringBuilder text = new StringBuilder(String.join(", ", notes)).append('.');
        side(text, MADE, generation, balance.generation());
        side(text, USED, consumption, balance.consumption());
        Map<String, Integer> rules = new TreeMap<>();
        for (Balance.Flag flag : balance.flags()) {
            if (isShown(flag)) {
                rules.merge(flag.rule(), 1, Integer::sum);
            }
        }
        if (rules.isEmpty()) {
            return text.append(" No anomalies.").toString();
        }
        text.append(" Anomalies: ");
        text.append(String.join(
                ", ",
                rules.entrySet().stream()
                        .map(r -> r.getValue() + " " + r.getKey().toLowerCase(Locale.ROOT))
                        .toList()));
        return text.append('.').toString();
    }

    private void side(StringBuilder text, String name, Sampled sampled, List<Point> points) {
        @Nullable
        Span known = Span.of(points.stream()
                .filter(p -> Sampled.clip(p.interval(), balance.range()) != null)
                .toList());
        text.append(' ').append(name).append(": ");
        if (sampled.columns().isEmpty() || known == null) {
            text.append("no data.");
            return;
        }
        List<Interval> gaps = Sampled.gaps(points, balance.range());
        text.append("lowest ")
                .append(Words.number(known.low(), false))
                .append(", highest ")
                .append(Words.number(known.high(), false))
                .append(" kWh")
                .append(gaps.isEmpty() ? "" : ", " + gaps.size() + (gaps.size() == 1 ? " gap" : " gaps"))
                .append('.');
    }
}
