package io.tallywatt.server.inbox;

import io.tallywatt.server.report.Text;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the inbox says: a line per batch in which something was wrong, and now and then how much came. */
final class InboxLog {
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Logger logger;
    private Instant lastSaid = Instant.MIN;
    private InboxCounts said = InboxCounts.NONE;
    private long problems;
    private String first = "";
    private String standing = "";

    InboxLog(Logger logger) {
        this.logger = logger;
    }

    /** Something was wrong with a file. */
    void problem(String name, String what) {
        if (problems++ == 0) {
            first = Text.clean(name) + ": " + Text.reason(name, what);
        }
    }

    /** A mistake of ours. */
    void mistake(String name, Throwable e) {
        logger.log(
                Level.ERROR, "Inbox: this should not have happened at " + Text.clean(name) + "; please report it", e);
    }

    /** A batch is done. */
    void batch(InboxCounts counts, Instant now) {
        boolean due = lastSaid.equals(Instant.MIN) || !now.isBefore(lastSaid.plus(EVERY));
        InboxCounts since = counts.minus(said);
        if (problems == 0 && (!due || since.equals(InboxCounts.NONE))) {
            return;
        }
        String line = "Inbox: " + Text.count(since.taken() + since.known(), "file", "files") + " done"
                + (since.refused() == 0 ? "" : ", " + Text.count(since.refused(), "dead letter", "dead letters"))
                + (problems == 0 ? "" : "; " + first)
                + (problems > 1 ? " (and " + Text.count(problems - 1) + " more)" : "");
        logger.log(problems == 0 ? Level.INFO : Level.WARNING, line);
        said = counts;
        lastSaid = now;
        problems = 0;
        first = "";
    }

    /** Says what keeps the inbox from working, once as long as it is the same; null that nothing does any more. */
    void standing(@Nullable String what) {
        String now = what == null ? "" : what;
        if (!now.equals(standing)) {
            standing = now;
            if (what == null) {
                logger.log(Level.INFO, "Inbox: goes on");
            } else {
                logger.log(Level.WARNING, "Inbox: waits, nothing is lost: " + Text.clean(now));
            }
        }
    }
}
