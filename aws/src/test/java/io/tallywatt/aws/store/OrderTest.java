package io.tallywatt.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is put in order in between changes no answer. */
class OrderTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);

    private final TestClock clock = new TestClock(Instant.parse("2024-07-01T08:00:00Z"));
    private final String table = FreshStore.table();
    private final DynamoStore store = DynamoStore.open(LocalDynamoDb.get().client(), table, clock);
    private final Table items = new Table(LocalDynamoDb.get().client(), table);

    private Instant take(int number) {
        clock.advance(Duration.ofMinutes(1));
        GivenDocument document = GivenDocument.of("d" + number)
                .with(Series.meterConsumption("M" + number), Blocks.regular(DAY, UTC, "PT6H", "1 2 3 " + number));
        return store.take(document).delivery().knownAt();
    }

    private List<String> told(List<Instant> times) {
        List<String> told = new ArrayList<>();
        times.forEach(time -> told.add(Told.readings(store, time)));
        told.add(Told.all(store));
        return told;
    }

    private long count(String partition) {
        return items.beginning(partition, "").count();
    }

    @Test
    void manySmallEntriesOfADateArePutTogetherAndEveryEarlierTotalStays() {
        List<Instant> times = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            times.add(take(number));
        }
        List<Instant> some = List.of(times.get(0), times.get(19), times.get(20), times.get(39));
        List<String> before = told(some);
        // The date, and those after it on which these meters are silent.
        assertThat(count("journal#2024")).isEqualTo(40 * 2);

        assertThat(store.tidy()).containsExactly(YearMonth.of(2024, 2));
        assertThat(told(some)).isEqualTo(before);
        assertThat(count("journal#2024")).isEqualTo(40 * 2 + 2);

        // What was put together goes once nobody can be reading it any more.
        clock.advance(Duration.ofMinutes(10));
        Instant more = take(40);
        store.tidy();
        assertThat(count("journal#2024")).isEqualTo(2 * 2);
        assertThat(told(some).subList(0, some.size())).isEqualTo(before.subList(0, some.size()));
        assertThat(Told.readings(store, more)).isEqualTo(Told.readings(store, null));
        store.withdraw(3);
        assertThat(told(some).subList(0, some.size())).isEqualTo(before.subList(0, some.size()));
    }

    @Test
    void aPageOfTheCatalogueDoesNotGrowWithEveryDelivery() {
        for (int number = 0; number < 60; number++) {
            clock.advance(Duration.ofMinutes(1));
            store.take(GivenDocument.of("d" + number)
                    .with(Series.meterConsumption("M"), Blocks.regular(DAY.plusDays(number), UTC, "PT6H", "1 2 3 4")));
        }
        assertThat(count("page#0")).isLessThan(56);
        assertThat(store.find(Series.meterConsumption("M")).orElseThrow().last())
                .isEqualTo(DAY.plusDays(59));
    }
}
