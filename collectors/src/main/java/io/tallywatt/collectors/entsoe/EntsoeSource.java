package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.entsoe.MarketDocument.Acknowledgement;
import io.tallywatt.collectors.entsoe.MarketDocument.Publication;
import io.tallywatt.collectors.entsoe.MarketDocument.TimeSeries;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.web.Answer;
import io.tallywatt.collectors.web.RequestBudget;
import io.tallywatt.collectors.web.RetryAfter;
import io.tallywatt.collectors.web.Secret;
import io.tallywatt.collectors.web.Web;
import io.tallywatt.core.grid.BiddingZone;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.time.Interval;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ENTSO-E Transparency Platform, asked for the flows and schedules of borders and the prices of zones. Safe for several
 * threads, which share its budget; while the platform has banned it, or asked for patience, questions are answered by
 * {@link Reply.Throttled} without asking.
 */
public final class EntsoeSource implements Source {
    public static final String NAME = "entsoe";

    /** Where the platform is. */
    public static final URI PLATFORM = URI.create("https://web-api.tp.entsoe.eu/api");

    /** For how long it does not answer whoever asked too much. */
    static final Duration BAN = Duration.ofMinutes(10);

    /** What a trouble that passes by itself usually takes. */
    static final Duration A_WHILE = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    /** So many connections that end without an answer, one after the other, are a ban. */
    private static final int DROPS_OF_A_BAN = 3;

    private static final int LONGEST_WORDS = 300;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** What the platform changes in every reply. */
    private static final Pattern CHANGING = Pattern.compile(
            "(<(?:[\\w.-]+:)?(?:mRID|revisionNumber|(?:received_MarketDocument\\.)?createdDateTime)>)[^<]*");

    private final URI base;
    private final Supplier<Secret> token;
    private final Grid grid;
    private final Clock clock;
    private final Web web;
    private final RequestBudget budget;
    private Instant heldUntil = Instant.EPOCH;
    private int drops;

    /**
     * @param base {@link #PLATFORM}, or what stands in for it
     * @param token asked for anew with each question
     * @param budget shared by all who ask with this token or from this address
     */
    public EntsoeSource(URI base, Supplier<Secret> token, Grid grid, Clock clock, Web web, RequestBudget budget) {
        this.base = base;
        this.token = token;
        this.grid = grid;
        this.clock = clock;
        this.web = web;
        this.budget = budget;
    }

    /**
     * Half of what the platform allows (400 a minute): {@link Web} may send a request a second time, and others may ask
     * from the same address.
     */
    public static RequestBudget budget() {
        return RequestBudget.perMinute(200);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    /** The platform gives up to a year at once; a month is a document of some hundred kilobytes. */
    @Override
    public Duration window() {
        return Duration.ofDays(30);
    }

    @Override
    public List<Question> questions(Interval window) {
        Instant start = window.start().truncatedTo(ChronoUnit.DAYS);
        Instant last = window.end().truncatedTo(ChronoUnit.DAYS);
        Instant end = last.equals(window.end()) ? last : last.plus(1, ChronoUnit.DAYS);
        Interval days = new Interval(start, end);
        Interval withTomorrow = new Interval(start, end.plus(1, ChronoUnit.DAYS));
        List<Question> questions = new ArrayList<>();
        grid.borders().forEach(border -> {
            questions.add(new Question(new Asked.Flow(border).name(), days));
            questions.add(new Question(new Asked.Schedule(border).name(), withTomorrow));
        });
        grid.priced().forEach(zone -> questions.add(new Question(new Asked.Price(zone).name(), withTomorrow)));
        return questions;
    }

    @Override
    public Reply ask(Question question) throws InterruptedException {
        Asked asked;
        try {
            asked = Asked.parse(question.what());
        } catch (IllegalArgumentException e) {
            return new Reply.Rejected(String.valueOf(e.getMessage()));
        }
        return switch (asked) {
            case Asked.OfBorder ofBorder -> {
                String from = ofBorder.border().from();
                String to = ofBorder.border().to();
                Optional<BiddingZone> there = grid.zone(from);
                Optional<BiddingZone> here = grid.zone(to);
                if (there.isEmpty() || here.isEmpty()) {
                    yield unknown(there.isEmpty() ? from : to);
                }
                String out = there.get().eic();
                String in = here.get().eic();
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put(EntsoeFormat.FROM, out);
                facts.put(EntsoeFormat.TO, in);
                yield ask(
                        question,
                        asked,
                        List.of(
                                new Direction(Asked.direction(from, to), out, in),
                                new Direction(Asked.direction(to, from), in, out)),
                        facts,
                        grid.zoneOf(ofBorder.border()));
            }
            case Asked.Price price -> {
                Optional<BiddingZone> area = grid.zone(price.area());
                if (area.isEmpty()) {
                    yield unknown(price.area());
                }
                String eic = area.get().eic();
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put(EntsoeFormat.AREA, eic);
                yield ask(
                        question,
                        asked,
                        List.of(new Direction(price.area(), eic, eic)),
                        facts,
                        area.get().zone());
            }
        };
    }

    private static Reply unknown(String zone) {
        return new Reply.Rejected("The zone " + zone + " is not known: it has no EIC to ask by");
    }

    /** One request: what is given out of one area into another. */
    private record Direction(String label, String out, String in) {}

    private Reply ask(
            Question question, Asked asked, List<Direction> directions, Map<String, String> facts, ZoneId zone)
            throws InterruptedException {
        Secret secret = token.get();
        List<Replies.Part> parts = new ArrayList<>();
        List<Publication> publications = new ArrayList<>();
        List<String> nothing = new ArrayList<>();
        for (Direction direction : directions) {
            switch (once(address(question.window(), asked, direction, secret), asked, secret)) {
                case Heard.Document document -> {
                    parts.add(new Replies.Part(direction.label(), document.bytes()));
                    switch (document.content()) {
                        case Publication publication -> publications.add(publication);
                        case Acknowledgement none -> nothing.add(said(secret, none.words()));
                    }
                }
                case Heard.Stop stop -> {
                    return stop.reply();
                }
            }
        }
        if (publications.isEmpty()) {
            return new Reply.NotYetPublished(String.join("; ", nothing));
        }
        String unit = Units.FLOW;
        if (asked instanceof Asked.Price) {
            Set<String> currencies = currencies(publications);
            if (currencies.size() > 1 || !currencies.stream().allMatch(c -> c.matches("[A-Z]{3}"))) {
                return new Reply.Rejected(said(secret, "Expected prices of one currency, but got " + currencies));
            }
            unit = Units.pricePerMwh(
                    currencies.isEmpty() ? "EUR" : currencies.iterator().next());
        }
        facts.put(EntsoeFormat.ZONE, zone.getId());
        facts.put(EntsoeFormat.UNIT, unit);
        Instant now = clock.instant();
        Replies replies = new Replies(NAME, question, now, facts, parts);
        return new Reply.Fetched(replies.bytes(), fingerprint(replies), now);
    }

    private static Set<String> currencies(List<Publication> publications) {
        Set<String> currencies = new TreeSet<>();
        for (Publication publication : publications) {
            for (TimeSeries prices : Auctions.choose(publication.series()).counting()) {
                currencies.add(prices.currency());
            }
        }
        return currencies;
    }

    /** The token is part of the address: no other way is known to work for GET. */
    private URI address(Interval window, Asked asked, Direction direction, Secret secret) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("documentType", asked.documentType());
        if (asked instanceof Asked.Price) {
            // Those of the auctions within the day are another contract.
            query.put("contract_MarketAgreement.type", "A01");
        }
        query.put("out_Domain", direction.out());
        query.put("in_Domain", direction.in());
        query.put("periodStart", MINUTE.format(window.start()));
        query.put("periodEnd", MINUTE.format(window.end()));
        StringBuilder address = new StringBuilder(base.toString()).append(base.getRawQuery() == null ? '?' : '&');
        query.forEach((key, value) -> address.append(key)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&'));
        return URI.create(
                address.append("securityToken=").append(secret.inQuery()).toString());
    }

    /** What one request came to. */
    private sealed interface Heard {
        record Document(MarketDocument content, byte[] bytes) implements Heard {}

        record Stop(Reply reply) implements Heard {}
    }

    private Heard once(URI address, Asked asked, Secret secret) throws InterruptedException {
        Reply.@Nullable Throttled held = held();
        if (held != null) {
            return new Heard.Stop(held);
        }
        budget.await();
        return switch (web.get(address, Map.of("Accept", "application/xml, text/xml"))) {
            case Answer.Failed failed -> new Heard.Stop(failed(failed, secret));
            case Answer.Body body -> {
                answered();
                yield heard(body, address, asked, secret);
            }
        };
    }

    private synchronized Reply.@Nullable Throttled held() {
        Duration left = Duration.between(clock.instant(), heldUntil);
        return left.isPositive()
                ? new Reply.Throttled(left, "The platform asked for patience until " + heldUntil)
                : null;
    }

    private synchronized void answered() {
        drops = 0;
    }

    private Reply failed(Answer.Failed failed, Secret secret) {
        String why = said(secret, failed.why());
        return switch (failed.failure()) {
            case TOO_LONG -> new Reply.Rejected(why);
            case NOT_TRUSTED -> new Reply.Throttled(BAN, why);
            case NOT_REACHED, TOO_SLOW -> new Reply.Throttled(A_WHILE, why);
            case DROPPED -> dropped(why);
        };
    }

    private synchronized Reply dropped(String why) {
        drops++;
        if (drops < DROPS_OF_A_BAN) {
            return new Reply.Throttled(A_WHILE, why);
        }
        drops = 0;
        return hold(BAN, why + ", again and again, as it does to whom it has banned");
    }

    /** Nothing is asked until then. */
    private synchronized Reply hold(Duration pause, String why) {
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Instant until = clock.instant().plus(bounded);
        if (until.isAfter(heldUntil)) {
            heldUntil = until;
        }
        return new Reply.Throttled(bounded, why);
    }

    private Heard heard(Answer.Body body, URI address, Asked asked, Secret secret) {
        int status = body.status();
        String host = address.getHost();
        if (status == 429 || status == 408 || status == 425 || status >= 500) {
            return new Heard.Stop(later(body, host));
        }
        if (status >= 300 && status < 400) {
            return new Heard.Stop(moved(body, address));
        }
        byte[] bytes = secret.redact(body.bytes());
        MarketDocument content;
        try {
            content = MarketXml.read(bytes);
        } catch (MarketXml.Unreadable e) {
            return new Heard.Stop(unreadable(e, body, host, secret));
        }
        return switch (content) {
            case Publication publication
            when status == 200 && publication.type().equals(asked.documentType()) ->
                new Heard.Document(publication, bytes);
            case Publication publication ->
                rejected(
                        secret,
                        host + " answered " + status + " with a document of type '" + publication.type()
                                + "', but was asked for " + asked.documentType());
            case Acknowledgement words
            when isAboutTheToken(status) -> rejected(secret, notAccepted(host, status) + ": " + words.words());
            case Acknowledgement words when words.saysNothingIsThere() -> new Heard.Document(words, bytes);
            case Acknowledgement words -> rejected(secret, host + " answered: " + words.words());
        };
    }

    private static Heard rejected(Secret secret, String why) {
        return new Heard.Stop(new Reply.Rejected(said(secret, why)));
    }

    private Reply later(Answer.Body body, String host) {
        String why = host + " answered " + body.status();
        Optional<Duration> wish = RetryAfter.read(body.retryAfter(), clock.instant());
        if (wish.isPresent()) {
            return hold(wish.get(), why + " and asked for a pause");
        }
        return body.status() == 429 ? hold(BAN, why + ": too many requests") : new Reply.Throttled(A_WHILE, why);
    }

    /** Whoever asked too much is sent to another port of the same host, where nothing else is. */
    private Reply moved(Answer.Body body, URI address) {
        @Nullable URI to = body.movedTo();
        String why = address.getHost() + " answered " + body.status();
        if (to == null) {
            return new Reply.Rejected(why);
        }
        if (to.getHost().equals(address.getHost()) && to.getPort() >= 0 && to.getPort() != address.getPort()) {
            return hold(BAN, why + " and sent the request to another port: too many requests");
        }
        return new Reply.Rejected(why + " and sent the request to " + to + ", where the token is not taken");
    }

    private Reply unreadable(MarketXml.Unreadable unreadable, Answer.Body body, String host, Secret secret) {
        int status = body.status();
        if (isAboutTheToken(status)) {
            return new Reply.Rejected(notAccepted(host, status));
        }
        String why = said(secret, host + " answered " + status + ": " + unreadable.getMessage());
        boolean passes = unreadable.fault() == MarketXml.Fault.CUT_OFF || unreadable.fault() == MarketXml.Fault.EMPTY;
        return passes && status == 200 ? new Reply.Throttled(A_WHILE, why) : new Reply.Rejected(why);
    }

    private static boolean isAboutTheToken(int status) {
        return status == 401 || status == 403;
    }

    private static String notAccepted(String host, int status) {
        return "The token was not accepted by " + host + " (" + status + ")";
    }

    /** One line of moderate length, without the secret. */
    private static String said(Secret secret, String words) {
        String line = MarketXml.clean(secret.redact(words));
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "...";
    }

    private static String fingerprint(Replies replies) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        replies.facts().forEach((key, value) -> {
            digest.update((key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
        });
        for (Replies.Part part : replies.parts()) {
            String text = new String(part.body(), StandardCharsets.ISO_8859_1);
            byte[] lasting = CHANGING.matcher(text).replaceAll("$1").getBytes(StandardCharsets.ISO_8859_1);
            digest.update((part.label() + " " + lasting.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(lasting);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public String toString() {
        return NAME + " at " + base.getHost();
    }
}
