package io.tallywatt.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PresenceTest {
    @Test
    void seriesIsSeenOnceADay() {
        Presence presence = new Presence();
        assertThat(presence.add(7, 100)).isTrue();
        assertThat(presence.add(7, 100)).isFalse();
        assertThat(presence.add(7, 101)).isTrue();
        assertThat(presence.contains(7, 100)).isTrue();
        assertThat(presence.contains(8, 100)).isFalse();
        assertThat(presence.contains(500_000, 100)).isFalse();
        presence.remove(7, 100);
        presence.remove(7, 9_999);
        assertThat(presence.contains(7, 100)).isFalse();
        assertThat(presence.count(100)).isZero();
        assertThat(presence.touched(100)).isTrue();
        assertThat(presence.touched(102)).isFalse();
        assertThat(presence.add(7, 100)).isTrue();
    }

    @Test
    void agreesWithSetsOfNumbers() {
        Random random = new Random(1);
        Presence presence = new Presence();
        List<Set<Integer>> sets = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            sets.add(new HashSet<>());
        }
        int[] edges = {0, 63, 64, 4095, 4096, 8191, 8192, 12_287, 99_999};
        for (int i = 0; i < 5000; i++) {
            int day = random.nextInt(60);
            int series = random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(100_000);
            if (random.nextInt(4) == 0) {
                presence.remove(series, day);
                sets.get(day).remove(series);
            } else {
                assertThat(presence.add(series, day)).isEqualTo(sets.get(day).add(series));
            }
        }
        for (int day = 0; day < 60; day++) {
            assertThat(presence.count(day)).isEqualTo(sets.get(day).size());
            List<Integer> seen = new ArrayList<>();
            presence.forEach(day, seen::add);
            assertThat(seen).isSorted().containsExactlyInAnyOrderElementsOf(sets.get(day));
            for (int window : new int[] {1, 3, 35}) {
                Set<Integer> silent = new HashSet<>();
                for (int d = Math.max(0, day - window); d < day; d++) {
                    silent.addAll(sets.get(d));
                }
                silent.removeAll(sets.get(day));
                assertThat(presence.silent(day, window)).isEqualTo(silent.size());
            }
        }
    }

    @Test
    void manyThreadsMarkTogether() throws Exception {
        Presence presence = new Presence();
        AtomicInteger firsts = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int series = 0; series < 20_000; series++) {
                    for (int day = 10; day < 14; day++) {
                        if (presence.add(series, day)) {
                            firsts.incrementAndGet();
                        }
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(firsts.get()).isEqualTo(80_000);
        assertThat(presence.count(13)).isEqualTo(20_000);
    }
}
