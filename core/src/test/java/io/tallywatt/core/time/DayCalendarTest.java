package io.tallywatt.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DayCalendarTest {
    private static final Instant SINCE = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2038-01-01T00:00:00Z");

    /** The dates on which a zone's clock is changed, the day before and the day after. */
    private static TreeSet<LocalDate> datesAroundChanges(ZoneRules rules) {
        TreeSet<LocalDate> dates = new TreeSet<>();
        ZoneOffsetTransition next = rules.nextTransition(SINCE);
        while (next != null && next.getInstant().isBefore(UNTIL)) {
            LocalDate date = next.getDateTimeBefore().toLocalDate();
            for (int d = -1; d <= 2; d++) {
                dates.add(date.plusDays(d));
            }
            next = rules.nextTransition(next.getInstant());
        }
        return dates;
    }

    @Test
    void everyZonesClockChangeDaysSince2000AreAsJavaTimeHasThem() {
        List<String> wrong = new ArrayList<>();
        int days = 0;
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            DayCalendar calendar = new DayCalendar(zone);
            for (LocalDate date : datesAroundChanges(zone.getRules())) {
                days++;
                compare(calendar, zone, date, wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(days).isGreaterThan(50_000);
    }

    private static void compare(DayCalendar calendar, ZoneId zone, LocalDate date, List<String> wrong) {
        int day = (int) date.toEpochDay();
        long start = date.atStartOfDay(zone).toEpochSecond();
        long end = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(start - 1));
        boolean changes = next != null && next.toEpochSecond() < end;
        long asked = calendar.start(day);
        boolean right = asked == start
                && calendar.start(day) == asked
                && calendar.seconds(day) == end - start
                && calendar.hasClockChange(day) == changes
                && Duration.ofSeconds(end - start).equals(new DeliveryDay(date, zone).length());
        for (long at = start; at < end; at += 1799) {
            right &= calendar.dayOf(at)
                    == Instant.ofEpochSecond(at).atZone(zone).toLocalDate().toEpochDay();
        }
        for (int second = 0; second < 86_400; second += 900) {
            LocalDateTime local = date.atStartOfDay().plusSeconds(second);
            List<ZoneOffset> offsets = rules.getValidOffsets(local);
            long first = offsets.isEmpty() ? Long.MIN_VALUE : local.toEpochSecond(offsets.getFirst());
            long last = offsets.isEmpty() ? Long.MIN_VALUE : local.toEpochSecond(offsets.getLast());
            right &= calendar.instant(day, second, false) == first
                    && calendar.instant(day, second, true) == last
                    && calendar.isRepeated(day, second) == (offsets.size() == 2);
        }
        if (!right) {
            wrong.add(zone + " " + date);
        }
    }

    @Test
    void skippedDateHasNoLength() {
        DayCalendar apia = new DayCalendar(ZoneId.of("Pacific/Apia"));
        assertThat(apia.seconds((int) LocalDate.of(2011, 12, 30).toEpochDay())).isZero();
        assertThat(apia.seconds((int) LocalDate.of(2011, 12, 31).toEpochDay())).isEqualTo(86_400);
    }

    @Test
    void datesThatFilesMayHoldAreCovered() {
        assertThat(DayCalendar.covers(LocalDate.of(1970, 1, 1).toEpochDay())).isFalse();
        assertThat(DayCalendar.covers(LocalDate.of(1970, 1, 2).toEpochDay())).isTrue();
        assertThat(DayCalendar.covers(LocalDate.of(2199, 12, 31).toEpochDay())).isTrue();
        assertThat(DayCalendar.covers(LocalDate.of(2200, 1, 1).toEpochDay())).isFalse();
        DayCalendar tokyo = new DayCalendar(ZoneId.of("Asia/Tokyo"));
        assertThat(tokyo.start(DayCalendar.FIRST_DAY)).isEqualTo(86_400 - 9 * 3600);
        assertThat(tokyo.seconds(DayCalendar.LAST_DAY)).isEqualTo(86_400);
    }
}
