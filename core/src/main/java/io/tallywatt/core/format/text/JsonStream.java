package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.text.JsonObject.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a document of JSON, one after the other: by themselves, in an array, or in an object's list of readings.
 * Bytes are added as they come, and no more of them are kept than one object may have. What is broken is told, and what
 * stands behind it is found again; where the bytes were cut makes no difference.
 */
final class JsonStream {
    /** A longer object is no reading. */
    static final int LONGEST = 64 * 1024;

    private static final int[] GIVEN = {JsonKeys.SERIES, JsonKeys.METER, JsonKeys.UNIT};

    /** What comes next. */
    enum Found {
        /** An object that was read, in {@link #object}. */
        OBJECT,
        /** Something that is no object of a reading: {@link #code}, {@link #message} and {@link #column} say why. */
        BROKEN,
        /** Only more bytes tell. */
        MORE,
        END
    }

    private enum Where {
        TOP,
        LIST,
        /** Behind the list, in the object that holds it. */
        REST
    }

    /** What the object round a list says for all of its items. */
    private record Given(int role, JsonKey key, Kind kind, byte[] text) {}

    final JsonObject object;

    byte[] bytes = {};
    private int at;
    private int to;
    /** Offset of {@link #bytes} in the document. */
    private long base;

    private Where where = Where.TOP;
    private boolean wrapped;
    private List<Given> given = List.of();
    private @Nullable JsonSkip skip;
    /** Whether a value of the list went before, so that a comma has to follow. */
    private boolean behindItem;

    private boolean behindComma;
    /** Behind what was broken nothing is asked about commas. */
    private boolean lenient;

    private long listLine;
    private long valueLine;
    private boolean sameLine;

    /** Line of the byte at {@link #counted}, and where that line began in the document. */
    private long lineAtCounted = 1;

    private long lineStart;
    private int counted;

    /** What was found: its bytes, its line, and its place among the values round it. */
    int start;

    int end;
    long line;
    private long item;
    /** Line, or a higher number where several objects share a line: no two have the same. */
    long number;

    RejectCode code = RejectCode.BAD_JSON;
    String message = "";
    String column = "";

    /** How the document holds its objects, in words. */
    String shape = "objects";

    JsonStream(JsonKeys keys) {
        object = new JsonObject(keys);
    }

    /** Adds bytes behind those that are left. */
    void add(byte[] more, int from, int end) {
        countTo(at);
        int kept = to - at;
        int size = kept + end - from;
        byte[] target = bytes.length >= size + 2 * LONGEST ? bytes : new byte[size + 2 * LONGEST];
        System.arraycopy(bytes, at, target, 0, kept);
        System.arraycopy(more, from, target, kept, end - from);
        base += at;
        counted -= at;
        at = 0;
        to = size;
        bytes = target;
    }

    private void countTo(int position) {
        for (int i = counted; i < position; i++) {
            if (bytes[i] == '\n') {
                lineAtCounted++;
                lineStart = base + i + 1;
            }
        }
        counted = position;
    }

    /** @param more whether more bytes may come */
    Found next(boolean more) {
        while (true) {
            if (skip != null) {
                int found = skip.scan(bytes, at, to);
                at = found < 0 ? to : found;
                skip = found < 0 ? skip : null;
            }
            at = JsonValues.blanks(bytes, at, to);
            if (at == to) {
                return more ? Found.MORE : end();
            }
            @Nullable
            Found found = switch (where) {
                case TOP -> top(more);
                case LIST -> list(more);
                case REST -> rest(more);
            };
            if (found != null) {
                return found;
            }
        }
    }

    private Found end() {
        boolean open = where != Where.TOP && skip == null;
        where = Where.TOP;
        if (!open) {
            return Found.END;
        }
        note();
        return broken(
                to,
                RejectCode.CUT_OFF,
                "",
                "The file ends inside the list that begins in line " + listLine + "; expected its end");
    }

    private @Nullable Found top(boolean more) {
        if (bytes[at] == '{') {
            return object(more);
        }
        if (bytes[at] == '[') {
            open(at + 1, "array", List.of());
            wrapped = false;
            return null;
        }
        return stray(more);
    }

    private void open(int first, String words, List<Given> defaults) {
        countTo(at);
        listLine = lineAtCounted;
        valueLine = 0;
        item = 0;
        shape = words;
        given = defaults;
        where = Where.LIST;
        behindItem = false;
        behindComma = false;
        lenient = false;
        at = first;
    }

    private @Nullable Found list(boolean more) {
        byte c = bytes[at];
        if (c == ']') {
            if (behindComma && !lenient) {
                note();
                lenient = true;
                return broken(at + 1, RejectCode.BAD_JSON, "", "']' stands behind a comma; expected another object");
            }
            where = wrapped ? Where.REST : Where.TOP;
            given = List.of();
            item = 0;
            valueLine = 0;
            at++;
            return null;
        }
        if (c == ',') {
            boolean expected = behindItem;
            behindItem = false;
            behindComma = true;
            if (expected || lenient) {
                at++;
                lenient = false;
                return null;
            }
            note();
            Found found = broken(at + 1, RejectCode.BAD_JSON, "", "',' stands alone; expected an object before it");
            at++;
            return found;
        }
        if (behindItem && !lenient && c == '{') {
            note();
            lenient = true;
            return broken(at + 1, RejectCode.BAD_JSON, "", found(at, at + 1) + "; expected ',' or ']'");
        }
        return c == '{' ? object(more) : stray(more);
    }

    private void behindValue(boolean wasBroken) {
        behindItem = where == Where.LIST;
        behindComma = false;
        lenient = wasBroken;
    }

    /** Notes where a value begins. */
    private void note() {
        countTo(at);
        start = at;
        line = lineAtCounted;
        sameLine = line == valueLine || where == Where.LIST && line == listLine;
    }

    private void noteValue() {
        note();
        item++;
        valueLine = line;
        number = Math.max(line, number + 1);
    }

    /** Where a value must have ended. */
    private int window() {
        return (int) Math.min((long) at + LONGEST, to);
    }

    private @Nullable Found object(boolean more) {
        int window = window();
        boolean full = window - at == LONGEST;
        int read = object.read(bytes, at, window, to, where == Where.TOP);
        if (read >= 0) {
            return taken(read);
        }
        if (read == JsonObject.LIST) {
            List<Given> defaults = givenByObject();
            JsonKey key = object.at;
            open(object.listAt, key == null ? "list" : "list '" + key.text() + "'", defaults);
            wrapped = true;
            return null;
        }
        // What is wrong is judged with all the bytes at hand that an object may have.
        if (!full && more) {
            return Found.MORE;
        }
        noteValue();
        JsonSkip probe = new JsonSkip(base + at - lineStart, where == Where.LIST, 0);
        int stop = probe.scan(bytes, at, window);
        if (read == JsonValues.MORE && !full && stop < 0) {
            where = Where.TOP;
            at = to;
            return broken(to, RejectCode.CUT_OFF, "", "The file ends inside this object; expected '}'");
        }
        if (read == JsonValues.BAD && stop < 0) {
            stop = firstBrace(window, full);
        }
        JsonKey key = object.at;
        String name = key == null ? "" : key.text();
        boolean noNumber = read == JsonValues.BAD && isNoNumber(object.values.badAt, window);
        RejectCode why = noNumber
                ? RejectCode.BAD_NUMBER
                : read == JsonValues.MORE && full && stop < 0 ? RejectCode.TOO_LONG : RejectCode.BAD_JSON;
        String problem = noNumber
                ? found(object.values.badAt, object.values.badAt + 3)
                        + " and is no number; expected one such as 0.123, or null"
                : read == JsonValues.BAD
                        ? found(object.values.badAt, window) + "; expected " + object.values.expected
                        : full && stop < 0
                                ? "The object is longer than 64 kB; expected one reading"
                                : "The object does not end; expected '}'";
        if (stop < 0) {
            skip = probe;
            at = window;
        } else {
            at = stop;
        }
        behindValue(true);
        return broken(stop < 0 ? window : stop, why, name, problem);
    }

    /** What programs write for a number that is none: NaN, Infinity, -Infinity. */
    private boolean isNoNumber(int from, int limit) {
        int word = from < limit && bytes[from] == '-' ? from + 1 : from;
        return starts(word, limit, "NaN") || starts(word, limit, "Infinity");
    }

    private boolean starts(int from, int limit, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= limit || bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Found taken(int read) {
        noteValue();
        end = read;
        at = read;
        JsonKey twice = object.twice;
        behindValue(false);
        if (twice != null) {
            return broken(
                    read,
                    RejectCode.BAD_JSON,
                    twice.text(),
                    "The key '" + twice.text() + "' stands twice in the object; expected it once");
        }
        give(object.settle(bytes, to));
        return Found.OBJECT;
    }

    /** What the object round the list says before it. */
    private List<Given> givenByObject() {
        var _ = object.settle(bytes, to);
        List<Given> defaults = new ArrayList<>();
        for (int role : GIVEN) {
            JsonKey key = object.key(role);
            if (key != null && object.has(role)) {
                byte[] text = java.util.Arrays.copyOfRange(bytes, object.from(role), object.to(role));
                defaults.add(new Given(role, key, object.kind(role), text));
            }
        }
        return List.copyOf(defaults);
    }

    private void give(int scratch) {
        int out = scratch;
        boolean named = object.has(JsonKeys.SERIES) || object.has(JsonKeys.METER);
        for (Given one : given) {
            boolean has = one.role == JsonKeys.UNIT ? object.has(JsonKeys.UNIT) : named;
            if (!has) {
                System.arraycopy(one.text, 0, bytes, out, one.text.length);
                object.give(one.role, one.key, one.kind, out, out + one.text.length);
                out += one.text.length;
            }
        }
    }

    /** Quotes did not tell where the object ends: it is taken to end at the first brace that may be its own. */
    private int firstBrace(int window, boolean full) {
        for (int i = at; i < window; i++) {
            if (bytes[i] == '}') {
                int next = i + 1;
                while (next < window && (bytes[next] == ' ' || bytes[next] == '\t' || bytes[next] == '\r')) {
                    next++;
                }
                boolean ends = next == window ? !full : bytes[next] == ',' || bytes[next] == ']' || bytes[next] == '\n';
                if (ends) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** What is no object: another value, or no JSON at all. */
    private Found stray(boolean more) {
        int window = window();
        boolean full = window - at == LONGEST;
        int value = object.values.value(bytes, at, window, 0);
        if (value == JsonValues.MORE && !full && more) {
            return Found.MORE;
        }
        int stop = value;
        if (value < 0) {
            stop = endOfJunk(window);
            if (stop < 0 && !full && more) {
                return Found.MORE;
            }
            stop = stop < 0 ? window : stop;
        }
        noteValue();
        String what = found(at, stop) + (value < 0 ? " and is not JSON" : "");
        at = stop;
        behindValue(true);
        return broken(stop, RejectCode.BAD_JSON, "", what + "; expected an object such as {\"meter\": ...}");
    }

    private int endOfJunk(int window) {
        for (int i = at + 1; i < window; i++) {
            byte c = bytes[i];
            if (c == '\n' || c == '{' || c == '[' || where == Where.LIST && (c == ']' || c == ',')) {
                return i;
            }
        }
        return -1;
    }

    /** Reads on behind the list, to the end of the object that holds it. */
    private @Nullable Found rest(boolean more) {
        int window = window();
        boolean full = window - at == LONGEST;
        int read = object.readRest(bytes, at, window, to);
        if (read < 0 && !full && more) {
            return Found.MORE;
        }
        note();
        if (read >= 0) {
            at = read;
            where = Where.TOP;
            for (int role : GIVEN) {
                if (object.has(role)) {
                    return broken(
                            read,
                            RejectCode.BAD_JSON,
                            object.keyName(role),
                            "'" + object.keyName(role)
                                    + "' stands behind the list and was not looked at; expected it before the list");
                }
            }
            return null;
        }
        if (read == JsonValues.MORE && !full) {
            at = to;
            return end();
        }
        where = Where.TOP;
        JsonKey key = object.at;
        String name = key == null ? "" : key.text();
        JsonSkip after = new JsonSkip(0, false, 1);
        int stop = after.scan(bytes, at, window);
        at = stop < 0 ? window : stop;
        skip = stop < 0 ? after : null;
        if (read == JsonValues.MORE) {
            return null;
        }
        return broken(
                at,
                RejectCode.BAD_JSON,
                name,
                found(object.values.badAt, window) + "; expected " + object.values.expected);
    }

    private String found(int from, int limit) {
        return "'" + Printable.line(bytes, from, Math.min(limit, from + 20), 20).replace('\n', ' ') + "' stands here";
    }

    private Found broken(int until, RejectCode why, String key, String words) {
        end = until;
        code = why;
        column = key;
        message = words + place();
        return Found.BROKEN;
    }

    /** The number of the value, where its line does not tell which it is. */
    String place() {
        return sameLine && item > 0 ? " (item " + item + ")" : "";
    }
}
