package io.tallywatt.api.chart;

import java.awt.geom.Path2D;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Paints a picture over time: what is behind first. */
final class Drawing {
    private final Picture picture;
    private final Pen pen;
    private final double scale;
    private final Stencil stencil;

    private Drawing(Picture picture, Pen pen) {
        this.picture = picture;
        this.pen = pen;
        this.scale = picture.scale();
        this.stencil = new Stencil(pen, scale);
    }

    static void draw(Picture picture, Pen pen) {
        new Drawing(picture, pen).all();
    }

    private void all() {
        stencil.ground(picture.width(), picture.height());
        grid();
        for (Layer layer : picture.layers()) {
            layer.marks().forEach(mark -> values(mark, layer.ink()));
        }
        base();
        picture.marks().forEach(this::anomalies);
        stencil.keys(picture.keys());
        stencil.texts(
                picture.texts(),
                picture.texts().stream()
                        .map(Text::box)
                        .filter(box -> box.overlaps(picture.plot()))
                        .map(box -> box.inset(-3 * scale))
                        .toList());
    }

    private void values(Mark mark, Ink ink) {
        switch (mark) {
            case Mark.Bar(Mark.Slot slot) -> bar(slot, ink);
            case Mark.Area(List<Mark.Slot> slots) -> area(slots, ink);
            case Mark.Line(List<Mark.Slot> slots) -> line(slots, ink.lineRgb());
            case Mark.Gap(double left, double right) ->
                gap(new Box(left, picture.plot().top(), right, picture.plot().bottom()));
            case Mark.Notch(double left, double right) -> notch(left, right);
            case Mark.Shade(Box box, int rgb) -> {
                pen.begin("bar");
                stencil.fill(box, rgb);
                pen.end();
            }
            case Mark.Invalid invalid -> {
                // Over the base line.
            }
            case Mark.Anomaly anomaly -> {}
            case Mark.Run run -> {}
        }
    }

    private void anomalies(Mark mark) {
        switch (mark) {
            case Mark.Invalid(double x, double y) -> {
                pen.begin("invalid");
                stencil.triangle(x, y, true);
                pen.end();
            }
            case Mark.Anomaly anomaly -> {
                pen.begin("anomaly");
                stem(anomaly);
                stencil.triangle(anomaly.x(), anomaly.y(), anomaly.filled());
                pen.end();
            }
            case Mark.Run(double left, double right, double y) -> {
                pen.begin("anomaly");
                stencil.run(new Box(left, y - 4 * scale, right, y + 4 * scale));
                pen.end();
            }
            case Mark.Bar bar -> {}
            case Mark.Area area -> {}
            case Mark.Line line -> {}
            case Mark.Gap gap -> {}
            case Mark.Notch notch -> {}
            case Mark.Shade shade -> {}
        }
    }

    private static Path2D.Double path() {
        return Stencil.path();
    }

    private static double crisp(double at) {
        return Stencil.crisp(at);
    }

    /** Dots from a value to what was expected of it. */
    private void stem(Mark.Anomaly anomaly) {
        Double expected = anomaly.expected();
        if (expected == null) {
            return;
        }
        Path2D dots = path();
        double from = Math.min(anomaly.y(), expected);
        double to = Math.max(anomaly.y(), expected);
        for (double y = from; y < to; y += 4 * scale) {
            dots.moveTo(crisp(anomaly.x()), y);
            dots.lineTo(crisp(anomaly.x()), Math.min(y + 2 * scale, to));
        }
        pen.stroke(dots, Tokens.ANOMALY, scale, 1);
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

    private void bar(Mark.Slot slot, Ink ink) {
        // Bars lie on whole pixels and their base is that of the zero line.
        double base = Math.floor(picture.base());
        boolean above = slot.high() <= picture.base();
        double end = above ? slot.high() : slot.low();
        Box box = above
                ? new Box(slot.left(), Math.min(end, base), slot.right(), base)
                : new Box(slot.left(), base + 1, slot.right(), Math.max(end, base + 1));
        pen.begin(slot.estimated() ? "bar estimated" : "bar");
        stencil.block(box, (above ? ink.above() : ink.below()).rgb, slot.estimated(), slot.partial(), above ? 1 : -1);
        pen.end();
    }

    /** Full up to the value that is nearest to zero, lighter from there to the farthest. */
    private void area(List<Mark.Slot> slots, Ink ink) {
        double base = picture.base();
        // Over peaks of one pixel an outline would be all that is seen.
        boolean outlined = slots.stream().allMatch(s -> s.high() == s.low());
        pen.begin("area");
        for (boolean above : new boolean[] {true, false}) {
            int rgb = (above ? ink.above() : ink.below()).rgb;
            ToDoubleFunction<Mark.Slot> near = s -> above ? Math.min(base, s.low()) : Math.max(base, s.high());
            ToDoubleFunction<Mark.Slot> far = s -> above ? Math.min(base, s.high()) : Math.max(base, s.low());
            Path2D full = path();
            Path2D peaks = path();
            Path2D hatch = path();
            for (Mark.Slot slot : slots) {
                if (slot.estimated()) {
                    box(slot, far.applyAsDouble(slot), base).hatch(hatch, Stencil.HATCH * scale);
                } else {
                    box(slot, near.applyAsDouble(slot), base).addTo(full);
                    box(slot, near.applyAsDouble(slot), far.applyAsDouble(slot)).addTo(peaks);
                }
            }
            if (!outlined) {
                pen.fill(peaks, rgb, Tokens.PEAKS);
            }
            pen.fill(full, rgb, 1);
            pen.stroke(hatch, rgb, 1.5 * scale, 1);
            pen.stroke(
                    profile(slots, s -> (outlined || s.estimated()) && far.applyAsDouble(s) != base, far), rgb, 1, 1);
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

    private void line(List<Mark.Slot> slots, int rgb) {
        pen.begin("line");
        if (slots.stream().allMatch(s -> s.high() == s.low())) {
            steps(slots, rgb);
        } else {
            ranges(slots, rgb);
        }
        pen.end();
    }

    /** One value each. Under an estimated one the way to zero is hatched. */
    private void steps(List<Mark.Slot> slots, int rgb) {
        Path2D hatch = path();
        Path2D outline = path();
        Path2D whole = path();
        Path2D partial = path();
        for (int i = 0; i < slots.size(); i++) {
            Mark.Slot slot = slots.get(i);
            if (slot.estimated()) {
                box(slot, slot.high(), picture.base()).hatch(hatch, Stencil.HATCH * scale);
                side(slots, i, -1, outline);
                side(slots, i, 1, outline);
            }
            Path2D step = slot.partial() ? partial : whole;
            step.moveTo(slot.left(), i == 0 ? slot.high() : slots.get(i - 1).high());
            step.lineTo(slot.left(), slot.high());
            step.lineTo(slot.right(), slot.high());
        }
        pen.stroke(hatch, rgb, scale, 0.7);
        pen.stroke(outline, rgb, 1, 1);
        pen.stroke(whole, rgb, 1.75 * scale, 1);
        pen.stroke(partial, rgb, 1.75 * scale, Tokens.PARTIAL);
    }

    /** From the smallest to the greatest value each; what does not touch the one before is joined to it. */
    private void ranges(List<Mark.Slot> slots, int rgb) {
        Path2D hatch = path();
        Path2D full = path();
        double thin = scale / 2;
        for (int i = 0; i < slots.size(); i++) {
            Mark.Slot slot = slots.get(i);
            double middle = (slot.high() + slot.low()) / 2;
            Box box = box(slot, Math.min(slot.high(), middle - thin), Math.max(slot.low(), middle + thin));
            if (slot.estimated()) {
                box.hatch(hatch, Stencil.HATCH * scale);
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
        pen.fill(full, rgb, 1);
        pen.stroke(hatch, rgb, 1.5 * scale, 1);
        pen.stroke(profile(slots, Mark.Slot::estimated, Mark.Slot::high), rgb, 1, 1);
        pen.stroke(profile(slots, Mark.Slot::estimated, Mark.Slot::low), rgb, 1, 1);
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
}
