package io.tallywatt.collectors.entsoe;

import static io.tallywatt.collectors.entsoe.MarketText.FR;
import static io.tallywatt.collectors.entsoe.MarketText.GB;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.entsoe.RandomMarket.Stretch;
import io.tallywatt.collectors.replies.ReadReplies;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random flows and prices come out as {@link RandomMarket} says, interval by interval. The seed is in the test's name;
 * {@code -Dtallywatt.seeds=N} runs more.
 */
class RandomMarketTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    private interface InMinute {
        /** Null where nothing is known. */
        BigDecimal value(int minute);
    }

    private interface Parted {
        /** Whether an interval ends and another begins at a minute. */
        boolean at(int minute);
    }

    /** The intervals between all bounds, and midnights, that have a value. */
    private static List<String> expected(InMinute value, Parted parted) {
        List<String> all = new ArrayList<>();
        int from = 0;
        for (int minute = 1; minute <= RandomMarket.MINUTES; minute++) {
            if (minute == RandomMarket.MINUTES || parted.at(minute) || midnight(minute)) {
                BigDecimal of = value.value(from);
                if (of != null) {
                    all.add(line(at(from), at(minute), of));
                }
                from = minute;
            }
        }
        return all;
    }

    private static boolean midnight(int minute) {
        return at(minute).atZone(LONDON).toLocalTime().toSecondOfDay() == 0;
    }

    private static Instant at(int minute) {
        return RandomMarket.BEGIN.plusSeconds(60L * minute);
    }

    private static String line(Instant start, Instant end, BigDecimal value) {
        return start + " " + end + " "
                + (value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    private static List<String> lines(ReadReplies read) {
        return read.rows().stream()
                .map(r -> line(
                        r.reading().interval().start(), r.reading().interval().end(), r.value()))
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void flowsAreNettedMinuteByMinute(long seed) {
        Random random = new Random(seed);
        List<String> unit = List.of("quantity_Measure_Unit.name=MAW");
        RandomMarket forth = new RandomMarket(random, "A11", FR, GB, unit);
        RandomMarket back = new RandomMarket(random, "A11", GB, FR, unit);

        ReadReplies read =
                Recorded.read(Recorded.border("flow FR-GB", FR, GB, LONDON.getId(), forth.xml(), back.xml()));

        assertThat(lines(read))
                .isEqualTo(expected(
                        minute -> {
                            Stretch out = forth.minutes[minute];
                            Stretch in = back.minutes[minute];
                            return out == null || in == null
                                    ? null
                                    : out.value().subtract(in.value());
                        },
                        minute -> parted(forth, minute) || parted(back, minute)));
        assertThat(read.rejects()).hasSize(forth.bad + back.bad);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void pricesHoldMinuteByMinute(long seed) {
        RandomMarket prices = new RandomMarket(
                new Random(seed), "A44", FR, FR, List.of("currency_Unit.name=EUR", "price_Measure_Unit.name=MWH"));

        ReadReplies read = Recorded.read(Recorded.price("FR", FR, LONDON.getId(), "EUR/MWh", prices.xml()));

        assertThat(lines(read))
                .isEqualTo(expected(
                        minute -> prices.minutes[minute] == null ? null : prices.minutes[minute].value(),
                        minute -> parted(prices, minute)));
        assertThat(read.rejects()).hasSize(prices.bad);
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean parted(RandomMarket market, int minute) {
        return market.minutes[minute] != market.minutes[minute - 1];
    }
}
