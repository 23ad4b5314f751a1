package io.tallywatt.api.chart;

/** A graphic of which it is settled where everything stands. */
interface Drawn {
    /** The same in a few sentences, for those who cannot see it. */
    String description();

    void paint(Pen pen);
}
