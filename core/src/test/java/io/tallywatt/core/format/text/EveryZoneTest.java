package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every clock change of every zone since 2000 through the wide reader, against java.time asked naively. */
class EveryZoneTest {
    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

    static Stream<String> zones() {
        // Zones of the same rules would only repeat each other.
        Map<Object, String> byRules = new HashMap<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            byRules.putIfAbsent(ZoneId.of(id).getRules(), id);
        }
        return byRules.values().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("zones")
    void clockChangeDaysAreReadAsTheLocalClockRan(String id) {
        ZoneId zone = ZoneId.of(id);
        TreeSet<LocalDate> dates = new TreeSet<>();
        Instant at = FROM;
        while (at.isBefore(UNTIL)) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(at);
            if (change == null) {
                break;
            }
            dates.add(change.getDateTimeBefore().toLocalDate());
            dates.add(change.getDateTimeAfter().toLocalDate());
            dates.add(change.getDateTimeAfter().toLocalDate().plusDays(1));
            at = change.getInstant();
        }
        for (LocalDate date : dates) {
            check(zone, date, 60);
            check(zone, date, 30);
            Duration length = Duration.between(
                    date.atStartOfDay(zone).toInstant(),
                    date.plusDays(1).atStartOfDay(zone).toInstant());
            if (length.toMinutes() % 60 != 0) {
                check(zone, date, 15);
                check(zone, date, 5);
            }
        }
    }

    private static void check(ZoneId zone, LocalDate date, int minutes) {
        int columns = 1440 / minutes;
        Map<Instant, Integer> expected = expected(zone, date, minutes);
        // A column that the day has no room for stays empty, so that the row is taken.
        String text = Snippets.header(columns)
                + Snippets.row("m," + date, columns, i -> expected.containsValue(i + 1) ? String.valueOf(i + 1) : "");
        Outcome outcome = Documents.read(text, ReadingOptions.in(zone));
        Instant start = date.atStartOfDay(zone).toInstant();
        Duration length =
                Duration.between(start, date.plusDays(1).atStartOfDay(zone).toInstant());
        if (length.isZero() || length.toMinutes() % minutes != 0 || length.toSeconds() % 60 != 0) {
            assertThat(outcome.blocks).isEmpty();
            assertThat(outcome.rejects)
                    .extracting(r -> r.code())
                    .containsAnyOf(RejectCode.BAD_TIME, RejectCode.NONEXISTENT_LOCAL_TIME);
            return;
        }
        if (!outcome.rejects.isEmpty()) {
            // The only other reason: a change by a part of a step puts clock times off the day's grid.
            assertThat(outcome.rejects).extracting(r -> r.code()).containsExactly(RejectCode.BAD_TIME);
            assertThat(offGrid(zone, date, minutes)).isTrue();
            return;
        }
        Map<Instant, Integer> actual = new TreeMap<>();
        for (Reading reading : outcome.readings(zone).values()) {
            actual.put(reading.interval().start(), Snippets.value(reading).intValueExact());
            assertThat(reading.interval().duration()).isEqualTo(Duration.ofMinutes(minutes));
        }
        assertThat(actual).as("%s %s every %s minutes", zone, date, minutes).isEqualTo(expected);
        assertThat(outcome.blocks.getFirst().block().length()).isEqualTo((int) (length.toMinutes() / minutes));
    }

    /** Each column belongs to the first instant at which the local clock of that date shows its time. */
    private static Map<Instant, Integer> expected(ZoneId zone, LocalDate date, int minutes) {
        Map<Instant, Integer> expected = new TreeMap<>();
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        for (int i = 0; i < 1440 / minutes; i++) {
            LocalDateTime time = date.atStartOfDay().plusMinutes((long) i * minutes);
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
            if (!offsets.isEmpty() && time.toInstant(offsets.getFirst()).isBefore(end)) {
                expected.putIfAbsent(time.toInstant(offsets.getFirst()), i + 1);
            }
        }
        return expected;
    }

    private static boolean offGrid(ZoneId zone, LocalDate date, int minutes) {
        Instant start = date.atStartOfDay(zone).toInstant();
        return expected(zone, date, minutes).keySet().stream()
                .anyMatch(instant -> Duration.between(start, instant).toSeconds() % (minutes * 60L) != 0);
    }
}
