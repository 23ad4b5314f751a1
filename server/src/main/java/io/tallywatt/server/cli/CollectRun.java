package io.tallywatt.server.cli;

import io.tallywatt.core.ingest.Collecting;
import io.tallywatt.core.ingest.Collecting.Patience;
import io.tallywatt.core.ingest.Collecting.Result;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.time.Interval;
import io.tallywatt.server.collect.CollectSettings.Chosen;
import io.tallywatt.server.collect.ReplyFiles;
import io.tallywatt.server.collect.Tally;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Asks a source once, or for a long range piece by piece, and says what came. */
final class CollectRun {
    /** Somebody waits. */
    private static final Patience FOR_ONCE = new Patience(3, Duration.ofMinutes(2));
    /** Years take their time; a ban of ten minutes is waited for. */
    private static final Patience FOR_A_RANGE = new Patience(8, Duration.ofMinutes(20));

    /** What was fetched so long after its window is final. */
    private static final Duration SETTLED = Duration.ofDays(5);

    private final Session session;
    private final Chosen chosen;
    private final Collecting collecting;
    private final ReplyFiles replies;
    private final Output out;
    private final CollectProgress progress;

    private int asked;
    private int came;
    private int unchanged;
    private int nothing;
    private int done;
    private int failed;
    private long readings;
    private long rejected;

    /** @param range whether it is a long one that is asked for, so that waiting makes sense */
    CollectRun(Session session, Stores.Open store, Chosen chosen, Output out, boolean range) {
        this.session = session;
        this.chosen = chosen;
        this.out = out;
        this.replies = Collectors.replies(session);
        this.collecting =
                Collectors.collecting(session, store, chosen, replies, range ? FOR_A_RANGE : FOR_ONCE, this::pause);
        Surroundings outside = session.surroundings();
        this.progress = new CollectProgress(outside.err(), outside.columns(), System::nanoTime);
    }

    private void pause(Duration time, String why) throws InterruptedException {
        progress.erase();
        session.surroundings()
                .err()
                .println("tallywatt: " + Text.clean(why) + "; "
                        + chosen.source().name() + " is asked again in " + Math.max(1, time.toSeconds()) + " s");
        session.surroundings().pause().pause(time);
    }

    /** @return the exit code */
    int once() throws IOException, InterruptedException {
        Instant now = session.surroundings().clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Interval window = Collecting.lately(now, chosen.plan().whole());
        List<Question> questions = chosen.source().questions(window);
        try (progress) {
            progress.begin(questions.size());
            boolean answered = true;
            for (Question question : questions) {
                if (answered) {
                    answered = take(question, true);
                }
            }
            return ended(answered);
        }
    }

    /** @return the exit code */
    int range(Interval range) throws IOException, InterruptedException {
        List<Question> questions = new ArrayList<>();
        for (Interval window : collecting.windows(range)) {
            questions.addAll(chosen.source().questions(window));
        }
        try (progress) {
            progress.begin(questions.size());
            for (Question question : questions) {
                if (collecting.isDone(question, SETTLED)) {
                    progress.done(question.what());
                    done++;
                } else if (!take(question, false)) {
                    return ended(false);
                }
            }
            return ended(true);
        }
    }

    /** @return whether there is any sense in going on */
    private boolean take(Question question, boolean each) throws IOException, InterruptedException {
        progress.at(question);
        asked++;
        Result result = collecting.ask(question);
        progress.done(question.what());
        switch (result) {
            case Result.Came new_ -> {
                came++;
                Tally tally = Tally.of(new_.outcome());
                readings += tally.readings();
                rejected += tally.rejected();
                if (!tally.trouble().isEmpty()) {
                    failed++;
                    say(question, tally.trouble());
                } else if (each) {
                    say(question, Text.count(tally.readings(), "reading", "readings"));
                }
            }
            case Result.Unchanged same -> {
                unchanged++;
                if (each) {
                    say(question, "nothing new");
                }
            }
            case Result.Nothing none -> {
                nothing++;
                if (each) {
                    say(question, "not published: " + none.why());
                }
            }
            case Result.Refused refused -> {
                failed++;
                say(question, refused.why());
            }
            case Result.Busy busy -> {
                failed++;
                say(question, busy.why());
                return false;
            }
            case Result.Done before -> done++;
        }
        return true;
    }

    private void say(Question question, String what) throws IOException {
        progress.erase();
        line(question.what() + " " + question.window().start() + " to "
                + question.window().end() + ": " + what);
    }

    private void line(String text) throws IOException {
        out.write((Text.clean(text) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private int ended(boolean answered) throws IOException {
        progress.erase();
        List<String> parts = new ArrayList<>();
        add(parts, came, "with something new");
        add(parts, unchanged, "unchanged");
        add(parts, nothing, "not published");
        add(parts, done, "fetched before");
        add(parts, failed, "in trouble");
        line(chosen.source().name() + ": " + Text.count(asked + (long) done, "question", "questions")
                + (parts.isEmpty() ? "" : ": " + String.join(", ", parts)) + "; "
                + Text.count(readings, "reading", "readings")
                + (rejected == 0 ? "" : ", " + Text.count(rejected, "row", "rows") + " not taken"));
        if (!answered) {
            session.surroundings()
                    .err()
                    .println("tallywatt: " + chosen.source().name()
                            + " does not answer now; give the same command again later: it goes on where it was");
        }
        return failed == 0 ? ExitCode.DONE : ExitCode.PARTLY;
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** @return the exit code */
    int replay() throws IOException {
        try (progress) {
            progress.begin(replies.count(chosen.source().name()));
            return replayed();
        }
    }

    private int replayed() throws IOException {
        long[] replaced = new long[1];
        List<IOException> failure = new ArrayList<>();
        collecting.replay(outcome -> {
            asked++;
            progress.done(outcome.name());
            Tally tally = Tally.of(outcome);
            if (outcome instanceof Outcome.Taken) {
                replaced[0]++;
                readings += tally.readings();
                rejected += tally.rejected();
            }
            if (!tally.trouble().isEmpty()) {
                failed++;
                progress.erase();
                try {
                    line(tally.trouble());
                } catch (IOException e) {
                    failure.add(e);
                }
            }
        });
        progress.erase();
        if (!failure.isEmpty()) {
            throw failure.getFirst();
        }
        line(chosen.source().name() + ": " + Text.count(asked, "reply", "replies") + " read again, " + replaced[0]
                + " of them differently or for the first time; " + Text.count(readings, "reading", "readings")
                + (rejected == 0 ? "" : ", " + Text.count(rejected, "row", "rows") + " not taken"));
        return failed == 0 ? ExitCode.DONE : ExitCode.PARTLY;
    }
}
