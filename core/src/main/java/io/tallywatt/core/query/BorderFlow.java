package io.tallywatt.core.query;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What flows across a border, as far as it is known.
 *
 * @param fromName the border's first zone for readers, {@code France}
 * @param toName its second, {@code Great Britain}
 * @param zone of its days
 * @param capacityMw of all its cables now, empty where none is known
 * @param shown what to believe, by the rule of {@link Flows}; null where nothing is known, which is not 0
 * @param others what the other source says
 * @param cables all that there ever were of it
 */
public record BorderFlow(
        Border border,
        String fromName,
        String toName,
        ZoneId zone,
        OptionalInt capacityMw,
        @Nullable FlowAt shown,
        List<FlowAt> others,
        List<OfCable> cables) {
    public BorderFlow {
        others = List.copyOf(others);
        cables = List.copyOf(cables);
    }

    /**
     * One cable of it.
     *
     * @param capacityMw now, empty while it is out of service
     * @param latest what was last said of it, null where nothing is known
     */
    public record OfCable(
            Cable cable, OptionalInt capacityMw, @Nullable FlowAt latest) {}

    /** The direction of a flow across this border in words, such as {@code from France into Great Britain}. */
    public String direction(@Nullable FlowAt flow) {
        BigDecimal mw = flow == null ? null : flow.mw();
        if (mw == null) {
            return "not known";
        }
        return switch (mw.signum()) {
            case 1 -> "from " + fromName + " into " + toName;
            case -1 -> "out of " + toName + " to " + fromName;
            default -> "nothing flows";
        };
    }
}
