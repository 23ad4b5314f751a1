package io.tallywatt.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.RecordSearch.Position;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where lists of records and of anomalies go on. */
class PositionTest {
    private static final Instant START = Instant.parse("2026-10-14T12:00:00.000001Z");

    @ParameterizedTest
    @ValueSource(strings = {"site1", "a b  c", "Grün/1", " ", "\n"})
    void ofARecordComesBackAsItWent(String site) {
        Position position = new Position(START, site, START.plusSeconds(300));
        assertThat(RecordsAnswer.position("records", RecordsAnswer.cursor("records", position)))
                .isEqualTo(position);
    }

    @Test
    void ofAnAnomalyComesBackAsItWent() {
        Finding.Key key = new Finding.Key(new Series("site", "a b", "generation", null), RuleName.STUCK, START);
        assertThat(AnomaliesAnswer.position("anomalies", AnomaliesAnswer.cursor("anomalies", key)))
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026-10-14T12:00:00Z",
                "2026-10-14T12:00:00Z SPIKE",
                "a b c",
                "2026-10-14T12:00:00Z X site/a/b"
            })
    void madeUpIsRefused(String position) {
        for (String list : new String[] {"records", "anomalies"}) {
            assertThatExceptionOfType(Values.Unexpected.class)
                    .isThrownBy(() -> {
                        RecordsAnswer.position(list, Cursor.of(list, position));
                        AnomaliesAnswer.position(list, Cursor.of(list, position));
                    })
                    .satisfies(e -> assertThat(e.expected()).isEqualTo(Cursor.EXPECTED));
        }
        assertThatExceptionOfType(Values.Unexpected.class)
                .isThrownBy(() -> AnomaliesAnswer.position("anomalies", Cursor.of("anomalies", position)));
    }
}
