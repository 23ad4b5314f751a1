package io.tallywatt.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.web.ScriptedServer;
import io.tallywatt.server.cli.Cli;
import io.tallywatt.server.cli.Wide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command, on the same files, once by itself and once through a server: to the byte the same. */
class SameAnswersTest {
    private static final List<String> COMMANDS = List.of(
            "ingest --dry-run m/a.csv nope",
            "ingest m/a.csv",
            "ingest m/a.csv",
            "ingest m ./m/../m/a.csv --format json",
            "ingest **/*.csv nope",
            "ingest bad.csv picture.bin",
            "ingest -",
            "ingest - --format json",
            "ingest m/a.csv --zone Europe/Paris",
            "ingest a.zip",
            "ingest ../outside.csv",
            "ingest @at.csv",
            "total 2024-01-02",
            "total --format json",
            "total --from 2024-01-02 --to 2024-01-04 --format csv",
            "total 2024-02-30",
            "average 2024-01-02",
            "average --format json",
            "readings meter/A0/consumption",
            "readings meter/A0/consumption --format json --every P1D",
            "readings meter/A0/consumption -o out.csv",
            "readings meter/A0/consumption -o m",
            "readings meter/A0/consumption -o none/out.csv",
            "readings meter/A0/consumptio",
            "readings meter/A0/consumption --every PT7M",
            "explain 2024-01-01",
            "explain 2024-01-02 meter/A0/consumption --format json",
            "series",
            "series meter/A --format csv",
            "groups",
            "groups set south - --name South",
            "groups set a keys.txt --name Alle",
            "groups set a keys.txt",
            "groups set bad m/a.csv",
            "groups set a none.txt",
            "groups set a/b keys.txt",
            "groups",
            "groups --format json",
            "groups --format csv",
            "groups show a",
            "groups show a --format json",
            "groups show none",
            "total 2024-01-02 --group a",
            "total --group a --format json",
            "average 2024-01-02 --group a --format csv",
            "total 2024-01-02 --group none",
            "groups remove a",
            "groups remove a",
            "anomalies",
            "anomalies --format json",
            "anomalies --counts --open --format csv",
            "anomalies --site none",
            "anomalies --series meter/A0/consumption --from 2024-01-01 --to 2024-01-05",
            "anomalies --format svg --chart trend",
            "anomalies --format svg -o spread.svg",
            "anomalies --limit 0",
            "files",
            "files --format json",
            "files --format csv",
            "rejects bad.csv",
            "rejects bad.csv --format json",
            "rejects nope",
            "retry picture.bin",
            "retry bad.csv --format json",
            "retry m/b.csv --zone Europe/Rome",
            "retry 99",
            "withdraw m/a.csv",
            "withdraw m/a.csv --format json",
            "withdraw nope",
            "retry m/a.csv",
            "total --format json --data ../data",
            "tidy",
            "totl",
            "total --help",
            "files");

    @TempDir
    Path folder;

    private Cli fill(String name) throws IOException {
        Cli cli = Home.cli(Files.createDirectories(folder.resolve(name)));
        cli.file("work/m/a.csv", Wide.file("A", 3, 4));
        cli.file("work/m/b.csv", Wide.file("B", 2, 4));
        cli.file("work/keys.txt", "meter\nA1\n\n A0 \nA1\nlater\n");
        cli.file("work/m/.hidden.csv", Wide.file("H", 1, 1));
        cli.file("work/bad.csv", Wide.file("C", 1, 2) + "C0,2024-02-30,1\nC1,2024-01-01,x\n");
        cli.file("work/picture.bin", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 1});
        cli.file("work/a.zip", new byte[] {'P', 'K', 5, 6, 0, 0, 0});
        cli.file("work/@at.csv", Wide.file("AT", 1, 1));
        cli.file("outside.csv", Wide.file("O", 1, 1));
        return cli.stdin(Wide.file("S", 2, 3).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> transcript(Cli cli) throws IOException {
        List<String> all = new ArrayList<>();
        for (String command : COMMANDS) {
            Cli.Result result = cli.run((Object[]) command.split(" "));
            String text =
                    command + " = " + result.exitCode() + "\n--- out\n" + result.out() + "--- err\n" + result.err();
            all.add(text.replace(cli.folder.toString(), "HERE").replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "T"));
        }
        all.add(Files.readString(cli.folder.resolve("work/out.csv")));
        try (var kept = Files.list(cli.data().resolve("quarantine"))) {
            all.add(kept.map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .toString());
        }
        return all;
    }

    @Test
    void whatIsCollectedThroughAServerKeepsItsUnit() throws IOException {
        String rows = "[{\"publishTime\":\"2025-06-01T00:05:00Z\",\"startTime\":\"2025-06-01T00:00:00Z\","
                + "\"settlementDate\":\"2025-06-01\",\"settlementPeriod\":3,\"fuelType\":\"INTFR\",\"generation\":-7}]";
        try (ScriptedServer elexon = new ScriptedServer(request -> ScriptedServer.answer(
                        200, "application/json", request.path().contains("FUELINST") ? rows : "[]"));
                Home home = Home.open(folder.resolve("collecting"))) {
            home.cli.env.put("TALLYWATT_ELEXON_URL", elexon.at("/bmrs/api/v1").toString());

            assertThat(home.cli
                            .run("collect", "elexon", "--from", "2025-05-31", "--to", "2025-06-01")
                            .out())
                    .contains("1 reading\n");
            assertThat(home.cli.run("series").out())
                    .contains("border/FR-GB/flow/IFA")
                    .contains("MW");
        }
    }

    @Test
    void everyCommandSaysTheSameThroughAServer() throws IOException {
        List<String> direct = transcript(fill("direct"));
        fill("served");

        List<String> served;
        try (Home home = Home.open(folder.resolve("served"))) {
            served = transcript(home.cli.stdin(Wide.file("S", 2, 3).getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(String.join("\n", served)).isEqualTo(String.join("\n", direct));
        assertThat(direct)
                .filteredOn(text -> text.startsWith("total 2024-01-02 "))
                .first()
                .asString()
                .contains("= 0");
        assertThat(String.join("\n", direct))
                .doesNotContain("should not have happened")
                .contains("@at.csv");
    }
}
