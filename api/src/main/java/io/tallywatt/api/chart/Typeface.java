package io.tallywatt.api.chart;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Letters as outlines, read from the tables of a TrueType file that ships with the program: {@code cmap} (format 4),
 * {@code hmtx} and {@code glyf}, as in the OpenType specification. No hints and no kerning: neither shows at the sizes of a
 * chart. A letter that the font lacks becomes its empty box. Safe for several threads.
 */
final class Typeface {
    /** Held apart, so that a chart without a bold letter, should there be one, does not load the other. */
    private static final class Regular {
        static final Typeface FACE = load("/liberation/LiberationSans-Regular.ttf");
    }

    private static final class Bold {
        static final Typeface FACE = load("/liberation/LiberationSans-Bold.ttf");
    }

    private static final int ON_CURVE = 1;
    private static final int X_SHORT = 2;
    private static final int Y_SHORT = 4;
    private static final int REPEAT = 8;
    private static final int X_SAME = 16;
    private static final int Y_SAME = 32;

    private static final int ARGS_ARE_WORDS = 1;
    private static final int ARGS_ARE_OFFSETS = 2;
    private static final int ONE_SCALE = 8;
    private static final int MORE = 32;
    private static final int TWO_SCALES = 64;
    private static final int MATRIX = 128;

    private final ByteBuffer data;
    private final Map<String, Integer> tables = new HashMap<>();
    private final int unitsPerEm;
    private final boolean longOffsets;
    private final int widths;
    private final int letters;
    private final Map<Integer, Path2D.Double> outlines = new ConcurrentHashMap<>();

    static Typeface regular() {
        return Regular.FACE;
    }

    static Typeface bold() {
        return Bold.FACE;
    }

    private static Typeface load(String resource) {
        try (InputStream in = Typeface.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The font " + resource + " is missing from the program");
            }
            return new Typeface(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The font " + resource + " cannot be read", e);
        }
    }

    private Typeface(byte[] file) {
        data = ByteBuffer.wrap(file);
        int count = data.getShort(4);
        for (int i = 0; i < count; i++) {
            int at = 12 + 16 * i;
            tables.put(new String(file, at, 4, StandardCharsets.US_ASCII), data.getInt(at + 8));
        }
        unitsPerEm = unsigned(table("head") + 18);
        longOffsets = data.getShort(table("head") + 50) == 1;
        widths = unsigned(table("hhea") + 34);
        letters = unicodeTable();
    }

    /** How wide a text is. */
    double width(String text, double size) {
        long units = 0;
        for (int i = 0; i < text.length(); i++) {
            units += advance(glyph(text.charAt(i)));
        }
        return units * size / unitsPerEm;
    }

    /** The text, or as much of it as fits with an ellipsis after it. */
    String fit(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && width(text.substring(0, length) + "…", size) > width) {
            length--;
        }
        return text.substring(0, length).stripTrailing() + "…";
    }

    /** Adds the outlines of a text that starts at {@code x} on a base line. */
    void write(Path2D path, String text, double x, double baseline, double size) {
        double scale = size / unitsPerEm;
        double at = x;
        for (int i = 0; i < text.length(); i++) {
            int glyph = glyph(text.charAt(i));
            Path2D outline = outline(glyph);
            path.append(outline.getPathIterator(new AffineTransform(scale, 0, 0, -scale, at, baseline)), false);
            at += advance(glyph) * scale;
        }
    }

    private Path2D.Double outline(int glyph) {
        Path2D.Double known = outlines.get(glyph);
        if (known == null) {
            known = new Path2D.Double(Path2D.WIND_NON_ZERO);
            read(glyph, known, new AffineTransform());
            outlines.put(glyph, known);
        }
        return known;
    }

    private int table(String tag) {
        Integer at = tables.get(tag);
        if (at == null) {
            throw new IllegalStateException("The font has no table '" + tag + "'");
        }
        return at;
    }

    private int unsigned(int at) {
        return data.getShort(at) & 0xffff;
    }

    private int unicodeTable() {
        int cmap = table("cmap");
        for (int i = 0; i < unsigned(cmap + 2); i++) {
            int at = cmap + data.getInt(cmap + 4 + 8 * i + 4);
            if (unsigned(cmap + 4 + 8 * i) == 3 && unsigned(at) == 4) {
                return at;
            }
        }
        throw new IllegalStateException("The font has no Unicode table of format 4");
    }

    private int glyph(int letter) {
        int twice = unsigned(letters + 6);
        int ends = letters + 14;
        int starts = ends + twice + 2;
        for (int i = 0; i < twice; i += 2) {
            if (letter <= unsigned(ends + i)) {
                int start = unsigned(starts + i);
                if (letter < start) {
                    return 0;
                }
                int delta = data.getShort(starts + twice + i);
                int offsetAt = starts + 2 * twice + i;
                int offset = unsigned(offsetAt);
                if (offset == 0) {
                    return letter + delta & 0xffff;
                }
                int glyph = unsigned(offsetAt + offset + 2 * (letter - start));
                return glyph == 0 ? 0 : glyph + delta & 0xffff;
            }
        }
        return 0;
    }

    private int advance(int glyph) {
        return unsigned(table("hmtx") + 4 * Math.min(glyph, widths - 1));
    }

    private int offset(int glyph) {
        int loca = table("loca");
        return longOffsets ? data.getInt(loca + 4 * glyph) : 2 * unsigned(loca + 2 * glyph);
    }

    private void read(int glyph, Path2D into, AffineTransform transform) {
        int from = offset(glyph);
        if (from == offset(glyph + 1)) {
            return; // a space
        }
        int at = table("glyf") + from;
        int contours = data.getShort(at);
        if (contours < 0) {
            readParts(at + 10, into, transform);
        } else {
            readContours(at + 10, contours, into, transform);
        }
    }

    /** A letter made of others, such as an a with an acute accent. */
    private void readParts(int start, Path2D into, AffineTransform outer) {
        int at = start;
        int flags;
        do {
            flags = unsigned(at);
            int glyph = unsigned(at + 2);
            at += 4;
            double dx = 0;
            double dy = 0;
            boolean words = (flags & ARGS_ARE_WORDS) != 0;
            if ((flags & ARGS_ARE_OFFSETS) != 0) {
                dx = words ? data.getShort(at) : data.get(at);
                dy = words ? data.getShort(at + 2) : data.get(at + 1);
            }
            at += words ? 4 : 2;
            double[] m = {1, 0, 0, 1};
            if ((flags & ONE_SCALE) != 0) {
                m[0] = m[3] = fraction(at);
                at += 2;
            } else if ((flags & TWO_SCALES) != 0) {
                m[0] = fraction(at);
                m[3] = fraction(at + 2);
                at += 4;
            } else if ((flags & MATRIX) != 0) {
                for (int i = 0; i < 4; i++) {
                    m[i] = fraction(at + 2 * i);
                }
                at += 8;
            }
            AffineTransform inner = new AffineTransform(outer);
            inner.concatenate(new AffineTransform(m[0], m[1], m[2], m[3], dx, dy));
            read(glyph, into, inner);
        } while ((flags & MORE) != 0);
    }

    private double fraction(int at) {
        return data.getShort(at) / 16384.0;
    }

    private void readContours(int start, int contours, Path2D into, AffineTransform transform) {
        int points = contours == 0 ? 0 : unsigned(start + 2 * (contours - 1)) + 1;
        int at = start + 2 * contours;
        at += 2 + unsigned(at); // the hints
        byte[] flags = new byte[points];
        for (int i = 0; i < points; i++) {
            byte flag = data.get(at++);
            flags[i] = flag;
            if ((flag & REPEAT) != 0) {
                for (int times = data.get(at++) & 0xff; times > 0; times--) {
                    flags[++i] = flag;
                }
            }
        }
        double[] xy = new double[2 * points];
        at = readAxis(at, flags, xy, 0, X_SHORT, X_SAME);
        readAxis(at, flags, xy, 1, Y_SHORT, Y_SAME);
        transform.transform(xy, 0, xy, 0, points);
        int first = 0;
        for (int contour = 0; contour < contours; contour++) {
            int last = unsigned(start + 2 * contour);
            trace(flags, xy, first, last, into);
            first = last + 1;
        }
    }

    private int readAxis(int start, byte[] flags, double[] xy, int axis, int isShort, int same) {
        int at = start;
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            if ((flags[i] & isShort) != 0) {
                int step = data.get(at++) & 0xff;
                value += (flags[i] & same) != 0 ? step : -step;
            } else if ((flags[i] & same) == 0) {
                value += data.getShort(at);
                at += 2;
            }
            xy[2 * i + axis] = value;
        }
        return at;
    }

    /** One closed curve. Between two points that are off the curve, their middle is on it. */
    private static void trace(byte[] flags, double[] xy, int first, int last, Path2D into) {
        int count = last - first + 1;
        if (count < 2) {
            return;
        }
        int from = first;
        while (from <= last && (flags[from] & ON_CURVE) == 0) {
            from++;
        }
        boolean found = from <= last;
        if (!found) {
            from = first;
        }
        double startX = found ? xy[2 * from] : (xy[2 * first] + xy[2 * last]) / 2;
        double startY = found ? xy[2 * from + 1] : (xy[2 * first + 1] + xy[2 * last + 1]) / 2;
        into.moveTo(startX, startY);
        boolean pending = false;
        double controlX = 0;
        double controlY = 0;
        for (int k = found ? 1 : 0; k < count; k++) {
            int i = first + (from - first + k) % count;
            double x = xy[2 * i];
            double y = xy[2 * i + 1];
            boolean on = (flags[i] & ON_CURVE) != 0;
            if (pending) {
                into.quadTo(controlX, controlY, on ? x : (controlX + x) / 2, on ? y : (controlY + y) / 2);
            } else if (on) {
                into.lineTo(x, y);
            }
            pending = !on;
            controlX = x;
            controlY = y;
        }
        if (pending) {
            into.quadTo(controlX, controlY, startX, startY);
        }
        into.closePath();
    }
}
