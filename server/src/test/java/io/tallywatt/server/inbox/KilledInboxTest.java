package io.tallywatt.server.inbox;

import static io.tallywatt.server.inbox.InboxHome.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of the inbox's work, again and again, while files go on coming in: good ones, known ones, bad
 * ones, and names that came before. What has to come of them is worked out without the program.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledInboxTest {
    private static final int KILLS = 8;
    private static final int FILES = 80;

    @TempDir
    Path temp;

    private final Random random = new Random(20261125);
    private final TreeMap<String, BigDecimal> totals = new TreeMap<>();
    private final Set<String> good = new TreeSet<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> bad = new TreeSet<>();
    private final Set<String> reused = new TreeSet<>();
    private List<String> firstRound = List.of();
    private int next;

    private Path data() {
        return temp.resolve("data");
    }

    private Path inbox() {
        return data().resolve("inbox");
    }

    /** Writes files elsewhere and renames them in, as a careful sender does. */
    private void send(int round) throws IOException {
        for (int i = 0; i < FILES; i++) {
            int file = next++;
            String name = "r" + round + "/" + file + ".json";
            if (round > 0 && file % 23 == 11) {
                // Of the first round, which was worked off in peace.
                String before = firstRound.get(reused.size());
                reused.add(before);
                put(before, text(file));
            } else if (file % 17 == 5) {
                bad.add(name);
                put(name, "{\"broken\": " + file);
            } else if (file % 19 == 7) {
                known.add(name);
                put(name, text(lastGood()));
            } else {
                good.add(name);
                totals.merge(site(file), kwh(file), BigDecimal::add);
                put(name, text(file));
            }
        }
    }

    private int lastGood() {
        String name =
                good.stream().skip(random.nextInt(good.size())).findFirst().orElseThrow();
        return Integer.parseInt(name.substring(name.indexOf('/') + 1, name.indexOf('.')));
    }

    private static BigDecimal kwh(int file) {
        return BigDecimal.valueOf(1 + file * 31L % 4000, 3);
    }

    /** Most are new to the store; some have all of their day's readings in files of their own. */
    private static String site(int file) {
        return "s" + (file % 10 == 1 ? 1 : file);
    }

    private static String text(int file) {
        return reading(site(file), file / 10, kwh(file).toPlainString());
    }

    private void put(String name, String text) throws IOException {
        Path written = Files.writeString(temp.resolve("written"), text);
        Path target = inbox().resolve(name);
        Files.createDirectories(target.getParent());
        Files.move(written, target);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + Files.createDirectories(temp.resolve("tmp")),
                "-cp",
                Objects.requireNonNullElse(
                        System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path")),
                InboxProcess.class.getName(),
                data().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(temp.resolve("err.txt").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).as(Files.readString(temp.resolve("err.txt"))).isEqualTo("READY");
        return process;
    }

    /** Lets one work until nothing waits any more. @return how many milliseconds that took */
    private long work() throws Exception {
        Process process = start();
        long began = System.nanoTime();
        while (!waiting().isEmpty()) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(5);
        }
        long took = (System.nanoTime() - began) / 1_000_000;
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("DONE");
        return took;
    }

    private List<String> waiting() throws IOException {
        return files(inbox()).stream().filter(name -> name.startsWith("r")).toList();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            // A file was moved on the way.
            return files(folder);
        }
    }

    @Test
    void nothingIsLostAndNothingRepeatedHoweverOftenItIsKilled() throws Exception {
        Files.createDirectories(inbox());
        send(0);
        long full = work();
        firstRound = List.copyOf(good);
        for (int kill = 0; kill < KILLS; kill++) {
            send(kill + 1);
            Process process = start();
            // One in each part of the time that it takes, so that every phase is hit.
            Thread.sleep(full * kill / KILLS + random.nextLong(full / KILLS + 1));
            process.destroyForcibly().onExit().join();
        }
        int left = waiting().size();
        work();
        System.out.println("Killed " + KILLS + " times within " + full + " ms of work; " + left + " of " + next
                + " files were left at the end");

        check();
    }

    private void check() throws Exception {
        assertThat(waiting()).isEmpty();
        List<String> done = files(inbox().resolve("done")).stream()
                .map(name -> name.substring(name.indexOf('/') + 1))
                .toList();
        Set<String> whole = new TreeSet<>(good);
        whole.addAll(known);
        assertThat(done).containsExactlyInAnyOrderElementsOf(whole);
        Set<String> refused = new TreeSet<>(bad);
        refused.addAll(reused);
        Set<String> letters = new TreeSet<>(refused);
        refused.forEach(name -> letters.add(name + Report.END));
        assertThat(files(inbox().resolve("dead-letters"))).containsExactlyInAnyOrderElementsOf(letters);
        try (DuckDbStore store = DuckDbStore.open(
                data().resolve("tallywatt.duckdb"), new DuckDbSettings(2, "256MB", true), Clock.systemUTC())) {
            Map<String, BigDecimal> stored = new TreeMap<>();
            for (String site : totals.keySet()) {
                stored.put(site, stored(store, site));
            }
            assertThat(stored).isEqualTo(totals);
            List<Delivery> deliveries = store.deliveries();
            assertThat(deliveries.stream().filter(d -> d.state() == DeliveryState.TAKEN))
                    .hasSize(good.size())
                    .allMatch(d -> d.counts().readings() == 1);
            assertThat(deliveries.stream()
                            .filter(d -> d.state() == DeliveryState.QUARANTINED)
                            .map(Delivery::name))
                    .containsExactlyInAnyOrderElementsOf(refused);
            assertThat(new HashSet<>(deliveries.stream().map(Delivery::digest).toList()))
                    .hasSize(deliveries.size());
        }
        assertThat(files(data().resolve("quarantine")))
                .as("where each lies, and no copy of it")
                .hasSize(refused.size())
                .allMatch(name -> name.endsWith(".properties"));
    }

    private static BigDecimal stored(DuckDbStore store, String site) {
        return Scaled.trim(new Answers(store)
                        .daily(
                                store.find(Series.parse("site/" + site + "/generation"))
                                        .orElseThrow(),
                                InboxHome.DAY,
                                InboxHome.DAY.plusDays(1),
                                null)
                        .getFirst()
                        .total())
                .setScale(3);
    }
}
