package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Key;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a document gives, by thing and series and day. A function's document is at most a part of some megabytes, so it is held in
 * memory.
 */
final class Given {
    /**
     * A block as the document has it.
     *
     * @param keys of the items that hold it already, empty if none do
     */
    record Row(long line, DayBlock block, List<Key> keys) {}

    /** Rows of one thing: by what the series' name has behind that of the thing, then by epoch day, in the order of the document. */
    record OfThing(TreeMap<String, TreeMap<Integer, List<Row>>> series) {
        OfThing() {
            this(new TreeMap<>());
        }

        void add(String suffix, int day, Row row) {
            series.computeIfAbsent(suffix, s -> new TreeMap<>())
                    .computeIfAbsent(day, d -> new ArrayList<>())
                    .add(row);
        }
    }

    private final TreeMap<String, OfThing> things = new TreeMap<>();

    /** Reads a pass to its end. Blocks in which everything is missing say nothing. */
    static Given read(Intake.Pass pass, SeriesIds ids) {
        Given given = new Given();
        BlockCursor cursor = pass.cursor();
        BlockBatch batch = new BlockBatch();
        while (cursor.next(batch)) {
            for (int b = 0; b < batch.size; b++) {
                DayBlock block = batch.block(b);
                if (block.count(Quality.MISSING) < block.length()) {
                    given.add(ids.series(batch.series[b]), new Row(batch.line[b], block, List.of()));
                }
            }
        }
        return given;
    }

    private void add(Series series, Row row) {
        things.computeIfAbsent(ThingState.nameOf(series), t -> new OfThing())
                .add(ThingState.suffixOf(series), row.block.day(), row);
    }

    Set<String> names() {
        return things.keySet();
    }

    OfThing of(String name) {
        OfThing thing = things.get(name);
        return thing == null ? new OfThing() : thing;
    }

    /** Which days of which series, by the numbers of things. */
    Manifest manifest(Map<String, Integer> numbers) {
        Manifest manifest = new Manifest();
        things.forEach((name, thing) -> {
            Integer number = numbers.get(name);
            if (number == null) {
                throw new IllegalStateException("The thing " + name + " has no number");
            }
            thing.series.forEach((suffix, days) -> manifest.add(number, suffix, DaySet.of(days.keySet())));
        });
        return manifest;
    }
}
