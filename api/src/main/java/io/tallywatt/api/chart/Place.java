package io.tallywatt.api.chart;

import java.math.BigDecimal;
import java.time.Instant;

/** From values and instants to pixels. */
record Place(Box plot, ValueAxis values, TimeAxis times) {
    double x(Instant instant) {
        return plot.left() + times.share(instant) * plot.width();
    }

    double y(BigDecimal value) {
        return plot.bottom() - values.share(value) * plot.height();
    }
}
