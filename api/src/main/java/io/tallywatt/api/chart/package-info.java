/**
 * Charts drawn on the server: a series' readings or steps as a PNG or SVG that can be printed. What enters is a
 * {@link io.tallywatt.api.chart.Chart}, what leaves is bytes; nothing here knows HTTP or a store.
 *
 * <p>{@code Picture} decides where everything stands, as records that can be tested; {@code Drawing} paints them with a
 * {@code Pen}, of which there is one per format. Letters are drawn as outlines from a font that ships with the program, so
 * neither a system font nor AWT's font code is needed, and a picture is the same on every machine. Nothing of AWT is
 * loaded before the first chart. Start with {@link io.tallywatt.api.chart.ChartImages}.
 */
@NullMarked
package io.tallywatt.api.chart;

import org.jspecify.annotations.NullMarked;
