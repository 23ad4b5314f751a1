package io.tallywatt.collectors.entsoe;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random documents of one direction, and what they say, minute by minute, worked out in the most simple-minded way. */
final class RandomMarket {
    static final Instant BEGIN = Instant.parse("2026-03-28T00:00:00Z");
    /** Three days, of which the second has the clock change. */
    static final int MINUTES = 3 * 24 * 60;

    private static final int[] STEPS = {1, 15, 15, 15, 30, 60, 60, 120};

    /** A value and the minutes it is of; what is laid over it takes it away from all of them. */
    record Stretch(int from, int to, BigDecimal value) {}

    /** What holds in each minute; null where nothing does. */
    final Stretch[] minutes = new Stretch[MINUTES];

    private final Random random;
    private final MarketText text;
    /** How many points must be rejected. */
    int bad;

    RandomMarket(Random random, String type, String out, String in, List<String> said) {
        this.random = random;
        text = new MarketText(type);
        int series = 1 + random.nextInt(3);
        for (int i = 0; i < series; i++) {
            String curve = List.of("A01", "A03", "A03", "").get(random.nextInt(4));
            List<String> all = new ArrayList<>(said);
            if (!curve.isEmpty()) {
                all.add("curveType=" + curve);
            }
            List<String> periods = new ArrayList<>();
            int n = 1 + random.nextInt(3);
            for (int p = 0; p < n; p++) {
                periods.add(period(curve.equals("A03"), type.equals("A44")));
            }
            text.series(out, in, all, periods.toArray(String[]::new));
        }
    }

    String xml() {
        return text.xml();
    }

    private String period(boolean repeats, boolean price) {
        int step = STEPS[random.nextInt(STEPS.length)];
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 100 : 12);
        int start = 15 * random.nextInt(MINUTES / 15 / 2);
        count = Math.min(count, (MINUTES - start) / step);
        // What each position says: nothing, a number, or something that is none.
        String[] says = new String[count + 1];
        for (int position = 1; position <= count; position++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {}
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        says[position] = "n/a";
                        bad++;
                    }
                }
                default ->
                    says[position] = BigDecimal.valueOf(random.nextInt(4000) - 500, random.nextInt(3))
                            .toPlainString();
            }
        }
        List<String> points = new ArrayList<>();
        for (int position = 1; position <= count; position++) {
            if (says[position] != null) {
                points.add(position + "=" + says[position]);
            }
        }
        if (random.nextInt(5) == 0) {
            java.util.Collections.shuffle(points, random);
        }
        for (int position = 1; position <= count; position++) {
            int speaks = position;
            while (repeats && speaks > 1 && says[speaks] == null) {
                speaks--;
            }
            if (says[speaks] != null && !says[speaks].equals("n/a")) {
                int from = start + (position - 1) * step;
                lay(new Stretch(from, from + step, new BigDecimal(says[speaks])));
            }
        }
        String[] all = points.toArray(String[]::new);
        String resolution = "PT" + step + "M";
        String end = time(start + count * step);
        return price
                ? MarketText.prices(time(start), end, resolution, all)
                : MarketText.period(time(start), end, resolution, all);
    }

    private static String time(int minute) {
        String text = BEGIN.plusSeconds(60L * minute).toString();
        return text.substring(0, 16) + "Z";
    }

    private void lay(Stretch stretch) {
        for (int minute = stretch.from(); minute < stretch.to(); minute++) {
            Stretch covered = minutes[minute];
            if (covered != null) {
                java.util.Arrays.fill(minutes, covered.from(), covered.to(), null);
            }
        }
        java.util.Arrays.fill(minutes, stretch.from(), stretch.to(), stretch);
    }
}
