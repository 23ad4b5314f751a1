package io.tallywatt.api.chart;

/** Something that can be drawn. */
public sealed interface Graphic permits Chart, Balance, Spread, Trend, Stack {
    /** What is shown, without the unit. */
    String title();

    /** Unit of all values, written after the title; empty where there is none. */
    String unit();
}
