package io.tallywatt.api.chart;

import java.awt.geom.Path2D;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Paints a picture: what is behind first. */
final class Drawing {
    /** Between the lines that mean "estimated". */
    private static final double HATCH = 4.5;

    private final Picture picture;
    private final Pen pen;
    private final double scale;

    private Drawing(Picture picture, Pen pen) {
        this.picture = picture;
        this.pen = pen;
        this.scale = picture.scale();
    }

    static void draw(Picture picture, Pen pen) {
        new Drawing(picture, pen).all();
    }

    private void all() {
        Path2D ground = path();
        new Box(0, 0, picture.width(), picture.height()).addTo(ground);
        pen.fill(ground, Tokens.SURFACE, 1);
        grid();
        for (Mark mark : picture.marks()) {
            switch (mark) {
                case Mark.Bar(Mark.Slot slot) -> bar(slot);
                case Mark.Area(List<Mark.Slot> slots) -> area(slots);
                case Mark.Line(List<Mark.Slot> slots) -> line(slots);
                case Mark.Gap(double left, double right) ->
                    gap(new Box(
                            left, picture.plot().top(), right, picture.plot().bottom()));
                case Mark.Notch(double left, double right) -> notch(left, right);
                case Mark.Invalid invalid -> {
                    // Over the base line.
                }
            }
        }
        base();
        for (Mark mark : picture.marks()) {
            if (mark instanceof Mark.Invalid(double x, double y)) {
                triangle(x, y);
            }
        }
        keys();
        texts();
    }

    private static Path2D.Double path() {
        return new Path2D.Double(Path2D.WIND_NON_ZERO);
    }

    /** Lines of one pixel lie on pixels, or they would be two grey ones. */
    private static double crisp(double at) {
        return Math.floor(at) + 0.5;
    }

    private void grid() {
        Path2D lines = path();
        for (double y : picture.lines()) {
            lines.moveTo(picture.plot().left(), crisp(y));
            lines.lineTo(picture.plot().right(), crisp(y));
        }
        for (double x : picture.boundaries()) {
            lines.moveTo(crisp(x), picture.plot().top());
            lines.lineTo(crisp(x), picture.plot().bottom() + 36 * scale);
        }
        pen.begin("grid");
        pen.stroke(lines, Tokens.LINE, 1, 1);
        pen.end();
        Double change = picture.clockChange();
        if (change != null) {
            Path2D dashes = path();
            for (double y = picture.plot().top(); y < picture.plot().bottom(); y += 6) {
                dashes.moveTo(crisp(change), y);
                dashes.lineTo(crisp(change), Math.min(y + 3, picture.plot().bottom()));
            }
            pen.begin("clock-change");
            pen.stroke(dashes, Tokens.LINE_STRONG, 1, 1);
            pen.end();
        }
    }

    private void base() {
        Path2D line = path();
        line.moveTo(picture.plot().left(), crisp(picture.base()));
        line.lineTo(picture.plot().right(), crisp(picture.base()));
        boolean strong = picture.values().crossesZero();
        pen.begin("base");
        pen.stroke(line, strong ? Tokens.TEXT_3 : Tokens.LINE_STRONG, strong ? 1.5 * scale : 1, 1);
        pen.end();
    }

    private int color(boolean above) {
        return (above ? picture.ink().above() : picture.ink().below()).rgb;
    }

    /** The colour of a line: one that runs in two directions has that of neither. */
    private int lineColor() {
        return picture.ink().hasDirections() ? Ink.Hue.NET.rgb : color(true);
    }

    private boolean onlyLines() {
        return picture.marks().stream().anyMatch(Mark.Line.class::isInstance);
    }

    private void bar(Mark.Slot slot) {
        // Bars lie on whole pixels and their base is that of the zero line.
        double base = Math.floor(picture.base());
        boolean above = slot.high() <= picture.base();
        double end = above ? slot.high() : slot.low();
        Box box = above
                ? new Box(slot.left(), Math.min(end, base), slot.right(), base)
                : new Box(slot.left(), base + 1, slot.right(), Math.max(end, base + 1));
        pen.begin(slot.estimated() ? "bar estimated" : "bar");
        block(box, color(above), slot.estimated(), slot.partial(), above ? 1 : -1);
        pen.end();
    }

    /** @param rounded 1 for round corners at the top, -1 at the bottom */
    private void block(Box box, int rgb, boolean estimated, boolean partial, int rounded) {
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

    /** Full up to the value that is nearest to zero, lighter from there to the farthest. */
    private void area(List<Mark.Slot> slots) {
        double base = picture.base();
        // Over peaks of one pixel an outline would be all that is seen.
        boolean outlined = slots.stream().allMatch(s -> s.high() == s.low());
        pen.begin("area");
        for (boolean above : new boolean[] {true, false}) {
            ToDoubleFunction<Mark.Slot> near = s -> above ? Math.min(base, s.low()) : Math.max(base, s.high());
            ToDoubleFunction<Mark.Slot> far = s -> above ? Math.min(base, s.high()) : Math.max(base, s.low());
            Path2D full = path();
            Path2D peaks = path();
            Path2D hatch = path();
            for (Mark.Slot slot : slots) {
                if (slot.estimated()) {
                    box(slot, far.applyAsDouble(slot), base).hatch(hatch, HATCH * scale);
                } else {
                    box(slot, near.applyAsDouble(slot), base).addTo(full);
                    box(slot, near.applyAsDouble(slot), far.applyAsDouble(slot)).addTo(peaks);
                }
            }
            if (!outlined) {
                pen.fill(peaks, color(above), Tokens.PEAKS);
            }
            pen.fill(full, color(above), 1);
            pen.stroke(hatch, color(above), 1.5 * scale, 1);
            pen.stroke(
                    profile(slots, s -> (outlined || s.estimated()) && far.applyAsDouble(s) != base, far),
                    color(above),
                    1,
                    1);
        }
        pen.end();
    }

    private static Box box(Mark.Slot slot, double y1, double y2) {
        return new Box(slot.left(), Math.min(y1, y2), slot.right(), Math.max(y1, y2));
    }

    /** A line in steps along some of the slots, broken where others are between them. */
    private static Path2D profile(
            List<Mark.Slot> slots, Predicate<Mark.Slot> which, ToDoubleFunction<Mark.Slot> height) {
        Path2D line = path();
        boolean open = false;
        for (Mark.Slot slot : slots) {
            boolean on = which.test(slot);
            if (on) {
                double y = height.applyAsDouble(slot);
                if (open) {
                    line.lineTo(slot.left(), y);
                } else {
                    line.moveTo(slot.left(), y);
                }
                line.lineTo(slot.right(), y);
            }
            open = on;
        }
        return line;
    }

    private void line(List<Mark.Slot> slots) {
        pen.begin("line");
        if (slots.stream().allMatch(s -> s.high() == s.low())) {
            steps(slots);
        } else {
            ranges(slots);
        }
        pen.end();
    }

    /** One value each. Under an estimated one the way to zero is hatched. */
    private void steps(List<Mark.Slot> slots) {
        Path2D hatch = path();
        Path2D outline = path();
        Path2D whole = path();
        Path2D partial = path();
        for (int i = 0; i < slots.size(); i++) {
            Mark.Slot slot = slots.get(i);
            if (slot.estimated()) {
                box(slot, slot.high(), picture.base()).hatch(hatch, HATCH * scale);
                side(slots, i, -1, outline);
                side(slots, i, 1, outline);
            }
            Path2D step = slot.partial() ? partial : whole;
            step.moveTo(slot.left(), i == 0 ? slot.high() : slots.get(i - 1).high());
            step.lineTo(slot.left(), slot.high());
            step.lineTo(slot.right(), slot.high());
        }
        pen.stroke(hatch, lineColor(), scale, 0.7);
        pen.stroke(outline, lineColor(), 1, 1);
        pen.stroke(whole, lineColor(), 1.75 * scale, 1);
        pen.stroke(partial, lineColor(), 1.75 * scale, Tokens.PARTIAL);
    }

    /** From the smallest to the greatest value each; what does not touch the one before is joined to it. */
    private void ranges(List<Mark.Slot> slots) {
        Path2D hatch = path();
        Path2D full = path();
        double thin = scale / 2;
        for (int i = 0; i < slots.size(); i++) {
            Mark.Slot slot = slots.get(i);
            double middle = (slot.high() + slot.low()) / 2;
            Box box = box(slot, Math.min(slot.high(), middle - thin), Math.max(slot.low(), middle + thin));
            if (slot.estimated()) {
                box.hatch(hatch, HATCH * scale);
            } else {
                box.addTo(full);
            }
            if (i > 0 && !(slot.estimated() && slots.get(i - 1).estimated())) {
                double y1 = Math.min(slots.get(i - 1).low(), slot.low());
                double y2 = Math.max(slots.get(i - 1).high(), slot.high());
                if (y1 < y2) {
                    new Box(slot.left() - thin, y1, slot.left() + thin, y2).addTo(full);
                }
            }
        }
        pen.fill(full, lineColor(), 1);
        pen.stroke(hatch, lineColor(), 1.5 * scale, 1);
        pen.stroke(profile(slots, Mark.Slot::estimated, Mark.Slot::high), lineColor(), 1, 1);
        pen.stroke(profile(slots, Mark.Slot::estimated, Mark.Slot::low), lineColor(), 1, 1);
    }

    /** The outline of an estimated stretch, where it begins and where it ends. */
    private void side(List<Mark.Slot> slots, int i, int direction, Path2D outline) {
        int next = i + direction;
        if (next < 0 || next >= slots.size() || !slots.get(next).estimated()) {
            Mark.Slot slot = slots.get(i);
            double x = direction < 0 ? slot.left() : slot.right();
            outline.moveTo(x, picture.base());
            outline.lineTo(x, slot.high());
        }
    }

    private void gap(Box box) {
        Path2D lines = path();
        box.hatch(lines, 6 * scale);
        pen.begin("gap");
        pen.stroke(lines, Tokens.HATCH, scale, 1);
        pen.end();
    }

    private void notch(double left, double right) {
        Path2D mark = path();
        double wide = Math.max(1, right - left);
        double x = (left + right - wide) / 2;
        new Box(x, picture.plot().bottom() + 1, x + wide, picture.plot().bottom() + 5 * scale).addTo(mark);
        pen.begin("gap");
        pen.fill(mark, Tokens.LINE_STRONG, 1);
        pen.end();
    }

    private void triangle(double x, double y) {
        Path2D shape = path();
        double r = 5 * scale;
        shape.moveTo(x, y - r);
        shape.lineTo(x + r, y + 0.75 * r);
        shape.lineTo(x - r, y + 0.75 * r);
        shape.closePath();
        pen.begin("invalid");
        pen.stroke(shape, Tokens.SURFACE, 3 * scale, 1);
        pen.fill(shape, Tokens.ANOMALY, 1);
        pen.end();
    }

    private void keys() {
        pen.begin("legend");
        for (Header.Placed key : picture.keys()) {
            Box box = key.box();
            double x = (box.left() + box.right()) / 2;
            double y = (box.top() + box.bottom()) / 2;
            switch (key.sample()) {
                case ABOVE -> block(box, color(true), false, false, 0);
                case BELOW -> block(box, color(false), false, false, 0);
                case PARTIAL -> block(box, onlyLines() ? lineColor() : color(true), false, true, 0);
                case ESTIMATED -> block(box, onlyLines() ? lineColor() : color(true), true, false, 0);
                case PEAKS -> {
                    Path2D shape = path();
                    box.addTo(shape);
                    pen.fill(shape, color(true), Tokens.PEAKS);
                }
                case LINE -> {
                    Path2D shape = path();
                    shape.moveTo(box.left(), y);
                    shape.lineTo(box.right(), y);
                    pen.stroke(shape, lineColor(), 2 * scale, 1);
                }
                case INVALID -> triangle(x, y + scale);
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

    private void texts() {
        Path2D plates = path();
        for (Text text : picture.texts()) {
            if (text.box().overlaps(picture.plot()) && text.words().equals("no data")) {
                text.box().inset(-3 * scale).addTo(plates);
            }
        }
        pen.begin("text");
        pen.fill(plates, Tokens.SURFACE, 1);
        for (Text text : picture.texts()) {
            Path2D letters = path();
            text.face().write(letters, text.words(), text.x(), text.baseline(), text.size());
            pen.fill(letters, text.rgb(), 1);
        }
        pen.end();
    }
}
