package io.tallywatt.core.format.text;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.text.JsonObject.Kind;
import io.tallywatt.core.reading.Jitter;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads sites' records: an object is two readings of one interval, taken together or not at all. */
final class SiteReader extends JsonReader {
    /** Clocks are wrong by minutes; a date of next year is no reading. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private static final int REMEMBERED = 10_000;
    private static final int[] ENERGY = {JsonKeys.GENERATED, JsonKeys.CONSUMED};

    private final int every;
    private final boolean ending;
    private final Instant receivedAt;
    private final long latest;
    private final ExactRows rowsOfDays;

    /** The two series of each site. */
    private final Map<String, int[]> sites = new HashMap<>();

    private byte[] lastSite = {};
    private int[] last = {};

    private final long[] nanoUnits = new long[ENERGY.length];
    private final byte[] qualities = new byte[ENERGY.length];

    SiteReader(SiteLayout layout, SeriesIds ids, Remarks remarks) {
        super(layout, JsonKeys.ofSites(), ids, remarks);
        every = layout.grid.resolution().seconds();
        ending = layout.grid.stamps() == Stamps.END;
        receivedAt = layout.receivedAt;
        latest = receivedAt.isBefore(Instant.MAX.minus(CLOCKS_DIFFER))
                ? receivedAt.plus(CLOCKS_DIFFER).getEpochSecond()
                : Long.MAX_VALUE;
        rowsOfDays = new ExactRows(this, calendar, clock, days, null);
        stamp.fractions = true;
    }

    @Override
    void readRow() {
        if (!hasItsKeys() || !hasSite()) {
            return;
        }
        long start = start();
        if (start == Long.MIN_VALUE) {
            return;
        }
        for (int i = 0; i < ENERGY.length; i++) {
            if (!readEnergy(i)) {
                return;
            }
        }
        int[] series = series(cells.from(JsonKeys.METER), cells.to(JsonKeys.METER));
        for (int i = 0; i < ENERGY.length; i++) {
            if (qualities[i] != Quality.MISSING.code()) {
                put(series[i], start, start + every, nanoUnits[i], qualities[i]);
            }
        }
    }

    /** Whether the object has the four keys and no others; a value may be null, a key may not be absent. */
    private boolean hasItsKeys() {
        JsonKey stranger = stream.object.stranger;
        if (stranger != null) {
            reject(
                    stranger.text(),
                    RejectCode.EXTRA_FIELD,
                    "'" + stranger.text() + "' is not a field of a site's record; expected " + expectedKeys()
                            + stream.place());
            return false;
        }
        String absent = absent(JsonKeys.METER, JsonKeys.SITE_KEY)
                + absent(JsonKeys.START, JsonKeys.TIME_KEY)
                + absent(JsonKeys.GENERATED, JsonKeys.GENERATED_KEY)
                + absent(JsonKeys.CONSUMED, JsonKeys.CONSUMED_KEY);
        if (!absent.isEmpty()) {
            reject(
                    "",
                    RejectCode.MISSING_FIELD,
                    "The record has no" + absent + "; expected " + expectedKeys() + " (null where nothing was measured)"
                            + stream.place());
            return false;
        }
        return true;
    }

    private String absent(int role, String key) {
        return stream.object.kind(role) == Kind.ABSENT ? " '" + key + "'" : "";
    }

    private static String expectedKeys() {
        return JsonKeys.SITE_KEY + ", " + JsonKeys.TIME_KEY + ", " + JsonKeys.GENERATED_KEY + " and "
                + JsonKeys.CONSUMED_KEY;
    }

    private boolean hasSite() {
        Kind kind = stream.object.kind(JsonKeys.METER);
        if (cells.isEmpty(JsonKeys.METER) || kind != Kind.TEXT && kind != Kind.INTEGER) {
            reject(
                    JsonKeys.METER,
                    RejectCode.EMPTY_METER,
                    (cells.isEmpty(JsonKeys.METER) ? "The site is empty" : quoted(JsonKeys.METER) + " is no site")
                            + "; expected its name or number");
            return false;
        }
        return isPlain(JsonKeys.METER);
    }

    /** The record's first instant, or {@link Long#MIN_VALUE} if it was rejected. */
    private long start() {
        if (!readStamp(JsonKeys.START)) {
            return Long.MIN_VALUE;
        }
        if (stamp.second < 0) {
            reject(
                    JsonKeys.START,
                    RejectCode.BAD_TIME,
                    quoted(JsonKeys.START) + " has no time; expected " + anInstant());
            return Long.MIN_VALUE;
        }
        if (stamp.offset == StampText.NO_OFFSET) {
            reject(
                    JsonKeys.START,
                    RejectCode.TIME_WITHOUT_ZONE,
                    quoted(JsonKeys.START) + " does not say in which zone; expected a time with Z or an offset, "
                            + anInstant());
            return Long.MIN_VALUE;
        }
        long at = stamp.instant();
        if (at > latest) {
            reject(
                    JsonKeys.START,
                    RejectCode.FUTURE_TIME,
                    quoted(JsonKeys.START) + " was not yet when the file was received (" + receivedAt
                            + "); expected a time before that");
            return Long.MIN_VALUE;
        }
        if (stamp.fraction) {
            say(
                    NoticeCode.FRACTION_DROPPED,
                    () -> "Fractions of a second in stamps were left out, such as in " + quoted(JsonKeys.START)
                            + " in line " + line);
        }
        long start = ending ? at - every : at;
        if (clock.dayHolding(start) < 0 || clock.dayHolding(start + every - 1) < 0) {
            reject(
                    JsonKeys.START,
                    RejectCode.BAD_DATE,
                    quoted(JsonKeys.START) + " is out of range; expected 1970 to 2199");
            return Long.MIN_VALUE;
        }
        return start;
    }

    private static String anInstant() {
        return "such as \"2026-11-25T10:05:00Z\"";
    }

    private boolean readEnergy(int i) {
        int column = ENERGY[i];
        Kind kind = stream.object.kind(column);
        if (kind == Kind.NULL) {
            qualities[i] = Quality.MISSING.code();
            return true;
        }
        if (kind == Kind.TEXT) {
            reject(
                    column,
                    RejectCode.TEXT_FOR_NUMBER,
                    "\"" + Printable.line(cells.text(column), 60)
                            + "\" is text; expected a number without quotes, kWh such as 0.123");
            return false;
        }
        NumberText.Outcome outcome = readNumber(column, table.unit().moreDecimals());
        if (outcome != NumberText.Outcome.FINE) {
            return false;
        }
        units = number.units;
        scale = number.scale;
        nanoUnits[i] = Scaled.rescale(units, scale, Scaled.MAX_SCALE);
        qualities[i] = judged(column, Quality.ACTUAL, every);
        return true;
    }

    /**
     * Stamps stay as they were sent, with one exception: where a reading reaches no more than a tenth of its time over a local
     * midnight, which is how feeds come whose stamps are some seconds off, it is not torn in two but ends (or begins) there.
     */
    private void put(int series, long start, long end, long value, byte quality) {
        int first = clock.dayHolding(start);
        int after = clock.dayHolding(end - 1);
        if (after == first + 1) {
            long midnight = calendar.start(after);
            if (Jitter.isLittle(end - midnight, end - start)) {
                rowsOfDays.put(series, start, midnight, value, quality);
                return;
            }
            if (Jitter.isLittle(midnight - start, end - start)) {
                rowsOfDays.put(series, midnight, end, value, quality);
                return;
            }
        }
        rowsOfDays.put(series, start, end, value, quality);
    }

    private int[] series(int from, int to) {
        if (last.length > 0 && Arrays.equals(bytes, from, to, lastSite, 0, lastSite.length)) {
            return last;
        }
        if (sites.size() > REMEMBERED) {
            sites.clear();
        }
        lastSite = Arrays.copyOfRange(bytes, from, to);
        last = sites.computeIfAbsent(Printable.decode(bytes, from, to), site -> new int[] {
            ids.id(new Series("site", site, "generation", null)), ids.id(new Series("site", site, "consumption", null))
        });
        return last;
    }
}
