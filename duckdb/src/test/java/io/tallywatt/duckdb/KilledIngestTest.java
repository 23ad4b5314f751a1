package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.StoredBlock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of ingest, twenty times. Each file is new to the store when its process is killed; it
 * overlaps the one before, so that blocks are merged too. Values are made by a formula, so that the totals of any set of
 * files can be worked out without the program.
 */
class KilledIngestTest {
    private static final int KILLS = 20;
    private static final int METERS = 300;
    private static final int NEW_METERS = 225;
    private static final int DAYS = 40;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final Instant RECEIVED = Instant.parse("2024-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path store() {
        return folder.resolve("store").resolve("data.duckdb");
    }

    /** In thousandths of a kWh. */
    private static long value(int file, int meter, int day, int interval) {
        return (meter * 31L + day * 17L + interval * 7L + file * 1013L) % 5000;
    }

    private static int firstMeter(int file) {
        return file * NEW_METERS;
    }

    private static Instant receivedAt(int file) {
        return RECEIVED.plus(Duration.ofMinutes(file));
    }

    private Path write(int file) throws IOException {
        Path path = folder.resolve("wide-" + file + ".csv");
        if (Files.exists(path)) {
            return path;
        }
        try (BufferedWriter out = Files.newBufferedWriter(path)) {
            StringBuilder line = new StringBuilder("Meter,Date");
            for (int i = 0; i < 48; i++) {
                line.append(',').append(i / 2).append(i % 2 == 0 ? ":00" : ":30");
            }
            out.append(line).append('\n');
            for (int m = firstMeter(file); m < firstMeter(file) + METERS; m++) {
                for (int d = 0; d < DAYS; d++) {
                    line.setLength(0);
                    line.append("M").append(m).append(',').append(FIRST.plusDays(d));
                    for (int i = 0; i < 48; i++) {
                        long v = value(file, m, d, i);
                        line.append(',').append(v / 1000).append('.');
                        line.append((char) ('0' + v / 100 % 10)).append((char) ('0' + v / 10 % 10));
                        line.append((char) ('0' + v % 10));
                    }
                    out.append(line).append('\n');
                }
            }
        }
        return path;
    }

    /** Totals per day in thousandths, of the files that are in: of those that overlap, the one received last counts. */
    private static long[] totals(List<Integer> files) {
        long[] totals = new long[DAYS];
        for (int file : files) {
            for (int m = firstMeter(file); m < firstMeter(file) + METERS; m++) {
                int meter = m;
                boolean superseded = files.stream()
                        .anyMatch(f -> f > file && meter >= firstMeter(f) && meter < firstMeter(f) + METERS);
                for (int d = 0; d < DAYS && !superseded; d++) {
                    for (int i = 0; i < 48; i++) {
                        totals[d] += value(file, m, d, i);
                    }
                }
            }
        }
        return totals;
    }

    private static long[] stored(DuckDbStore store, @Nullable Instant asOf) {
        long[] totals = new long[DAYS];
        for (JournalEntry entry : store.totals(FIRST, FIRST.plusDays(DAYS), asOf)) {
            totals[(int) (entry.date().toEpochDay() - FIRST.toEpochDay())] =
                    entry.tally().energyKwh().movePointRight(3).longValueExact();
        }
        return totals;
    }

    @Test
    void totalsAreExactHoweverOftenIngestIsKilled() throws Exception {
        Files.createDirectories(store().getParent());
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        Random random = new Random(4711);
        long full = Math.max(uninterrupted(temp, 0), uninterrupted(temp, 1));
        List<Integer> in = new ArrayList<>(List.of(0, 1));
        int whole = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int file = kill + 2;
            write(file);
            // One in each twentieth of the time that it takes, so that every phase is hit.
            long delay = full * kill / KILLS + random.nextLong(full / KILLS + 1);
            if (!killed(temp, file, delay)) {
                whole++;
            }
            if (check(in, file)) {
                in.add(file);
            }
            clean(temp);
        }
        System.out.println("Killed " + (KILLS - whole) + " times within " + full + " ms of work; " + (in.size() - 2)
                + " of " + KILLS + " files were in");
        everythingInTheEnd(temp);
    }

    private static void clean(Path temp) throws IOException {
        try (Stream<Path> left = Files.list(temp)) {
            for (Path path : left.toList()) {
                // The driver's native library, which it unpacks at each start.
                assertThat(path.getFileName().toString()).startsWith("libduckdb_java");
                Files.delete(path);
            }
        }
    }

    /** Takes a file in peace; says how long that took. */
    private long uninterrupted(Path temp, int file) throws Exception {
        try (ChildJvm child = ChildJvm.start(temp, IngestFiles.class, store(), write(file), receivedAt(file))) {
            assertThat(child.line()).isEqualTo("READY");
            long start = System.nanoTime();
            assertThat(child.output()).isEqualTo("TAKEN 0 rejected\nDONE");
            return (System.nanoTime() - start) / 1_000_000;
        }
    }

    private boolean killed(Path temp, int file, long delay) throws Exception {
        try (ChildJvm child = ChildJvm.start(temp, IngestFiles.class, store(), write(file), receivedAt(file))) {
            assertThat(child.line()).isEqualTo("READY");
            return !child.endsWithin(delay);
        }
    }

    /** Whether the file is in, after making sure that everything is exact and nothing is left over. */
    private boolean check(List<Integer> before, int file) throws IOException {
        List<Integer> in = new ArrayList<>();
        try (DuckDbStore store = DuckDbStore.open(store(), new DuckDbSettings(2, "512MB", false), Clock.systemUTC())) {
            List<Delivery> deliveries = new ArrayList<>(store.deliveries());
            deliveries.sort(Comparator.comparing(Delivery::knownAt));
            for (Delivery delivery : deliveries) {
                assertThat(delivery.state()).isEqualTo(DeliveryState.TAKEN);
                assertThat(delivery.counts().rows()).isEqualTo((long) METERS * DAYS);
                in.add(Integer.parseInt(delivery.name().replaceAll("\\D", "")));
                assertThat(stored(store, delivery.knownAt())).isEqualTo(totals(in));
            }
            List<Integer> with = new ArrayList<>(before);
            with.add(file);
            assertThat(in).isIn(before, with);
            assertThat(stored(store, null)).isEqualTo(totals(in));
            compareReadings(store, in);
        }
        // A kill between the end of DuckDB's checkpoint and the removal of its log leaves a log whose content is in the
        // file already. DuckDB knows it by its mark, ignores it, and replaces it at the next write.
        assertThat(filesOfTheStore()).isSubsetOf(store(), log());
        return in.contains(file);
    }

    private Path log() {
        return store().resolveSibling(store().getFileName() + ".wal");
    }

    private List<Path> filesOfTheStore() throws IOException {
        try (Stream<Path> files = Files.list(store().getParent())) {
            return files.toList();
        }
    }

    /** The readings of meters at the edges of the last files. */
    private static void compareReadings(DuckDbStore store, List<Integer> in) {
        int latest = in.stream().max(Comparator.naturalOrder()).orElseThrow();
        for (int meter : new int[] {firstMeter(latest), firstMeter(latest) + METERS - 1, firstMeter(latest) - 1}) {
            int giver = in.stream()
                    .filter(f -> meter >= firstMeter(f) && meter < firstMeter(f) + METERS)
                    .max(Comparator.naturalOrder())
                    .orElse(-1);
            try (Stream<StoredBlock> blocks =
                    store.blocks(Series.meterConsumption("M" + meter), FIRST, FIRST.plusDays(DAYS), null)) {
                List<StoredBlock> all = blocks.toList();
                assertThat(all).hasSize(giver < 0 ? 0 : DAYS);
                for (int d = 0; d < all.size(); d++) {
                    long[] values = all.get(d).block().values();
                    int scale = all.get(d).block().scale();
                    long[] expected = new long[48];
                    for (int i = 0; i < 48; i++) {
                        expected[i] = value(giver, meter, d, i);
                        values[i] = Scaled.rescale(values[i], scale, 3);
                    }
                    assertThat(values).isEqualTo(expected);
                }
            }
        }
    }

    private void everythingInTheEnd(Path temp) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(store()));
        List<Integer> all = new ArrayList<>();
        for (int file = 0; file < KILLS + 2; file++) {
            arguments.add(write(file));
            arguments.add(receivedAt(file));
            all.add(file);
        }
        try (ChildJvm child = ChildJvm.start(temp, IngestFiles.class, arguments.toArray())) {
            assertThat(child.output().lines().map(l -> l.split(" ")[0]))
                    .containsOnly("READY", "TAKEN", "KNOWN", "DONE");
        }
        try (DuckDbStore store = DuckDbStore.open(store(), new DuckDbSettings(2, "512MB", false), Clock.systemUTC())) {
            assertThat(stored(store, null)).isEqualTo(totals(all));
            assertThat(store.deliveries()).hasSize(all.size());
            store.quarantine(
                    "a last write", "0".repeat(64), 1, RECEIVED, "so that no log is left, whatever was killed");
        }
        assertThat(filesOfTheStore()).containsExactly(store());
        long blocks = (long) METERS * DAYS * all.size();
        assertThat(Files.size(store()))
                .as("bytes, where " + Arrays.toString(totals(all)) + " are the totals")
                .isLessThan(blocks * 200);
    }
}
