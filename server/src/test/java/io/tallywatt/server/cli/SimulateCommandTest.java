package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.server.cli.Cli.Result;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
    private static final Duration EVERY = Duration.ofMinutes(5);

    @TempDir
    Path temp;

    private Cli cli;
    private FeedFiles feed;

    @BeforeEach
    void begin() {
        cli = new Cli(temp);
        feed = FeedFiles.of(temp.resolve("inbox"));
    }

    private Result simulate(Object... arguments) {
        Object[] words = new Object[arguments.length + 3];
        words[0] = "simulate";
        words[1] = "--into";
        words[2] = feed.folder();
        System.arraycopy(arguments, 0, words, 3, arguments.length);
        Result result = cli.run(words);
        assertThat(result.out()).isEmpty();
        return result;
    }

    private static Instant start(JsonNode record) {
        return Instant.parse(record.get("timestamp").asText());
    }

    @Test
    void historyIsWrittenAtOnce() {
        Result result = simulate("--backfill", "P2D", "--sites", 3);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err().lines().toList())
                .containsExactly(
                        "Simulated feed of 3 sites every PT5M (seed 1) into " + feed.folder(),
                        "  what is anomalous: " + feed.labels(),
                        "Wrote " + feed.names().size() + " files and "
                                + feed.labelled().size() + " labels");
        assertThat(feed.names().stream().filter(name -> !name.contains("_2")))
                .hasSize(3 * 2)
                .allMatch(name -> name.matches("site[1-3]-2025053[01]T000000Z-2025(0531|0601)T000000Z\\.(nd)?json"));
        assertThat(feed.untold(3, Cli.BEGIN.minus(Duration.ofDays(2)), Cli.BEGIN, EVERY))
                .isEmpty();
        assertThat(feed.labelled().stream()
                        .map(label -> label.get("kind").asText())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("negative", "spike", "stuck", "missing", "duplicate", "conflict");
        assertThat(cli.data()).doesNotExist();
    }

    @Test
    void historyOfObjectsIsAFilePerInterval() {
        assertThat(simulate("--backfill", "PT2H", "--shape", "object", "--sites", 2, "--anomalies", 0)
                        .exitCode())
                .isZero();

        assertThat(feed.names()).hasSize(2 * 24).contains("site2-20250531T235500Z.json");
        assertThat(Files.exists(feed.labels())).isTrue();
        assertThat(feed.labelled()).isEmpty();
    }

    @Test
    void theSameSeedWritesTheSame() {
        FeedFiles other = FeedFiles.of(temp.resolve("other"));
        String[] arguments = {"--backfill", "P1D", "--seed", "7"};
        cli.run("simulate", "--into", feed.folder(), arguments[0], arguments[1], arguments[2], arguments[3]);
        new Cli(temp).run("simulate", "--into", other.folder(), arguments[0], arguments[1], arguments[2], arguments[3]);
        FeedFiles third = FeedFiles.of(temp.resolve("third"));
        new Cli(temp).run("simulate", "--into", third.folder(), "--backfill", "P1D", "--seed", "8");

        assertThat(other.contents()).isEqualTo(feed.contents());
        assertThat(other.labelled()).isEqualTo(feed.labelled());
        assertThat(third.contents()).isNotEqualTo(feed.contents());
    }

    @Test
    void aFeedSendsEachIntervalWhenItHasEnded() {
        cli.pause(time -> {
            assertThat(time).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
            Instant now = Cli.BEGIN.plus(cli.elapsed());
            if (Files.exists(feed.folder())) {
                assertThat(feed.records())
                        .allMatch(record -> !start(record).plus(EVERY).isAfter(now));
            }
        });

        Result result = simulate("--for", "PT20M", "--sites", 4);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).doesNotContain("Ctrl-C");
        assertThat(cli.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(20)).isLessThan(Duration.ofMinutes(21));
        assertThat(feed.untold(4, Cli.BEGIN, Cli.BEGIN.plus(Duration.ofMinutes(20)), EVERY))
                .isEmpty();
        assertThat(feed.records()).allMatch(record -> !start(record).isBefore(Cli.BEGIN));
    }

    /** A day in 24 minutes; what would have come late after that is missing. */
    @Test
    void aFastFeedBeginsInThePastAndStampsNothingInTheFuture() {
        assertThat(simulate("--for", "P1D", "--speed", 60, "--sites", 5).exitCode())
                .isZero();

        Duration took = cli.elapsed();
        assertThat(took).isBetween(Duration.ofMinutes(24), Duration.ofMinutes(26));
        Instant from = Cli.BEGIN.minus(Duration.ofDays(1));
        assertThat(feed.untold(5, from, Cli.BEGIN, EVERY)).isEmpty();
        assertThat(feed.records())
                .allMatch(
                        record -> !start(record).isBefore(from) && start(record).isBefore(Cli.BEGIN));
        assertThat(feed.labelled()).anyMatch(label -> label.get("kind").asText().equals("late"));
    }

    @Test
    void aFastFeedThatHasCaughtUpGoesWithTheClock() {
        Duration[] atEnd = new Duration[1];
        cli.pause(time -> {
            if (cli.elapsed().compareTo(Duration.ofHours(1)) > 0) {
                atEnd[0] = cli.elapsed();
                throw new InterruptedException();
            }
        });

        Result result = simulate("--speed", 3600, "--sites", 2, "--every", "PT15M");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("(Ctrl-C stops it)");
        Instant end = Cli.BEGIN.plus(atEnd[0]);
        assertThat(feed.records())
                .allMatch(record -> !start(record).plus(Duration.ofMinutes(15)).isAfter(end))
                .anyMatch(record -> start(record).isAfter(Cli.BEGIN));
    }

    @Test
    void whoeverStopsItFindsWholeFilesAndIsToldWhatWillNotCome() {
        int[] pauses = new int[1];
        cli.pause(time -> {
            if (++pauses[0] == 20_000) {
                throw new InterruptedException();
            }
        });

        Result result = simulate("--sites", 3, "--every", "PT1M");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.err())
                .endsWith("Wrote " + Text.count(feed.names().size()) + " files and "
                        + Text.count(feed.labelled().size()) + " labels\n");
        assertThat(feed.names()).noneMatch(name -> name.startsWith("."));
        Instant last = feed.records().stream()
                .map(SimulateCommandTest::start)
                .max(Instant::compareTo)
                .orElseThrow();
        assertThat(feed.untold(3, Cli.BEGIN, last, Duration.ofMinutes(1))).isEmpty();
        assertThat(feed.labelled()).anyMatch(label -> label.get("kind").asText().equals("late"));
    }

    @Test
    void onceIsTheLatestInterval() {
        assertThat(simulate("--once", "--sites", 50, "--every", "PT1H").exitCode())
                .isZero();

        Instant from = Cli.BEGIN.minus(Duration.ofHours(1));
        assertThat(feed.records()).isNotEmpty().allMatch(record -> start(record).equals(from));
        assertThat(feed.untold(50, from, Cli.BEGIN, Duration.ofHours(1))).isEmpty();
        assertThat(feed.labelled())
                .noneMatch(label -> label.get("kind").asText().equals("late"));
    }

    @Test
    void relativePathsStartWhereTheCommandWasGiven() throws IOException {
        Files.createDirectories(temp.resolve("work"));

        Result result = cli.in(temp.resolve("work"))
                .run("simulate", "--into", "a/inbox/", "--labels", "said.ndjson", "--once", "--sites", 60);

        assertThat(result.exitCode()).isZero();
        assertThat(temp.resolve("work/a/inbox")).isNotEmptyDirectory();
        assertThat(temp.resolve("work/said.ndjson")).isNotEmptyFile();
    }

    @Test
    void labelsAreAddedToThoseThatAreThere() {
        simulate("--backfill", "PT5H", "--sites", 9);
        List<JsonNode> first = feed.labelled();

        simulate("--once", "--sites", 50);

        assertThat(feed.labelled()).startsWith(first.toArray(JsonNode[]::new)).hasSizeGreaterThan(first.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--into x --sites 0 | expected a number of sites from 1 to 10000, but got '0'",
                "--into x --sites many | --sites",
                "--into x --every PT7M | expected an interval of which an hour is a whole number",
                "--into x --every 5m | --every",
                "--into x --shape xml | expected object, array, ndjson or mixed, but got 'xml'",
                "--into x --anomalies 0.6 | expected a share from 0 to 0.5, but got '0.6'",
                "--into x --anomalies some | --anomalies",
                "--into x --backfill 30d | expected a length of time such as PT10M or P30D, but got '30d'",
                "--into x --backfill PT0S | --backfill",
                "--into x --backfill PT1M | from one interval, PT5M, to ten years, but got 'PT1M'",
                "--into x --for -PT1H | --for",
                "--into x --speed 0 | expected a number from 1 to 86400, but got '0'",
                "--into x --once --for PT1H | Only one of --backfill, --once and --for",
                "--into x --once --speed 60 | --speed goes with neither",
                "--into x --seed a | --seed",
                "--into / --once | There is no place beside /",
                "--into x --labels x/y.ndjson | expected a file outside of x",
                "x --into x | Unmatched argument"
            })
    void wrongUsageNamesTheOptionAndWritesNothing(String line, String part) {
        Result result = cli.in(temp).run((Object[]) ("simulate " + line).split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).startsWith("tallywatt: ").contains(part);
        assertThat(result.out()).isEmpty();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = cli.file("inbox", "");

        Result result = simulate("--once");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--into").contains(file + " is a file");
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        cli.file("file", "");

        Result below = cli.run("simulate", "--into", temp.resolve("file/inbox"), "--once");
        assertThat(below.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(below.err()).contains("file/inbox cannot be made");

        Result labels = simulate("--once", "--labels", temp.resolve("none/labels.ndjson"));
        assertThat(labels.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(labels.err()).contains("none/labels.ndjson cannot be written: no such file");

        for (int site = 1; site <= 5; site++) {
            Files.createDirectories(feed.folder().resolve("site" + site + "-20250531T235500Z.json/x"));
        }
        Result taken = simulate("--once", "--sites", 5, "--shape", "object", "--anomalies", 0);
        assertThat(taken.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(taken.err()).contains(feed.folder() + " cannot be written to: ");
        assertThat(feed.names()).noneMatch(name -> name.startsWith("."));
    }
}
