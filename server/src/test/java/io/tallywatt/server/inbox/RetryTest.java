package io.tallywatt.server.inbox;

import static io.tallywatt.server.inbox.InboxHome.reading;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.server.cli.Cli;
import io.tallywatt.server.cli.Cli.Result;
import io.tallywatt.server.cli.Stores;
import io.tallywatt.server.cli.Wide;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of an inbox, read again on the command line, on a DuckDB store. */
class RetryTest {
    @TempDir
    Path temp;

    private Cli cli;
    private Path inbox;

    @BeforeEach
    void make() throws IOException {
        cli = new Cli(temp).in(temp);
        inbox = Files.createDirectories(cli.data().resolve("inbox"));
    }

    private void put(String name, String text) throws IOException {
        Path file = Files.writeString(inbox.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private void sweep() throws IOException {
        sweep(InboxHome.UTC);
    }

    private void sweep(ReadingOptions options) throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);
        try (Stores.Open store = cli.open()) {
            InboxFolder folder = InboxFolder.make(inbox);
            new Sweep(
                            folder,
                            new InboxSettings(inbox, Duration.ofSeconds(1), SameName.REFUSE),
                            new Receiving(
                                    store.blocks(), store.ledger(), cli.data(), options, FreeSpace.OF_DISK, clock),
                            new Stopping(),
                            new Lines(),
                            () -> {},
                            1000)
                    .run();
        }
    }

    private static ReadingOptions dayFirst() {
        ReadingOptions o = InboxHome.UTC;
        return new ReadingOptions(
                o.zone(),
                true,
                null,
                null,
                ReadingOptions.DateOrder.DAY_FIRST,
                null,
                null,
                null,
                null,
                null,
                o.plausibleKw());
    }

    private List<String> files(String below) throws IOException {
        if (!Files.exists(cli.data().resolve(below))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(cli.data().resolve(below))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> cli.data().resolve(below).relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private JsonNode report(String path) throws IOException {
        return new ObjectMapper().readTree(inbox.resolve(path + ".report.json").toFile());
    }

    @Test
    void aReusedNameIsTakenByARetryAndMovedToDone() throws IOException {
        put("a.json", reading("s1", 0, "1"));
        sweep();
        put("a.json", reading("s1", 0, "2"));
        sweep();
        assertThat(files("inbox/dead-letters")).containsExactly("a.json", "a.json.report.json");
        assertThat(files("quarantine")).as("the bytes are not kept twice").containsExactly("2.properties");

        Result result = cli.run("retry", "2");

        assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
        assertThat(files("inbox/dead-letters")).isEmpty();
        assertThat(files("quarantine")).isEmpty();
        assertThat(files("inbox/done")).containsExactly("2026-11-25/a-2.json", "2026-11-25/a.json");
        assertThat(cli.run("readings", "site/s1/generation", "--from", "2026-11-01", "--to", "2026-11-02")
                        .out())
                .contains(",2,ACTUAL");
    }

    @Test
    void aDeadLetterIsNamedByItsPathToo() throws IOException {
        put(
                "x y.csv",
                Wide.header() + Wide.row("M1", Wide.FIRST, 1).replace("2024-01-01", "01/13/2024") + "M2,nonsense\n");
        sweep(dayFirst());
        assertThat(report("dead-letters/x y.csv").get("code").asText()).isEqualTo("CONTRADICTORY_DATES");

        Result still = cli.run("retry", "data/inbox/dead-letters/x y.csv", "--dates", "day-first");
        assertThat(still.exitCode()).isEqualTo(1);
        assertThat(files("inbox/dead-letters")).containsExactly("x y.csv", "x y.csv.report.json");
        assertThat(report("dead-letters/x y.csv").get("tries")).hasSize(2);

        Result taken = cli.run("retry", inbox.resolve("dead-letters/x y.csv"));
        assertThat(taken.exitCode()).isEqualTo(1);
        assertThat(taken.out()).contains("line 3: COLUMN_COUNT");
        assertThat(files("inbox/dead-letters")).isEmpty();
        assertThat(files("inbox/done")).containsExactly("2026-11-25/x y.csv", "2026-11-25/x y.csv.report.json");
        assertThat(report("done/2026-11-25/x y.csv").get("code").asText()).isEqualTo("PARTLY_TAKEN");
    }

    @Test
    void whatIsTakenInPartIsReadAgainWhereItIsDone() throws IOException {
        // London skips an hour on that day, in which this file has values: it is in UTC.
        put("a.csv", Wide.header() + Wide.row("M1", Wide.FIRST, 1) + Wide.row("M1", LocalDate.of(2024, 3, 31), 2));
        put("none.csv", Wide.header() + Wide.row("M2", LocalDate.of(2024, 3, 31), 2));
        sweep(ReadingOptions.in(ZoneId.of("Europe/London")));
        assertThat(files("inbox/dead-letters")).containsExactly("none.csv", "none.csv.report.json");
        assertThat(report("dead-letters/none.csv").get("code").asText()).isEqualTo("NOTHING_TAKEN");
        assertThat(files("inbox/done")).hasSize(2);

        assertThat(cli.run("retry", "none.csv", "--zone", "Europe/London").exitCode())
                .isEqualTo(1);
        assertThat(files("inbox/dead-letters")).as("still nothing").hasSize(2);
        assertThat(report("dead-letters/none.csv").get("tries")).hasSize(2);

        assertThat(cli.run("retry", "none.csv", "--zone", "UTC").exitCode()).isZero();
        assertThat(cli.run("retry", "a.csv", "--zone", "UTC").exitCode()).isZero();

        assertThat(files("inbox/dead-letters")).isEmpty();
        assertThat(files("quarantine")).isEmpty();
        assertThat(files("inbox/done")).hasSize(2).allMatch(name -> name.endsWith(".csv"));
    }

    @Test
    void aDeadLetterThatSomebodyEditedIsNotTakenForTheSame() throws IOException {
        put("a.json", "{");
        sweep();
        Files.writeString(inbox.resolve("dead-letters/a.json"), reading("s1", 0, "1"));

        Result result = cli.run("retry", "1");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("has changed since");
        Files.move(inbox.resolve("dead-letters/a.json"), inbox.resolve("a.json"));
        put("a.json", reading("s1", 0, "1"));
        sweep();
        assertThat(files("inbox/done")).containsExactly("2026-11-25/a.json");
    }

    @Test
    void whatIsIngestedByHandLeavesTheDeadLettersToo() throws IOException {
        put("a.json", reading("s1", 0, "1"));
        sweep();
        put("a.json", reading("s1", 0, "2"));
        sweep();

        assertThat(cli.run("ingest", inbox.resolve("dead-letters/a.json")).exitCode())
                .isZero();

        assertThat(files("inbox/dead-letters")).isEmpty();
        assertThat(files("inbox/done")).hasSize(2);
    }

    @Test
    void aDataFolderMayBeMovedWithItsInbox() throws IOException {
        put("a.json", reading("s1", 0, "1"));
        sweep();
        put("a.json", reading("s1", 0, "2"));
        sweep();
        Path elsewhere = temp.resolve("moved");
        Files.createDirectories(elsewhere);
        Files.move(cli.data(), elsewhere.resolve("data"));
        cli = new Cli(elsewhere);

        assertThat(cli.run("retry", "2").exitCode()).isZero();

        assertThat(files("inbox/dead-letters")).isEmpty();
        assertThat(files("inbox/done")).hasSize(2);
    }
}
