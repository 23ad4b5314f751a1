package io.tallywatt.core.ingest;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.source.Archive;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Asks a source, takes in what is new, and keeps the replies as they came. A reply that says what one before said is neither
 * taken nor kept. It is taken before it is kept: who is stopped in between takes it once more, which changes nothing.
 *
 * <p>Where a source asks for patience, it is given it: {@code pause}, doubled with every try and at least what the source
 * says, with a quarter more or less by chance, so that many who were sent away do not come back together.
 */
public final class Collecting {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int PARTS = 1000;

    private final Source source;
    private final Archive archive;
    private final Ingest ingest;
    private final ReadingOptions options;
    private final Patience patience;
    private final Pause pause;
    private final RandomGenerator random;

    /** How is waited; a test does not. */
    public interface Pause {
        /** @param why in the source's words */
        void pause(Duration time, String why) throws InterruptedException;
    }

    /**
     * How much is borne with a source that is busy.
     *
     * @param tries how often a question is asked before it is given up, at least 1
     * @param longest pause that is made before another try; where it would be longer, the question is given up
     */
    public record Patience(int tries, Duration longest) {
        /** None: who asks comes again anyway. */
        public static final Patience NONE = new Patience(1, Duration.ZERO);
    }

    /** What came of a question. */
    public sealed interface Result {
        Question question();

        /** There was something new; what came of taking it in. */
        record Came(Question question, Outcome outcome) implements Result {}

        /** It was answered, by nothing new. */
        record Unchanged(Question question) implements Result {}

        /** Nothing of it is published, or not yet. */
        record Nothing(Question question, String why) implements Result {}

        /**
         * It was not answered, however often it was tried.
         *
         * @param pause how long it is better to leave the source alone
         */
        record Busy(Question question, Duration pause, String why) implements Result {}

        /** Asking again makes no sense until somebody changes something. */
        record Refused(Question question, String why) implements Result {}

        /** It was asked before, long enough after its window for the answer to be final. */
        record Done(Question question) implements Result {}
    }

    public Collecting(
            Source source,
            Archive archive,
            Ingest ingest,
            ReadingOptions options,
            Patience patience,
            Pause pause,
            RandomGenerator random) {
        this.source = source;
        this.archive = archive;
        this.ingest = ingest;
        this.options = options;
        this.patience = patience;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Asks for everything of a window. Where the source has to be left alone, the questions that are left are not asked.
     *
     * @param told each result as it comes
     * @return how long the source is better left alone; zero if it is not
     * @throws IOException if replies cannot be kept
     */
    public Duration window(Interval window, Consumer<Result> told) throws IOException, InterruptedException {
        for (Question question : source.questions(window)) {
            Result result = ask(question);
            told.accept(result);
            if (result instanceof Result.Busy busy) {
                return busy.pause();
            }
        }
        return Duration.ZERO;
    }

    /** The windows that the source can be asked for one after the other, for all of a long one. */
    public List<Interval> windows(Interval all) {
        List<Interval> windows = new ArrayList<>();
        Instant from = all.start();
        while (from.isBefore(all.end())) {
            Instant to = from.plus(source.window());
            windows.add(new Interval(from, to.isBefore(all.end()) ? to : all.end()));
            from = to;
        }
        return windows;
    }

    /** Whether a question was answered so long after its window that nothing of it changes any more. */
    public boolean isDone(Question question, Duration settled) throws IOException {
        return archive.lastKept(source.name(), question)
                .filter(at -> at.isAfter(question.window().end().plus(settled)))
                .isPresent();
    }

    /** Asks one question, as often as it takes. */
    public Result ask(Question question) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            switch (source.ask(question)) {
                case Reply.Fetched fetched -> {
                    return came(question, fetched);
                }
                case Reply.NotYetPublished nothing -> {
                    return new Result.Nothing(question, nothing.why());
                }
                case Reply.Rejected rejected -> {
                    return new Result.Refused(question, rejected.why());
                }
                case Reply.Throttled throttled -> {
                    Duration wait = pause(attempt, throttled.pause());
                    if (attempt >= patience.tries() || wait.compareTo(patience.longest()) > 0) {
                        return new Result.Busy(question, wait, throttled.why());
                    }
                    pause.pause(wait, throttled.why());
                }
            }
        }
    }

    private Duration pause(int attempt, Duration asked) {
        Duration doubled = PAUSE.multipliedBy(1L << Math.min(attempt - 1, 16));
        Duration own = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        boolean longer = asked.compareTo(own) > 0;
        // Never less than what the source asks for: then chance only adds.
        long parts = longer ? PARTS + random.nextInt(PARTS / 4) : PARTS * 3 / 4 + random.nextInt(PARTS / 2);
        return (longer ? asked : own).multipliedBy(parts).dividedBy(PARTS);
    }

    private Result came(Question question, Reply.Fetched fetched) throws IOException {
        if (archive.has(source.name(), question, fetched.fingerprint())) {
            return new Result.Unchanged(question);
        }
        String name = archive.name(source.name(), question, fetched);
        Outcome outcome = ingest.take(reply(name, fetched.document(), fetched.at()), options, Progress.NONE);
        if (!(outcome instanceof Outcome.Refused)) {
            archive.keep(source.name(), question, fetched);
        }
        return new Result.Came(question, outcome);
    }

    /**
     * Takes in all that is kept, in the order in which it came, without asking anybody: what is read as it was read before
     * changes nothing, what is read differently by now replaces what it gave.
     *
     * @param told each outcome as it comes
     */
    public void replay(Consumer<Outcome> told) throws IOException {
        try (Stream<Archive.Kept> all = archive.kept(source.name())) {
            all.forEach(kept -> told.accept(again(kept)));
        }
    }

    private Outcome again(Archive.Kept kept) {
        byte[] document;
        try {
            document = kept.content().read();
        } catch (IOException e) {
            return new Outcome.Refused(kept.name(), "Cannot be read: " + Failures.inWords(e));
        }
        return ingest.take(reply(kept.name(), document, kept.at()), options, Progress.NONE);
    }

    private static Document reply(String name, byte[] bytes, Instant at) {
        return new BytesDocument(name, bytes, at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The window that ends now and goes back as far as something may still be corrected. */
    public static Interval lately(Instant now, Duration back) {
        return new Interval(now.minus(back), now);
    }
}
