package io.tallywatt.api.chart;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.HexFormat;

/** Paints as SVG 1.1: groups and paths, nothing that refers to anything outside. */
final class SvgPen implements Pen {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /** @param title and {@code description} are for those who cannot see the picture */
    SvgPen(int width, int height, String title, String description) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" role=\"img\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\">\n<title>");
        escape(title);
        out.append("</title>\n<desc>");
        escape(description);
        out.append("</desc>\n");
    }

    /** The whole document. */
    String finish() {
        return out.append("</svg>\n").toString();
    }

    @Override
    public void begin(String name) {
        out.append("<g class=\"").append(name).append("\">\n");
    }

    @Override
    public void end() {
        out.append("</g>\n");
    }

    @Override
    public void fill(Path2D path, int rgb, double opacity) {
        if (path.getCurrentPoint() != null) {
            out.append("<path fill=\"");
            color(rgb);
            opacity("fill-opacity", opacity);
            data(path);
        }
    }

    @Override
    public void stroke(Path2D path, int rgb, double width, double opacity) {
        if (path.getCurrentPoint() != null) {
            out.append("<path fill=\"none\" stroke=\"");
            color(rgb);
            out.append("\" stroke-width=\"");
            number(width);
            opacity("stroke-opacity", opacity);
            data(path);
        }
    }

    private void color(int rgb) {
        out.append("#").append(HexFormat.of().toHexDigits(rgb, 6));
    }

    private void opacity(String name, double opacity) {
        if (opacity < 1) {
            out.append("\" ").append(name).append("=\"");
            number(opacity);
        }
    }

    private void data(Path2D path) {
        out.append("\" d=\"");
        double[] c = new double[6];
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            switch (i.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> segment('M', c, 2);
                case PathIterator.SEG_LINETO -> segment('L', c, 2);
                case PathIterator.SEG_QUADTO -> segment('Q', c, 4);
                case PathIterator.SEG_CUBICTO -> segment('C', c, 6);
                default -> out.append('Z');
            }
        }
        out.append("\"/>\n");
    }

    private void segment(char command, double[] c, int count) {
        out.append(command);
        for (int i = 0; i < count; i++) {
            if (i > 0 && c[i] >= -0.005) {
                out.append(' ');
            }
            number(c[i]);
        }
    }

    /** Two decimals are a hundredth of a pixel: more cannot be seen. */
    private void number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            out.append('-');
            hundredths = -hundredths;
        }
        out.append(hundredths / 100);
        int rest = (int) (hundredths % 100);
        if (rest != 0) {
            out.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                out.append(rest % 10);
            }
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                default -> out.append(xml(text, i) ? c : '\ufffd');
            }
        }
    }

    /** Whether XML 1.0 allows the character at all: no controls, no half of a surrogate pair. */
    private static boolean xml(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= ' ' && c < '\ufffe' || c == '\t' || c == '\n';
    }
}
