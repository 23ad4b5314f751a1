package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files of our own, in the looks of known sources; the figures were worked out by hand. */
class OwnFilesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    file                                   | format | rows | total    | rejects                | notices
                    start-and-end-with-offsets.csv         | rows   | 3    | 0.351    | ''                     | METER_FROM_FILE_NAME
                    household-per-half-hour.csv            | rows   | 5    | 4.25     | ''                     | ''
                    german-quarter-hours-windows-1252.csv  | rows   | 4    | 1.001    | ''                     | ''
                    title-lines-and-row-quality.csv        | wide   | 2    | 34.25    | ''                     | UNIT_ASSUMED
                    quoted-spring-day.csv                  | wide   | 3    | 94       | NONEXISTENT_LOCAL_TIME | METER_COLUMN_CHOSEN SKIPPED_HOUR_DROPPED TOTAL_MISMATCH
                    """)
    void ownFilesAreReadAsMeant(String file, String format, long rows, String total, String rejects, String notices)
            throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/text/" + file))) {
            Outcome outcome = Documents.read(in.readAllBytes(), file, ReadingOptions.in(LONDON));
            assertThat(outcome.layout.format()).isEqualTo(format);
            assertThat(outcome.rows).isEqualTo(rows);
            assertThat(Snippets.total(outcome, LONDON)).isEqualByComparingTo(total);
            assertThat(outcome.rejects.stream().map(r -> r.code().name()).collect(Collectors.joining(" ")))
                    .isEqualTo(rejects);
            assertThat(outcome.notices.keySet().stream()
                            .map(Enum::name)
                            .sorted()
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(notices);
        }
    }
}
