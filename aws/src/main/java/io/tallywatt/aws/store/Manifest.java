package io.tallywatt.aws.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Of which series' days a delivery gave something.
 *
 * @param days by thing, then by what a series' name has behind that of its thing
 */
record Manifest(TreeMap<Integer, TreeMap<String, DaySet>> days) {

    Manifest() {
        this(new TreeMap<>());
    }

    void add(int thing, String suffix, DaySet more) {
        if (!more.isEmpty()) {
            days.computeIfAbsent(thing, t -> new TreeMap<>()).merge(suffix, more, DaySet::or);
        }
    }

    void addAll(Manifest other) {
        other.days.forEach((thing, series) -> series.forEach((suffix, set) -> add(thing, suffix, set)));
    }

    boolean meets(Manifest other) {
        Map<Integer, ?> fewer = days.size() < other.days.size() ? days : other.days;
        Map<Integer, ?> more = days.size() < other.days.size() ? other.days : days;
        return fewer.keySet().stream().anyMatch(more::containsKey);
    }

    TreeSet<Integer> pages() {
        TreeSet<Integer> pages = new TreeSet<>();
        days.keySet().forEach(thing -> pages.add(Pages.pageOf(thing)));
        return pages;
    }

    byte[] bytes() {
        TreeMap<Integer, byte[]> each = new TreeMap<>();
        days.forEach((thing, series) -> {
            ByteWriter to = new ByteWriter();
            series.forEach((suffix, set) -> {
                to.text(suffix);
                set.write(to);
            });
            each.put(thing, to.raw());
        });
        ByteWriter all = new ByteWriter();
        AlikeRuns.write(each, all);
        return all.packed(100);
    }

    static Manifest read(byte[] bytes) {
        Manifest manifest = new Manifest();
        AlikeRuns.read(ByteReader.of(bytes), (thing, each) -> {
            ByteReader from = ByteReader.raw(each);
            while (from.more()) {
                String suffix = from.text();
                manifest.add(thing, suffix, DaySet.read(from));
            }
        });
        return manifest;
    }

    /** Bytes in pieces of at most so many; at least one. */
    static List<byte[]> pieces(byte[] bytes, int most) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length || pieces.isEmpty(); from += most) {
            pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + most)));
        }
        return pieces;
    }
}
