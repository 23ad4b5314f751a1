package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups by the command line, and totals of them. */
class GroupsCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(folder);
    }

    private String done(String arguments) {
        Result result = cli.run((Object[]) arguments.split(" "));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private String refused(int exitCode, String arguments) {
        Result result = cli.run((Object[]) arguments.split(" "));
        assertThat(result.exitCode()).as(result.out()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        return result.err();
    }

    @Test
    void aGroupIsSetShownReplacedAndRemoved() throws IOException {
        Path file = cli.file("keys.txt", "M2\nM1\nM2\n");
        assertThat(done("groups set north " + file + " --name North")).isEqualTo("Group north is new: 2 meters\n");
        assertThat(done("groups")).contains("north", "2", "North");
        assertThat(done("groups show north")).isEqualTo("M1\nM2\n");
        assertThat(done("groups show north --format csv")).isEqualTo("meter\nM1\nM2\n");
        assertThat(done("groups show north --format json"))
                .isEqualTo("{\"group\":\"north\",\"name\":\"North\",\"meters\":[\n\"M1\",\n\"M2\"\n]}\n");

        cli.stdin("M7\n".getBytes(StandardCharsets.UTF_8));
        assertThat(done("groups set north -")).isEqualTo("Group north is replaced: 1 meter\n");
        assertThat(done("groups --format csv")).isEqualTo("group,name,meters\nnorth,North,1\n");

        assertThat(done("groups remove north")).contains("north is removed");
        assertThat(done("groups")).contains("no groups yet");
        assertThat(done("groups --format json")).isEqualTo("[]\n");
    }

    @Test
    void totalsAndAveragesAreAskedOfAGroup() throws IOException {
        Path file = cli.file("meters.csv", Wide.file("M", 3, 2));
        assertThat(cli.run("ingest", file).exitCode()).isZero();
        String all = done("total --from 2024-01-01 --to 2024-01-03 --format csv");
        done("groups set all " + cli.file("all.txt", "M0\nM1\nM2\nlater\n"));
        assertThat(done("total --from 2024-01-01 --to 2024-01-03 --format csv --group all"))
                .isEqualTo(all);
        done("groups set one " + cli.file("one.txt", "M1\n"));
        Json one = Json.parse(done("total 2024-01-01 --format json --group one"));
        assertThat(one.text("meters")).isEqualTo("1");
        assertThat(one.text("total")).isEqualTo(Wide.text(Wide.total(1000)));
        assertThat(done("average 2024-01-01 --group one")).contains("kWh per meter");
        assertThat(done("total --group one")).contains("2024-01-01", "2024-01-02");
    }

    @Test
    void wrongUsageIsSaid() throws IOException {
        Path file = cli.file("keys.txt", "M1\n");
        assertThat(refused(3, "groups")).contains("There is no data");
        assertThat(refused(2, "groups set a/b " + file)).contains("1 to 64");
        assertThat(refused(2, "groups set a " + file + " --name " + "n".repeat(201)))
                .contains("--name", "200");
        done("groups set a " + file);
        assertThat(refused(2, "groups show b")).contains("There is no group 'b'");
        assertThat(refused(2, "groups remove b")).contains("There is no group 'b'");
        assertThat(refused(2, "total 2024-01-01 --group b")).contains("There is no group 'b'");
        assertThat(refused(1, "groups set a " + folder.resolve("none.txt"))).contains("none.txt cannot be read");
        assertThat(refused(1, "groups set a " + cli.file("two.csv", "M1,5\n")))
                .contains("one key of a meter in line 1");
        assertThat(done("groups show a")).isEqualTo("M1\n");
    }
}
