package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs in two directions and is a sum of parts, over time: flows across borders, or through the cables of one.
 *
 * @param subtitle more words, may be empty; range, zone and origin are written beside it in any case
 * @param origin where the data is from if it is not what is measured now, or null
 * @param range the whole time axis
 * @param aboveWords what a value above zero means
 * @param belowWords what one below it does
 * @param parts those of which anything is known in the range
 * @param unknown names of those of which nothing is
 */
public record Stack(
        String title,
        String subtitle,
        @Nullable String origin,
        ZoneId zone,
        Interval range,
        String aboveWords,
        String belowWords,
        List<Part> parts,
        List<String> unknown)
        implements Graphic {

    /**
     * One of the parts.
     *
     * @param points means over their intervals, in order of time, not overlapping
     */
    public record Part(String name, List<Point> points) {
        public Part {
            points = List.copyOf(points);
        }
    }

    public Stack {
        parts = List.copyOf(parts);
        unknown = List.copyOf(unknown);
    }

    @Override
    public String unit() {
        return "MW";
    }
}
