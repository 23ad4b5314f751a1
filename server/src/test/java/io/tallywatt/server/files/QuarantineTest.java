package io.tallywatt.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.ingest.Document;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.files.Quarantine.Letter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
    private static final Instant CAME = Instant.parse("2025-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private Document kept(Document document) throws IOException {
        Quarantine quarantine = new Quarantine(folder.resolve("q"));
        quarantine.keep(7, document);
        return quarantine.find(7).orElseThrow();
    }

    private static String text(Document document) throws IOException {
        try (InputStream in = document.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Document document(Path file) throws IOException {
        try (Documents documents = Documents.of(file.toString(), file, CAME)) {
            return documents.list().getFirst();
        }
    }

    @Test
    void keepsBytesNameAndTimeOfAPlainFile() throws IOException {
        Path file = Files.writeString(folder.resolve("Zähler 1.csv"), "hello");

        Document again = kept(document(file));
        Files.delete(file);

        assertThat(text(again)).isEqualTo("hello");
        assertThat(again.name()).isEqualTo(file.toString());
        assertThat(again.receivedAt()).isEqualTo(CAME);
        assertThat(folder.resolve("q/7-Z_hler_1.csv")).hasContent("hello");
    }

    @Test
    void keepsAPackedFilePacked() throws IOException {
        Path file = folder.resolve("a.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(text(kept(document(file)))).isEqualTo("hello");
        assertThat(folder.resolve("q/7-a.gz")).hasSameBinaryContentAs(file);
    }

    @Test
    void keepsAnEntryWithoutItsArchive() throws IOException {
        Path file = folder.resolve("a.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("../x/in.csv"));
            zip.write("hello".getBytes(StandardCharsets.UTF_8));
        }

        Document again = kept(document(file));
        Files.delete(file);

        assertThat(text(again)).isEqualTo("hello");
        assertThat(again.name()).isEqualTo(file + "!../x/in.csv");
        assertThat(folder.resolve("q/7-in.csv")).exists();
    }

    @Test
    void keepingAgainChangesNothingAndDiscardingLeavesNothing() throws IOException {
        Quarantine quarantine = new Quarantine(folder.resolve("q"));
        Path file = Files.writeString(folder.resolve("a"), "hello");
        quarantine.keep(7, document(file));
        quarantine.keep(7, document(Files.writeString(folder.resolve("b"), "other")));

        assertThat(text(quarantine.find(7).orElseThrow())).isEqualTo("hello");
        quarantine.discard(7);
        quarantine.discard(7);
        assertThat(quarantine.find(7)).isEmpty();
        try (var left = Files.list(folder.resolve("q"))) {
            assertThat(left.toList()).isEqualTo(List.of());
        }
    }

    @Test
    void aDeadLetterOfAnInboxStaysWhereItLiesAndGoesToWhatIsDone() throws IOException {
        Quarantine quarantine = new Quarantine(folder.resolve("q"));
        Path copied = Files.writeString(folder.resolve("copied"), "hello");
        quarantine.keep(7, document(copied));
        Path letter = Files.writeString(
                Files.createDirectories(folder.resolve("in/dead")).resolve("Zähler\n1"), "hello");
        Path report = Files.writeString(letter.resolveSibling("report"), "why");
        Path done = folder.resolve("in/done/x/1");
        Letter noted = new Letter("sub/Zähler\n1", CAME, letter, report, done);

        quarantine.keepAt(7, noted, false);
        assertThat(quarantine.letter(7)).as("not moved yet").isEmpty();
        quarantine.keepAt(7, noted, true);

        assertThat(quarantine.letter(7)).contains(noted);
        assertThat(folder.resolve("q/7-copied"))
                .as("the bytes are not kept twice")
                .doesNotExist();
        Document found = quarantine.find(7).orElseThrow();
        assertThat(text(found)).isEqualTo("hello");
        assertThat(found.name()).isEqualTo("sub/Zähler\n1");
        assertThat(found.receivedAt()).isEqualTo(CAME);
        assertThat(quarantine.release(7)).contains(done);
        assertThat(done).hasContent("hello");
        assertThat(report).doesNotExist();
        assertThat(quarantine.release(7)).isEmpty();
    }

    @Test
    void aDeadLetterThatIsGoneIsNotFound() throws IOException {
        Quarantine quarantine = new Quarantine(folder.resolve("q"));
        Path letter = Files.writeString(folder.resolve("letter"), "hello");
        Path report = Files.writeString(folder.resolve("report"), "why");
        quarantine.keepAt(7, new Letter("letter", CAME, letter, report, folder.resolve("done/letter")), true);
        Files.delete(letter);

        assertThat(quarantine.find(7)).isEmpty();
        assertThat(quarantine.release(7)).isEmpty();
        assertThat(report).doesNotExist();
        assertThat(quarantine.letter(7)).isEmpty();
    }

    @Test
    void aSidecarOfWhichAPowerFailureLeftSomethingElseIsNone() throws IOException {
        Quarantine quarantine = new Quarantine(folder.resolve("q"));
        Path sidecar = Files.createDirectories(folder.resolve("q")).resolve("7.properties");
        byte[] escape = "file=\\u00".getBytes(StandardCharsets.UTF_8);
        for (byte[] left : List.of(new byte[0], new byte[] {(byte) 0xff, 0, 1}, escape)) {
            Files.write(sidecar, left);
            assertThat(quarantine.find(7)).isEmpty();
            assertThat(quarantine.letter(7)).isEmpty();
        }
        quarantine.keep(7, document(Files.writeString(folder.resolve("a"), "hello")));
        assertThat(text(quarantine.find(7).orElseThrow())).isEqualTo("hello");
    }
}
