package io.tallywatt.api.live;

import io.tallywatt.api.Problem;
import io.tallywatt.api.wire.PowerShape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What homes draw now, as it is measured: the last hour of each, at full rate, in memory. What is kept for good are the minutes
 * in the store. Safe for several threads.
 */
public final class LivePower implements AutoCloseable {
    /** How far back is remembered. */
    public static final Duration REMEMBERED = Duration.ofHours(1);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final Map<String, Home> homes = new TreeMap<>();
    private int listeners;
    private boolean closed;

    /**
     * A measurement.
     *
     * @param powerW drawn from the grid, null if that was not told
     * @param productionW given to the grid
     * @param todayKwh drawn since local midnight
     */
    public record Point(
            Instant at,
            @Nullable BigDecimal powerW,
            @Nullable BigDecimal productionW,
            @Nullable BigDecimal todayKwh) {}

    /** What is known of a home: its last point, and in words why there is none just now, or null. */
    public record State(
            String key,
            String name,
            ZoneId zone,
            @Nullable Point latest,
            @Nullable String trouble) {}

    private static final class Home {
        final String key;
        final ArrayDeque<Point> points = new ArrayDeque<>();
        final Set<LiveListener> listening = new HashSet<>();
        String name;
        ZoneId zone;

        @Nullable
        String trouble;

        Home(String key, String name, ZoneId zone) {
            this.key = key;
            this.name = name;
            this.zone = zone;
        }

        State state() {
            return new State(key, name, zone, points.peekLast(), trouble);
        }
    }

    /** A home is listened to, or again. */
    public synchronized void connected(String key, String name, ZoneId zone) {
        Home home = homes.computeIfAbsent(key, k -> new Home(key, name, zone));
        home.name = name;
        home.zone = zone;
        home.trouble = null;
    }

    /** A home is not heard just now. */
    public synchronized void lost(String key, String why) {
        @Nullable Home home = homes.get(key);
        if (home != null) {
            home.trouble = why;
        }
    }

    /** Something was measured, later than all before. */
    public synchronized void measured(String key, Point point) {
        @Nullable Home home = homes.get(key);
        if (home == null) {
            return;
        }
        home.trouble = null;
        home.points.add(point);
        Instant oldest = point.at().minus(REMEMBERED);
        while (home.points.getFirst().at().isBefore(oldest)) {
            home.points.removeFirst();
        }
        byte[] text = event(point);
        for (LiveListener listener : List.copyOf(home.listening)) {
            listener.tell(text);
        }
    }

    public synchronized List<State> homes() {
        return homes.values().stream().map(Home::state).toList();
    }

    /** One home, with the points of the last hour; empty if it is not listened to here. */
    public synchronized Optional<Hour> hour(String key) {
        return Optional.ofNullable(homes.get(key)).map(home -> new Hour(home.state(), List.copyOf(home.points)));
    }

    /** @param points by time */
    public record Hour(State home, List<Point> points) {}

    /**
     * Somebody begins to listen to a home that is known; first comes what was measured after the last event that was read, or
     * the latest measurement for one who is new.
     */
    public synchronized LiveListener listen(String key, @Nullable String lastEventId, Runnable hangUp) {
        Home home = homes.get(key);
        if (home == null || closed) {
            throw Problem.of(503, "Stopping", "The server is being stopped; try again in a moment");
        }
        if (listeners >= Live.MOST_LISTENERS) {
            throw Problem.of(
                    503, "Too many listen", "There are " + Live.MOST_LISTENERS + " who listen; try again in a while");
        }
        LiveListener[] self = new LiveListener[1];
        LiveListener listener = new LiveListener(hangUp, HEARTBEAT, () -> leave(home, self[0]));
        self[0] = listener;
        listeners++;
        home.listening.add(listener);
        listener.tellFirst(LiveText.greeting(RETRY, null));
        Optional<Instant> last = lastEventId == null ? Optional.empty() : LiveText.position(lastEventId);
        for (Point point : home.points) {
            boolean news = last.map(read -> point.at().isAfter(read)).orElse(point.equals(home.points.peekLast()));
            if (news) {
                listener.tellFirst(event(point));
            }
        }
        return listener;
    }

    private synchronized void leave(Home home, LiveListener listener) {
        if (home.listening.remove(listener)) {
            listeners--;
        }
    }

    private static byte[] event(Point point) {
        return ("id: " + point.at() + "\nevent: power\ndata: " + PowerShape.text(point) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** All who listen are told what waits, and then no more. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Home home : homes.values()) {
            List.copyOf(home.listening).forEach(LiveListener::end);
        }
    }
}
