package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.reading.EnergyUnit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of objects mean, by the words that columns are known by. Each key is judged once and found again by its
 * bytes. Belongs to one thread.
 */
final class JsonKeys {
    static final int SERIES = 0;
    static final int METER = 1;
    static final int START = 2;
    static final int END = 3;
    static final int VALUE = 4;
    static final int QUALITY = 5;
    static final int UNIT = 6;
    /** What a site's record says, see {@link #ofSites}. */
    static final int GENERATED = 7;

    static final int CONSUMED = 8;
    static final int ROLES = 9;
    private static final int NONE = -1;

    /** What a role is called where an object has no key for it. */
    static final List<String> NAMES =
            List.of("series", "meter", "start", "end", "value", "quality", "unit", "generated", "consumed");

    /** A list under one of these is a list of readings: what answers of this program look like. */
    private static final Set<String> LISTS = Set.of("readings", "items", "records");

    private static final Set<String> STAMPS = Set.of("timestamp", "time", "datetime", "date", "ts", "t", "at", "when");
    /** Times and words with time in them that are not when the energy flowed. */
    private static final Pattern NO_STAMP =
            Pattern.compile("created|import|upload|update|modif|received|invoice|known|zone|type|lifetime|runtime");

    private static final Set<String> NO_END = Set.of("spend", "trend", "weekend", "backend", "legend", "endpoint");
    /** Names of rows rather than meters. */
    private static final Set<String> NO_METER = Set.of("id", "key", "name");

    private static final Set<String> PLAIN_VALUES = Set.of(
            "value", "kwh", "wh", "mwh", "energy", "consumption", "usage", "import", "reading", "quantity", "amount");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])([kKM]?W[hH]|[KM]wh)$");
    private static final Pattern OTHER_HUMP = Pattern.compile("(?<=[a-z0-9])([kKM]?W|[KM]w|[kK]?V[aA][rR]?h?)$");

    private static final int MOST_KEYS = 1 << 15;
    private static final int MOST_WORDS = 1000;
    private static final Map<String, Meaning> BY_WORDS = new ConcurrentHashMap<>();

    private record Meaning(int role, int rank, @Nullable EnergyUnit unit) {
        static final Meaning NOTHING = new Meaning(NONE, 0, null);

        static Meaning of(int role, int rank) {
            return new Meaning(role, rank, null);
        }

        JsonKey key(byte[] name, int hash, boolean list) {
            return new JsonKey(name, hash, role, rank, unit, list);
        }
    }

    /** The keys of a site's record; all others are strangers there. */
    static final String SITE_KEY = "site_id";

    static final String TIME_KEY = "timestamp";
    static final String GENERATED_KEY = "energy_generated_kwh";
    static final String CONSUMED_KEY = "energy_consumed_kwh";

    private static final Map<String, Integer> SITE_ROLES = Map.of(
            HeaderWords.normal(SITE_KEY), METER,
            HeaderWords.normal(TIME_KEY), START,
            HeaderWords.normal(GENERATED_KEY), GENERATED,
            HeaderWords.normal(CONSUMED_KEY), CONSUMED);

    private final @Nullable ReadingOptions options;
    private @Nullable JsonKey[] slots = new @Nullable JsonKey[64];
    private final List<JsonKey> all = new ArrayList<>();

    JsonKeys(ReadingOptions options) {
        this.options = options;
    }

    private JsonKeys() {
        this.options = null;
    }

    /** Those of a site's records and no others: there a key that is not known is no key to pass over. */
    static JsonKeys ofSites() {
        return new JsonKeys();
    }

    /** The keys met so far, in the order in which they came. */
    List<JsonKey> all() {
        return all;
    }

    /** To be called between objects: whoever sends a new key with every object does not fill the memory. */
    void forgetIfMany() {
        if (all.size() > MOST_KEYS) {
            all.clear();
            slots = new @Nullable JsonKey[64];
        }
    }

    JsonKey find(byte[] b, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + b[i];
        }
        hash ^= hash >>> 15;
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (JsonKey key = slots[slot]; key != null; key = slots[slot]) {
            if (key.hash == hash && Arrays.equals(key.name, 0, key.name.length, b, from, to)) {
                return key;
            }
            slot = slot + 1 & mask;
        }
        return add(Arrays.copyOfRange(b, from, to), hash);
    }

    private JsonKey add(byte[] name, int hash) {
        String text = new String(name, StandardCharsets.UTF_8);
        JsonKey added = meaning(text).key(name, hash, LISTS.contains(text));
        all.add(added);
        if (all.size() * 2 > slots.length) {
            slots = new @Nullable JsonKey[slots.length * 2];
            all.forEach(this::put);
        } else {
            put(added);
        }
        return added;
    }

    private void put(JsonKey key) {
        int mask = slots.length - 1;
        int slot = key.hash & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = key;
    }

    private Meaning meaning(String key) {
        if (options == null) {
            @Nullable Integer role = SITE_ROLES.get(HeaderWords.normal(key));
            return role == null ? Meaning.NOTHING : Meaning.of(role, 0);
        }
        String meterKey = options.meterColumn();
        String valueKey = options.valueColumn();
        if (meterKey != null && isSame(meterKey, key)) {
            return Meaning.of(METER, 0);
        }
        if (valueKey != null && isSame(valueKey, key)) {
            return new Meaning(VALUE, 0, unit(key));
        }
        if (HeaderWords.saysSeries(key)) {
            return meterKey == null ? Meaning.of(SERIES, 0) : Meaning.NOTHING;
        }
        Meaning meaning = byWords(key);
        boolean another = meaning.role == METER && meterKey != null || meaning.role == VALUE && valueKey != null;
        return another ? Meaning.NOTHING : meaning;
    }

    /** The words of a key are looked at once, however many files have it. */
    private static Meaning byWords(String key) {
        @Nullable Meaning known = BY_WORDS.get(key);
        if (known == null) {
            known = byWords(key, HeaderWords.normal(key));
            if (BY_WORDS.size() < MOST_WORDS) {
                BY_WORDS.put(key, known);
            }
        }
        return known;
    }

    private static Meaning byWords(String key, String word) {
        if (HeaderWords.saysUnit(key) || word.endsWith("unit")) {
            return Meaning.of(UNIT, HeaderWords.saysUnit(key) ? 0 : 1);
        }
        if (HeaderWords.saysQuality(key)) {
            return Meaning.of(QUALITY, word.equals("quality") ? 0 : 1);
        }
        int value = valueRank(key, word);
        int stamp = stampRank(key, word);
        if (stamp < Integer.MAX_VALUE) {
            // A register's state at the start is neither.
            boolean time = value == Integer.MAX_VALUE || word.contains("time") || word.contains("date");
            boolean end = HeaderWords.saysEnd(key) && !NO_END.contains(word);
            return time ? Meaning.of(end ? END : START, stamp) : Meaning.NOTHING;
        }
        int meter = HeaderWords.meterRank(key);
        if (meter <= 2 || meter <= 5 && value == Integer.MAX_VALUE && !NO_METER.contains(word)) {
            return Meaning.of(METER, meter);
        }
        return value == Integer.MAX_VALUE ? Meaning.NOTHING : new Meaning(VALUE, value, unit(key));
    }

    private static int stampRank(String key, String word) {
        if (NO_STAMP.matcher(word).find()) {
            return Integer.MAX_VALUE;
        }
        if (HeaderWords.saysStart(key) || HeaderWords.saysEnd(key) && !NO_END.contains(word)) {
            return word.equals("start") || word.equals("end") ? 0 : 1;
        }
        return STAMPS.contains(word) ? 2 : word.contains("time") || word.contains("date") ? 3 : Integer.MAX_VALUE;
    }

    private static int valueRank(String key, String word) {
        int rank = HeaderWords.valueRank(key);
        if (OTHER_HUMP.matcher(key).find() || rank == Integer.MAX_VALUE) {
            return HUMP.matcher(key).find() && !word.contains("export") ? 4 : Integer.MAX_VALUE;
        }
        return 2 * rank + (PLAIN_VALUES.contains(word) ? 0 : 1);
    }

    /** The unit in a key's name: {@code consumption_kwh}, {@code energyWh}. */
    private static @Nullable EnergyUnit unit(String key) {
        Optional<EnergyUnit> apart = HeaderWords.unit(key);
        if (apart.isPresent()) {
            return apart.get();
        }
        Matcher hump = HUMP.matcher(key);
        return hump.find() ? EnergyUnit.ofSymbol(hump.group(1)).orElse(null) : null;
    }

    /** Whether an option means a key: the same but for case, blanks and punctuation. */
    static boolean isSame(String option, String key) {
        return option.strip().equalsIgnoreCase(key)
                || HeaderWords.normal(option).equals(HeaderWords.normal(key))
                        && !HeaderWords.normal(key).isEmpty();
    }

    /** Whether a key names a site, or a place that may have several meters. */
    static boolean saysSite(String key) {
        return HeaderWords.meterRank(key) == 6;
    }

    /** Whether a key is one that only a site's record has. */
    static boolean saysSiteRecord(String key) {
        String word = HeaderWords.normal(key);
        return word.equals(HeaderWords.normal(GENERATED_KEY)) || word.equals(HeaderWords.normal(CONSUMED_KEY));
    }

    /** Whether a key names what a site generated or consumed. */
    static boolean saysSiteEnergy(String key) {
        String word = HeaderWords.normal(key);
        return word.contains("generat") || word.contains("produc") || word.contains("consumed");
    }
}
