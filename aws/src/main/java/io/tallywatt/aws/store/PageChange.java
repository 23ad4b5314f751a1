package io.tallywatt.aws.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a revision changes on a page of the catalogue: by slot, the names of things that are new and the changes of series. A file
 * of many meters changes all of them alike, so successive slots of the same change are written once.
 *
 * @param names of things that come in, by slot
 * @param series by slot, then by what a series' name has behind that of its thing
 */
record PageChange(TreeMap<Integer, String> names, TreeMap<Integer, TreeMap<String, SeriesChange>> series) {

    PageChange() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** The change that leads from nothing to a state. */
    static PageChange from(Map<Integer, ThingState> things) {
        PageChange change = new PageChange();
        things.forEach((slot, thing) -> {
            change.names.put(slot, thing.name());
            thing.series().forEach((suffix, state) -> change.put(slot, suffix, SeriesChange.from(state)));
        });
        return change;
    }

    void put(int slot, String suffix, SeriesChange change) {
        series.computeIfAbsent(slot, s -> new TreeMap<>()).put(suffix, change);
    }

    boolean isEmpty() {
        return names.isEmpty() && series.isEmpty();
    }

    /** Changes things as they stand. */
    void applyTo(Map<Integer, ThingState> things) {
        names.forEach((slot, name) -> things.putIfAbsent(slot, new ThingState(name, new TreeMap<>())));
        series.forEach((slot, changes) -> {
            ThingState thing = things.get(slot);
            if (thing == null) {
                throw new IllegalStateException("A thing is changed in the catalogue before it came into it");
            }
            TreeMap<String, SeriesState> next = new TreeMap<>(thing.series());
            changes.forEach((suffix, change) -> next.put(suffix, change.of(next.get(suffix))));
            things.put(slot, new ThingState(thing.name(), next));
        });
    }

    /** As bytes, in as many pieces as none has more than so many. */
    List<byte[]> pieces(int most) {
        byte[] bytes = bytes();
        int slots = Math.max(names.size(), series.size());
        if (bytes.length <= most || slots < 2) {
            return List.of(bytes);
        }
        TreeMap<Integer, Object> all = new TreeMap<>(names);
        all.putAll(series);
        int middle = List.copyOf(all.keySet()).get(all.size() / 2);
        List<byte[]> pieces = new ArrayList<>();
        pieces.addAll(part(names.headMap(middle), series.headMap(middle)).pieces(most));
        pieces.addAll(part(names.tailMap(middle), series.tailMap(middle)).pieces(most));
        return pieces;
    }

    private static PageChange part(
            SortedMap<Integer, String> names, SortedMap<Integer, TreeMap<String, SeriesChange>> series) {
        return new PageChange(new TreeMap<>(names), new TreeMap<>(series));
    }

    private byte[] bytes() {
        ByteWriter to = new ByteWriter();
        to.unsigned(names.size());
        int before = 0;
        for (Map.Entry<Integer, String> name : names.entrySet()) {
            to.unsigned(name.getKey() - before).text(name.getValue());
            before = name.getKey();
        }
        TreeMap<Integer, byte[]> each = new TreeMap<>();
        series.keySet().forEach(slot -> each.put(slot, changes(slot)));
        AlikeRuns.write(each, to);
        return to.packed(100);
    }

    private byte[] changes(int slot) {
        ByteWriter to = new ByteWriter();
        Objects.requireNonNull(series.get(slot)).forEach((suffix, change) -> {
            to.text(suffix);
            change.write(to);
        });
        return to.raw();
    }

    /** Reads a piece into this change. */
    void read(byte[] piece) {
        ByteReader from = ByteReader.of(piece);
        int slot = 0;
        for (int n = from.count(); n > 0; n--) {
            slot += from.count();
            names.put(slot, from.text());
        }
        AlikeRuns.read(from, (one, bytes) -> changes(bytes).forEach((suffix, change) -> put(one, suffix, change)));
    }

    private static Map<String, SeriesChange> changes(byte[] bytes) {
        ByteReader from = ByteReader.raw(bytes);
        Map<String, SeriesChange> changes = new HashMap<>();
        while (from.more()) {
            String suffix = from.text();
            changes.put(suffix, SeriesChange.read(from));
        }
        return changes;
    }
}
