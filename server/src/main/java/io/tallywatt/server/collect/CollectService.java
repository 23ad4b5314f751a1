package io.tallywatt.server.collect;

import io.tallywatt.core.ingest.Collecting;
import io.tallywatt.core.ingest.Collecting.Result;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.time.Interval;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A thread that asks one source on its schedule: at once, and then a little after each full interval of it. What goes wrong is
 * told in the log, once until it is mended, and stops nobody; the next round asks for it again.
 *
 * <p>Each round asks for what a source may still correct ({@link Plan#whole}) or, where that is much for so short an
 * interval, for the last of it, and for all of it once an hour.
 */
public final class CollectService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AN_HOUR = Duration.ofHours(1);
    /** One part of the interval by which a round may be late by chance, so that not all programs ask in one second. */
    private static final int CHANCE = 20;

    private final Source source;
    private final Plan plan;
    private final Collecting collecting;
    private final Clock clock;
    private final Runnable arrived;
    private final Consumer<String> log;
    private final RandomGenerator random;
    private final Thread thread;
    private volatile boolean ending;

    private @Nullable Instant lastWhole;
    private @Nullable Instant reached;
    private String lastTrouble = "";
    private boolean told;

    /**
     * How far back is asked.
     *
     * @param whole as far as corrections come
     * @param overlap in the rounds between those that ask for the whole: how far before what was asked last; null where every
     *     round asks for the whole
     */
    public record Plan(Duration whole, @Nullable Duration overlap) {}

    private CollectService(
            Source source,
            Plan plan,
            Collecting collecting,
            Clock clock,
            Runnable arrived,
            Consumer<String> log,
            RandomGenerator random) {
        this.source = source;
        this.plan = plan;
        this.collecting = collecting;
        this.clock = clock;
        this.arrived = arrived;
        this.log = log;
        this.random = random;
        this.thread =
                Thread.ofPlatform().name("collect-" + source.name()).daemon().unstarted(this::run);
    }

    /**
     * Starts asking.
     *
     * @param arrived told after each round that brought something
     * @param log one line for what a person should know
     */
    public static CollectService start(
            Source source,
            Plan plan,
            Collecting collecting,
            Clock clock,
            Runnable arrived,
            Consumer<String> log,
            RandomGenerator random) {
        CollectService service = new CollectService(source, plan, collecting, clock, arrived, log, random);
        service.thread.start();
        return service;
    }

    private void run() {
        try {
            while (!ending) {
                Duration pause = round();
                Instant now = clock.instant();
                Duration wait = Duration.between(now, due(now));
                Thread.sleep(wait.compareTo(pause) > 0 ? wait : pause);
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    /** A little after the next full interval. */
    private Instant due(Instant now) {
        long every = source.every().toMillis();
        long next = Math.floorDiv(now.toEpochMilli(), every) * every + every;
        return Instant.ofEpochMilli(next + every / CHANCE + random.nextLong(Math.max(1, every / CHANCE)));
    }

    private Interval window(Instant now) {
        Instant last = lastWhole;
        Instant from = reached;
        if (last == null
                || from == null
                || plan.overlap() == null
                || Duration.between(last, now).compareTo(AN_HOUR) >= 0) {
            return Collecting.lately(now, plan.whole());
        }
        Instant start = from.minus(plan.overlap());
        Instant earliest = now.minus(plan.whole());
        return new Interval(start.isBefore(earliest) ? earliest : start, now);
    }

    /** @return how long to leave the source alone at least */
    private Duration round() throws InterruptedException {
        Instant now = clock.instant();
        Interval window = window(now);
        Sum sum = new Sum();
        try {
            Duration pause = collecting.window(window, sum::add);
            if (pause.isZero() && sum.trouble.isEmpty()) {
                reached = now;
                if (window.equals(Collecting.lately(now, plan.whole()))) {
                    lastWhole = now;
                }
            }
            tell(sum);
            return pause;
        } catch (IOException e) {
            tell("its replies cannot be kept: " + Failures.inWords(e));
        } catch (UncheckedIOException e) {
            tell("its replies cannot be kept: " + Failures.inWords(Objects.requireNonNull(e.getCause())));
        } catch (StoreException e) {
            if (!ending) {
                tell("what it replied cannot be stored: " + e.getMessage());
            }
        } catch (RuntimeException e) {
            tell("this should not have happened; please report it: " + e);
        } finally {
            if (sum.came > 0) {
                arrived.run();
            }
        }
        return Duration.ZERO;
    }

    private void tell(Sum sum) {
        if (!sum.trouble.isEmpty()) {
            tell(sum.trouble);
            return;
        }
        if (!lastTrouble.isEmpty()) {
            log.accept(source.name() + " answers again");
            lastTrouble = "";
        }
        if (!told && sum.came > 0) {
            told = true;
            log.accept(source.name() + ": " + Text.count(sum.readings, "reading", "readings")
                    + " came in the first round");
        }
    }

    /** The same trouble is told once. */
    private void tell(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            log.accept(source.name() + ": " + trouble + "; it is asked again in time, and nothing is lost");
        }
    }

    /** What came of a round. */
    private static final class Sum {
        int came;
        long readings;
        String trouble = "";

        void add(Result result) {
            switch (result) {
                case Result.Came new_ -> {
                    came++;
                    Tally tally = Tally.of(new_.outcome());
                    readings += tally.readings();
                    trouble(tally.trouble());
                }
                case Result.Busy busy -> trouble(busy.why());
                case Result.Refused refused -> trouble(refused.question().what() + ": " + refused.why());
                case Result.Unchanged unchanged -> {}
                case Result.Nothing nothing -> {}
                case Result.Done done -> {}
            }
        }

        private void trouble(String why) {
            if (trouble.isEmpty()) {
                trouble = why;
            }
        }
    }

    /** Ends after what is being taken in; to be called before the store is closed. */
    @Override
    public void close() {
        ending = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
