package io.tallywatt.api.live;

import io.tallywatt.api.Backend;
import io.tallywatt.api.Problem;
import io.tallywatt.core.query.News;
import io.tallywatt.core.query.SeriesReading;
import io.tallywatt.core.store.StoreException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The hub: as long as anybody listens, it looks a few times a second whether the store has changed, which costs nothing where it has
 * not. If it has, what came is asked for once per filter, told apart from what was known, written down once and given to all
 * who listen by that filter. Nobody is waited for.
 */
@Singleton
public class Live implements AutoCloseable {
    /** At most so many listen; each is a connection, and a thread that mostly sleeps. */
    public static final int MOST_LISTENERS = 200;

    /** At most so many readings are remembered for all filters together: about 50 MB. */
    private static final long MOST_REMEMBERED = 2_000_000;

    /** Whoever comes back after longer starts anew. */
    private static final Duration LONGEST_AWAY = Duration.ofHours(24);

    /** Where nobody can listen, they ask again after so long. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger("io.tallywatt.api");

    /**
     * How often things happen.
     *
     * @param look how long between two looks at the store
     * @param heartbeat how long nothing is written at the most
     * @param retry after which time those who are cut off shall come back
     * @param grace how long the end waits for those who do not read
     */
    record Pace(Duration look, Duration heartbeat, Duration retry, Duration grace) {
        static final Pace USUAL =
                new Pace(Duration.ofMillis(250), Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(1));
    }

    private final Backend backend;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LiveFilter, Topic> topics = new HashMap<>();
    private int listeners;
    private boolean looking;
    private boolean closed;

    @Inject
    Live(Backend backend) {
        this(backend, Pace.USUAL);
    }

    Live(Backend backend, Pace pace) {
        this.backend = backend;
        this.pace = pace;
    }

    /** What is told to those of one filter. */
    private static final class Topic {
        final News news;
        final News.Memory memory;
        final Set<LiveListener> listeners = new HashSet<>();
        /** Everything that became known up to here has been told. */
        Instant position;

        Topic(News news, News.Memory memory, Instant position) {
            this.news = news;
            this.memory = memory;
            this.position = position;
        }
    }

    /**
     * Somebody begins to listen.
     *
     * @param lastEventId of the last event that was read before the connection broke, null for one who is new
     * @param hangUp closes the connection
     * @throws Problem if there is no room, or the server is being stopped
     */
    public LiveListener listen(LiveFilter filter, @Nullable String lastEventId, Runnable hangUp) {
        LiveListener[] self = new LiveListener[1];
        LiveListener listener = new LiveListener(hangUp, pace.heartbeat(), () -> leave(filter, self[0]));
        self[0] = listener;
        Topic topic;
        Instant position;
        lock.lock();
        try {
            if (closed) {
                throw Problem.of(503, "Stopping", "The server is being stopped; try again in a moment");
            }
            if (listeners >= MOST_LISTENERS) {
                throw Problem.of(
                        503, "Too many listen", "There are " + MOST_LISTENERS + " who listen; try again in a while");
            }
            @Nullable Topic known = topics.get(filter);
            if (known == null) {
                topic = begun(filter);
            } else {
                topic = known;
                look(topic);
            }
            topics.put(filter, topic);
            position = topic.position;
            topic.listeners.add(listener);
            listeners++;
            if (!looking) {
                looking = true;
                Thread.ofVirtual().name("live").start(this::lookOnAndOn);
            }
        } finally {
            lock.unlock();
        }
        try {
            greet(listener, topic.news, lastEventId, position);
            return listener;
        } catch (RuntimeException e) {
            listener.abandon();
            throw e;
        }
    }

    private void leave(LiveFilter filter, LiveListener listener) {
        lock.lock();
        try {
            @Nullable Topic topic = topics.get(filter);
            if (topic != null && topic.listeners.remove(listener)) {
                listeners--;
                if (topic.listeners.isEmpty()) {
                    topics.remove(filter);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Topic begun(LiveFilter filter) {
        long remembered =
                topics.values().stream().mapToLong(t -> t.memory.readings()).sum();
        News news = new News(backend.following(), filter.prefixes());
        // Asked before the memory is made: what comes in between is told, and is no news then.
        Instant position = backend.ledger().changedAt();
        return backend.ask(() -> {
            try {
                return new Topic(news, news.memory(backend.clock().instant(), MOST_REMEMBERED - remembered), position);
            } catch (News.TooMuch e) {
                throw Problem.of(
                        503,
                        "Too much to follow",
                        "These are more series than can be followed at once; name one thing, such as site/site1");
            }
        });
    }

    /**
     * All that there is to tell one who does not stay: what came since the last event, and when to ask again. Who is new is told from
     * where to ask.
     */
    public byte[] sinceThen(LiveFilter filter, @Nullable String lastEventId) {
        Instant position = backend.ledger().changedAt();
        byte[] greeting = LiveText.greeting(ASK_AGAIN, lastEventId == null ? position : null);
        if (lastEventId == null) {
            return greeting;
        }
        byte[] missed = missed(new News(backend.following(), filter.prefixes()), lastEventId, position);
        byte[] all = Arrays.copyOf(greeting, greeting.length + missed.length);
        System.arraycopy(missed, 0, all, greeting.length, missed.length);
        return all;
    }

    /** What comes before everything that is told to all. */
    private void greet(LiveListener listener, News news, @Nullable String lastEventId, Instant position) {
        if (lastEventId == null) {
            listener.tellFirst(LiveText.greeting(pace.retry(), position));
            return;
        }
        byte[] missed = missed(news, lastEventId, position);
        // Whoever reads the greeting and no more has missed the same still: without an id, the old one stays.
        listener.tellFirst(LiveText.greeting(pace.retry(), null));
        listener.tellFirst(missed);
    }

    private byte[] missed(News news, String lastEventId, Instant position) {
        Optional<Instant> known = LiveText.position(lastEventId);
        if (known.isEmpty() || known.get().isAfter(position)) {
            return LiveText.reset(position, "this id is not known here");
        }
        Instant last = known.get();
        Instant now = backend.clock().instant();
        if (last.equals(position)) {
            return LiveText.HEARTBEAT;
        }
        if (last.isBefore(now.minus(LONGEST_AWAY))) {
            return LiveText.reset(position, "this id is more than 24 hours old");
        }
        return backend.ask(() -> {
            try {
                List<SeriesReading> since = news.since(last, now);
                return since.isEmpty() ? LiveText.moved(position) : LiveText.readings(since, last, position);
            } catch (News.TooMuch e) {
                return LiveText.reset(position, "more came since than is told one by one");
            }
        });
    }

    private void lookOnAndOn() {
        try {
            while (lookOnce()) {
                Thread.sleep(pace.look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                // However it ended: the next who listens starts another.
                looking = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether to look again. */
    private boolean lookOnce() {
        lock.lock();
        try {
            if (closed || listeners == 0) {
                looking = false;
                return false;
            }
            // Those who are cut leave, and may take their topic with them.
            List.copyOf(topics.values()).forEach(this::look);
            return true;
        } catch (RejectedExecutionException e) {
            // The store is being closed, and so are we.
            return false;
        } catch (StoreException e) {
            LOG.error("Cannot look for what came: " + e.getMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("Cannot look for what came", e);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells those of a topic what came since the last look. The lock is held. */
    private void look(Topic topic) {
        Instant changed = backend.ledger().changedAt();
        if (!changed.isAfter(topic.position)) {
            return;
        }
        Instant now = backend.clock().instant();
        byte[] text = backend.ask(() -> {
            try {
                List<SeriesReading> fresh = topic.news.fresh(topic.memory, topic.position, now);
                return fresh.isEmpty() ? new byte[0] : LiveText.readings(fresh, topic.position, changed);
            } catch (News.TooMuch e) {
                return LiveText.reset(changed, "more came at once than is told one by one");
            }
        });
        topic.position = changed;
        if (text.length > 0) {
            List.copyOf(topic.listeners).forEach(l -> l.tell(text));
        }
    }

    /** Ends all answers: nothing else would, and the server waits for what is under way. */
    @Override
    public void close() {
        List<LiveListener> all;
        lock.lock();
        try {
            closed = true;
            all = topics.values().stream().flatMap(t -> t.listeners.stream()).toList();
        } finally {
            lock.unlock();
        }
        all.forEach(LiveListener::end);
        Thread.ofVirtual().name("live-end").start(() -> {
            try {
                Thread.sleep(pace.grace());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            rest().forEach(LiveListener::cut);
        });
    }

    private List<LiveListener> rest() {
        lock.lock();
        try {
            return topics.values().stream().flatMap(t -> t.listeners.stream()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** How many listen now. */
    int listeners() {
        lock.lock();
        try {
            return listeners;
        } finally {
            lock.unlock();
        }
    }
}
