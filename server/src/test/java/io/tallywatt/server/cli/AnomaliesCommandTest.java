package io.tallywatt.server.cli;

import static io.tallywatt.core.query.GivenSites.consumption;
import static io.tallywatt.core.query.GivenSites.generation;
import static io.tallywatt.core.query.GivenSites.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.alert.InMemoryAlertLog;
import io.tallywatt.core.query.GivenSites;
import io.tallywatt.core.store.InMemoryGroups;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anomalies on the command line, of sites that are made up. */
class AnomaliesCommandTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOON = Instant.parse("2026-10-14T12:00:00Z");

    @TempDir
    Path folder;

    private final GivenSites given = new GivenSites();
    private Cli cli;

    @BeforeEach
    void fill() throws IOException {
        cli = new Cli(folder)
                .stores((data, settings, readOnly, clock) -> new Stores.Open(
                        given.blocks(),
                        given.ledger(),
                        given,
                        given,
                        new InMemoryAlertLog(),
                        new InMemoryGroups(),
                        () -> {}));
        // What shows that there is data.
        cli.file("data/tallywatt.duckdb", "");
        for (String site : List.of("a", "b")) {
            given.take(generation(site), UTC, sent(LocalDate.of(2026, 10, 14), UTC, 300, Map.of(NOON, "26.4")));
            given.take(consumption(site), UTC, sent(LocalDate.of(2026, 10, 14), UTC, 300, Map.of(NOON, "1")));
        }
        given.find(generation("a"), RuleName.SPIKE, NOON, NOON.plusSeconds(300));
        given.find(consumption("a"), RuleName.GAP, NOON.plusSeconds(300), NOON.plusSeconds(900), NOON.plusSeconds(950));
        given.find(generation("b"), RuleName.LATE, NOON.plusSeconds(86_400), NOON.plusSeconds(86_700));
    }

    private Result run(String arguments) {
        return cli.run((Object[]) ("anomalies " + arguments).strip().split(" "));
    }

    @Test
    void theLatestComeFirstInWords() {
        Result result = run("");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("3 anomalies, 2 open; times in UTC\n2026-10-15 12:00  late");
        assertThat(result.out().lines()).hasSize(7).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource({
        "--site a,2",
        "--series site/a/generation,1",
        "--rule spike,1",
        "--rule register-reset,0",
        "--open,2",
        "--from 2026-10-15,1",
        "--to 2026-10-15,2",
        "--from 2026-10-14T12:05:00Z --to 2026-10-14T13:00:00Z,1",
        "--limit 2,2"
    })
    void filtersAreKept(String filters, int count) {
        Result result = run("--format csv " + filters);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(count + 1);
        assertThat(run("--format json " + filters).json().size()).isEqualTo(count);
    }

    @Test
    void moreThanAreShownIsSaid() {
        assertThat(run("--limit 1").out()).startsWith("The latest 1 anomaly").contains("--limit shows");
    }

    @Test
    void countsAreByThingOrByDay() {
        assertThat(run("--counts").out()).isEqualTo("""
                site or other thing  rule   count  open
                site/a               spike      1     1
                site/a               gap        1     0
                site/b               late       1     1
                """);
        assertThat(run("--counts day --format csv").out()).isEqualTo("""
                date,rule,count,open
                2026-10-14,SPIKE,1,1
                2026-10-14,GAP,1,0
                2026-10-15,LATE,1,1
                """);
        assertThat(run("--counts thing --open --format json").json().size()).isEqualTo(2);
        assertThat(run("--counts --site b --rule gap").out()).isEqualTo("No anomalies.\n");
    }

    @Test
    void picturesAreOfTheSizeAskedForOrOfTheirOwn() throws IOException {
        Path file = folder.resolve("spread.png");
        assertThat(cli.run("anomalies", "--format", "png", "-o", file).exitCode())
                .isZero();
        assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(240);

        assertThat(cli.run("anomalies", "--format", "png", "--width", "500", "--height", "300", "-o", file)
                        .exitCode())
                .isZero();
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(500);
        assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(300);
        assertThat(Files.exists(folder.resolve("spread.png.tmp"))).isFalse();
    }

    @Test
    void anSvgTellsWhatItShows() {
        assertThat(run("--format svg").out())
                .contains("<title>Anomalies by site and rule, count</title>")
                .contains("3 in all, on 2 sites or series. Most: a 2, b 1.");
        assertThat(run("--format svg --chart trend --site a").out())
                .contains("<title>Anomalies of site/a over time, count</title>")
                .contains("2 in all. Most: 2 in the day of 14 Oct 2026.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--site none",
                "--series site/none/generation",
                "--series nonsense",
                "--site a --series site/a/generation",
                "--rule nonsense",
                "--limit 0",
                "--limit 5 --counts",
                "--limit 5 --format png",
                "--counts --format svg",
                "--counts week",
                "--chart pie --format png",
                "--width 10 --format png",
                "--height 9999 --format png",
                "--from 2026-10-15 --to 2026-10-15",
                "--format html"
            })
    void whatCannotBeIsWrongUsage(String arguments) {
        Result result = run(arguments);

        assertThat(result.exitCode()).as(result.out()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).startsWith("tallywatt: ");
        assertThat(result.out()).isEmpty();
    }
}
