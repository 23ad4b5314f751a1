package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A series that readings are given to one by one, and what has been found about it so far. */
final class TestFeed {
    static final Duration STEP = Duration.ofMinutes(5);
    /** A Monday. */
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    static final BigDecimal PLAUSIBLE_KW = new BigDecimal(1200);

    final SeriesMemory memory;
    final Map<Finding.Key, Finding> open = new LinkedHashMap<>();
    private final Judge judge;
    private Duration step = STEP;
    private long delivery;

    TestFeed(String quantity) {
        this(quantity, ZoneOffset.UTC);
    }

    TestFeed(String quantity, ZoneId zone) {
        this(new SeriesMemory(new Series("site", "s1", quantity, null), zone));
    }

    TestFeed(SeriesMemory memory) {
        this.memory = memory;
        this.judge = new Judge(JudgeSettings.of(PLAUSIBLE_KW), failure -> {
            throw new AssertionError(failure);
        });
    }

    TestFeed every(Duration length) {
        step = length;
        return this;
    }

    static Instant at(String time) {
        return Instant.parse(time);
    }

    Reading reading(Instant start, String value) {
        BigDecimal number = new BigDecimal(value);
        boolean invalid = number.signum() < 0 && memory.quantity().isEnergy();
        return new Reading(new Interval(start, start.plus(step)), number, invalid ? Quality.INVALID : Quality.ACTUAL);
    }

    /** A reading in a delivery of its own, received a few seconds after its end. */
    Verdict give(Instant start, String value) {
        return give(start, value, start.plus(step).plusSeconds(3));
    }

    Verdict give(Instant start, String value, Instant receivedAt) {
        return give(List.of(reading(start, value)), receivedAt);
    }

    /** Readings of one delivery. */
    Verdict give(List<Reading> readings, Instant receivedAt) {
        delivery++;
        List<Arrived> arrived = new ArrayList<>();
        readings.forEach(reading -> arrived.add(new Arrived(reading, receivedAt, delivery)));
        return judge(arrived, receivedAt);
    }

    Verdict judge(List<Arrived> arrived, Instant now) {
        return take(judge.judge(memory, arrived, now));
    }

    Verdict overdue(Instant now) {
        return take(judge.overdue(List.of(memory), now));
    }

    private Verdict take(Verdict verdict) {
        assertThat(verdict.found()).extracting(Finding::key).doesNotHaveDuplicates();
        assertThat(verdict.resolved()).doesNotHaveDuplicates();
        assertThat(verdict.found()).noneMatch(finding -> verdict.resolved().contains(finding.key()));
        verdict.resolved().forEach(open::remove);
        verdict.found().forEach(finding -> open.put(finding.key(), finding));
        return verdict;
    }

    /** Gives what is usual, as it comes, from one instant to before another: work by day, less at weekends, some noise. */
    TestFeed usual(Instant from, Instant to) {
        for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
            give(at, usual(at));
        }
        return this;
    }

    /** About 1 kWh at night and 3 kWh by day, on Saturdays and Sundays 1 kWh; three decimals. */
    static String usual(Instant at) {
        long day = Math.floorDiv(at.getEpochSecond(), 86_400L);
        long hour = Math.floorMod(at.getEpochSecond(), 86_400L) / 3600;
        boolean works = hour >= 8 && hour < 18 && Math.floorMod(day + 3, 7L) < 5;
        double noise = new Random(at.getEpochSecond()).nextGaussian();
        return BigDecimal.valueOf((works ? 3 : 1) * (1 + 0.04 * Math.clamp(noise, -2.5, 2.5)))
                .setScale(3, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    List<Finding> open(RuleName rule) {
        return open.values().stream().filter(finding -> finding.rule() == rule).toList();
    }

    /** {@code RULE [start, end)} of all that is open. */
    List<String> lines() {
        return open.values().stream().map(TestFeed::line).toList();
    }

    static String line(Finding finding) {
        return finding.rule() + " " + finding.interval().start() + " "
                + finding.interval().end();
    }
}
