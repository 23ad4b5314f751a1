package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final double PER_SECOND = 200;
    private static final double SECONDS = 500;

    private final Schedule schedule = Schedule.of(PER_SECOND, SECONDS, 3, 42);

    @Test
    void isTheSameEachTime() {
        Schedule again = Schedule.of(PER_SECOND, SECONDS, 3, 42);

        assertThat(again.nanos()).isEqualTo(schedule.nanos());
        assertThat(again.questions()).isEqualTo(schedule.questions());
        assertThat(Schedule.of(PER_SECOND, SECONDS, 3, 43).nanos()).isNotEqualTo(schedule.nanos());
    }

    @Test
    void asManyComeAsWereAskedForInOrderAndInTime() {
        assertThat((double) schedule.count()).isCloseTo(PER_SECOND * SECONDS, within(1500.0)); // 4.7 sigma
        assertThat(schedule.nanos()).isSorted();
        assertThat(schedule.nanos()[0]).isNotNegative();
        assertThat(schedule.nanos()[schedule.count() - 1]).isLessThan((long) (SECONDS * 1e9));
    }

    @Test
    void gapsAreThoseOfCallersWhoKnowNothingOfOneAnother() {
        double mean = 1e9 / PER_SECOND;
        long longer = 0;
        for (int i = 1; i < schedule.count(); i++) {
            if (schedule.nanos()[i] - schedule.nanos()[i - 1] > mean) {
                longer++;
            }
        }
        assertThat((double) longer / schedule.count()).isCloseTo(Math.exp(-1), within(0.01));
    }

    @Test
    void everyQuestionIsAsLikely() {
        long[] times = new long[3];
        Arrays.stream(schedule.questions()).forEach(q -> times[q]++);

        for (long n : times) {
            assertThat((double) n / schedule.count()).isCloseTo(1.0 / 3, within(0.01));
        }
    }
}
