package io.tallywatt.core.alert;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;

/**
 * What an alert says to people: a title of one line, and a short plain text. Names and words come from outside, so neither holds a
 * control character but the text's own line ends.
 */
public final class AlertText {
    private static final int TITLE = 150;
    private static final int NAME = 200;
    private static final int WORDS = 200;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd ");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mmXXX");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ssXXX");

    private final Function<Series, ZoneId> zones;

    /** @param zones the zone of a series, UTC where it is not known */
    public AlertText(Function<Series, ZoneId> zones) {
        this.zones = zones;
    }

    /** {@code [CRITICAL] site/site1/generation: nothing arrives}. */
    public String title(Alert alert) {
        String grade = switch (alert.kind()) {
            case FOUND -> alert.severity().name();
            case RESOLVED -> "RESOLVED";
        };
        String count = alert.count() > 1 ? " (" + count(alert.count()) + " times)" : "";
        String title = "[" + grade + "] " + series(alert) + ": " + matter(alert.rule());
        return clean(atMost(title, TITLE - count.length())) + count;
    }

    /** The first finding and how many more there are, in one line. */
    public String line(Alert alert) {
        StringBuilder line = new StringBuilder(title(alert));
        if (!alert.examples().isEmpty()) {
            Finding first = alert.examples().getFirst().finding();
            line.append("; ").append(when(first)).append(": ").append(words(first));
        }
        if (alert.heldBack() > 0) {
            line.append("; ").append(heldBack(alert));
        }
        return line.toString();
    }

    /** Several lines, each ended. */
    public String body(Alert alert) {
        StringBuilder text = new StringBuilder();
        String findings = count(alert.count(), "finding", "findings");
        text.append(
                switch (alert.kind()) {
                    case FOUND ->
                        findings + " of " + series(alert) + ", rule " + alert.rule() + ", severity " + alert.severity()
                                + ":\n";
                    case RESOLVED ->
                        findings + " of " + series(alert) + ", rule " + alert.rule()
                                + (alert.count() == 1 ? ", holds" : ", hold") + " no more:\n";
                });
        for (StoredFinding example : alert.examples()) {
            Finding finding = example.finding();
            text.append("\n").append(when(finding)).append('\n');
            text.append("  seen: ").append(words(finding.observed())).append('\n');
            text.append("  expected: ").append(words(finding.expected())).append('\n');
        }
        long more = alert.count() - alert.examples().size();
        if (more > 0) {
            text.append("\nand ").append(count(more)).append(" more.\n");
        }
        if (alert.kind() == Alert.Kind.FOUND) {
            text.append("\nWhat to do: ").append(advice(alert.rule())).append('\n');
        }
        text.append("\nAll of them: GET /api/v1/anomalies?")
                .append(parameter(alert.series()))
                .append("rule=")
                .append(alert.rule())
                .append('\n');
        if (alert.heldBack() > 0) {
            text.append(heldBack(alert)).append('\n');
        }
        return text.toString();
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String count(long n, String one, String many) {
        return count(n) + " " + (n == 1 ? one : many);
    }

    private static String atMost(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 3) + "...";
    }

    private static String heldBack(Alert alert) {
        return count(alert.heldBack(), "more alert waits", "more alerts wait") + ", by the limit of alerts per hour.";
    }

    private static String series(Alert alert) {
        return clean(atMost(alert.series().toString(), NAME));
    }

    /** Nothing where the name is too long to be read. */
    private static String parameter(Series series) {
        String name = series.toString();
        if (name.length() > NAME) {
            return "";
        }
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%7E", "~");
        return "series=" + encoded + "&";
    }

    private static String words(Finding finding) {
        return "seen " + words(finding.observed()) + ", expected " + words(finding.expected());
    }

    private static String words(String raw) {
        return clean(atMost(raw, WORDS));
    }

    /** One line for terminals, mails and pages alike: nothing in it ends a line, moves a cursor or turns the writing round. */
    public static String clean(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> clean.append(' ');
                case Character.CONTROL -> clean.append(c == '\t' || c == '\n' || c == '\r' ? ' ' : '?');
                case Character.FORMAT, Character.SURROGATE -> clean.append('?');
                default -> clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }

    private String when(Finding finding) {
        ZoneId zone = zone(finding.series());
        Interval interval = finding.interval();
        ZonedDateTime start = interval.start().atZone(zone);
        ZonedDateTime end = interval.end().atZone(zone);
        String until = start.toLocalDate().equals(end.toLocalDate()) ? time(end) : DATE.format(end) + time(end);
        String name = zone.normalized() instanceof ZoneOffset ? "" : " " + zone;
        return DATE.format(start) + time(start) + " to " + until + name;
    }

    /** With the offset: at a clock change a time of day occurs twice. */
    private static String time(ZonedDateTime time) {
        Instant instant = time.toInstant();
        return (instant.getEpochSecond() % 60 == 0 ? MINUTES : SECONDS).format(time);
    }

    private ZoneId zone(Series series) {
        try {
            return zones.apply(series);
        } catch (StoreException e) {
            return ZoneOffset.UTC;
        }
    }

    private static String matter(RuleName rule) {
        return switch (rule) {
            case NEGATIVE -> "negative energy";
            case IMPLAUSIBLE -> "more than it can be";
            case SPIKE -> "far from the usual";
            case STUCK -> "stuck at a value";
            case GAP -> "readings are missing";
            case LATE -> "readings came late";
            case REGISTER_RESET -> "a register began anew";
            case CONFLICT -> "given again with other values";
            case OVERDUE -> "nothing arrives";
            case SOURCE_SIGN -> "two sources disagree on the direction";
            case SOURCE_LAG -> "one source follows another late";
            case OVER_CAPACITY -> "more than the cable can carry";
            case SOURCE_GAP -> "one source has nothing";
        };
    }

    private static String advice(RuleName rule) {
        return switch (rule) {
            case NEGATIVE ->
                "see whether the meter is wired or set up the wrong way round. Such readings are kept, but not totalled.";
            case IMPLAUSIBLE ->
                "see whether unit or scale of the feed changed. If the values are right, raise tallywatt.plausible-kw.";
            case SPIKE ->
                "compare with the neighbours and the weather; a correction may be sent at any time and counts.";
            case STUCK -> "see whether meter or gateway hangs, and restart it.";
            case GAP -> "have the missing files sent; once they are in, this ends by itself.";
            case LATE -> "see to the connection of the site and to the clock of its gateway.";
            case REGISTER_RESET -> "see whether the meter was swapped; if so, nothing is to be done.";
            case CONFLICT -> "ask the sender which value is right: the latest counts.";
            case OVERDUE -> "see whether site, gateway and connection are up; what is sent afterwards is taken.";
            case SOURCE_SIGN -> "see which of them has the direction right; both are kept, and shown by name.";
            case SOURCE_LAG -> "see whether one of them stamps the other end of its intervals.";
            case OVER_CAPACITY -> "see whether the cable was given another capacity, and set tallywatt.grid.cable.*.";
            case SOURCE_GAP -> "nothing is lost: the other source is shown meanwhile, and what comes late is taken.";
        };
    }
}
