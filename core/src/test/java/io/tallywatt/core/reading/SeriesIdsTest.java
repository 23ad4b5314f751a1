package io.tallywatt.core.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SeriesIdsTest {
    private static int meter(SeriesIds ids, String key) {
        byte[] padded = ("<<" + key + ">>").getBytes(StandardCharsets.UTF_8);
        return ids.meter(padded, 2, padded.length - 4);
    }

    @Test
    void knownSeriesKeepTheirIdsAndNewOnesFollow() {
        Series generation = Series.parse("site/S/generation");
        SeriesIds ids = new SeriesIds(List.of(Series.meterConsumption("A"), generation));
        assertThat(meter(ids, "A")).isZero();
        assertThat(ids.id(generation)).isEqualTo(1);
        assertThat(meter(ids, "B")).isEqualTo(2);
        assertThat(ids.id(Series.meterConsumption("B"))).isEqualTo(2);
        assertThat(ids.id(Series.parse("meter/B/consumption/E1"))).isEqualTo(3);
        assertThat(ids.known()).isEqualTo(2);
        assertThat(ids.added()).containsExactly(Series.meterConsumption("B"), Series.parse("meter/B/consumption/E1"));
        ids.settle();
        assertThat(ids.added()).isEmpty();
        assertThat(ids.known()).isEqualTo(4);
    }

    @Test
    void onlyMetersCountInTotals() {
        SeriesIds ids = new SeriesIds();
        int meter = meter(ids, "A");
        assertThat(ids.countsInTotals(meter)).isTrue();
        assertThat(ids.anyChannels()).isFalse();
        int site = ids.id(Series.parse("site/S/generation"));
        int channel = ids.id(Series.parse("meter/A/consumption/E1"));
        assertThat(ids.countsInTotals(meter)).isTrue();
        assertThat(ids.countsInTotals(site)).isFalse();
        assertThat(ids.countsInTotals(channel)).isTrue();
        assertThat(ids.anyChannels()).isTrue();
    }

    @Test
    void idsHaveNoHolesThoughManyThreadsAsk() throws Exception {
        SeriesIds ids = new SeriesIds();
        int keys = 30_000;
        ConcurrentHashMap<String, Integer> given = new ConcurrentHashMap<>();
        List<String> contradictions = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(t);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < 60_000; i++) {
                    String key = "K" + random.nextInt(keys);
                    int id = meter(ids, key);
                    Integer before = given.putIfAbsent(key, id);
                    if (before != null && before != id) {
                        synchronized (contradictions) {
                            contradictions.add(key);
                        }
                    }
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(contradictions).isEmpty();
        assertThat(ids.size()).isEqualTo(given.size());
        assertThat(new java.util.TreeSet<>(given.values())).hasSize(given.size());
        given.forEach((key, id) -> assertThat(ids.series(id).key()).isEqualTo(key));
    }
}
