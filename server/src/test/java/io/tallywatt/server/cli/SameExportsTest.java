package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.register.HomeBlocks;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One recorded log of deliveries, played on the embedded store and on the one in DynamoDB, by the same commands: whatever is exported of
 * either is the same to the byte, now and as of an earlier step.
 */
class SameExportsTest {
    private static final LocalDate FIRST = LocalDate.of(2024, 3, 30);
    private static final int DAYS = 4;
    private static final int STEPS = 8;
    /** Meters whose readings are exported. */
    private static final List<String> METERS = List.of("M0", "M1", "M2", "R0");

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, Math.max(2, Integer.getInteger("tallywatt.seeds", 20) / 50));
    }

    /** A program on one of the stores, under a clock that both have in common. */
    private Cli cli(String name, TestClock clock) throws Exception {
        Cli cli = new Cli(Files.createDirectories(folder.resolve(name)));
        cli.env.put("TALLYWATT_ZONE", "Europe/London");
        Files.createDirectories(cli.data());
        if (name.equals("duckdb")) {
            return cli.stores((data, settings, readOnly, ticking) -> {
                DuckDbStore store = DuckDbStore.open(
                        Stores.file(data), new DuckDbSettings(settings.threads(), settings.memory(), readOnly), clock);
                return new Stores.Open(homes(store), store, store, store, store, store, store::close);
            });
        }
        // Commands that ask look for the embedded store's file first.
        Files.createFile(Stores.file(cli.data()));
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        return cli.stores((data, settings, readOnly, ticking) -> {
            DynamoStore store = DynamoStore.open(LocalDynamoDb.get().client(), table, clock);
            return new Stores.Open(homes(store), store, store, store, store, store, () -> {});
        });
    }

    private static BlockStore homes(BlockStore store) {
        return new HomeBlocks(store, HomeBlocks.USUAL_JITTER);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void exportsAreTheSameToTheByte(long seed) throws Exception {
        Random random = new Random(seed);
        TestClock clock = new TestClock(Instant.parse("2025-06-01T12:00:00Z"));
        Cli duckDb = cli("duckdb", clock);
        Cli dynamoDb = cli("dynamodb", clock);
        List<Instant> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            clock.advance(Duration.ofMinutes(1));
            boolean withdraws = step > 2 && random.nextInt(5) == 0;
            String name = "d" + step + ".csv";
            String content = step == 1 || random.nextInt(5) == 0
                    ? registers(random)
                    : random.nextInt(3) == 0 ? rows(random) : wide(random);
            String id = Integer.toString(1 + random.nextInt(Math.max(1, step)));
            for (Cli cli : List.of(duckDb, dynamoDb)) {
                if (withdraws) {
                    cli.run("withdraw", id);
                } else {
                    cli.in(cli.folder).file(name, content);
                    cli.run("ingest", name);
                }
            }
            clock.advance(Duration.ofMinutes(1));
            steps.add(clock.instant());
            same(duckDb, dynamoDb, seed, step, null, "total", "--from", FIRST, "--to", FIRST.plusDays(DAYS));
        }
        compare(duckDb, dynamoDb, seed, STEPS, null);
        int step = random.nextInt(STEPS - 1);
        compare(duckDb, dynamoDb, seed, step, steps.get(step));
    }

    private static void compare(Cli duckDb, Cli dynamoDb, long seed, int step, Instant asOf) {
        String to = FIRST.plusDays(DAYS).toString();
        for (String form : List.of("json", "csv")) {
            same(duckDb, dynamoDb, seed, step, asOf, "total", "--from", FIRST, "--to", to, "--format", form);
            same(duckDb, dynamoDb, seed, step, asOf, "average", "--from", FIRST, "--to", to, "--format", form);
            same(duckDb, dynamoDb, seed, step, null, "files", "--format", form);
            same(duckDb, dynamoDb, seed, step, null, "series", "--format", form);
            for (String meter : METERS) {
                String series = "meter/" + meter + "/consumption";
                same(duckDb, dynamoDb, seed, step, asOf, "readings", series, "--format", form);
                same(duckDb, dynamoDb, seed, step, asOf, "readings", series, "--every", "P1D", "--format", form);
            }
        }
        for (String form : List.of("json", "csv", "svg", "html")) {
            String home = "home/h/consumption";
            same(duckDb, dynamoDb, seed, step, asOf, "readings", home, "--every", "PT1H", "--format", form);
        }
        same(
                duckDb,
                dynamoDb,
                seed,
                step,
                asOf,
                "explain",
                FIRST.plusDays(1),
                "home/h/consumption",
                "--format",
                "json");
        same(duckDb, dynamoDb, seed, step, asOf, "readings", "meter/M0/consumption", "--format", "svg");
        same(duckDb, dynamoDb, seed, step, asOf, "explain", FIRST.plusDays(1), "--format", "json");
        same(duckDb, dynamoDb, seed, step, null, "rejects", 1, "--format", "csv");
    }

    private static void same(Cli duckDb, Cli dynamoDb, long seed, int step, Instant asOf, Object... command) {
        List<Object> words = new ArrayList<>(List.of(command));
        if (asOf != null) {
            words.addAll(List.of("--as-of", asOf));
        }
        Cli.Result expected = duckDb.run(words.toArray());
        Cli.Result got = dynamoDb.run(words.toArray());
        String what = "seed " + seed + ", step " + step + ": " + words;
        assertThat(got.out()).as(what).isEqualTo(expected.out());
        assertThat(got.exitCode()).as(what + "\n" + got.err()).isEqualTo(expected.exitCode());
    }

    /** Reads of a home's register: what lies between them is worked out, over whatever store. */
    private static String registers(Random random) {
        StringBuilder text = new StringBuilder("home_id,current_usage,acc_usage,time\n");
        Instant at = FIRST.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(DAYS * 86_400));
        for (int row = 1 + random.nextInt(40); row > 0; row--) {
            long hours = Duration.between(FIRST.atStartOfDay(ZoneOffset.UTC).toInstant(), at)
                    .toHours();
            text.append("h,0,")
                    .append(hours % 60)
                    .append('.')
                    .append(100 + random.nextInt(900))
                    .append(',')
                    .append(at)
                    .append('\n');
            at = at.plusSeconds(60 + random.nextInt(random.nextInt(4) == 0 ? 9000 : 300));
        }
        return text.toString();
    }

    private static String wide(Random random) {
        StringBuilder text = new StringBuilder(Wide.header());
        for (int row = 1 + random.nextInt(5); row > 0; row--) {
            LocalDate date = FIRST.plusDays(random.nextInt(DAYS));
            StringJoiner cells = new StringJoiner(",");
            cells.add("M" + random.nextInt(3)).add(date.toString());
            for (int i = 0; i < 48; i++) {
                // The hour that London skips on 31 March.
                boolean skipped = date.equals(LocalDate.of(2024, 3, 31)) && (i == 2 || i == 3);
                boolean empty = skipped || random.nextInt(8) == 0;
                cells.add(empty ? "" : random.nextInt(40) == 0 ? "-1" : random.nextInt(9) + "." + random.nextInt(1000));
            }
            text.append(random.nextInt(9) == 0 ? "M1,no date," : cells.toString())
                    .append('\n');
        }
        return text.toString();
    }

    /** Single readings, some of them estimated. */
    private static String rows(Random random) {
        StringBuilder text = new StringBuilder("meter,timestamp,kWh,quality\n");
        int from = random.nextInt(48 * (DAYS - 2));
        for (int i = 0; i < 20 + random.nextInt(60); i++) {
            int half = 48 + from + i;
            // In UTC, which shows every time once.
            text.append(String.format(
                    Locale.ROOT,
                    "R0,%sT%02d:%02d:00Z,%d.%d,%s%n",
                    FIRST.plusDays(half / 48),
                    half / 2 % 24,
                    half % 2 * 30,
                    random.nextInt(5),
                    random.nextInt(1000),
                    random.nextInt(4) == 0 ? "E" : "A"));
        }
        return text.toString();
    }
}
