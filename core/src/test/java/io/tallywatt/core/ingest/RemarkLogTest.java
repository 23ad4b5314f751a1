package io.tallywatt.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RemarkLogTest {
    private static Reject reject(int line) {
        return new Reject(line, "Däte", RejectCode.BAD_DATE, "'€" + line + "' is no date", "row " + line);
    }

    private static List<Reject> all(RemarkLog log) {
        List<Reject> all = new ArrayList<>();
        Iterator<Reject> rejects = log.iterator();
        rejects.forEachRemaining(all::add);
        return all;
    }

    @Test
    void rejectsBeyondThoseInMemoryComeBackFromAFile() {
        List<Reject> given = new ArrayList<>();
        try (RemarkLog log = new RemarkLog()) {
            for (int line = 1; line <= 20_000; line++) {
                given.add(reject(line));
                log.reject(reject(line));
            }
            assertThat(log.rejected()).isEqualTo(20_000);
            assertThat(all(log)).isEqualTo(given);
            // A store adds what only it could see, and reads again.
            log.reject(reject(20_001));
            given.add(reject(20_001));
            assertThat(all(log)).isEqualTo(given);
        }
    }

    @Test
    void nothingIsLeftInTheFolderForTemporaryFiles() throws IOException {
        Set<String> before = spools();
        try (RemarkLog log = new RemarkLog()) {
            for (int line = 1; line <= 6_000; line++) {
                log.reject(reject(line));
            }
            Iterator<Reject> abandoned = log.iterator();
            assertThat(abandoned.next()).isEqualTo(reject(1));
        }
        assertThat(spools()).isEqualTo(before);
    }

    private static Set<String> spools() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(p -> p.getFileName().toString())
                    .filter(n -> n.startsWith("tallywatt-rejects"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void noticesAreSaidOnceWithACountAndTheFirstLine() {
        try (RemarkLog log = new RemarkLog()) {
            log.notice(NoticeCode.NEGATIVE, 7, "seven");
            log.notice(NoticeCode.NEGATIVE, 3, "three");
            log.notice(NoticeCode.NEGATIVE, 9, "nine");
            log.notice(NoticeCode.ROUNDED, 1, "one");
            assertThat(log.notices())
                    .containsExactlyInAnyOrder(
                            new Notice(NoticeCode.NEGATIVE, 3, 3, "three"),
                            new Notice(NoticeCode.ROUNDED, 1, 1, "one"));
        }
    }
}
