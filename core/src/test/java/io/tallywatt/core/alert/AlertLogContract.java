package io.tallywatt.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.alert.AlertLog.Group;
import io.tallywatt.core.alert.AlertLog.State;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AlertLog} does. */
public abstract class AlertLogContract {
    private static final Instant T = Instant.parse("2026-03-29T00:55:00.123Z");
    private static final Series SITE = Series.parse("site/site1/generation");

    private AlertLog log;

    /** One of which nothing was ever kept. */
    protected abstract AlertLog open() throws Exception;

    /** What is found after a restart; the one before is not used any more. */
    protected abstract AlertLog reopen(AlertLog before) throws Exception;

    @BeforeEach
    void openLog() throws Exception {
        log = open();
    }

    @AfterEach
    void closeLog() throws Exception {
        if (log instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static Group group(Series series, RuleName rule) {
        return new Group(series, rule, T, true, Severity.CRITICAL, List.of(T), List.of(T.plusSeconds(300)));
    }

    private static void same(State state, long position, List<Instant> sent, Group... groups) {
        assertThat(state.position()).isEqualTo(position);
        assertThat(state.sent()).isEqualTo(sent);
        assertThat(state.groups()).containsExactlyInAnyOrder(groups);
    }

    @Test
    void ofANewNotifierNothingIsKept() {
        assertThat(log.state("mail")).isEqualTo(State.NEW);
    }

    @Test
    void everythingIsKeptOverARestart() throws Exception {
        Group full = new Group(
                SITE,
                RuleName.GAP,
                T,
                true,
                Severity.CRITICAL,
                List.of(T.minusSeconds(600), T.minusSeconds(300)),
                List.of(T, T.plusNanos(1000), T.plusSeconds(300)));
        Group bare = new Group(SITE, RuleName.OVERDUE, null, false, Severity.INFO, List.of(), List.of());
        log.keep("mail", 1L << 40, List.of(T, T, T.plusMillis(1)), List.of(full, bare));

        same(log.state("mail"), 1L << 40, List.of(T, T, T.plusMillis(1)), full, bare);
        log = reopen(log);
        same(log.state("mail"), 1L << 40, List.of(T, T, T.plusMillis(1)), full, bare);
    }

    @Test
    void aChangedGroupReplacesWhatWasKeptAndOthersStay() throws Exception {
        Group other = group(Series.parse("site/site2/generation"), RuleName.GAP);
        Group sameSeries = group(SITE, RuleName.SPIKE);
        log.keep("mail", 1, List.of(T), List.of(group(SITE, RuleName.GAP), other, sameSeries));

        Group after = new Group(SITE, RuleName.GAP, T.plusSeconds(9), false, Severity.INFO, List.of(), List.of());
        log.keep("mail", 2, List.of(), List.of(after));

        same(log.state("mail"), 2, List.of(), after, other, sameSeries);
        log = reopen(log);
        same(log.state("mail"), 2, List.of(), after, other, sameSeries);
    }

    @Test
    void thePositionGoesOnWithoutAnyGroup() {
        log.keep("mail", 1, List.of(T), List.of(group(SITE, RuleName.GAP)));
        log.keep("mail", 7, List.of(T), List.of());

        same(log.state("mail"), 7, List.of(T), group(SITE, RuleName.GAP));
    }

    @Test
    void notifiersDoNotDisturbEachOther() throws Exception {
        Group mail = group(SITE, RuleName.GAP);
        Group webhook = new Group(SITE, RuleName.GAP, null, false, Severity.WARNING, List.of(), List.of(T));
        log.keep("mail", 5, List.of(T), List.of(mail));
        log.keep("webhook", 3, List.of(), List.of(webhook));
        log = reopen(log);

        same(log.state("mail"), 5, List.of(T), mail);
        same(log.state("webhook"), 3, List.of(), webhook);
        assertThat(log.state("log")).isEqualTo(State.NEW);
    }

    @Test
    void awkwardSeriesAreKeptAsTheyAre() throws Exception {
        Group[] groups = Stream.of(
                        new Series("site", "it's; \"a\"\r\n\u0000\u20ac\ud83d\ude00/~", "generation", null),
                        new Series("site", "a", "generation", "E2"),
                        new Series("site", "a", "generation", null))
                .map(series -> group(series, RuleName.STUCK))
                .toArray(Group[]::new);
        log.keep("mail", 1, List.of(), List.of(groups));
        log = reopen(log);

        same(log.state("mail"), 1, List.of(), groups);
    }

    @Test
    void manyGroupsAndLongListsAreKept() throws Exception {
        List<Instant> long1 = Stream.iterate(T, t -> t.plus(Duration.ofMinutes(5)))
                .limit(1000)
                .toList();
        Group[] groups = Stream.iterate(0, i -> i + 1)
                .limit(500)
                .map(i -> new Group(
                        Series.parse("site/s" + i + "/generation"),
                        RuleName.values()[i % RuleName.values().length],
                        i % 2 == 0 ? T : null,
                        i % 3 == 0,
                        Severity.WARNING,
                        i == 0 ? long1 : List.of(),
                        i == 1 ? long1 : List.of(T)))
                .toArray(Group[]::new);
        log.keep("mail", 1, long1, List.of(groups));
        log = reopen(log);

        same(log.state("mail"), 1, long1, groups);
    }
}
