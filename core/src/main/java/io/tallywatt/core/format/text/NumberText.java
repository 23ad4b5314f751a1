package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.Scaled;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads decimals from bytes, exactly, into units and a scale of 0 to 9, with the decimal point moved on the way (Wh to
 * kWh). The outcome is in the fields until the next call.
 */
final class NumberText {
    /** How a text was understood. */
    enum Outcome {
        FINE,
        /** Nothing, or a spelling of nothing. */
        MISSING,
        BAD,
        /** A number, but too great for nine decimals in a long. */
        TOO_GREAT
    }

    /** Either mark is a decimal mark: the file's head did not tell. */
    static final byte EITHER_MARK = 0;

    private static final int LONGEST = 200;

    private final byte mark;
    private final int shift;

    long units;
    int scale;
    /** Whether digits beyond the ninth decimal were rounded away. */
    boolean rounded;
    /** Whether the scale is just the number of decimals as written, moved by the shift. */
    boolean plain;

    /**
     * @param mark decimal mark, or {@link #EITHER_MARK}
     * @param shift places the decimal point moves to the left (Wh to kWh: 3, MWh to kWh: -3)
     */
    NumberText(byte mark, int shift) {
        this.mark = mark;
        this.shift = shift;
    }

    Outcome parse(byte[] text, int from, int to) {
        return parse(text, from, to, shift);
    }

    /** As {@link #parse(byte[], int, int)}, by another unit than the file's. */
    Outcome parse(byte[] text, int from, int to, int shift) {
        rounded = false;
        plain = false;
        if (isMissing(text, from, to)) {
            return Outcome.MISSING;
        }
        int i = from;
        boolean negative = text[i] == '-';
        if (negative || text[i] == '+') {
            i++;
        }
        long value = 0;
        int decimals = 0;
        int digits = 0;
        boolean marked = false;
        for (; i < to; i++) {
            byte c = text[i];
            if (c >= '0' && c <= '9') {
                if (++digits > 18) {
                    return rare(text, from, to, shift);
                }
                value = value * 10 + c - '0';
                decimals += marked ? 1 : 0;
            } else if (isMark(c) && !marked) {
                marked = true;
            } else if ((c | 0x20) == 'e' && digits > 0) {
                return rare(text, from, to, shift);
            } else {
                return Outcome.BAD;
            }
        }
        if (digits == 0) {
            return Outcome.BAD;
        }
        int places = decimals + shift;
        if (places < 0 || places > Scaled.MAX_SCALE) {
            return rare(text, from, to, shift);
        }
        units = negative ? -value : value;
        scale = places;
        plain = !negative;
        return Scaled.fits(units, places, Scaled.MAX_SCALE) ? Outcome.FINE : Outcome.TOO_GREAT;
    }

    private boolean isMark(byte c) {
        return mark == EITHER_MARK ? c == '.' || c == ',' : c == mark;
    }

    /** Exponents, long digits and units beyond the nine decimals. */
    private Outcome rare(byte[] text, int from, int to, int shift) {
        @Nullable BigDecimal value = decimal(text, from, to);
        if (value == null) {
            return Outcome.BAD;
        }
        units = 0;
        scale = 0;
        if (value.signum() == 0) {
            return Outcome.FINE;
        }
        // Judged by its magnitude first: 1e999999999 must not become a billion digits.
        long magnitude = (long) value.precision() - value.scale() - shift;
        if (magnitude > 11) {
            return Outcome.TOO_GREAT;
        }
        if (magnitude < -Scaled.MAX_SCALE - 1) {
            rounded = true;
            return Outcome.FINE;
        }
        BigDecimal kwh = value.scaleByPowerOfTen(-shift);
        BigDecimal kept = kwh.setScale(Scaled.MAX_SCALE, RoundingMode.HALF_EVEN);
        rounded = kept.compareTo(kwh) != 0;
        BigDecimal trimmed = Scaled.trim(kept);
        if (kept.unscaledValue().bitLength() > 63) {
            return Outcome.TOO_GREAT;
        }
        units = trimmed.unscaledValue().longValueExact();
        scale = trimmed.scale();
        return Scaled.fits(units, scale, Scaled.MAX_SCALE) ? Outcome.FINE : Outcome.TOO_GREAT;
    }

    private @Nullable BigDecimal decimal(byte[] text, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        String written = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        String dotted = mark == EITHER_MARK || mark == ',' ? written.replace(',', '.') : written;
        if (mark == ',' && written.indexOf('.') >= 0) {
            return null;
        }
        try {
            return new BigDecimal(dotted);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Empty, or what databases and spreadsheets write for it. */
    static boolean isMissing(byte[] text, int from, int to) {
        return switch (to - from) {
            case 0 -> true;
            case 2 -> is(text, from, "na");
            case 3 -> is(text, from, "nan") || is(text, from, "n/a");
            case 4 -> is(text, from, "null");
            default -> false;
        };
    }

    private static boolean is(byte[] text, int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            byte b = text[from + i];
            if ((c >= 'a' ? b | 0x20 : b) != c) {
                return false;
            }
        }
        return true;
    }
}
