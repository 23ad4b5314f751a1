package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.tibber.TibberFormat.What;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers measurements into minutes: of each the last read of the registers, and the mean of what was drawn, every measurement
 * holding until the next one. What is not newer than what came before says nothing new, as registers only count on. Belongs to
 * one thread.
 */
public final class Minutes {
    private static final long MINUTE = 60;
    private static final int DIGITS = 3;

    private final TibberHome home;
    private final List<Measurement> running = new ArrayList<>();
    private final List<Measurement> reads = new ArrayList<>();
    private final TreeMap<Instant, Mean> means = new TreeMap<>();
    private Instant latest = Instant.MIN;
    private boolean first = true;

    private record Mean(
            @Nullable BigDecimal powerW, @Nullable BigDecimal productionW) {}

    public Minutes(TibberHome home) {
        this.home = home;
    }

    public TibberHome home() {
        return home;
    }

    /**
     * Adds a measurement.
     *
     * @return whether it is newer than those before
     */
    public boolean add(Measurement measurement) {
        if (!measurement.at().isAfter(latest)) {
            return false;
        }
        latest = measurement.at();
        if (!running.isEmpty() && !minute(running.getFirst().at()).equals(minute(measurement.at()))) {
            end();
        }
        running.add(measurement);
        return true;
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    /** How many minutes wait to be given out. */
    public int size() {
        return means.size();
    }

    /** Forgets the oldest minutes, so that no more than so many wait; the registers of those after them have their energy. */
    public void atMost(int minutes) {
        while (means.size() > minutes) {
            Instant start = means.pollFirstEntry().getKey();
            reads.removeIf(read -> minute(read.at()).equals(start));
        }
    }

    /** Ends the minute that runs: nothing more is to come. */
    public void end() {
        if (running.isEmpty()) {
            return;
        }
        Instant start = minute(running.getFirst().at());
        reads.addAll(kept());
        means.put(start, new Mean(mean(start, Measurement::powerW), mean(start, Measurement::productionW)));
        running.clear();
    }

    /**
     * What is kept of a minute: its last read, and where that does not tell a register, the last that does; of the very first
     * minute the first one too, since energy is counted from it on.
     */
    private List<Measurement> kept() {
        TreeMap<Instant, Measurement> kept = new TreeMap<>();
        if (first) {
            kept.put(running.getFirst().at(), running.getFirst());
        }
        keepLast(Measurement::consumptionKwh, kept);
        keepLast(Measurement::productionKwh, kept);
        keepLast(Measurement::meterConsumptionKwh, kept);
        keepLast(Measurement::meterProductionKwh, kept);
        first = false;
        return List.copyOf(kept.values());
    }

    private void keepLast(Function<Measurement, @Nullable BigDecimal> register, Map<Instant, Measurement> kept) {
        for (Measurement measurement : running.reversed()) {
            if (register.apply(measurement) != null) {
                kept.put(measurement.at(), measurement);
                return;
            }
        }
    }

    private @Nullable BigDecimal mean(Instant start, Function<Measurement, @Nullable BigDecimal> value) {
        BigDecimal weighed = BigDecimal.ZERO;
        long seconds = 0;
        Instant end = start.plusSeconds(MINUTE);
        for (int i = 0; i < running.size(); i++) {
            @Nullable BigDecimal power = value.apply(running.get(i));
            if (power != null) {
                Instant until = i + 1 < running.size() ? running.get(i + 1).at() : end;
                long held =
                        Math.max(1, ChronoUnit.SECONDS.between(running.get(i).at(), until));
                weighed = weighed.add(power.multiply(BigDecimal.valueOf(held)));
                seconds += held;
            }
        }
        return seconds == 0
                ? null
                : Scaled.trim(weighed.divide(BigDecimal.valueOf(seconds), DIGITS, RoundingMode.HALF_EVEN));
    }

    /** A document of minutes, and what it is called. */
    public record Written(String name, byte[] bytes) {}

    /** The minutes that are over, as documents; they are kept until {@link #taken}. */
    public List<Written> documents(Instant now) {
        if (means.isEmpty()) {
            return List.of();
        }
        Interval window = new Interval(means.firstKey(), means.lastKey().plusSeconds(MINUTE));
        StringBuilder registers = new StringBuilder();
        for (Measurement read : reads) {
            ObjectNode node = TibberApi.JSON.createObjectNode();
            node.put("at", read.at().toString());
            put(node, "consumption", read.consumptionKwh());
            put(node, "production", read.productionKwh());
            put(node, "meterConsumption", read.meterConsumptionKwh());
            put(node, "meterProduction", read.meterProductionKwh());
            line(registers, node);
        }
        StringBuilder power = new StringBuilder();
        means.forEach((at, mean) -> {
            ObjectNode node = TibberApi.JSON.createObjectNode();
            node.put("at", at.toString());
            put(node, "power", mean.powerW());
            put(node, "production", mean.productionW());
            line(power, node);
        });
        return List.of(written(What.REGISTERS, window, now, registers), written(What.POWER, window, now, power));
    }

    /** They have been taken in. */
    public void taken() {
        reads.clear();
        means.clear();
    }

    private static void put(ObjectNode node, String field, @Nullable BigDecimal value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static void line(StringBuilder text, ObjectNode node) {
        try {
            text.append(TibberApi.JSON.writeValueAsString(node)).append('\n');
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Written written(What what, Interval window, Instant now, StringBuilder body) {
        Map<String, String> facts = new TreeMap<>(Map.of(
                TibberFormat.HOME, home.id(), TibberFormat.ZONE, home.zone().getId()));
        Replies replies = new Replies(
                TibberFormat.NAME,
                new Question(what.word() + " " + home.id(), window),
                now,
                facts,
                List.of(new Replies.Part("minutes", body.toString().getBytes(StandardCharsets.UTF_8))));
        String stamp = window.start().toString().replaceAll("[:-]", "");
        return new Written("tibber " + what.word() + " " + home.id() + " " + stamp, replies.bytes());
    }
}
