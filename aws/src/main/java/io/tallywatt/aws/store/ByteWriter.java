package io.tallywatt.aws.store;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Numbers and texts as few bytes: the counterpart of {@link ByteReader}. */
final class ByteWriter {
    static final byte PLAIN = 0;
    static final byte DEFLATED = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number of which small ones, not below 0, are frequent. */
    ByteWriter unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** A number of which those near 0 are frequent. */
    ByteWriter signed(long value) {
        return unsigned(value << 1 ^ value >> 63);
    }

    ByteWriter octet(int value) {
        out.write(value);
        return this;
    }

    ByteWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter bytes(byte[] bytes) {
        unsigned(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ByteWriter decimal(BigDecimal value) {
        signed(value.scale());
        return bytes(value.unscaledValue().toByteArray());
    }

    int size() {
        return out.size();
    }

    byte[] raw() {
        return out.toByteArray();
    }

    /** As they are. */
    byte[] plain() {
        return flagged(PLAIN, out.toByteArray(), out.size());
    }

    /** Smaller, if there are more than so many and it helps. */
    byte[] packed(int beyond) {
        byte[] raw = out.toByteArray();
        if (raw.length <= beyond) {
            return flagged(PLAIN, raw, raw.length);
        }
        byte[] deflated = new byte[raw.length];
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(raw);
            deflater.finish();
            int length = deflater.deflate(deflated);
            return deflater.finished() && length < raw.length
                    ? flagged(DEFLATED, deflated, length)
                    : flagged(PLAIN, raw, raw.length);
        }
    }

    private static byte[] flagged(byte flag, byte[] bytes, int length) {
        byte[] all = new byte[length + 1];
        all[0] = flag;
        System.arraycopy(bytes, 0, all, 1, length);
        return all;
    }
}
