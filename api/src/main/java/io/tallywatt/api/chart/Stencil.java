package io.tallywatt.api.chart;

import java.awt.geom.Path2D;
import java.util.List;

/** The shapes that pictures of all sorts are painted with: ground, blocks, triangles, the legend, words. */
final class Stencil {
    /** Between the lines that mean "estimated". */
    static final double HATCH = 4.5;

    final Pen pen;
    final double scale;

    Stencil(Pen pen, double scale) {
        this.pen = pen;
        this.scale = scale;
    }

    static Path2D.Double path() {
        return new Path2D.Double(Path2D.WIND_NON_ZERO);
    }

    /** Lines of one pixel lie on pixels, or they would be two grey ones. */
    static double crisp(double at) {
        return Math.floor(at) + 0.5;
    }

    void ground(int width, int height) {
        Path2D ground = path();
        new Box(0, 0, width, height).addTo(ground);
        pen.fill(ground, Tokens.SURFACE, 1);
    }

    void fill(Box box, int rgb) {
        Path2D shape = path();
        box.addTo(shape);
        pen.fill(shape, rgb, 1);
    }

    /** @param rounded 1 for round corners at the top, -1 at the bottom */
    void block(Box box, int rgb, boolean estimated, boolean partial, int rounded) {
        double opacity = partial ? Tokens.PARTIAL : 1;
        if (estimated) {
            Path2D lines = path();
            box.inset(0.5).hatch(lines, HATCH * scale);
            pen.stroke(lines, rgb, 1.5 * scale, opacity);
            Path2D outline = path();
            box.inset(0.5).addTo(outline);
            pen.stroke(outline, rgb, 1, opacity);
            return;
        }
        Path2D shape = path();
        double r = Math.min(2 * scale, box.height());
        if (rounded == 0 || box.width() < 4 * r) {
            box.addTo(shape);
        } else {
            double flat = rounded > 0 ? box.bottom() : box.top();
            double end = rounded > 0 ? box.top() : box.bottom();
            double inner = end + rounded * r;
            shape.moveTo(box.left(), flat);
            shape.lineTo(box.left(), inner);
            shape.quadTo(box.left(), end, box.left() + r, end);
            shape.lineTo(box.right() - r, end);
            shape.quadTo(box.right(), end, box.right(), inner);
            shape.lineTo(box.right(), flat);
            shape.closePath();
        }
        pen.fill(shape, rgb, opacity);
    }

    /** With a ring of the ground round it. */
    void triangle(double x, double y, boolean filled) {
        Path2D shape = path();
        double r = Tokens.TRIANGLE * scale;
        shape.moveTo(x, y - r);
        shape.lineTo(x + r, y + 0.75 * r);
        shape.lineTo(x - r, y + 0.75 * r);
        shape.closePath();
        if (filled) {
            pen.stroke(shape, Tokens.SURFACE, 3 * scale, 1);
            pen.fill(shape, Tokens.ANOMALY, 1);
        } else {
            pen.stroke(shape, Tokens.SURFACE, 4 * scale, 1);
            pen.fill(shape, Tokens.SURFACE, 1);
            pen.stroke(shape, Tokens.ANOMALY, 1.5 * scale, 1);
        }
    }

    /** A flat outline with round ends. */
    void run(Box box) {
        Path2D shape = path();
        double r = Math.min(box.height(), box.width()) / 2;
        shape.moveTo(box.left() + r, box.top());
        shape.lineTo(box.right() - r, box.top());
        shape.quadTo(box.right(), box.top(), box.right(), box.top() + r);
        shape.lineTo(box.right(), box.bottom() - r);
        shape.quadTo(box.right(), box.bottom(), box.right() - r, box.bottom());
        shape.lineTo(box.left() + r, box.bottom());
        shape.quadTo(box.left(), box.bottom(), box.left(), box.bottom() - r);
        shape.lineTo(box.left(), box.top() + r);
        shape.quadTo(box.left(), box.top(), box.left() + r, box.top());
        shape.closePath();
        pen.stroke(shape, Tokens.ANOMALY, 1.5 * scale, 1);
    }

    void keys(List<Header.Placed> keys) {
        pen.begin("legend");
        for (Header.Placed placed : keys) {
            Box box = placed.box();
            int rgb = placed.key().rgb();
            double x = (box.left() + box.right()) / 2;
            double y = (box.top() + box.bottom()) / 2;
            switch (placed.sample()) {
                case ABOVE, BELOW, SHADE -> block(box, rgb, false, false, 0);
                case PARTIAL -> block(box, rgb, false, true, 0);
                case ESTIMATED -> block(box, rgb, true, false, 0);
                case PEAKS -> {
                    Path2D shape = path();
                    box.addTo(shape);
                    pen.fill(shape, rgb, Tokens.PEAKS);
                }
                case LINE -> {
                    Path2D shape = path();
                    shape.moveTo(box.left(), y);
                    shape.lineTo(box.right(), y);
                    pen.stroke(shape, rgb, 2 * scale, 1);
                }
                case INVALID, OUTLINED -> {
                    boolean filled = placed.sample() == Key.Sample.INVALID;
                    pen.begin("invalid");
                    triangle(x, y + scale, filled);
                    pen.end();
                }
                case RUN -> run(new Box(box.left(), y - 3 * scale, box.right(), y + 3 * scale));
                case GAP -> {
                    Path2D lines = path();
                    box.hatch(lines, 4 * scale);
                    pen.stroke(lines, Tokens.HATCH, scale, 1);
                    Path2D outline = path();
                    box.inset(0.5).addTo(outline);
                    pen.stroke(outline, Tokens.HATCH, 1, 1);
                }
            }
        }
        pen.end();
    }

    /** @param plates where the ground shows behind words */
    void texts(List<Text> texts, List<Box> plates) {
        Path2D ground = path();
        plates.forEach(plate -> plate.addTo(ground));
        pen.begin("text");
        pen.fill(ground, Tokens.SURFACE, 1);
        for (Text text : texts) {
            Path2D letters = path();
            text.face().write(letters, text.words(), text.x(), text.baseline(), text.size());
            pen.fill(letters, text.rgb(), 1);
        }
        pen.end();
    }
}
