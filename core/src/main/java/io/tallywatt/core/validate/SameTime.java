package io.tallywatt.core.validate;

/**
 * The readings of other days at the time of day of one reading: nearest days first, those before it and then those after it. They
 * start within half a reading of that time and are about as long. The time of day is that of the clock in the zone of the series;
 * for generation it is that of the sun, which is not put forward in spring.
 */
final class SameTime {
    private static final long DAY = 86_400;

    private final int[] indices = new int[SeriesMemory.DAYS + 2];
    private final DayKind[] kinds = new DayKind[SeriesMemory.DAYS + 2];
    /** Epoch day of the local date of the reading itself. */
    private final long day;

    private int count;

    SameTime(SeriesMemory memory, int index) {
        day = memory.clock().day(memory.readings().start(index));
        look(memory, index, -1);
        look(memory, index, 1);
    }

    private void look(SeriesMemory memory, int index, int step) {
        Readings readings = memory.readings();
        LocalClock clock = memory.clock();
        long start = readings.start(index);
        boolean byClock = memory.quantity().followsTheWeek();
        int offset = clock.offset(start);
        int half = Math.max(1, readings.length(index) / 2);
        long first = readings.start(0);
        long last = readings.start(readings.size() - 1);
        int stride = (int) DAY / readings.length(index);
        int at = index;
        for (int days = step; count < indices.length; days += step) {
            // The instant at which the clock shows the same; where that is skipped, an hour off.
            long naive = start + days * DAY;
            long same = byClock ? naive + offset - clock.offset(naive) : naive;
            if (step < 0 ? same + half <= first : same - half > last) {
                return;
            }
            int found = readings.firstFrom(same - half + 1, at + step * stride);
            stride = Math.max(1, Math.abs(found - at));
            at = found;
            if (found < readings.size() && readings.start(found) < same + half && readings.areAlike(found, index)) {
                indices[count] = found;
                kinds[count++] = DayKind.of(day + days);
            }
        }
    }

    /** How many there are. */
    int count() {
        return count;
    }

    int index(int i) {
        return indices[i];
    }

    /** What kind of day that of the reading itself is. */
    DayKind kind() {
        return DayKind.of(day);
    }

    /** Whether the reading is of a day like that of the reading itself. */
    boolean isOfKind(int i) {
        return kinds[i] == kind();
    }

    int countOfKind() {
        DayKind kind = kind();
        int n = 0;
        for (int i = 0; i < count; i++) {
            n += kinds[i] == kind ? 1 : 0;
        }
        return n;
    }
}
