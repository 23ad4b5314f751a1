package io.tallywatt.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * One kind of request: written down beforehand with some hundred different arguments, so that sending costs next to nothing,
 * and how an answer to each is told from a wrong one at a glance.
 */
final class HttpQuestion {
    private static final int VARIETY = 997;

    private final String words;
    private final int status;
    private final long leastBytes;
    private final byte[][] requests = new byte[VARIETY][];
    private final byte[][] begins = new byte[VARIETY][];

    private HttpQuestion(
            String words, int status, long leastBytes, IntFunction<byte[]> request, IntFunction<String> begin) {
        this.words = words;
        this.status = status;
        this.leastBytes = leastBytes;
        for (int i = 0; i < VARIETY; i++) {
            requests[i] = request.apply(i);
            begins[i] = begin.apply(i).getBytes(StandardCharsets.UTF_8);
        }
    }

    static HttpQuestion total(Arguments arguments) {
        return new HttpQuestion(
                "total of one date",
                200,
                30,
                i -> HttpConnection.get(totalPath(arguments, i)),
                i -> "{\"date\":\"" + arguments.date(i) + '"');
    }

    static HttpQuestion daily(Arguments arguments) {
        return new HttpQuestion(
                "daily totals of the year",
                200,
                30L * arguments.days(),
                i -> HttpConnection.get(dailyPath(arguments)),
                i -> "{\"items\":[");
    }

    static HttpQuestion month(Arguments arguments) {
        long least = 28L * Demand.HALF_HOURS * 80;
        return new HttpQuestion(
                "one meter's month of half-hours",
                200,
                Math.min(least, arguments.days() * least / 28),
                i -> HttpConnection.get(monthPath(arguments, i)),
                i -> "{\"series\":\"" + arguments.series(i) + '"');
    }

    /** The same answer as before: no question to the store, no body. */
    static HttpQuestion unchanged(String path, String tag) {
        return new HttpQuestion(
                "not modified (304)", 304, 0, i -> HttpConnection.get(path, "If-None-Match: " + tag), i -> "");
    }

    static String totalPath(Arguments arguments, int number) {
        return "/api/v1/consumption/total/" + arguments.date(number);
    }

    static String dailyPath(Arguments arguments) {
        return "/api/v1/consumption/daily?from=" + arguments.from() + "&to=" + arguments.to();
    }

    static String monthPath(Arguments arguments, int number) {
        return "/api/v1/series/" + arguments.series(number) + "/readings?from=" + arguments.monthFrom(number) + "&to="
                + arguments.monthTo(number);
    }

    String inWords() {
        return words;
    }

    byte[] request(int number) {
        return requests[number % VARIETY];
    }

    /** @throws IllegalStateException if this is no answer to that request */
    void check(int number, ResponseReader answer) {
        boolean right = answer.status() == status
                && answer.length() >= leastBytes
                && answer.startsWith(begins[number % VARIETY])
                && (status != 200 || answer.endsWith('}'));
        if (!right) {
            String body = answer.body();
            throw new IllegalStateException("Status " + answer.status() + " and " + answer.length() + " bytes to: "
                    + new String(request(number), StandardCharsets.US_ASCII)
                    + body.substring(0, Math.min(300, body.length())));
        }
    }
}
