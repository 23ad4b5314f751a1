package io.tallywatt.core.store;

import io.tallywatt.core.reading.Series;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Meters that are asked about together, such as those of a site or a portfolio. That a meter is in a group says nothing of its
 * readings: it need not have any, and may be in many groups.
 *
 * @param key by which the group is asked for: 1 to 64 of {@code A-Z a-z 0-9 . _ : -}
 * @param name for people, up to 200 characters; may be empty
 * @param meters {@code meter/KEY/consumption} of each, distinct, by key; at most 100,000. A meter with several registers is one
 *     member, and all of them count
 */
public record MeterGroup(String key, String name, List<Series> meters) {
    public static final int LONGEST_NAME = 200;
    public static final int MOST_METERS = 100_000;
    /** What a key is, in words. */
    public static final String KEYS = "1 to 64 of the characters A-Z a-z 0-9 . _ : -";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /**
     * A group as lists show it.
     *
     * @param meters how many it has
     */
    public record Entry(String key, String name, int meters) {}

    /** @throws IllegalArgumentException that says what was expected */
    public MeterGroup {
        if (!isKey(key)) {
            throw new IllegalArgumentException("Expected the key of a group to be " + KEYS + ", but got '" + key + "'");
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "Expected a name of up to " + LONGEST_NAME + " characters, but got " + name.length());
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Expected a name without line breaks or other control characters");
        }
        for (Series meter : meters) {
            if (!meter.countsInTotals() || meter.channel() != null) {
                throw new IllegalArgumentException(
                        "Expected a meter such as meter/EE00011/consumption, but got '" + meter + "'");
            }
        }
        TreeMap<String, Series> byName = new TreeMap<>();
        meters.forEach(meter -> byName.put(meter.toString(), meter));
        meters = List.copyOf(byName.values());
        if (meters.size() > MOST_METERS) {
            throw new IllegalArgumentException("Expected at most " + MOST_METERS + " meters, but got " + meters.size());
        }
    }

    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    /** A group of meters by their keys, as their sources write them. */
    public static MeterGroup of(String key, String name, List<String> meters) {
        return new MeterGroup(
                key, name, meters.stream().map(Series::meterConsumption).toList());
    }

    /** The keys of its meters. */
    public List<String> meterKeys() {
        return meters.stream().map(Series::key).toList();
    }

    public Entry entry() {
        return new Entry(key, name, meters.size());
    }

    /** The same for the same key, name and meters, and for no others: 64 hex digits. */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((key + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
            for (Series meter : meters) {
                sha.update((meter + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
