package io.tallywatt.core.format.text;

/**
 * The grammar of JSON (RFC 8259) over bytes: each method takes one piece of text and says where it ends. Strings must be
 * UTF-8 and have whole surrogate pairs; nothing lenient is let through.
 */
final class JsonValues {
    /** The bytes end before the piece does. */
    static final int MORE = -1;
    /** The piece is not JSON; {@link #badAt} and {@link #expected} say where and why. */
    static final int BAD = -2;

    static final int MOST_LEVELS = 64;

    int badAt;
    String expected = "";
    /** Whether the string taken last has escapes. */
    boolean escaped;
    /** Whether the number taken last has neither fraction nor exponent. */
    boolean integer;

    int bad(int at, String wanted) {
        badAt = at;
        expected = wanted;
        return BAD;
    }

    static int blanks(byte[] b, int from, int to) {
        int i = from;
        while (i < to && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** Takes any value; {@code outer} is the number of levels round it. */
    int value(byte[] b, int from, int to, int outer) {
        return b[from] == '{' || b[from] == '[' ? nested(b, from, to, outer) : scalar(b, from, to);
    }

    int scalar(byte[] b, int from, int to) {
        byte c = b[from];
        if (c == '"') {
            int close = string(b, from + 1, to);
            return close < 0 ? close : close + 1;
        }
        return switch (c) {
            case 't' -> word(b, from, to, "true");
            case 'f' -> word(b, from, to, "false");
            case 'n' -> word(b, from, to, "null");
            default -> c == '-' || isDigit(c) ? number(b, from, to) : bad(from, "a value");
        };
    }

    private int word(byte[] b, int from, int to, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i == to) {
                return MORE;
            }
            if (b[from + i] != word.charAt(i)) {
                return bad(from, "a value");
            }
        }
        return from + word.length();
    }

    /** Takes a string behind its opening quote; returns where the closing one stands. */
    int string(byte[] b, int from, int to) {
        escaped = false;
        boolean wide = false;
        int i = from;
        while (i < to) {
            byte c = b[i];
            if (c == '"') {
                return wide && !Printable.isUtf8(b, from, i) ? bad(from, "UTF-8") : i;
            }
            if (c == '\\') {
                escaped = true;
                i = escape(b, i, to);
                if (i < 0) {
                    return i;
                }
                continue;
            }
            if (c < ' ') {
                if (c >= 0) {
                    return bad(i, "the end of the text (control characters are written \\u0000)");
                }
                wide = true;
            }
            i++;
        }
        return MORE;
    }

    private int escape(byte[] b, int from, int to) {
        if (from + 1 >= to) {
            return MORE;
        }
        byte c = b[from + 1];
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0 ? from + 2 : bad(from, "an escape such as \\n or \\u00e9");
        }
        int unit = unit(b, from, to);
        if (unit < 0 || !Character.isSurrogate((char) unit)) {
            return unit < 0 ? unit : from + 6;
        }
        if (Character.isLowSurrogate((char) unit)) {
            return bad(from, "a pair of surrogates");
        }
        int second = unit(b, from + 6, to);
        if (second == MORE) {
            return MORE;
        }
        return second >= 0 && Character.isLowSurrogate((char) second) ? from + 12 : bad(from, "a pair of surrogates");
    }

    /** The number of a {@code \u0000}. */
    private int unit(byte[] b, int from, int to) {
        int unit = 0;
        for (int i = from; i < from + 6; i++) {
            if (i >= to) {
                return MORE;
            }
            int digit = i == from ? (b[i] == '\\' ? 0 : -1) : i == from + 1 ? (b[i] == 'u' ? 0 : -1) : hex(b[i]);
            if (digit < 0) {
                return bad(from, "four hex digits after \\u");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static int hex(byte c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }

    /** Takes a number; that it ends is certain only when another byte follows. */
    int number(byte[] b, int from, int to) {
        int i = b[from] == '-' ? from + 1 : from;
        int whole = digits(b, i, to);
        if (whole == to) {
            return MORE;
        }
        if (whole == i || b[i] == '0' && whole > i + 1) {
            return bad(from, "a number such as 0.5, without sign or zeros before it");
        }
        integer = true;
        i = whole;
        if (b[i] == '.') {
            integer = false;
            int end = digits(b, i + 1, to);
            if (end == to) {
                return MORE;
            }
            if (end == i + 1) {
                return bad(from, "a number with digits after its point");
            }
            i = end;
        }
        if ((b[i] | 0x20) == 'e') {
            integer = false;
            int sign = i + 1;
            if (sign < to && (b[sign] == '+' || b[sign] == '-')) {
                sign++;
            }
            int end = digits(b, sign, to);
            if (end == to) {
                return MORE;
            }
            if (end == sign) {
                return bad(from, "a number with digits in its exponent");
            }
            i = end;
        }
        return i;
    }

    private static int digits(byte[] b, int from, int to) {
        int i = from;
        while (i < to && isDigit(b[i])) {
            i++;
        }
        return i;
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Takes an object or array with all that is in it. */
    int nested(byte[] b, int from, int to, int outer) {
        long objects = 0;
        int depth = 0;
        int i = from;
        while (true) {
            i = blanks(b, i, to);
            if (i == to) {
                return MORE;
            }
            if (b[i] == '{' || b[i] == '[') {
                boolean object = b[i] == '{';
                if (outer + ++depth > MOST_LEVELS) {
                    return bad(i, "no more than " + MOST_LEVELS + " levels");
                }
                objects = objects << 1 | (object ? 1 : 0);
                i = blanks(b, i + 1, to);
                if (i == to) {
                    return MORE;
                }
                if (b[i] == (object ? '}' : ']')) {
                    i++;
                    depth--;
                    objects >>>= 1;
                } else {
                    i = object ? key(b, i, to) : i;
                    if (i < 0) {
                        return i;
                    }
                    continue;
                }
            } else {
                i = scalar(b, i, to);
                if (i < 0) {
                    return i;
                }
            }
            // Behind a value: leave what ends here, go on where a comma stands.
            while (true) {
                if (depth == 0) {
                    return i;
                }
                i = blanks(b, i, to);
                if (i == to) {
                    return MORE;
                }
                boolean object = (objects & 1) == 1;
                if (b[i] == ',') {
                    i = blanks(b, i + 1, to);
                    i = i == to ? MORE : object ? key(b, i, to) : i;
                    if (i < 0) {
                        return i;
                    }
                    break;
                }
                if (b[i] != (object ? '}' : ']')) {
                    return bad(i, object ? "',' or '}'" : "',' or ']'");
                }
                i++;
                depth--;
                objects >>>= 1;
            }
        }
    }

    /** Takes a key and the colon behind it. */
    private int key(byte[] b, int from, int to) {
        if (b[from] != '"') {
            return bad(from, "a key in quotes");
        }
        int close = string(b, from + 1, to);
        return close < 0 ? close : colon(b, close + 1, to);
    }

    /** Takes the colon behind a key. */
    int colon(byte[] b, int from, int to) {
        int i = blanks(b, from, to);
        return i == to ? MORE : b[i] == ':' ? i + 1 : bad(i, "':'");
    }

    /**
     * Writes a string that {@link #string} took without its escapes.
     *
     * @return where the writing ends
     */
    static int unescape(byte[] b, int from, int to, int out) {
        int at = out;
        int i = from;
        while (i < to) {
            if (b[i] != '\\') {
                b[at++] = b[i++];
            } else if (b[i + 1] != 'u') {
                int simple = "\"\\/bfnrt".indexOf(b[i + 1]);
                b[at++] = (byte) "\"\\/\b\f\n\r\t".charAt(simple);
                i += 2;
            } else {
                int point = point(b, i);
                i += 6;
                if (Character.isHighSurrogate((char) point)) {
                    point = Character.toCodePoint((char) point, (char) point(b, i));
                    i += 6;
                }
                at = utf8(b, at, point);
            }
        }
        return at;
    }

    private static int point(byte[] b, int from) {
        return hex(b[from + 2]) << 12 | hex(b[from + 3]) << 8 | hex(b[from + 4]) << 4 | hex(b[from + 5]);
    }

    private static int utf8(byte[] b, int from, int point) {
        int at = from;
        if (point < 0x80) {
            b[at++] = (byte) point;
        } else if (point < 0x800) {
            b[at++] = (byte) (0xC0 | point >> 6);
            b[at++] = (byte) (0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            b[at++] = (byte) (0xE0 | point >> 12);
            b[at++] = (byte) (0x80 | point >> 6 & 0x3F);
            b[at++] = (byte) (0x80 | point & 0x3F);
        } else {
            b[at++] = (byte) (0xF0 | point >> 18);
            b[at++] = (byte) (0x80 | point >> 12 & 0x3F);
            b[at++] = (byte) (0x80 | point >> 6 & 0x3F);
            b[at++] = (byte) (0x80 | point & 0x3F);
        }
        return at;
    }
}
