package io.tallywatt.api.chart;

import java.awt.geom.Path2D;

/** What a picture is painted with; one per format. Colours are {@code 0xRRGGBB}, lengths are pixels from the top left. */
interface Pen {
    /** What follows, up to {@link #end}, belongs together under a name. */
    void begin(String name);

    void end();

    /** @param opacity 0 to 1 */
    void fill(Path2D path, int rgb, double opacity);

    void stroke(Path2D path, int rgb, double width, double opacity);
}
