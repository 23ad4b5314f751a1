package io.tallywatt.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.aws.table.WriteUnits;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.time.Resolution;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What storing readings costs, in write units as the table counts them, beside a table with an item for each reading. The numbers are the
 * same each time, so the bound of the wide files is held here and not only printed.
 */
class WriteUnitsTest {
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int HALF_HOURS = 48;

    private final Random random = new Random(7);
    private final WriteUnits units = new WriteUnits();
    private final String table = FreshStore.table();
    private final DynamoStore store = DynamoStore.open(LocalDynamoDb.get().client(), table, Clock.systemUTC(), units);
    private int documents;

    private DayBlock day(int day) {
        long[] values = random.longs(HALF_HOURS, 0, 5_000).toArray();
        int date = (int) FIRST.toEpochDay() + day;
        return DayBlock.regular(date, date * 86_400L, Resolution.HALF_HOUR, 3, values, new byte[HALF_HOURS]);
    }

    private GivenDocument document() {
        return GivenDocument.of("d" + ++documents)
                .receivedAt(Instant.parse("2024-03-01T00:00:00Z"))
                .perBatch(500);
    }

    private static Series meter(int number) {
        return Series.meterConsumption(String.format(Locale.ROOT, "EE%08d", number));
    }

    private double print(String what, long readings) {
        double perMillion = units.reset() / readings * 1_000_000;
        double itemPerReading = itemPerReading();
        System.out.printf(
                Locale.ROOT,
                "write units per million readings: %,11.0f  %-62s %5.1f times fewer than an item for each (%,.0f)%n",
                perMillion,
                what,
                itemPerReading / perMillion,
                itemPerReading);
        return itemPerReading / perMillion;
    }

    /** Measured, not taken for granted: 2,000 readings, each an item. */
    private static double itemPerReading() {
        WriteUnits units = new WriteUnits();
        Table plain = new Table(LocalDynamoDb.get().client(), FreshStore.table(), units);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            items.add(Item.of(new Key("meter/EE00000001/consumption", "2024-01-01T00:00:00Z#" + i))
                    .with("value", i)
                    .with("quality", "ACTUAL"));
        }
        plain.putAll(items);
        return units.sum() / items.size() * 1_000_000;
    }

    @Test
    void aFileOfAThousandMetersEachNightTakesAtLeastFortyTimesFewer() {
        int meters = 1_000;
        int nights = 21;
        for (int night = 0; night < nights; night++) {
            GivenDocument document = document();
            for (int meter = 0; meter < meters; meter++) {
                document.with(meter(meter), day(night));
            }
            store.take(document);
        }
        double times = print(
                "one file of 1,000 meters each night, 21 nights, meters new", (long) meters * nights * HALF_HOURS);
        assertThat(times).isGreaterThanOrEqualTo(40);
    }

    @Test
    void aFileOfAThousandMetersOverWeeksTakesAtLeastFortyTimesFewer() {
        int meters = 1_000;
        int days = 21;
        GivenDocument document = document();
        for (int meter = 0; meter < meters; meter++) {
            for (int day = 0; day < days; day++) {
                document.with(meter(meter), day(day));
            }
        }
        store.take(document);
        double times = print("one file of 1,000 meters over 21 days, meters new", (long) meters * days * HALF_HOURS);
        assertThat(times).isGreaterThanOrEqualTo(40);
    }

    @Test
    void filesOfOneMeterAndOneDayTakeFewerStill() {
        int meters = 25;
        for (int night = 0; night < 3; night++) {
            for (int meter = 0; meter < meters; meter++) {
                store.take(document().with(meter(meter), day(night)));
            }
            if (night == 0) {
                print("one file of one day for each meter, first night", (long) meters * HALF_HOURS);
            }
        }
        double times = print("one file of one day for each meter, later nights", 2L * meters * HALF_HOURS);
        assertThat(times).isGreaterThan(1);
    }

    @Test
    void aFeedOfFiveMinutesIsPaidByTheFile() {
        int sites = 20;
        int files = 36;
        long start = FIRST.toEpochDay() * 86_400;
        for (int file = 0; file < files; file++) {
            GivenDocument document = document();
            long at = start + file * 300L;
            for (int site = 0; site < sites; site++) {
                for (String quantity : List.of("generation", "consumption")) {
                    document.with(
                            new Series("site", "site" + site, quantity, null),
                            DayBlock.irregular(
                                    (int) FIRST.toEpochDay(),
                                    start,
                                    3,
                                    new long[] {random.nextInt(9_000)},
                                    new byte[1],
                                    new long[] {at},
                                    new long[] {at + 300}));
                }
            }
            store.take(document);
        }
        print("a feed: every 5 minutes a file with one reading of 40 series", (long) sites * 2 * files);
    }
}
