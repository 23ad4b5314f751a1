package io.tallywatt.core.reading;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Small numbers for series while a delivery is read: a reader asks for the number of a meter's bytes, millions of times,
 * from several threads; a store seeds it with what it knows and learns from it what is new.
 *
 * <p>Ids count from 0 without holes. Meter consumption, the mass, is found by the bytes of the key alone, without making
 * a string; every other series by its name. Looking up takes no lock; adding does. The slots of the hash table are only
 * ever filled, and are read with plain loads: a reader that misses a fresh entry tries again under the lock.
 */
public final class SeriesIds {
    private volatile Table table = new Table(1 << 12);
    private final List<Series> all;
    private final Map<Series, Integer> others = new HashMap<>();
    private int known;
    private volatile boolean onlyMeters = true;

    public SeriesIds() {
        this(List.of());
    }

    /** @param known the series that already have an id: their index */
    public SeriesIds(List<Series> known) {
        this.all = new ArrayList<>(known);
        this.known = 0;
        for (int id = 0; id < all.size(); id++) {
            Series series = all.get(id);
            if (isMeterConsumption(series)) {
                byte[] key = series.key().getBytes(StandardCharsets.UTF_8);
                insert(key, hash(key, 0, key.length), id);
            } else {
                others.put(series, id);
                onlyMeters = false;
            }
        }
        this.known = all.size();
    }

    private static boolean isMeterConsumption(Series s) {
        return s.channel() == null && s.kind().equals("meter") && s.quantity().equals("consumption");
    }

    /** How many series were known when this was made; ids from here on are new. */
    public int known() {
        return known;
    }

    public synchronized int size() {
        return all.size();
    }

    public synchronized Series series(int id) {
        return all.get(id);
    }

    /** Whether any series is a register of a meter that may have several. */
    public synchronized boolean anyChannels() {
        return others.keySet().stream().anyMatch(s -> s.channel() != null);
    }

    /** From now on all series are known: what is added afterwards is new. */
    public synchronized void settle() {
        known = all.size();
    }

    /** Whether the series is part of consumption totals; quick while there is nothing but meters. */
    public boolean countsInTotals(int id) {
        return onlyMeters || series(id).countsInTotals();
    }

    /** The series that were not known before, in the order of their ids. */
    public synchronized List<Series> added() {
        return List.copyOf(all.subList(known, all.size()));
    }

    /** The id of {@code meter/KEY/consumption}, the key being these bytes (UTF-8, unescaped). */
    public int meter(byte[] buffer, int from, int length) {
        int hash = hash(buffer, from, length);
        int id = table.find(buffer, from, length, hash);
        return id >= 0 ? id : addMeter(buffer, from, length, hash);
    }

    private synchronized int addMeter(byte[] buffer, int from, int length, int hash) {
        int id = table.find(buffer, from, length, hash);
        if (id >= 0) {
            return id;
        }
        byte[] key = Arrays.copyOfRange(buffer, from, from + length);
        id = all.size();
        all.add(Series.meterConsumption(new String(key, StandardCharsets.UTF_8)));
        insert(key, hash, id);
        return id;
    }

    /** The id of any series. */
    public synchronized int id(Series series) {
        if (isMeterConsumption(series)) {
            byte[] key = series.key().getBytes(StandardCharsets.UTF_8);
            return meter(key, 0, key.length);
        }
        @Nullable Integer id = others.get(series);
        if (id == null) {
            id = all.size();
            all.add(series);
            others.put(series, id);
            onlyMeters = false;
        }
        return id;
    }

    private void insert(byte[] key, int hash, int id) {
        Table current = table;
        if ((current.filled + 1) * 2 > current.keys.length) {
            Table bigger = new Table(current.keys.length * 2);
            for (int slot = 0; slot < current.keys.length; slot++) {
                Entry entry = current.keys[slot];
                if (entry != null) {
                    bigger.put(entry);
                }
            }
            bigger.put(new Entry(key, hash, id));
            table = bigger;
        } else {
            current.put(new Entry(key, hash, id));
        }
    }

    /** Eight bytes at a time would be faster, but meter keys are short. */
    private static int hash(byte[] buffer, int from, int length) {
        int h = length;
        for (int i = from; i < from + length; i++) {
            h = h * 31 + buffer[i];
        }
        h ^= h >>> 15;
        h *= 0x2c1b3c6d;
        return h ^ h >>> 13;
    }

    /** Final fields make an entry safe to see through a plain load. */
    private record Entry(byte[] key, int hash, int id) {}

    private static final class Table {
        final @Nullable Entry[] keys;
        int filled;

        Table(int slots) {
            keys = new @Nullable Entry[slots];
        }

        int find(byte[] buffer, int from, int length, int hash) {
            int mask = keys.length - 1;
            for (int slot = hash & mask; ; slot = slot + 1 & mask) {
                Entry entry = keys[slot];
                if (entry == null) {
                    return -1;
                }
                if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, buffer, from, from + length)) {
                    return entry.id;
                }
            }
        }

        void put(Entry entry) {
            int mask = keys.length - 1;
            int slot = entry.hash & mask;
            while (Objects.nonNull(keys[slot])) {
                slot = slot + 1 & mask;
            }
            keys[slot] = entry;
            filled++;
        }
    }
}
