package io.tallywatt.api.chart;

import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where everything of a {@link Trend} stands: bars of whole days, stacked by rule, the most frequent at the bottom. */
final class TrendPicture {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** More than these cannot be told apart as steps of one colour; the others are put together. */
    private static final int MOST_RULES = 4;

    private static final double NARROWEST_BAR = 5;
    private static final double WIDEST_BAR = 56;

    /** What a bar stands for. */
    private enum Unit {
        DAY,
        WEEK,
        MONTH;

        LocalDate floor(LocalDate date) {
            return switch (this) {
                case DAY -> date;
                case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> date.withDayOfMonth(1);
            };
        }

        LocalDate next(LocalDate date) {
            return switch (this) {
                case DAY -> date.plusDays(1);
                case WEEK -> date.plusWeeks(1);
                case MONTH -> date.plusMonths(1);
            };
        }

        int days() {
            return switch (this) {
                case DAY -> 1;
                case WEEK -> 7;
                case MONTH -> 30;
            };
        }
    }

    /** A rule, or those that are put together, with all of its bars. */
    private record Part(String name, int rgb, long total, Map<LocalDate, Long> counts) {}

    private final Trend trend;
    private final ZoneId zone;
    private final int width;
    private final int height;

    private TrendPicture(Trend trend, int width, int height) {
        this.trend = trend;
        this.zone = trend.zone() == null ? UTC : trend.zone();
        this.width = width;
        this.height = height;
    }

    static Picture of(Trend trend, int width, int height) {
        return new TrendPicture(trend, width, height).place();
    }

    private Picture place() {
        Interval range = new Interval(
                trend.first().atStartOfDay(zone).toInstant(),
                trend.end().atStartOfDay(zone).toInstant());
        Unit unit = unit();
        List<Part> parts = parts(unit);
        Map<LocalDate, Long> sums = new TreeMap<>();
        parts.forEach(part -> part.counts().forEach((date, count) -> sums.merge(date, count, Long::sum)));
        ValueAxis values = ValueAxis.ofCounts(
                sums.values().stream().mapToLong(Long::longValue).max().orElse(0));
        List<String> labels =
                values.ticks().stream().map(v -> Words.number(v, false)).toList();
        Frame frame = Frame.of(width, height, values, labels, range, zone, Frame.Ticks.DATES, 0);
        List<String> notes = notes(range, unit);
        Header header = Header.of(
                trend,
                notes,
                parts.stream()
                        .map(p -> new Key(Key.Sample.SHADE, p.name() + " " + Words.count(p.total()), p.rgb()))
                        .toList(),
                width,
                frame.scale());
        Place place = frame.under(header);
        List<Text> none = parts.isEmpty() ? List.of(none(place.plot(), frame.scale())) : List.of();
        return Picture.of(
                frame,
                place,
                header,
                none,
                List.of(new Layer(Ink.of(Ink.Hue.NET), bars(parts, unit, place, WIDEST_BAR * frame.scale()))),
                description(notes, parts, sums, unit));
    }

    /** Days, or as many of them together as a bar needs to be seen. */
    private Unit unit() {
        double days = trend.end().toEpochDay() - trend.first().toEpochDay();
        double pixels = width - 60;
        return pixels / days >= NARROWEST_BAR
                ? Unit.DAY
                : pixels / days * Unit.WEEK.days() >= NARROWEST_BAR ? Unit.WEEK : Unit.MONTH;
    }

    private List<Part> parts(Unit unit) {
        Map<RuleName, Map<LocalDate, Long>> byRule = new EnumMap<>(RuleName.class);
        for (DayCount day : trend.days()) {
            if (!day.date().isBefore(trend.first()) && day.date().isBefore(trend.end())) {
                byRule.computeIfAbsent(day.rule(), r -> new TreeMap<>())
                        .merge(unit.floor(day.date()), day.count(), Long::sum);
            }
        }
        List<Map.Entry<RuleName, Map<LocalDate, Long>>> rules = byRule.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<RuleName, Map<LocalDate, Long>> r) -> sum(r.getValue()))
                        .reversed())
                .toList();
        int alone = rules.size() <= MOST_RULES ? rules.size() : MOST_RULES - 1;
        int steps = rules.size() > alone ? alone + 1 : alone;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            var together = i < alone ? rules.subList(i, i + 1) : rules.subList(alone, rules.size());
            Map<LocalDate, Long> counts = new TreeMap<>();
            together.forEach(rule -> rule.getValue().forEach((date, n) -> counts.merge(date, n, Long::sum)));
            String name = together.size() == 1
                    ? Words.rule(together.getFirst().getKey()).toLowerCase(Locale.ROOT)
                    : together.size() + " other rules";
            // The strongest at the bottom.
            int rgb = Tokens.tint(Tokens.ANOMALY, Shades.share(steps - 1 - i, steps));
            parts.add(new Part(name, rgb, sum(counts), counts));
        }
        return parts;
    }

    private static long sum(Map<LocalDate, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<String> notes(Interval range, Unit unit) {
        return Stream.of(
                        Stream.of(
                                "per " + unit.name().toLowerCase(Locale.ROOT),
                                Words.range(range, zone),
                                trend.zone() == null ? "dates of each site's own zone" : zone.getId()),
                        trend.notes().stream(),
                        Stream.ofNullable(trend.origin()))
                .flatMap(s -> s)
                .filter(note -> !note.isBlank())
                .toList();
    }

    private List<Mark> bars(List<Part> parts, Unit unit, Place place, double widest) {
        List<Mark> bars = new ArrayList<>();
        for (LocalDate date = unit.floor(trend.first()); date.isBefore(trend.end()); date = unit.next(date)) {
            LocalDate from = date.isBefore(trend.first()) ? trend.first() : date;
            LocalDate to = unit.next(date).isAfter(trend.end()) ? trend.end() : unit.next(date);
            double left = place.x(from.atStartOfDay(zone).toInstant());
            double wide = place.x(to.atStartOfDay(zone).toInstant()) - left;
            double space = Math.max(Math.clamp(wide * 0.22, 1, 24), wide - widest);
            left = Math.round(left + space / 2);
            double right = Math.min(
                    left + Math.max(1, Math.round(wide - space)), place.plot().right());
            long below = 0;
            double bottom = Math.floor(place.y(BigDecimal.ZERO));
            for (Part part : parts) {
                long count = part.counts().getOrDefault(date, 0L);
                if (count > 0) {
                    below += count;
                    double top = Math.min(Math.rint(place.y(BigDecimal.valueOf(below))), bottom - 1);
                    // A pixel of ground between two, where there is one to spare.
                    double end = bottom - top > 2 && below > count ? bottom - 1 : bottom;
                    bars.add(new Mark.Shade(new Box(left, top, right, end), part.rgb()));
                    bottom = top;
                }
            }
        }
        return bars;
    }

    private static Text none(Box plot, double scale) {
        String words = "no anomalies in this range";
        double small = Tokens.SMALL * scale;
        return new Text(
                words,
                (plot.left() + plot.right() - Text.width(words, small)) / 2,
                (plot.top() + plot.bottom()) / 2,
                small,
                false,
                Tokens.TEXT_2);
    }

    private static String description(List<String> notes, List<Part> parts, Map<LocalDate, Long> sums, Unit unit) {
        String said = String.join(", ", notes) + ".";
        if (parts.isEmpty()) {
            return said + " No anomalies.";
        }
        Map.Entry<LocalDate, Long> most =
                sums.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return said + " " + Words.count(sum(sums)) + " in all. Most: "
                + Words.count(most.getValue()) + " in the " + unit.name().toLowerCase(Locale.ROOT) + " of "
                + Words.date(most.getKey()) + ". By rule: "
                + parts.stream()
                        .map(p -> p.name() + " " + Words.count(p.total()))
                        .collect(Collectors.joining(", "))
                + ".";
    }
}
