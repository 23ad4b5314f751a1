package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.alert.AlertLog.Group;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.StoreContract;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.core.validate.Verdict;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings and alerts in a file: one that is opened again, and one that was made before there were any. */
class FindingFileTest extends StoreContract {
    private static final DuckDbSettings WRITING = new DuckDbSettings(2, "512MB", false);
    private static final DuckDbSettings READING = new DuckDbSettings(2, "512MB", true);
    private static final Series SITE = new Series("site", "site1", "generation", null);
    private static final Instant T = Instant.parse("2024-06-30T12:00:00Z");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("findings.duckdb");
    }

    @Override
    protected BlockStore open(Clock storeClock) {
        return DuckDbStore.open(file(), WRITING, storeClock);
    }

    private DuckDbStore duck() {
        return (DuckDbStore) store;
    }

    private void reopen(DuckDbSettings settings) {
        duck().close();
        use(DuckDbStore.open(file(), settings, clock));
    }

    private static Finding finding(RuleName rule, String value, Instant foundAt) {
        return new Finding(
                SITE,
                new Interval(T, T.plusSeconds(300)),
                rule,
                Severity.WARNING,
                new BigDecimal("0.90"),
                "seen",
                "expected",
                new BigDecimal(value),
                null,
                new BigDecimal("3.5"),
                foundAt,
                0);
    }

    private void keep(Finding... found) {
        duck().keep(new Verdict(List.of(found), List.of()), clock.instant(), clock.instant());
    }

    private List<Object> everything() {
        List<Object> all = new ArrayList<>(duck().findings(FindingSearch.ALL));
        all.addAll(duck().changedAfter(0, 99));
        all.addAll(duck().counts(FindingSearch.ALL));
        all.addAll(duck().state("log").groups());
        all.addAll(List.of(duck().judgedUntil(), duck().state("log").position(), duck().changedAt()));
        return all;
    }

    @Test
    void reopenedStoreHoldsFindingsAndAlerts() {
        Finding spike = finding(RuleName.SPIKE, "7.50", T);
        keep(spike, finding(RuleName.GAP, "0.000000001", T));
        duck().keep(new Verdict(List.of(), List.of(spike.key())), T, T);
        duck().keep(
                        "log",
                        17,
                        List.of(T),
                        List.of(new Group(SITE, RuleName.SPIKE, T, true, Severity.WARNING, List.of(T), List.of())));
        List<Object> before = everything();
        assertThat(before).hasSize(10);

        reopen(WRITING);
        assertThat(everything()).isEqualTo(before);
        reopen(READING);
        assertThat(everything()).isEqualTo(before);
        assertThatThrownBy(() -> keep(spike)).isInstanceOf(StoreException.class).hasMessageContaining("reading only");

        reopen(WRITING);
        long last = duck().changedAfter(0, 99).getLast().number();
        clock.advance(Duration.ofDays(-1));
        Instant changedAt = duck().changedAt();
        Delivery a = take(document("a", M1, "1 2 3 4"));
        assertThat(a.knownAt()).isAfter(changedAt);
        keep(spike);
        assertThat(duck().changedAt()).isAfter(a.knownAt());
        assertThat(duck().changedAfter(0, 99).getLast().number()).isGreaterThan(last);
    }

    private void makeAsBefore() throws SQLException {
        duck().close();
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file());
                Statement s = c.createStatement()) {
            for (String table : List.of("findings", "judged", "alert_groups", "alert_logs")) {
                s.execute("DROP TABLE " + table);
            }
        }
    }

    @Test
    void fileOfBeforeHasNoFindingsUntilItIsOpenedForWriting() throws Exception {
        Delivery a = take(document("a", M1, "1 2 3 4"));
        makeAsBefore();
        use(DuckDbStore.open(file(), READING, clock));
        assertThat(everything()).containsExactly(Instant.EPOCH, 0L, a.knownAt());
        assertThat(total()).startsWith("10 kWh");

        reopen(WRITING);
        assertThat(everything()).containsExactly(Instant.EPOCH, 0L, a.knownAt());
        keep(finding(RuleName.SPIKE, "7", T));
        assertThat(duck().findings(FindingSearch.of("site/site1"))).hasSize(1);
        assertThat(total()).startsWith("10 kWh");
        reopen(READING);
        assertThat(duck().findings(FindingSearch.of("site/site1"))).hasSize(1);
    }

    @Test
    void verdictThatCannotBeStoredLeavesNothing() {
        keep(finding(RuleName.SPIKE, "7", T));
        List<Object> before = everything();
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> keep(finding(RuleName.SPIKE, "8", T), finding(RuleName.GAP, "1", Instant.MAX)))
                .isInstanceOf(ArithmeticException.class);
        assertThat(everything()).isEqualTo(before);
        keep(finding(RuleName.SPIKE, "9", T));
        assertThat(duck().findings(FindingSearch.ALL).getFirst().finding().value())
                .isEqualTo("9");
        take(document("a", M1, "1 2 3 4"));
        assertThat(total()).startsWith("10 kWh");
    }

    @Test
    void anyoneCanReadTheFindings() throws Exception {
        keep(finding(RuleName.SPIKE, "7.5", T));
        duck().close();
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file());
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT series, rule, start, "end", value::DECIMAL(38,9), resolved_at IS NULL FROM findings""")) {
            rs.next();
            assertThat(rs.getString(1)).isEqualTo("site/site1/generation");
            assertThat(rs.getString(2)).isEqualTo("SPIKE");
            assertThat(Rows.needInstant(rs, 3)).isEqualTo(T);
            assertThat(Rows.needInstant(rs, 4)).isEqualTo(T.plusSeconds(300));
            assertThat(rs.getBigDecimal(5)).isEqualByComparingTo("7.5");
            assertThat(rs.getBoolean(6)).isTrue();
        }
        use(open(clock));
    }
}
