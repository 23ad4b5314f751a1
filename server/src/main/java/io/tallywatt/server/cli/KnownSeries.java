package io.tallywatt.server.cli;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.StoredSeries;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Finds the series a person means, or says which names are near. */
final class KnownSeries {
    private static final int NEAREST = 3;
    private static final int FARTHEST = 3;
    private static final int CONTAINS = 1;

    private KnownSeries() {}

    static StoredSeries find(BlockStore store, String text) {
        Optional<StoredSeries> found;
        try {
            found = store.find(Series.parse(text));
        } catch (IllegalArgumentException e) {
            throw Stop.usage("Invalid value for SERIES: " + e.getMessage() + nearest(store, text));
        }
        return found.orElseThrow(() -> Stop.usage("There is no series '" + text + "'" + nearest(store, text)));
    }

    private record Near(String name, int distance) {}

    private static String nearest(BlockStore store, String text) {
        Comparator<Near> order = Comparator.comparingInt(Near::distance).thenComparing(Near::name);
        PriorityQueue<Near> nearest = new PriorityQueue<>(order.reversed());
        String wanted = text.toLowerCase(Locale.ROOT);
        try (Stream<StoredSeries> all = store.series("")) {
            all.map(series -> series.series().toString()).forEach(name -> {
                int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
                if (distance <= FARTHEST) {
                    nearest.add(new Near(name, distance));
                    if (nearest.size() > NEAREST) {
                        nearest.poll();
                    }
                }
            });
        }
        List<String> names = nearest.stream().sorted(order).map(Near::name).toList();
        return names.isEmpty()
                ? "; 'tallywatt series' lists those there are"
                : "; there is " + String.join(", ", names);
    }

    /** 0 but for case, 1 where one contains the other, else how many letters differ. */
    private static int distance(String wanted, String name) {
        if (wanted.equals(name)) {
            return 0;
        }
        return !wanted.isEmpty() && (name.contains(wanted) || wanted.contains(name)) ? CONTAINS : edits(wanted, name);
    }

    /** Levenshtein's distance, given up once it is too far. */
    static int edits(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FARTHEST) {
            return FARTHEST + 1;
        }
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
                least = Math.min(least, row[j]);
            }
            if (least > FARTHEST) {
                return least;
            }
            above = row;
        }
        return above[b.length()];
    }
}
