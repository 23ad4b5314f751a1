/**
 * Charts drawn on the server: a series' readings or steps, a site's generation against its consumption, anomalies over sites
 * and over time, as a PNG or SVG that can be printed. What enters is a {@link io.tallywatt.api.chart.Graphic}, which
 * {@link io.tallywatt.api.chart.SeriesChart}, {@link io.tallywatt.api.chart.SiteChart} and
 * {@link io.tallywatt.api.chart.AnomalyChart} make of core's answers; what leaves is bytes. Nothing here knows HTTP.
 *
 * <p>{@code Picture} (over time) and {@code Matrix} (a table) decide where everything stands, as records that can be tested;
 * {@code Drawing} and {@code Stencil} paint them with a {@code Pen}, of which there is one per format. Letters are drawn as outlines from a font that ships with the program, so
 * neither a system font nor AWT's font code is needed, and a picture is the same on every machine. Nothing of AWT is
 * loaded before the first chart. Start with {@link io.tallywatt.api.chart.ChartImages}.
 */
@NullMarked
package io.tallywatt.api.chart;

import org.jspecify.annotations.NullMarked;
