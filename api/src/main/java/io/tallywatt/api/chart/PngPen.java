package io.tallywatt.api.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Paints on a white image. The only class here that needs AWT proper; letters are paths, so not its fonts. */
final class PngPen implements Pen {
    static {
        // On a server there is no screen; AWT would look for one on its own account unless told.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private final BufferedImage image;
    private final Graphics2D graphics;

    PngPen(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    void finish(OutputStream out) throws IOException {
        graphics.dispose();
        // In memory: the other kind of stream makes a file in the temp folder first.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException("This Java has no PNG writer");
            }
        }
    }

    @Override
    public void begin(String name) {}

    @Override
    public void end() {}

    @Override
    public void fill(Path2D path, int rgb, double opacity) {
        color(rgb, opacity);
        graphics.fill(path);
    }

    @Override
    public void stroke(Path2D path, int rgb, double width, double opacity) {
        color(rgb, opacity);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(path);
    }

    private void color(int rgb, double opacity) {
        graphics.setColor(new Color(rgb & 0xffffff | (int) Math.round(opacity * 255) << 24, true));
    }
}
