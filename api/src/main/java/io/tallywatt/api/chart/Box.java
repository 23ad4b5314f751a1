package io.tallywatt.api.chart;

import java.awt.geom.Path2D;

/** A rectangle in pixels; y grows downwards. */
record Box(double left, double top, double right, double bottom) {
    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    boolean overlaps(Box other) {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    Box inset(double by) {
        return new Box(left + by, top + by, right - by, bottom - by);
    }

    void addTo(Path2D path) {
        path.moveTo(left, top);
        path.lineTo(right, top);
        path.lineTo(right, bottom);
        path.lineTo(left, bottom);
        path.closePath();
    }

    /**
     * Adds slanted lines across the box. They stand on one grid for the whole picture, so that they run on from one box
     * into the next.
     */
    void hatch(Path2D path, double spacing) {
        for (double sum = Math.ceil((left + top) / spacing) * spacing; sum < right + bottom; sum += spacing) {
            double from = Math.max(left, sum - bottom);
            double to = Math.min(right, sum - top);
            if (from < to) {
                path.moveTo(from, sum - from);
                path.lineTo(to, sum - to);
            }
        }
    }
}
