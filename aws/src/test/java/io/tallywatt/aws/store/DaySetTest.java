package io.tallywatt.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DaySetTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static TreeSet<Integer> days(Random random) {
        TreeSet<Integer> days = new TreeSet<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            int from = random.nextInt(40);
            for (int day = from; day < from + random.nextInt(12); day++) {
                days.add(day);
            }
        }
        return days;
    }

    private static List<Integer> list(DaySet set) {
        List<Integer> days = new ArrayList<>();
        set.forEach(days::add);
        assertThat(set.size()).isEqualTo(days.size());
        return days;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doesWhatASetOfDaysDoes(long seed) {
        Random random = new Random(seed);
        TreeSet<Integer> a = days(random);
        TreeSet<Integer> b = days(random);
        DaySet first = DaySet.of(a);
        DaySet second = DaySet.of(b);

        assertThat(list(first)).isEqualTo(List.copyOf(a));
        TreeSet<Integer> either = new TreeSet<>(a);
        either.addAll(b);
        assertThat(list(first.or(second))).isEqualTo(List.copyOf(either));
        assertThat(first.or(second)).isEqualTo(DaySet.of(either));
        TreeSet<Integer> both = new TreeSet<>(a);
        both.retainAll(b);
        assertThat(list(first.and(second))).isEqualTo(List.copyOf(both));
        TreeSet<Integer> less = new TreeSet<>(a);
        less.removeAll(b);
        assertThat(list(first.without(second))).isEqualTo(List.copyOf(less));
        TreeSet<Integer> longer = new TreeSet<>(a);
        a.forEach(day -> {
            for (int d = 1; d <= 5; d++) {
                longer.add(day + d);
            }
        });
        assertThat(list(first.prolonged(5))).isEqualTo(List.copyOf(longer));
        for (int day = -1; day < 60; day++) {
            assertThat(first.contains(day)).isEqualTo(a.contains(day));
        }
        if (!a.isEmpty()) {
            assertThat(first.first()).isEqualTo(a.first());
            assertThat(first.last()).isEqualTo(a.last());
        }
        int from = random.nextInt(40);
        int to = random.nextInt(60);
        assertThat(list(first.within(from, to)))
                .isEqualTo(a.stream().filter(day -> day >= from && day < to).toList());
        ByteWriter bytes = new ByteWriter();
        first.write(bytes);
        assertThat(DaySet.read(ByteReader.raw(bytes.raw()))).isEqualTo(first);
    }
}
