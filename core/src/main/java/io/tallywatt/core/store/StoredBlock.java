package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * A block as it stands, or stood, with where it comes from.
 *
 * @param zone of the day
 * @param knownAt when these readings became known
 * @param sources the deliveries that gave readings for the day, the decisive one first and those last that show none
 */
public record StoredBlock(Series series, ZoneId zone, DayBlock block, Instant knownAt, List<Source> sources) {
    /**
     * @param delivery id
     * @param name of its document
     * @param line first line that gave it
     * @param readings how many of the block's intervals count or are shown from this delivery
     */
    public record Source(long delivery, String name, long line, int readings) {}

    /**
     * The sources of the block that layers make.
     *
     * @param nameOf the name of a delivery's document
     */
    public static List<Source> sources(List<Layer> layers, LongFunction<String> nameOf) {
        int[] shown = Overlay.shown(layers);
        Map<Long, Source> byDelivery = new HashMap<>();
        Map<Long, Precedence> greatest = new HashMap<>();
        for (int i = 0; i < shown.length; i++) {
            Precedence precedence = layers.get(i).precedence();
            long id = precedence.delivery();
            byDelivery.merge(
                    id,
                    new Source(id, nameOf.apply(id), precedence.line(), shown[i]),
                    (a, b) -> new Source(id, a.name, Math.min(a.line, b.line), a.readings + b.readings));
            greatest.merge(id, precedence, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
        return byDelivery.values().stream()
                .sorted(Comparator.comparing((Source s) -> s.readings == 0)
                        .thenComparing(
                                s -> Objects.requireNonNull(greatest.get(s.delivery)), Comparator.reverseOrder()))
                .toList();
    }
}
