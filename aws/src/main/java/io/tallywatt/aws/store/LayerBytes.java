package io.tallywatt.aws.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Resolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A block and the line that gave it as bytes: a day of half-hours takes about 120, so that it is one write unit and not 48. What is
 * larger than a write unit, a day of 5 minutes with many digits, is deflated.
 */
final class LayerBytes {
    /** A write unit is 1 kB, with the key of the item. */
    private static final int NEARLY_A_UNIT = 800;

    private static final int EXACT = 1;
    private static final int ALL_ACTUAL = 2;

    private LayerBytes() {}

    record Given(long line, DayBlock block) {}

    static byte[] of(long line, DayBlock block) {
        ByteWriter to = new ByteWriter();
        boolean actual = block.count(Quality.ACTUAL) == block.length();
        @Nullable Resolution resolution = block.resolution();
        to.octet((resolution == null ? EXACT : 0) | (actual ? ALL_ACTUAL : 0));
        to.unsigned(line);
        to.octet(block.scale());
        to.signed(block.start() - midnight(block.day()));
        to.unsigned(block.length());
        if (resolution != null) {
            to.unsigned(resolution.seconds());
        } else {
            intervals(block, to);
        }
        if (!actual) {
            qualities(block.qualities(), to);
        }
        for (int i = 0; i < block.length(); i++) {
            if (block.qualities()[i] != Quality.MISSING.code()) {
                to.signed(block.values()[i]);
            }
        }
        return to.packed(NEARLY_A_UNIT);
    }

    private static long midnight(int day) {
        return (long) day * Resolution.DAY_SECONDS;
    }

    private static void intervals(DayBlock block, ByteWriter to) {
        long before = block.start();
        for (int i = 0; i < block.length(); i++) {
            long end = block.endOf(i, 0);
            to.signed(block.startOf(i) - before);
            to.unsigned(end - block.startOf(i));
            before = end;
        }
    }

    /** Runs of the same. */
    private static void qualities(byte[] qualities, ByteWriter to) {
        for (int from = 0, end; from < qualities.length; from = end) {
            end = from + 1;
            while (end < qualities.length && qualities[end] == qualities[from]) {
                end++;
            }
            to.octet(qualities[from]).unsigned(end - from);
        }
    }

    static Given read(int day, byte[] bytes) {
        ByteReader from = ByteReader.of(bytes);
        int flags = from.octet();
        long line = from.unsigned();
        int scale = from.octet();
        long start = midnight(day) + from.signed();
        int length = from.count();
        boolean exact = (flags & EXACT) != 0;
        long[] starts = new long[exact ? length : 0];
        long[] ends = new long[exact ? length : 0];
        @Nullable Resolution resolution = exact ? null : new Resolution(from.count());
        long before = start;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = before + from.signed();
            ends[i] = starts[i] + from.unsigned();
            before = ends[i];
        }
        byte[] qualities = new byte[length];
        if ((flags & ALL_ACTUAL) == 0) {
            for (int i = 0; i < length; ) {
                byte quality = (byte) from.octet();
                for (int n = from.count(); n > 0; n--) {
                    qualities[i++] = quality;
                }
            }
        }
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = qualities[i] == Quality.MISSING.code() ? 0 : from.signed();
        }
        DayBlock block = exact
                ? DayBlock.irregular(day, start, scale, values, qualities, starts, ends)
                : DayBlock.regular(day, start, Objects.requireNonNull(resolution), scale, values, qualities);
        return new Given(line, block);
    }
}
