package io.tallywatt.aws.store;

import io.tallywatt.aws.store.Journal.DateZone;
import io.tallywatt.aws.table.Item;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.Change;
import io.tallywatt.core.store.Counts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a revision comes to by a view: weighed page by page, and written before anything of it counts. */
final class Draft {
    private final String ticket;
    private final Map<Change.Kind, Long> kinds = new EnumMap<>(Change.Kind.class);
    private long readings;

    /** Differences to totals. */
    final Map<DateZone, Tally> differences = new TreeMap<>();

    /** What the delivery gives from now on. */
    final Manifest manifest = new Manifest();

    /** Numbers of the things that were looked at: whoever changes one of these meanwhile makes the draft stale. */
    final Set<Integer> touched = new TreeSet<>();

    final Set<String> kindsOfSeries = new TreeSet<>();
    final RemarkList remarks;
    /** Of the page that is being weighed. */
    private final List<Item> items = new ArrayList<>();

    Draft(String ticket, RemarkList remarks) {
        this.ticket = ticket;
        this.remarks = remarks;
    }

    String ticket() {
        return ticket;
    }

    void count(Change.Kind kind) {
        kinds.merge(kind, 1L, Long::sum);
    }

    private long of(Change.Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /** Counts of a reading. */
    Counts counts(long rows) {
        return new Counts(
                rows,
                remarks.rejected(),
                readings,
                of(Change.Kind.NEW),
                of(Change.Kind.UNCHANGED),
                of(Change.Kind.EXTENDED),
                of(Change.Kind.CORRECTED),
                of(Change.Kind.REMOVED));
    }

    /** Counts of a withdrawal. */
    Counts counts(Counts before) {
        return new Counts(
                before.rows(),
                before.rejected(),
                0,
                0,
                of(Change.Kind.UNCHANGED),
                0,
                of(Change.Kind.CORRECTED) + of(Change.Kind.EXTENDED),
                of(Change.Kind.REMOVED));
    }

    void differ(int day, String zone, Tally difference) {
        if (!difference.isZero()) {
            differences.merge(new DateZone(day, zone), difference, Tally::plus);
        }
    }

    /** A layer that the delivery gives. */
    void layer(Series series, String part, long line, DayBlock block) {
        readings += block.length() - block.count(Quality.MISSING);
        items.addAll(Layers.items(series, block.day(), ticket, part, line, block));
    }

    /** A layer that is written already. */
    void layerThere(DayBlock block) {
        readings += block.length() - block.count(Quality.MISSING);
    }

    /** Nothing counts of what parts of the document wrote of a day. */
    void none(Series series, int day) {
        items.add(Layers.none(series, day, ticket));
    }

    void page(int page, PageChange change) {
        if (!change.isEmpty()) {
            items.addAll(Pages.items(page, ticket, change));
        }
    }

    /** Hands over what is to be written so far. */
    void flush(Written written) {
        written.put(items);
        items.clear();
    }
}
