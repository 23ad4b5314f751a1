package io.tallywatt.aws.store;

import io.tallywatt.core.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    private ByteReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Of bytes without a flag before them. */
    static ByteReader raw(byte[] bytes) {
        return new ByteReader(bytes, 0);
    }

    static ByteReader of(byte[] packed) {
        if (packed.length > 0 && packed[0] == ByteWriter.PLAIN) {
            return new ByteReader(packed, 1);
        }
        if (packed.length > 0 && packed[0] == ByteWriter.DEFLATED) {
            ByteArrayInputStream in = new ByteArrayInputStream(packed, 1, packed.length - 1);
            try (InflaterInputStream inflated = new InflaterInputStream(in, new Inflater(true))) {
                return new ByteReader(inflated.readAllBytes(), 0);
            } catch (IOException e) {
                throw new StoreException(StoreException.Kind.DAMAGED, "Packed bytes of an item cannot be unpacked", e);
            }
        }
        throw damaged("an item's bytes begin in a way that is not known");
    }

    private static StoreException damaged(String what) {
        return new StoreException(StoreException.Kind.DAMAGED, "The stored data is damaged: " + what);
    }

    boolean more() {
        return at < bytes.length;
    }

    int octet() {
        if (at >= bytes.length) {
            throw damaged("an item ends too early");
        }
        return bytes[at++] & 0xff;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number has too many bytes");
    }

    long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    int count() {
        long count = unsigned();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw damaged("a count is " + count);
        }
        return (int) count;
    }

    byte[] bytes() {
        int length = count();
        if (length > bytes.length - at) {
            throw damaged("an item ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    BigDecimal decimal() {
        int scale = (int) signed();
        return new BigDecimal(new BigInteger(bytes()), scale);
    }
}
