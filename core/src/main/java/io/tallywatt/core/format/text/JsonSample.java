package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.text.JsonObject.Kind;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the objects in a document's head say. */
final class JsonSample {
    private static final int MOST_SHOWN = 300;

    private final JsonKeys keys;
    private final JsonStream stream;
    private final ReadingOptions options;
    private final StampText stamp = new StampText();
    private final List<Set<String>> names = new ArrayList<>();
    private final Set<String> times = new LinkedHashSet<>();
    private int exact;

    final Survey survey;
    int objects;
    /** The first thing that was no object. */
    @Nullable
    String problem;

    long problemLine;
    boolean unitStated;
    boolean allUnitsStated = true;

    JsonSample(Head head, int offset, ReadingOptions options) {
        this.options = options;
        keys = new JsonKeys(options);
        stream = new JsonStream(keys);
        survey = new Survey(head.whole());
        for (int role = 0; role < JsonKeys.ROLES; role++) {
            names.add(new LinkedHashSet<>());
        }
        stream.add(head.bytes(), offset, head.bytes().length);
        while (true) {
            switch (stream.next(!head.whole())) {
                case OBJECT -> look(stream.object);
                case BROKEN -> {
                    if (problem == null) {
                        problem = stream.message;
                        problemLine = stream.line;
                    }
                }
                case MORE, END -> {
                    return;
                }
            }
        }
    }

    private void look(JsonObject object) {
        objects++;
        for (int role = 0; role < JsonKeys.ROLES; role++) {
            JsonKey key = object.key(role);
            if (key != null) {
                names.get(role).add(key.text());
            }
        }
        JsonKey value = object.key(JsonKeys.VALUE);
        if (value != null) {
            boolean stated = object.has(JsonKeys.UNIT) || value.unit != null;
            unitStated |= stated;
            allUnitsStated &= stated;
        }
        boolean start = object.has(JsonKeys.START);
        boolean end = object.has(JsonKeys.END);
        long at = start || end ? seconds(object, start ? JsonKeys.START : JsonKeys.END) : Long.MIN_VALUE;
        if (at == Long.MIN_VALUE) {
            return;
        }
        if (start && end) {
            exact++;
            survey.interval(at, seconds(object, JsonKeys.END));
        } else {
            survey.stamp(text(object, JsonKeys.SERIES) + " " + text(object, JsonKeys.METER), at);
        }
    }

    private String text(JsonObject object, int role) {
        return object.has(role) ? Printable.decode(stream.bytes, object.from(role), object.to(role)) : "";
    }

    /** Seconds of a stamp as its clock shows it; {@link Long#MIN_VALUE} if it is none. */
    private long seconds(JsonObject object, int role) {
        int from = object.from(role);
        int to = object.to(role);
        if (object.kind(role) == Kind.INTEGER) {
            long instant = EpochTime.seconds(stream.bytes, from, to);
            if (instant >= 0) {
                times.add(to - from > 10 ? "milliseconds since 1970" : "seconds since 1970");
            }
            return instant < 0 ? Long.MIN_VALUE : instant;
        }
        if (object.kind(role) != Kind.TEXT
                || stamp.parse(stream.bytes, from, to, options.dateOrder()) != StampText.Outcome.FINE) {
            return Long.MIN_VALUE;
        }
        times.add(stamp.offset == StampText.NO_OFFSET ? "clock times" : "instants");
        return (long) stamp.day * Resolution.DAY_SECONDS + Math.max(stamp.second, 0);
    }

    boolean has(int role) {
        return !names.get(role).isEmpty();
    }

    boolean hasKey(String wanted) {
        return keys.all().stream().anyMatch(key -> JsonKeys.isSame(wanted, key.text()));
    }

    /** Whether every reading states both ends. */
    boolean allExact() {
        return exact > 0 && exact == objects;
    }

    /** What a single stamp is called, for which of both ends its name says. */
    String stampKey() {
        return names.get(has(JsonKeys.START) ? JsonKeys.START : JsonKeys.END)
                .iterator()
                .next();
    }

    /** One object that holds what a site generated and consumed, which makes several readings. */
    boolean isSiteFeed() {
        List<String> all = keys.all().stream().map(JsonKey::text).toList();
        return !has(JsonKeys.SERIES)
                && !has(JsonKeys.METER)
                && (all.stream().anyMatch(JsonKeys::saysSiteRecord)
                        || all.stream().anyMatch(JsonKeys::saysSite)
                                && all.stream().anyMatch(JsonKeys::saysSiteEnergy));
    }

    /** All keys, as messages show them. */
    String keys() {
        return Printable.line(keys.all().stream().map(JsonKey::text).collect(Collectors.joining(", ")), MOST_SHOWN);
    }

    /** The keys of a role. */
    String keys(int role) {
        return Printable.line(String.join(", ", names.get(role)), MOST_SHOWN);
    }

    String stampKeys() {
        return Stream.of(keys(JsonKeys.START), keys(JsonKeys.END))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" to "));
    }

    String times() {
        return times.isEmpty() ? "none" : String.join(", ", times);
    }

    String units() {
        Stream<String> named = keys.all().stream()
                .filter(key -> key.role == JsonKeys.VALUE && key.unit != null)
                .map(key -> Objects.requireNonNull(key.unit).toString());
        Stream<String> stated = has(JsonKeys.UNIT) ? Stream.of("key " + keys(JsonKeys.UNIT)) : Stream.of();
        return Stream.concat(stated, named.distinct()).collect(Collectors.joining(", "));
    }

    String shape() {
        return stream.shape;
    }
}
