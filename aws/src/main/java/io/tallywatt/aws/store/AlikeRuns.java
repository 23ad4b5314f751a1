package io.tallywatt.aws.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Bytes by number, where successive numbers often have the same: each run of them is written once. */
final class AlikeRuns {
    private AlikeRuns() {}

    static void write(SortedMap<Integer, byte[]> all, ByteWriter to) {
        List<Map.Entry<Integer, byte[]>> entries = List.copyOf(new TreeMap<>(all).entrySet());
        int before = 0;
        for (int from = 0, end; from < entries.size(); from = end) {
            int first = entries.get(from).getKey();
            byte[] bytes = entries.get(from).getValue();
            end = from + 1;
            while (end < entries.size()
                    && entries.get(end).getKey() == first + end - from
                    && Arrays.equals(bytes, entries.get(end).getValue())) {
                end++;
            }
            to.unsigned(first - before).unsigned(end - from).bytes(bytes);
            before = first;
        }
    }

    /** Reads to the end of the bytes. */
    static void read(ByteReader from, BiConsumer<Integer, byte[]> each) {
        int first = 0;
        while (from.more()) {
            first += from.count();
            int alike = from.count();
            byte[] bytes = from.bytes();
            for (int i = 0; i < alike; i++) {
                each.accept(first + i, bytes);
            }
        }
    }
}
