package io.tallywatt.server.cli;

import io.tallywatt.api.chart.ChartImages;

/** How large a picture may be. */
final class ChartSize {
    private ChartSize() {}

    static void check(String option, int pixels, int least) {
        if (pixels < least || pixels > ChartImages.MOST) {
            throw Stop.usage("Invalid value for option '" + option + "': expected " + least + " to " + ChartImages.MOST
                    + " pixels, but got '" + pixels + "'");
        }
    }
}
