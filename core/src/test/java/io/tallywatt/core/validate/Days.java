package io.tallywatt.core.validate;

import io.tallywatt.core.reading.DayBlock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a memory holds, as a store would give it back. */
final class Days {
    private Days() {}

    static List<DayBlock> of(SeriesMemory memory) {
        Readings readings = memory.readings();
        Map<Long, List<Integer>> byDay = new TreeMap<>();
        for (int i = 0; i < readings.size(); i++) {
            byDay.computeIfAbsent(memory.clock().day(readings.start(i)), day -> new ArrayList<>())
                    .add(i);
        }
        List<DayBlock> blocks = new ArrayList<>();
        byDay.forEach((day, indices) -> {
            int n = indices.size();
            long[] values = new long[n];
            byte[] qualities = new byte[n];
            long[] starts = new long[n];
            long[] ends = new long[n];
            for (int k = 0; k < n; k++) {
                int i = indices.get(k);
                values[k] = readings.units(i);
                qualities[k] = (byte) (readings.marks(i) & Marks.QUALITY);
                starts[k] = readings.start(i);
                // Stamps that jitter overlap by seconds, which a block does not allow.
                ends[k] = i + 1 < readings.size() ? Math.min(readings.end(i), readings.start(i + 1)) : readings.end(i);
            }
            long start = LocalDate.ofEpochDay(day).atStartOfDay(memory.zone()).toEpochSecond();
            blocks.add(DayBlock.irregular(Math.toIntExact(day), start, 9, values, qualities, starts, ends));
        });
        return blocks;
    }
}
