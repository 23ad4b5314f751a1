package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.StoreContract;
import io.tallywatt.core.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups in a file: one that is opened again, and one that was made before there were any. */
class GroupFileTest extends StoreContract {
    private static final DuckDbSettings WRITING = new DuckDbSettings(2, "512MB", false);
    private static final DuckDbSettings READING = new DuckDbSettings(2, "512MB", true);
    private static final MeterGroup BOTH = MeterGroup.of("both", "Both", List.of("M1", "M2"));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("groups.duckdb");
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

    @Test
    void changingAGroupChangesNothingThatIsKnown() {
        take(document("a", M1, "1 2 3 4"));
        Instant changedAt = duck().changedAt();
        assertThat(duck().put(BOTH)).isTrue();
        assertThat(duck().put(BOTH)).isFalse();
        assertThat(duck().remove("both")).isTrue();
        assertThat(duck().changedAt()).isEqualTo(changedAt);
        assertThat(total()).startsWith("10 kWh");
    }

    @Test
    void aFileThatIsOnlyReadAnswersForItsGroups() {
        take(document("a", M1, "1 2 3 4"));
        take(document("b", M2, "10 - i7 e0.5"));
        duck().put(BOTH);
        reopen(READING);
        MeterGroup group = duck().find("both").orElseThrow();
        assertThat(group).isEqualTo(BOTH);
        Answers answers = new Answers(store);
        assertThat(answers.total(group, DAY, null).total()).isEqualByComparingTo("20.5");
        assertThat(answers.total(group, DAY, null).total())
                .isEqualByComparingTo(answers.total(DAY, null).total());
        assertThatThrownBy(() -> duck().put(BOTH)).isInstanceOf(StoreException.class);
    }

    @Test
    void aFileOfBeforeHasNoGroupsUntilItIsOpenedForWriting() throws SQLException {
        take(document("a", M1, "1 2 3 4"));
        duck().close();
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file());
                Statement s = c.createStatement()) {
            s.execute("DROP TABLE meter_groups");
            s.execute("DROP TABLE group_meters");
        }
        use(DuckDbStore.open(file(), READING, clock));
        assertThat(duck().list("", 10)).isEmpty();
        assertThat(duck().find("both")).isEmpty();
        reopen(WRITING);
        assertThat(duck().put(BOTH)).isTrue();
        reopen(READING);
        assertThat(duck().list("", 10)).containsExactly(BOTH.entry());
    }
}
