package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.tallywatt.server.cli.Cli.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFilesTest {
    private static final int MB = 1 << 20;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder);
    }

    private static byte[] gz(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] gz(String text) throws IOException {
        return gz(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zst(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static byte[] zip(Object... namesAndTexts) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndTexts[i]));
                Object content = namesAndTexts[i + 1];
                zip.write(content instanceof byte[] b ? b : ((String) content).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private Json only(Result result) {
        assertThat(result.json().at("files").size()).isEqualTo(1);
        return result.json().at("files", 0);
    }

    @Test
    void packingIsToldByBytesNotByName() throws IOException {
        cli.file("in/1.csv", gz(Wide.file("A", 1, 2)));
        cli.file("in/2.txt", zst(Wide.file("B", 1, 2)));
        cli.file("in/3.gz", Wide.file("C", 1, 2));
        cli.file("in/4.dat", zip("d.csv", Wide.file("D", 1, 2)));

        Result result = cli.run("ingest", folder.resolve("in"), "--format", "json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().text("sum", "taken")).isEqualTo("4");
        assertThat(cli.run("total", "2024-01-02", "--format", "json").json().text("meters"))
                .isEqualTo("4");
    }

    @Test
    void theSameDocumentPackedOtherwiseIsKnown() throws IOException {
        cli.run("ingest", cli.file("a.csv", Wide.file("A", 1, 2)));

        assertThat(cli.run("ingest", cli.file("a.gz", gz(Wide.file("A", 1, 2)))).out())
                .contains("known already as delivery 1");
    }

    @Test
    void filesOfSeveralFramesOrMembersAreReadToTheirEnd() throws IOException {
        String rest = Wide.row("A1", Wide.FIRST, 9);
        cli.file("in/a.zst", joined(zst(Wide.file("A", 1, 1)), zst(rest)));
        cli.file("in/b.gz", joined(gz(Wide.file("B", 1, 1)), gz(rest.replace("A1", "B1"))));

        assertThat(cli.run("ingest", folder.resolve("in"), "--format", "json")
                        .json()
                        .text("sum", "counts", "rows"))
                .isEqualTo("4");
    }

    @Test
    void eachEntryOfAnArchiveIsADocument() throws IOException {
        Path zip = cli.file(
                "all.zip",
                zip("x/a.csv", Wide.file("A", 1, 1), "b.csv", Wide.file("B", 1, 1), ".hidden", "x", "__MACOSX/b", "y"));

        Json json = cli.run("ingest", zip, "--format", "json").json();

        assertThat(json.text("sum", "taken")).isEqualTo("2");
        assertThat(json.text("files", 0, "name")).endsWith("all.zip!x/a.csv");
        assertThat(json.text("files", 1, "name")).endsWith("all.zip!b.csv");
    }

    @Test
    void anArchiveOnStandardInputToo() throws IOException {
        Result result = cli.stdin(zip("b.csv", Wide.file("B", 1, 1))).run("ingest", "-", "--format", "json");

        assertThat(only(result).text("name")).isEqualTo("-!b.csv");
        assertThat(only(result).text("outcome")).isEqualTo("taken");
    }

    @Test
    void archivesInsideArchivesAreNotOpened() throws IOException {
        Path zip = cli.file("outer.zip", zip("inner.zip", zip("a.csv", Wide.file("A", 1, 1))));

        Result result = cli.run("ingest", zip, "--format", "json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(only(result).text("outcome")).isEqualTo("quarantined");
    }

    @Test
    void aBombThatBeginsLikeAMeterFileIsRefused() throws IOException {
        byte[] header = (Wide.file("A", 1, 1) + "B,").getBytes(StandardCharsets.UTF_8);
        byte[] bomb = Arrays.copyOf(header, 200 * MB);
        for (int i = header.length; i < bomb.length; i++) {
            bomb[i] = (byte) (i % 64 == 0 ? '\n' : '0');
        }
        cli.file("in/bomb.gz", gz(bomb));
        cli.file("in/bomb.zip", zip("bomb.csv", bomb));

        Result result = cli.run("ingest", folder.resolve("in"), "--format", "json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        for (int i = 0; i < 2; i++) {
            assertThat(result.json().text("files", i, "outcome")).isEqualTo("quarantined");
            assertThat(result.json().text("files", i, "reason")).contains("Unpacks to more than");
        }
        assertThat(cli.run("total", "--format", "json").json().size()).isZero();
        assertThat(cli.data().resolve("quarantine").resolve("1-bomb.gz"))
                .as("kept packed")
                .satisfies(kept -> assertThat(Files.size(kept)).isLessThan(MB));
    }

    @Test
    void anArchiveOfTooManyEntriesIsRefused() throws IOException {
        Object[] entries = new Object[2 * 10_001];
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = "f" + i;
            entries[i + 1] = "";
        }

        Result result = cli.run("ingest", cli.file("many.zip", zip(entries)), "--format", "json");

        assertThat(only(result).text("outcome")).isEqualTo("quarantined");
        assertThat(only(result).text("reason")).contains("10,001 entries");
    }

    @Test
    void damagedFilesGoToQuarantineEachByItself() throws IOException {
        byte[] gz = gz(Wide.file("A", 20, 20));
        cli.file("in/1.gz", Arrays.copyOf(gz, gz.length / 2));
        byte[] zst = zst(Wide.file("B", 20, 20));
        cli.file("in/2.zst", Arrays.copyOf(zst, zst.length / 2));
        cli.file("in/3.zip", Arrays.copyOf(zip("c.csv", Wide.file("C", 2, 2)), 200));
        cli.file("in/4.zip", Arrays.copyOf(zip("d.csv", Wide.file("D", 2, 2)), 200));
        byte[] flipped = gz.clone();
        flipped[gz.length - 6] ^= 1;
        cli.file("in/5.gz", flipped);
        cli.file("in/6.csv", Wide.file("E", 1, 1));

        Result result = cli.run("ingest", folder.resolve("in"), "--format", "json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        Json json = result.json();
        for (int i = 0; i < 5; i++) {
            assertThat(json.text("files", i, "outcome"))
                    .as(json.text("files", i, "name"))
                    .isEqualTo("quarantined");
            assertThat(json.text("files", i, "reason")).contains("damaged or cut off");
            assertThat(json.text("files", i, "delivery")).isEqualTo(Integer.toString(i + 1));
        }
        assertThat(json.text("files", 5, "outcome")).isEqualTo("taken");
        assertThat(cli.run("total", "--format", "json").json().size()).isEqualTo(1);
    }

    @Test
    void aWindowBeyondOurMeansIsSaid() throws IOException {
        // Three short rows, piped through "zstd --long=27".
        byte[] frame = Base64.getDecoder()
                .decode("KLUv/QSIHQMAkkYRFKA16Qu4wMuPHXlv1m65ZzWrguARwwDkMIpEyGEU6eI9F28mZqJo2vwnyTBb+9ZmuS83S/vS"
                        + "Zmff2ez7vlIYBEYohSIIDQBABNyBxoAIuAPNYBUg5IFjoAmQA8e0tCUKYY9s3A==");

        Json file = only(cli.run("ingest", cli.file("long.zst", frame), "--format", "json"));

        assertThat(file.text("outcome")).isEqualTo("quarantined");
        assertThat(file.text("reason")).contains("--long");
    }
}
