package io.tallywatt.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.time.DayCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterChainTest {
    private static final long JITTER = nano("0.010");

    private static long nano(String kwh) {
        return new BigDecimal(kwh).movePointRight(9).longValueExact();
    }

    private static Read day(String at, String kwh) {
        return new Read(Instant.parse(at).getEpochSecond(), nano(kwh), Read.NONE);
    }

    private static Read register(String at, String kwh) {
        return new Read(Instant.parse(at).getEpochSecond(), Read.NONE, nano(kwh));
    }

    private static Read both(String at, String day, String register) {
        return new Read(Instant.parse(at).getEpochSecond(), nano(day), nano(register));
    }

    private static List<String> pieces(Read... reads) {
        List<String> texts = new ArrayList<>();
        for (Piece piece : RegisterChain.pieces(List.of(reads), new DayCalendar(Home.STOCKHOLM), JITTER)) {
            texts.add(Instant.ofEpochSecond(piece.start()) + " "
                    + Instant.ofEpochSecond(piece.end()) + " "
                    + BigDecimal.valueOf(piece.nano(), 9).stripTrailingZeros().toPlainString() + " "
                    + piece.quality());
        }
        return texts;
    }

    @Test
    void theFirstReadCountsNothingAndThenDifferencesDo() {
        assertThat(pieces(
                        register("2024-05-01T10:00:00Z", "5.2"),
                        register("2024-05-01T10:05:00Z", "5.25"),
                        register("2024-05-01T10:10:00Z", "5.25")))
                .containsExactly(
                        "2024-05-01T10:00:00Z 2024-05-01T10:05:00Z 0.05 ACTUAL",
                        "2024-05-01T10:05:00Z 2024-05-01T10:10:00Z 0 ACTUAL");
    }

    @Test
    void aSmallDropIsJitterAndTheHighestReadStays() {
        assertThat(pieces(
                        register("2024-05-01T10:00:00Z", "5"),
                        register("2024-05-01T10:05:00Z", "4.990"),
                        register("2024-05-01T10:10:00Z", "5.1")))
                .containsExactly(
                        "2024-05-01T10:00:00Z 2024-05-01T10:05:00Z 0 ACTUAL",
                        "2024-05-01T10:05:00Z 2024-05-01T10:10:00Z 0.1 ACTUAL");
    }

    @Test
    void aLargerDropIsARestartThatCountsItsOwnValue() {
        assertThat(pieces(
                        register("2024-05-01T10:00:00Z", "5"),
                        register("2024-05-01T10:05:00Z", "0.3"),
                        register("2024-05-01T10:10:00Z", "0.4")))
                .containsExactly(
                        "2024-05-01T10:00:00Z 2024-05-01T10:05:00Z 0.3 ACTUAL",
                        "2024-05-01T10:05:00Z 2024-05-01T10:10:00Z 0.1 ACTUAL");
    }

    @Test
    void aRestartOverMidnightCountsFromMidnightOn() {
        assertThat(pieces(register("2024-05-01T21:58:00Z", "5"), register("2024-05-01T22:03:00Z", "0.02")))
                .containsExactly("2024-05-01T22:00:00Z 2024-05-01T22:03:00Z 0.02 ACTUAL");
    }

    @Test
    void whatNoHomeCanDrawIsInvalid() {
        assertThat(pieces(
                        register("2024-05-01T10:00:00Z", "88094"),
                        register("2024-05-01T10:05:00Z", "5000"),
                        register("2024-05-01T10:10:00Z", "5000.5")))
                .containsExactly(
                        "2024-05-01T10:00:00Z 2024-05-01T10:05:00Z 5000 INVALID",
                        "2024-05-01T10:05:00Z 2024-05-01T10:10:00Z 0.5 ACTUAL");
    }

    @Test
    void anOutageIsEstimated() {
        assertThat(pieces(register("2024-05-01T10:00:00Z", "5"), register("2024-05-01T12:40:00Z", "9")))
                .containsExactly("2024-05-01T10:00:00Z 2024-05-01T12:40:00Z 4 ESTIMATED");
    }

    @Test
    void aRegisterOfTheDayBeginsAgainHoweverHighItStands() {
        assertThat(pieces(day("2024-05-01T20:00:00Z", "5"), day("2024-05-02T20:00:00Z", "8")))
                .containsExactly("2024-05-01T22:00:00Z 2024-05-02T20:00:00Z 8 ESTIMATED");
    }

    @Test
    void theMetersRegisterTellsWhatWasUsedBeforeMidnight() {
        assertThat(pieces(
                        both("2024-05-01T19:59:50Z", "4.99", "7004.99"),
                        both("2024-05-01T20:00:00Z", "5", "7005"),
                        both("2024-05-03T04:00:00Z", "2", "7020")))
                .containsExactly(
                        "2024-05-01T19:59:50Z 2024-05-01T20:00:00Z 0.01 ACTUAL",
                        "2024-05-01T20:00:00Z 2024-05-02T22:00:00Z 13 ESTIMATED",
                        "2024-05-02T22:00:00Z 2024-05-03T04:00:00Z 2 ESTIMATED");
    }

    @Test
    void aRegisterThatIsToldOnceAnHourCountsNothingTwice() {
        assertThat(pieces(
                        both("2024-05-01T20:59:50Z", "4.0", "7004"),
                        both("2024-05-01T21:00:10Z", "4.1", "7004.1"),
                        both("2024-05-01T21:59:50Z", "5.1", "7004.1"),
                        both("2024-05-01T22:00:10Z", "0.01", "7005.12")))
                .endsWith(
                        "2024-05-01T21:59:50Z 2024-05-01T22:00:00Z 0.01 ESTIMATED",
                        "2024-05-01T22:00:00Z 2024-05-01T22:00:10Z 0.01 ACTUAL");
    }

    @Test
    void whatWasUsedBeforeMidnightIsNotKnownByTheDaysRegisterAlone() {
        assertThat(pieces(
                        day("2024-05-01T20:00:00Z", "5"),
                        day("2024-05-01T22:00:00Z", "0"),
                        day("2024-05-01T22:10:00Z", "0.2")))
                .as("missing is not zero")
                .containsExactly("2024-05-01T22:00:00Z 2024-05-01T22:10:00Z 0.2 ACTUAL");
    }

    @Test
    void theMetersRegisterMayTellLater() {
        assertThat(pieces(
                        both("2024-05-01T19:59:50Z", "4.99", "7004.99"),
                        both("2024-05-01T20:00:00Z", "5", "7005"),
                        day("2024-05-01T22:10:00Z", "0.2"),
                        both("2024-05-01T22:10:10Z", "0.21", "7006.21")))
                .containsExactly(
                        "2024-05-01T19:59:50Z 2024-05-01T20:00:00Z 0.01 ACTUAL",
                        "2024-05-01T20:00:00Z 2024-05-01T22:00:00Z 1 ESTIMATED",
                        "2024-05-01T22:00:00Z 2024-05-01T22:10:00Z 0.2 ACTUAL",
                        "2024-05-01T22:10:00Z 2024-05-01T22:10:10Z 0.01 ACTUAL");
    }

    @Test
    void theLastMomentOfADayMayBeToldAtMidnight() {
        assertThat(pieces(
                        day("2024-05-01T21:59:50Z", "5"),
                        day("2024-05-01T22:00:00Z", "5.01"),
                        day("2024-05-01T22:00:10Z", "0.02")))
                .containsExactly(
                        "2024-05-01T21:59:50Z 2024-05-01T22:00:00Z 0.01 ACTUAL",
                        "2024-05-01T22:00:00Z 2024-05-01T22:00:10Z 0.02 ACTUAL");
    }

    @Test
    void aDropWithinTheDayIsWhatTheMetersRegisterSays() {
        assertThat(pieces(
                        both("2024-05-01T10:00:00Z", "4.9", "7004.9"),
                        both("2024-05-01T10:00:10Z", "5", "7005"),
                        both("2024-05-01T10:00:20Z", "1", "7005.02"),
                        both("2024-05-01T10:00:30Z", "1.01", "7005.03")))
                .endsWith(
                        "2024-05-01T10:00:10Z 2024-05-01T10:00:20Z 0.02 ACTUAL",
                        "2024-05-01T10:00:20Z 2024-05-01T10:00:30Z 0.01 ACTUAL");
    }
}
