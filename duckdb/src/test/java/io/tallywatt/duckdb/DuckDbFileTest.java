package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.StoreContract;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoreException.Kind;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DeliveryDay;
import java.io.File;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to a store in a file. */
class DuckDbFileTest extends StoreContract {
    private static final DuckDbSettings WRITING = new DuckDbSettings(2, "512MB", false);
    private static final DuckDbSettings READING = new DuckDbSettings(2, "512MB", true);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("it's data.duckdb");
    }

    @Override
    protected BlockStore open(Clock storeClock) {
        return DuckDbStore.open(file(), WRITING, storeClock);
    }

    private void close() {
        ((DuckDbStore) store).close();
    }

    private void reopen(DuckDbSettings settings) {
        close();
        use(DuckDbStore.open(file(), settings, clock));
    }

    private List<Object> everything(List<Instant> known) {
        List<Object> all = new ArrayList<>(ledger.deliveries());
        try (Stream<StoredSeries> series = store.series("")) {
            all.addAll(series.toList());
        }
        for (Delivery delivery : ledger.deliveries()) {
            all.addAll(rejects(delivery));
        }
        List<@Nullable Instant> moments = new ArrayList<>(known);
        moments.add(null);
        for (@Nullable Instant at : moments) {
            all.addAll(blocksOn(DAY, at));
            all.addAll(blocks(M1, DAY.minusDays(9), DAY.plusDays(9), at));
            all.addAll(store.totals(DAY.minusDays(50), DAY.plusDays(50), at));
        }
        return all;
    }

    @Test
    void reopenedStoreHoldsEverything() {
        Delivery a = take(document("a", M1, "1 2 3 4").withRejects(3).with(M2, quarters(DAY, "1 - i-2 s4")));
        Delivery b = take(later(1, document("b", M1, "- 2 3 9").with(M1, quarters(DAY.plusDays(1), "1 2 3 4"))));
        Delivery c = withdraw(a);
        Delivery d = take(later(2, document("c", M1, "1 2 3 4")));
        List<Instant> known = List.of(a.knownAt(), b.knownAt(), c.knownAt(), d.knownAt());
        List<Object> before = everything(known);

        reopen(WRITING);
        assertThat(everything(known)).isEqualTo(before);
        reopen(READING);
        assertThat(everything(known)).isEqualTo(before);

        reopen(WRITING);
        clock.advance(Duration.ofDays(-30));
        Delivery e = take(later(3, document("e", M1, "5 5 5 5").with(M2, quarters(DAY, "1 1 1 1"))));
        assertThat(e.id()).isEqualTo(4);
        assertThat(e.knownAt()).isAfter(d.knownAt());
        assertThat(total()).isEqualTo("24 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
        assertThat(total(DAY, d.knownAt())).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
    }

    @Test
    void anotherProcessFindsTheStoreBusy() throws Exception {
        take(document("a", M1, "1 2 3 4"));
        for (String how : List.of("write", "read-only")) {
            try (ChildJvm child = ChildJvm.start(folder, OpenStore.class, file(), how)) {
                assertThat(child.output())
                        .startsWith("BUSY Cannot open " + file())
                        .contains("in use by process ");
            }
        }
        close();
        try (ChildJvm child = ChildJvm.start(folder, OpenStore.class, file(), "write")) {
            assertThat(child.output()).isEqualTo("OPEN 1");
        }
        use(open(clock));
        assertThat(total()).startsWith("10 kWh");
    }

    @Test
    void sameProcessFindsItsStoreBusyToo() {
        take(document("a", M1, "1 2 3 4"));
        assertThatThrownBy(() -> DuckDbStore.open(file(), WRITING, clock).close())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
        take(document("b", M2, "1 2 3 4"));
        assertThat(total()).startsWith("20 kWh");
    }

    @Test
    void severalProcessesMayReadAtOnce() throws Exception {
        take(document("a", M1, "1 2 3 4"));
        reopen(READING);
        try (ChildJvm child = ChildJvm.start(folder, OpenStore.class, file(), "read-only")) {
            assertThat(child.output()).isEqualTo("OPEN 1");
        }
        assertThat(total()).startsWith("10 kWh");
        assertThatThrownBy(() -> store.take(document("b", M2, "1 2 3 4")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("reading only");
    }

    @Test
    void readOnlyStoreHasToExist() {
        close();
        Path missing = folder.resolve("missing.duckdb");
        assertThatThrownBy(() -> DuckDbStore.open(missing, READING, clock)).isInstanceOf(StoreException.class);
        assertThat(missing).doesNotExist();
        use(open(clock));
    }

    @Test
    void fileThatIsNoStoreIsRefused() throws Exception {
        Path junk = Files.writeString(folder.resolve("junk"), "Meter,Date,0:00\n".repeat(1000));
        assertThatThrownBy(() -> DuckDbStore.open(junk, WRITING, clock))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                .hasMessageContaining(junk.toString());
        assertThat(junk).hasSize(16_000);
    }

    @Test
    void storeOfALaterVersionIsRefused() throws Exception {
        close();
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file());
                Statement s = c.createStatement()) {
            s.execute("UPDATE meta SET version = 99");
        }
        for (DuckDbSettings settings : List.of(WRITING, READING)) {
            assertThatThrownBy(() -> DuckDbStore.open(file(), settings, clock))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                    .hasMessageContaining("version 99");
        }
    }

    @Test
    void whatACrashLeftBehindIsRemoved() throws Exception {
        close();
        Path spill = Files.writeString(folder.resolve("it's data.duckdb.spill"), "left behind");
        Path temp = Files.createDirectories(folder.resolve("it's data.duckdb.tmp"));
        Files.writeString(temp.resolve("duckdb_temp_storage_DEFAULT-0.tmp"), "left behind");
        use(open(clock));
        assertThat(spill).doesNotExist();
        assertThat(temp).doesNotExist();
    }

    @Test
    void nothingButTheDataFileIsLeftAfterClosing() throws Exception {
        take(document("a", M1, "1 2 3 4"));
        close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
        use(open(clock));
    }

    // The view.

    static final ZoneId APIA = ZoneId.of("Pacific/Apia");
    static final Series DAILY = Series.meterConsumption("daily");
    static final Series ODD = Series.meterConsumption("odd/'name'");

    private void fill() {
        LocalDate spring = LocalDate.of(2024, 3, 31);
        LocalDate autumn = LocalDate.of(2024, 10, 27);
        take(document("a")
                .in(LONDON)
                .with(M1, Blocks.filled(spring, LONDON, "PT30M", i -> i % 7 == 0 ? "-" : "0.12345678" + i % 10))
                .with(M1, Blocks.filled(autumn, LONDON, "PT30M", i -> i % 5 == 0 ? "e" + i : "s1." + i))
                .with(M1, Blocks.filled(DAY, LONDON, "PT1H", i -> i == 3 ? "i-9000000000" : "9000000000"))
                .with(DAILY, Blocks.regular(spring, LONDON, "P1D", "23.5"))
                .with(DAILY, Blocks.regular(autumn, LONDON, "P1D", "25"))
                .with(DAILY, Blocks.regular(DAY, LONDON, "P1D", "e24"))
                .with(
                        ODD,
                        Blocks.irregular(DAY, LONDON, "00:07-01:00=1.5 01:00-01:00:01=0.000000001 23:00-24:00=i-7")));
        take(document("b")
                .in(APIA)
                .with(M2, Blocks.regular(LocalDate.of(2011, 12, 29), APIA, "P1D", "1"))
                .with(M2, Blocks.regular(LocalDate.of(2011, 12, 31), APIA, "P1D", "2")));
        take(later(
                1,
                document("c").in(LONDON).with(M1, Blocks.filled(DAY, LONDON, "PT1H", i -> i % 2 == 0 ? "0.5" : "-"))));
        Delivery gone =
                take(document("d").in(LONDON).with(M1, Blocks.filled(DAY.plusDays(1), LONDON, "PT1H", i -> "1")));
        withdraw(gone);
    }

    /** Every reading as one line of text. */
    private List<String> stored() {
        List<String> lines = new ArrayList<>();
        for (Series series : List.of(DAILY, M1, M2, ODD)) {
            for (StoredBlock stored : blocks(series, LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1), null)) {
                DayBlock block = stored.block();
                long end = new DeliveryDay(block.date(), stored.zone()).end().getEpochSecond();
                for (Reading reading : block.readings(end)) {
                    BigDecimal value = reading.value();
                    lines.add(ReadView.line(
                            series.toString(),
                            reading.interval().start(),
                            reading.interval().end(),
                            value == null ? null : value.setScale(9),
                            reading.quality().name()));
                }
            }
        }
        lines.sort(null);
        return lines;
    }

    @Test
    void viewReadingsShowsWhatIsStored() throws Exception {
        fill();
        List<String> stored = stored();
        close();
        assertThat(stored).hasSize(46 + 50 + 24 + 3 + 3 + 2);
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file())) {
            assertThat(ReadView.read(c)).isEqualTo(stored);
        }
        assertThat(stored)
                .contains("meter/daily/consumption 2024-03-31T00:00:00Z 2024-03-31T23:00:00Z 23.500000000 ACTUAL")
                .contains("meter/M2/consumption 2011-12-29T10:00:00Z 2011-12-30T10:00:00Z 1.000000000 ACTUAL")
                .contains("meter/M1/consumption 2024-03-31T00:00:00Z 2024-03-31T00:30:00Z null MISSING")
                .anyMatch(l -> l.endsWith("-9000000000.000000000 " + Quality.INVALID));
        use(open(clock));
    }

    /** {@code -Dtallywatt.old.duckdb=JAR:JAR}, drivers of 1.2 or later: too much to fetch in every build. */
    @Test
    @EnabledIfSystemProperty(named = "tallywatt.old.duckdb", matches = ".+")
    void viewReadingsCanBeReadByOlderDuckDb() throws Exception {
        fill();
        List<String> stored = stored();
        close();
        Path classes = Path.of(ReadView.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (String jar : System.getProperty("tallywatt.old.duckdb").split(File.pathSeparator)) {
            String path = classes + File.pathSeparator + jar;
            try (ChildJvm child = ChildJvm.start(path, folder, ReadView.class.getName(), file())) {
                assertThat(child.output().lines().toList()).as(jar).isEqualTo(stored);
            }
        }
        use(open(clock));
    }

    @Test
    void viewCanBeSummedByAnyone() throws Exception {
        fill();
        BigDecimal total = totalOf(DAY, null).total();
        close();
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file());
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT sum(value) FROM readings WHERE start >= '2024-02-10' AND start < '2024-02-11'
                            AND quality IN ('ACTUAL', 'ESTIMATED', 'SUBSTITUTED')""")) {
            rs.next();
            assertThat(rs.getBigDecimal(1)).isEqualByComparingTo(total);
        }
        use(open(clock));
    }
}
