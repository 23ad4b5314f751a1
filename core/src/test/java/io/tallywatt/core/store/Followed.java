package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.DeliveryDay;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks whether those who follow a store's series are told what {@link BlockStore#blocks} shows and what was given. */
final class Followed {
    private static final LocalDate FROM = LocalDate.of(1999, 1, 1);
    private static final LocalDate TO = LocalDate.of(2040, 1, 1);

    private final BlockStore store;
    private final Following following;
    private final Random random;

    Followed(BlockStore store, Random random) {
        this.store = store;
        this.following = (Following) store;
        this.random = random;
    }

    /**
     * Looks at one beginning of names, at every other step.
     *
     * @param series all there are
     * @param given readings of deliveries that count, as {@link #text} tells them
     */
    void check(List<Series> series, Set<String> given, String when) {
        if (random.nextBoolean()) {
            return;
        }
        Series one = series.get(random.nextInt(series.size()));
        String prefix = List.of("", "", "meter/", "site", one.kind() + "/" + one.key(), one.toString())
                .get(random.nextInt(6));
        SeriesScope scope = SeriesScope.of(prefix);
        List<StandingBlock> standing = new ArrayList<>();
        for (Series of : series) {
            try (Stream<StoredBlock> blocks = store.blocks(of, FROM, TO, null)) {
                blocks.filter(b -> scope.includes(of))
                        .forEach(b -> standing.add(new StandingBlock(of, b.zone(), b.block())));
            }
        }
        standing.sort(Comparator.comparing((StandingBlock b) -> b.block().date())
                .thenComparing(b -> b.series().toString()));
        try (Stream<StandingBlock> told = following.standing(prefix, FROM, TO)) {
            assertThat(told.toList()).as(when + "\nstanding of " + prefix).isEqualTo(standing);
        }
        checkArrived(prefix, scope, given, when + "\narrived of " + prefix);
    }

    private void checkArrived(String prefix, SeriesScope scope, Set<String> given, String when) {
        List<ArrivedBlock> arrived = inSteps(prefix, 1 + random.nextInt(20), when);
        assertThat(arrived)
                .as(when)
                .isSortedAccordingTo(Comparator.comparing(ArrivedBlock::knownAt)
                        .thenComparing(a -> a.series().toString())
                        .thenComparing(a -> a.block().date())
                        .thenComparing(ArrivedBlock::line));
        Set<List<Object>> layers = new HashSet<>();
        Set<String> readings = new TreeSet<>();
        for (ArrivedBlock a : arrived) {
            assertThat(layers.add(List.of(a.series(), a.block().date(), a.delivery(), a.line())))
                    .as(when + "\ntwice " + a)
                    .isTrue();
            long end = new DeliveryDay(a.block().date(), a.zone()).end().getEpochSecond();
            for (Reading reading : a.block().readings(end)) {
                if (reading.value() != null) {
                    readings.add(text(a.series().toString(), a.delivery(), a.receivedAt(), reading));
                }
            }
        }
        Set<String> wanted = new TreeSet<>(given);
        wanted.removeIf(text -> !scope.includes(Series.parse(text.substring(0, text.indexOf(' ')))));
        assertThat(readings).as(when).isEqualTo(wanted);
    }

    private List<ArrivedBlock> inSteps(String prefix, long limit, String when) {
        List<ArrivedBlock> all = new ArrayList<>();
        Instant after = Instant.EPOCH;
        while (true) {
            List<ArrivedBlock> some;
            try (Stream<ArrivedBlock> told = following.arrived(prefix, after, limit)) {
                some = told.toList();
            }
            if (some.isEmpty()) {
                return all;
            }
            all.addAll(some);
            after = some.getLast().knownAt();
            Instant last = after;
            long before = some.stream().filter(a -> a.knownAt().isBefore(last)).count();
            assertThat(before).as(when + ": no more than are needed").isLessThan(limit);
        }
    }

    static String text(String series, long delivery, Instant receivedAt, Reading reading) {
        BigDecimal value = reading.value();
        return series + " " + delivery + " of " + receivedAt + ": "
                + reading.interval().start() + "/" + reading.interval().end() + "="
                + (value == null ? "" : value.stripTrailingZeros().toPlainString()) + " " + reading.quality();
    }
}
