package io.tallywatt.collectors.elexon;

import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.web.Answer;
import io.tallywatt.collectors.web.RequestBudget;
import io.tallywatt.collectors.web.RetryAfter;
import io.tallywatt.collectors.web.Web;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Asks Elexon Insights for {@code FUELINST}: what flowed through each cable, by five minutes; and for the system prices of
 * Great Britain, by half hours. It needs no key. Safe for several
 * threads, which share its budget of requests.
 *
 * <p>It is asked for the cables alone, which {@code fuelType} may say as often as there are: half of the bytes. A cable that
 * Elexon adds is not asked for before {@link FuelTypes} knows it. The bounds of {@code publishDateTimeFrom} and {@code To} are
 * inclusive, and a row is stamped at its end: so a window is asked for from a minute after its start to a minute after its end,
 * which gives the same rows whether or not a bound is.
 */
public final class ElexonSource implements Source {
    /** Where Elexon is, unless the setting {@code tallywatt.elexon.url} says otherwise. */
    public static final URI BASE = URI.create("https://data.elexon.co.uk/bmrs/api/v1");

    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofDays(1);
    /** A reply of so much is half a megabyte; more is asked for piece by piece. */
    private static final Duration LONGEST_PIECE = Duration.ofHours(25);

    private static final Duration BESIDE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_WORDS = 300;

    private final String base;
    private final Web web;
    private final RequestBudget budget;
    private final Clock clock;

    /** With a budget of 60 requests a minute: far below what Elexon allows, and enough for a year in six minutes. */
    public ElexonSource(URI base, Web web, Clock clock) {
        this(base, web, RequestBudget.perMinute(60), clock);
    }

    /**
     * @param base address of the API, up to its version
     * @throws IllegalArgumentException if that is no address of HTTP
     */
    public ElexonSource(URI base, Web web, RequestBudget budget, Clock clock) {
        String text = base.toString();
        if (base.getHost() == null || !text.matches("(?i)https?://.*") || text.contains("?")) {
            throw new IllegalArgumentException(
                    "Expected the address of Elexon's API such as " + BASE + ", but got '" + text + "'");
        }
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.web = web;
        this.budget = budget;
        this.clock = clock;
    }

    @Override
    public String name() {
        return ElexonFormat.NAME;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Duration window() {
        return WINDOW;
    }

    /**
     * Flows: the window's full UTC hours, and then the hour in which it ends: what is over changes only by corrections, so that
     * its reply has a new fingerprint once an hour, while the hour that runs has one every five minutes and is small. A window
     * of whole hours, such as a day of a backfill, is one question. What is longer than a day is cut at UTC midnights.
     *
     * <p>Prices: the settlement dates that the window touches, which are those of London.
     */
    @Override
    public List<Question> questions(Interval window) {
        Instant from = window.start().truncatedTo(ChronoUnit.HOURS);
        Instant over = window.end().truncatedTo(ChronoUnit.HOURS);
        List<Question> questions = new ArrayList<>();
        while (from.isBefore(over)) {
            Instant midnight = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
            boolean fits = Duration.between(from, over).compareTo(LONGEST_PIECE) <= 0;
            Instant to = fits || !midnight.isBefore(over) ? over : midnight;
            questions.add(new Question(Dataset.FUELINST.what, new Interval(from, to)));
            from = to;
        }
        if (window.end().isAfter(over)) {
            questions.add(new Question(Dataset.FUELINST.what, new Interval(over, over.plus(1, ChronoUnit.HOURS))));
        }
        for (DeliveryDay day = day(window.start()); day.start().isBefore(window.end()); day = day(day.end())) {
            questions.add(new Question(Dataset.SYSTEM_PRICES.what, new Interval(day.start(), day.end())));
        }
        return List.copyOf(questions);
    }

    private static DeliveryDay day(Instant instant) {
        return new DeliveryDay(LocalDate.ofInstant(instant, ElexonFormat.LONDON), ElexonFormat.LONDON);
    }

    @Override
    public Reply ask(Question question) throws InterruptedException {
        URI address = address(question);
        budget.await();
        Answer answer = web.get(address, Map.of("Accept", "application/json"));
        Instant at = clock.instant();
        return switch (answer) {
            case Answer.Failed failed ->
                failed.failure() == Answer.Failure.TOO_LONG
                        ? new Reply.Rejected(failed.why())
                        : new Reply.Throttled(PAUSE, failed.why());
            case Answer.Body body -> reply(question, body, at);
        };
    }

    /** Where the answer to a question is. */
    URI address(Question question) {
        return switch (Dataset.of(question.what())) {
            case FUELINST -> {
                StringBuilder address = new StringBuilder(base)
                        .append("/datasets/FUELINST/stream?publishDateTimeFrom=")
                        .append(question.window().start().plus(BESIDE).truncatedTo(ChronoUnit.SECONDS))
                        .append("&publishDateTimeTo=")
                        .append(question.window().end().plus(BESIDE).truncatedTo(ChronoUnit.SECONDS));
                FuelTypes.codes().forEach(code -> address.append("&fuelType=").append(code));
                yield URI.create(address.append("&format=json").toString());
            }
            case SYSTEM_PRICES ->
                URI.create(base + "/balancing/settlement/system-prices/"
                        + day(question.window().start()).date() + "?format=json");
        };
    }

    private static Reply reply(Question question, Answer.Body body, Instant at) {
        int status = body.status();
        if (status == 204) {
            return nothing(question);
        }
        if (status == 200) {
            return read(question, body.bytes(), at);
        }
        String said = "Elexon answered " + status + words(body.bytes());
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return new Reply.Throttled(pause(body, at), said);
        }
        return new Reply.Rejected(
                body.movedTo() == null
                        ? said
                        : said + "; it was sent on to " + body.movedTo() + ", which is not followed");
    }

    private static Duration pause(Answer.Body body, Instant at) {
        Duration asked = RetryAfter.read(body.retryAfter(), at).orElse(PAUSE);
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private static Reply nothing(Question question) {
        return new Reply.NotYetPublished("Elexon has nothing of "
                + question.window().start() + " to " + question.window().end());
    }

    private static Reply read(Question question, byte[] bytes, Instant at) {
        Dataset dataset = Dataset.of(question.what());
        List<JsonRow> rows = new ArrayList<>();
        try {
            JsonRows.read(bytes, dataset.words, rows::add);
        } catch (UnreadableDocument e) {
            // A page of a proxy, or an answer that broke off: the next one is whole.
            return new Reply.Throttled(PAUSE, "Elexon's answer cannot be read: " + e.getMessage());
        }
        if (rows.isEmpty()) {
            return nothing(question);
        }
        Replies replies =
                new Replies(ElexonFormat.NAME, question, at, Map.of(), List.of(new Replies.Part(dataset.what, bytes)));
        return new Reply.Fetched(replies.bytes(), fingerprint(dataset, rows), at);
    }

    /**
     * SHA-256 of what the rows say, in the order of their times and cables: whatever order and shape Elexon sends them in, and
     * whatever else it writes beside. Of rows for the same time the order stays, since the later one counts.
     */
    static String fingerprint(Dataset dataset, List<JsonRow> rows) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
        rows.stream()
                .filter(row -> dataset != Dataset.FUELINST || ElexonFormat.isWanted(row))
                .sorted(Comparator.comparing(dataset::place))
                .forEach(row -> digest.update((dataset.essence(row) + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What the API said about it, in a line. */
    private static String words(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 4 * MOST_WORDS), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) + "..." : text);
    }
}
