package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.alert.AlertLog.Group;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link AlertLog} does. */
public abstract class AlertLogContract extends StoreContract {
    private static final Series SITE = new Series("site", "site1", "generation", null);
    private static final Instant SENT = Instant.parse("2024-07-01T08:15:00.123456Z");

    private AlertLog log() {
        return (AlertLog) store;
    }

    @Test
    void nothingIsToldAtFirst() {
        assertThat(log().position()).isZero();
        assertThat(log().groups()).isEmpty();
    }

    @Test
    void positionAndGroupsAreKept() {
        Group spikes = new Group(SITE, RuleName.SPIKE, SENT, true, 3);
        Group gaps = new Group(SITE, RuleName.GAP, null, false, 0);
        log().keep(17, List.of(spikes, gaps));
        assertThat(log().position()).isEqualTo(17);
        assertThat(log().groups()).containsExactlyInAnyOrder(spikes, gaps);

        log().keep(18, List.of());
        assertThat(log().position()).isEqualTo(18);
        assertThat(log().groups()).containsExactlyInAnyOrder(spikes, gaps);
    }

    @Test
    void groupTakesThePlaceOfTheOneOfItsSeriesAndRule() {
        Group other = new Group(Series.meterConsumption("a/b 'c'"), RuleName.SPIKE, SENT, true, 1);
        Group gaps = new Group(SITE, RuleName.GAP, SENT, true, 1);
        log().keep(1, List.of(other, gaps, new Group(SITE, RuleName.SPIKE, null, false, 5)));
        Group first = new Group(SITE, RuleName.SPIKE, SENT, true, 0);
        Group last = new Group(SITE, RuleName.SPIKE, SENT.plusSeconds(60), false, Long.MAX_VALUE);
        log().keep(2, List.of(first, last));
        assertThat(log().groups()).containsExactlyInAnyOrder(other, gaps, last);
    }

    @Test
    void sentInstantsAreKeptToTheMicrosecond() {
        log().keep(1, List.of(new Group(SITE, RuleName.GAP, SENT.plusNanos(999), true, 1)));
        assertThat(log().groups()).containsExactly(new Group(SITE, RuleName.GAP, SENT, true, 1));
    }

    @Test
    void noAnswerIsOutdatedByAnAlert() {
        Instant before = ledger.changedAt();
        log().keep(1, List.of(new Group(SITE, RuleName.GAP, SENT, true, 1)));
        assertThat(ledger.changedAt()).isEqualTo(before);
    }

    @Test
    void manyGroupsAreKeptAtOnce() {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            groups.add(new Group(Series.meterConsumption("M" + i), RuleName.LATE, SENT, i % 2 == 0, i));
        }
        log().keep(1, groups);
        log().keep(2, groups.subList(0, 2000));
        assertThat(log().groups()).containsExactlyInAnyOrderElementsOf(groups);
    }
}
