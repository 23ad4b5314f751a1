package io.tallywatt.api.chart;

import io.tallywatt.core.validate.RuleName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How anomalies spread over things and rules: a table of counts, the darker the more.
 *
 * @param notes range, zone and whatever else has to be said, in short pieces
 * @param origin where the data is from if not measured, or null
 * @param rows those with most first
 */
public record Spread(
        String title, List<String> notes, @Nullable String origin, List<Row> rows) implements Graphic {

    /**
     * A thing and how many anomalies it has.
     *
     * @param counts by rule, none of them 0
     */
    public record Row(String name, Map<RuleName, Long> counts) {
        public Row {
            counts = Map.copyOf(counts);
        }

        long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        long of(RuleName rule) {
            return counts.getOrDefault(rule, 0L);
        }
    }

    public Spread {
        notes = List.copyOf(notes);
        rows = rows.stream()
                .sorted(Comparator.comparingLong(Row::total).reversed().thenComparing(Row::name))
                .toList();
    }

    @Override
    public String unit() {
        return "count";
    }

    /** In which each of its rows can be read at ease, at the usual width. */
    public int usualHeight() {
        return Math.max(ChartImages.LEAST_HEIGHT, 160 + 22 * Math.min(Matrix.MOST_ROWS, rows.size()));
    }

    /** The rules that occur. */
    List<RuleName> rules() {
        TreeSet<RuleName> rules = new TreeSet<>();
        rows.forEach(row -> rules.addAll(row.counts().keySet()));
        return List.copyOf(rules);
    }
}
