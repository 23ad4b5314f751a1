package io.tallywatt.api.chart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Draws charts. The same chart in the same size always gives the same bytes. Safe for several threads. */
public final class ChartImages {
    /** Less has no room for the words, more is no picture of a page any more. */
    public static final int LEAST_WIDTH = 360;

    public static final int LEAST_HEIGHT = 240;
    public static final int MOST = 4096;

    private ChartImages() {}

    /**
     * Writes a PNG on white; the stream stays open.
     *
     * @throws IllegalArgumentException if the size is outside the limits above
     */
    public static void png(Graphic chart, int width, int height, OutputStream out) throws IOException {
        check(width, height);
        Drawn picture = placed(chart, width, height);
        PngPen pen = new PngPen(width, height);
        picture.paint(pen);
        pen.finish(out);
    }

    /**
     * Writes an SVG with the same picture, words as outlines; the stream stays open.
     *
     * @throws IllegalArgumentException if the size is outside the limits above
     */
    public static void svg(Graphic chart, int width, int height, OutputStream out) throws IOException {
        check(width, height);
        Drawn picture = placed(chart, width, height);
        String title = chart.unit().isEmpty() ? chart.title() : chart.title() + ", " + chart.unit();
        SvgPen pen = new SvgPen(width, height, title, picture.description());
        picture.paint(pen);
        out.write(pen.finish().getBytes(StandardCharsets.UTF_8));
    }

    static Drawn placed(Graphic graphic, int width, int height) {
        return switch (graphic) {
            case Chart chart -> Picture.of(chart, width, height);
            case Balance balance -> BalancePicture.of(balance, width, height);
            case Spread spread -> Matrix.of(spread, width, height);
            case Trend trend -> TrendPicture.of(trend, width, height);
            case Stack stack -> StackPicture.of(stack, width, height);
        };
    }

    private static void check(int width, int height) {
        if (width < LEAST_WIDTH || width > MOST) {
            throw new IllegalArgumentException(
                    "A chart is " + LEAST_WIDTH + " to " + MOST + " pixels wide, but got " + width);
        }
        if (height < LEAST_HEIGHT || height > MOST) {
            throw new IllegalArgumentException(
                    "A chart is " + LEAST_HEIGHT + " to " + MOST + " pixels high, but got " + height);
        }
    }
}
