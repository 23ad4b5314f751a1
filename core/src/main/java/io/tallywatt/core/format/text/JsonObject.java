package io.tallywatt.core.format.text;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One object as a row: for each role ({@link JsonKeys}) the value of the key that fills it best, as a range of the bytes.
 * Reused from object to object.
 */
final class JsonObject {
    /** The object holds a list of readings, which begins at {@link #listAt}; there is no more of it yet. */
    static final int LIST = -3;

    /** What stands behind a key. */
    enum Kind {
        ABSENT,
        NULL,
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NESTED
    }

    final JsonValues values = new JsonValues();
    private final JsonKeys keys;
    private final Kind[] kinds = new Kind[JsonKeys.ROLES];
    private final int[] from = new int[JsonKeys.ROLES];
    private final int[] to = new int[JsonKeys.ROLES];
    private final boolean[] escaped = new boolean[JsonKeys.ROLES];
    private final @Nullable JsonKey[] named = new @Nullable JsonKey[JsonKeys.ROLES];
    private int number;

    int listAt;
    /** The key that came twice, if one did. */
    @Nullable
    JsonKey twice;
    /** The first key that has no meaning, or a meaning that another has. */
    @Nullable
    JsonKey stranger;

    /** The key at which reading stopped. */
    @Nullable
    JsonKey at;

    JsonObject(JsonKeys keys) {
        this.keys = keys;
        clear();
    }

    private void clear() {
        keys.forgetIfMany();
        Arrays.fill(kinds, Kind.ABSENT);
        Arrays.fill(named, null);
        twice = null;
        stranger = null;
        at = null;
        number++;
    }

    /**
     * Reads an object that begins at {@code start}.
     *
     * @param scratch from where the bytes may be written on
     * @param top whether it may hold a list of readings
     * @return where it ends, or {@link JsonValues#MORE}, {@link JsonValues#BAD}, {@link #LIST}
     */
    int read(byte[] b, int start, int limit, int scratch, boolean top) {
        clear();
        int i = JsonValues.blanks(b, start + 1, limit);
        if (i == limit) {
            return JsonValues.MORE;
        }
        return b[i] == '}' ? i + 1 : members(b, i, limit, scratch, top);
    }

    /** Reads what follows a member, up to the end of the object. */
    int readRest(byte[] b, int start, int limit, int scratch) {
        clear();
        int next = next(b, start, limit);
        return next <= 0 ? (next == 0 ? rested : next) : members(b, next, limit, scratch, false);
    }

    /** Where the object ended, when {@link #next} said 0. */
    private int rested;

    /** Behind a value: where the next key stands, 0 at the object's end, or a code. */
    private int next(byte[] b, int from, int limit) {
        int i = JsonValues.blanks(b, from, limit);
        if (i == limit) {
            return JsonValues.MORE;
        }
        if (b[i] == ',') {
            i = JsonValues.blanks(b, i + 1, limit);
            return i == limit ? JsonValues.MORE : i;
        }
        if (b[i] == '}') {
            rested = i + 1;
            return 0;
        }
        return values.bad(i, "',' or '}'");
    }

    private int members(byte[] b, int start, int limit, int scratch, boolean top) {
        int i = start;
        while (true) {
            if (b[i] != '"') {
                return values.bad(i, "a key in quotes");
            }
            int close = values.string(b, i + 1, limit);
            if (close < 0) {
                return close;
            }
            JsonKey key = values.escaped
                    ? keys.find(b, scratch, JsonValues.unescape(b, i + 1, close, scratch))
                    : keys.find(b, i + 1, close);
            at = key;
            i = values.colon(b, close + 1, limit);
            i = i < 0 ? i : JsonValues.blanks(b, i, limit);
            if (i < 0 || i == limit) {
                return i < 0 ? i : JsonValues.MORE;
            }
            if (top && key.list && b[i] == '[') {
                listAt = i + 1;
                return LIST;
            }
            int end = values.value(b, i, limit, 1);
            if (end < 0) {
                return end;
            }
            if (key.object == number && twice == null) {
                twice = key;
            }
            key.object = number;
            if (key.role >= 0) {
                fill(key, b, i, end);
            } else if (stranger == null) {
                stranger = key;
            }
            i = next(b, end, limit);
            if (i <= 0) {
                return i == 0 ? rested : i;
            }
        }
    }

    /** Takes a value for its role, unless a surer key has one. */
    private void fill(JsonKey key, byte[] b, int start, int end) {
        int role = key.role;
        Kind kind = switch (b[start]) {
            case '"' -> Kind.TEXT;
            case 'n' -> Kind.NULL;
            case 't', 'f' -> Kind.BOOLEAN;
            case '{', '[' -> Kind.NESTED;
            default -> values.integer ? Kind.INTEGER : Kind.NUMBER;
        };
        Kind known = kinds[role];
        JsonKey before = named[role];
        if (before != null && before.rank == key.rank && stranger == null) {
            stranger = key;
        }
        if (before != null && known != Kind.NULL && (kind == Kind.NULL || key.rank >= before.rank)) {
            return;
        }
        kinds[role] = kind;
        named[role] = key;
        escaped[role] = kind == Kind.TEXT && values.escaped;
        from[role] = kind == Kind.TEXT ? start + 1 : start;
        to[role] = kind == Kind.TEXT ? end - 1 : kind == Kind.NULL ? start : end;
    }

    /**
     * Makes every text one that can be read as it stands: without escapes, and without blanks round it.
     *
     * @return up to where bytes were written
     */
    int settle(byte[] b, int scratch) {
        int out = scratch;
        for (int role = 0; role < JsonKeys.ROLES; role++) {
            if (kinds[role] == Kind.TEXT) {
                if (escaped[role]) {
                    int end = JsonValues.unescape(b, from[role], to[role], out);
                    from[role] = out;
                    to[role] = end;
                    out = end;
                }
                while (from[role] < to[role] && b[from[role]] == ' ') {
                    from[role]++;
                }
                while (to[role] > from[role] && b[to[role] - 1] == ' ') {
                    to[role]--;
                }
            }
        }
        return out;
    }

    Kind kind(int role) {
        return kinds[role];
    }

    int from(int role) {
        return from[role];
    }

    int to(int role) {
        return to[role];
    }

    /** Whether there is anything to read: no key, null and an empty text say nothing. */
    boolean has(int role) {
        return kinds[role] != Kind.ABSENT && from[role] < to[role];
    }

    /** The key that fills a role. */
    @Nullable
    JsonKey key(int role) {
        return named[role];
    }

    String keyName(int role) {
        JsonKey key = named[role];
        return key == null ? JsonKeys.NAMES.get(role) : key.text();
    }

    /** Fills a role by what the object round this one says. */
    void give(int role, JsonKey key, Kind kind, int start, int end) {
        kinds[role] = Objects.requireNonNull(kind);
        named[role] = key;
        escaped[role] = false;
        from[role] = start;
        to[role] = end;
    }
}
