package io.tallywatt.aws.store;

import io.tallywatt.aws.store.Given.OfThing;
import io.tallywatt.aws.store.Given.Row;
import io.tallywatt.aws.store.Layers.Stored;
import io.tallywatt.aws.store.Pages.Page;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.Change;
import io.tallywatt.core.store.ChangeReport;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Overlay;
import io.tallywatt.core.store.Precedence;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a delivery comes to, as the store stands by a view: block by block what {@link Change} says, and from that the
 * differences to totals, to the days on which meters were seen, and to the catalogue. Page by page, so that it takes no more memory for
 * many meters than for some.
 */
final class Weighing {
    /** A meter is silent as long after its last reading. */
    private static final int SILENT_DAYS = 35;

    private final Table table;
    private final Layers layers;
    private final View view;
    private final Plan plan;
    private final Draft draft;
    private final long number;

    /**
     * What is to be weighed.
     *
     * @param delivery id; of a new one the next that is free, which no other has
     * @param receivedAt microseconds since 1970
     * @param zone in which the days of what comes are
     * @param unit of what comes
     * @param ending what ends with it, null if nothing does
     * @param ended of which days that was
     * @param incoming days of what comes
     * @param names of things by number, of those of what comes
     * @param given rows by number and name of the thing
     * @param stored whether they have to be read from the table
     */
    record Plan(
            long delivery,
            long receivedAt,
            String zone,
            String unit,
            @Nullable Revision ending,
            Manifest ended,
            Manifest incoming,
            Map<Integer, String> names,
            BiFunction<Integer, String, OfThing> given,
            boolean stored) {}

    Weighing(Table table, Layers layers, View view, Plan plan, Draft draft) {
        this.table = table;
        this.layers = layers;
        this.view = view;
        this.plan = plan;
        this.draft = draft;
        this.number = view.head().revision() + 1;
    }

    /** The things of one page that are concerned. */
    private Set<Integer> things(int page) {
        Set<Integer> things = new TreeSet<>();
        int from = page * Pages.SIZE;
        things.addAll(plan.incoming.days().subMap(from, from + Pages.SIZE).keySet());
        things.addAll(plan.ended.days().subMap(from, from + Pages.SIZE).keySet());
        return things;
    }

    /** Weighs what concerns the things of one page. */
    void weigh(Page page) {
        PageChange change = new PageChange();
        List<OfSeries> all = new ArrayList<>();
        Map<Integer, List<OfSeries>> byThing = new TreeMap<>();
        List<Integer> things = List.copyOf(things(page.number()));
        List<List<OfSeries>> series = plan.stored
                ? table.each(things, thing -> series(page, thing))
                : things.stream().map(thing -> series(page, thing)).toList();
        for (int i = 0; i < things.size(); i++) {
            draft.touched.add(things.get(i));
            byThing.put(things.get(i), series.get(i));
            all.addAll(series.get(i));
        }
        look(all);
        byThing.forEach((thing, ofThing) -> weigh(page, thing, ofThing, change));
        draft.page(page.number(), change);
    }

    /** A series on its way. */
    private static final class OfSeries {
        final Series series;
        final String suffix;
        final @Nullable SeriesState before;
        Map<Integer, List<Row>> incoming;
        final DaySet ended;
        Map<Integer, List<Stored>> stored = Map.of();
        /** Layers that count although another zone would be wanted. */
        boolean heldElsewhere;

        final Set<Integer> given = new HashSet<>();
        final Set<Integer> seen = new HashSet<>();
        final Set<Integer> unseen = new HashSet<>();

        @Nullable
        DayBlock first;

        OfSeries(
                Series series,
                String suffix,
                @Nullable SeriesState before,
                Map<Integer, List<Row>> incoming,
                DaySet ended) {
            this.series = series;
            this.suffix = suffix;
            this.before = before;
            this.incoming = incoming;
            this.ended = ended;
        }

        DaySet days() {
            return DaySet.of(incoming.keySet()).or(ended);
        }

        /** Days of which something may be stored. */
        DaySet meeting() {
            return before == null ? DaySet.NONE : days().and(before.given());
        }
    }

    private List<OfSeries> series(Page page, int thing) {
        int slot = Pages.slotOf(thing);
        @Nullable ThingState state = page.things().get(slot);
        String name = state == null ? Objects.requireNonNull(plan.names.get(thing)) : state.name();
        OfThing given = plan.incoming.days().containsKey(thing) ? plan.given.apply(thing, name) : new OfThing();
        Map<String, DaySet> ended = plan.ended.days().getOrDefault(thing, new TreeMap<>());
        Set<String> suffixes = new TreeSet<>(given.series().keySet());
        suffixes.addAll(ended.keySet());
        List<OfSeries> series = new ArrayList<>();
        for (String suffix : suffixes) {
            series.add(new OfSeries(
                    Series.parse(name + suffix),
                    suffix,
                    page.state(slot, suffix),
                    given.series().getOrDefault(suffix, new TreeMap<>()),
                    ended.getOrDefault(suffix, DaySet.NONE)));
        }
        return series;
    }

    /** Refuses what does not fit, and reads what is stored of the days that are concerned, of many series at once. */
    private void look(List<OfSeries> all) {
        all.forEach(this::refuseOtherUnit);
        List<OfSeries> foreign = all.stream().filter(this::isForeign).toList();
        table.each(foreign, one -> {
            one.heldElsewhere = holdsElse(one);
            return one;
        });
        foreign.stream().filter(one -> one.heldElsewhere).forEach(this::refuseOtherZone);
        List<OfSeries> meeting =
                all.stream().filter(one -> !one.meeting().isEmpty()).toList();
        table.each(meeting, one -> {
            DaySet days = one.meeting();
            one.stored = layers.byDay(one.series, days.first(), days.last() + 1);
            return one;
        });
    }

    private void refuseOtherUnit(OfSeries one) {
        if (one.before == null || one.before.unit().equals(plan.unit) || one.incoming.isEmpty()) {
            return;
        }
        String kept = one.before.unit();
        one.incoming.forEach((day, rows) -> rows.forEach(row -> {
            draft.remarks.reject(
                    ChangeReport.otherUnit(one.series, kept, plan.unit, row.line(), LocalDate.ofEpochDay(day)));
        }));
        forgo(one);
    }

    /** Nothing of what comes is taken. */
    private void forgo(OfSeries one) {
        one.incoming.forEach((day, rows) -> none(one, day, rows));
        one.incoming = new TreeMap<>();
    }

    /** Nothing of a day counts, although something of it may lie there. */
    private void none(OfSeries one, int day, List<Row> rows) {
        if (rows.stream().anyMatch(row -> !row.keys().isEmpty())) {
            draft.none(one.series, day);
        }
    }

    private boolean isForeign(OfSeries one) {
        return one.before != null && !one.before.zone().equals(plan.zone) && !one.incoming.isEmpty();
    }

    /** A series kept in another zone moves if nothing is left there. */
    private boolean holdsElse(OfSeries one) {
        DaySet given = Objects.requireNonNull(one.before).given();
        if (given.isEmpty()) {
            return false;
        }
        List<Stored> all =
                layers.of(one.series, given.first(), given.last() + 1).toList();
        Map<String, Revision> revisions = resolve(all);
        return all.stream()
                .map(stored -> revisions.get(stored.ticket()))
                .anyMatch(revision -> revision != null && view.counts(revision) && !ends(revision.number()));
    }

    private void refuseOtherZone(OfSeries one) {
        String kept = Objects.requireNonNull(one.before).zone();
        one.incoming.forEach((day, rows) -> rows.forEach(row -> {
            draft.remarks.reject(ChangeReport.otherZone(
                    one.series,
                    kept,
                    plan.zone,
                    row.line(),
                    LocalDate.ofEpochDay(day).toString()));
        }));
        forgo(one);
    }

    private Map<String, Revision> resolve(List<Stored> stored) {
        Set<String> tickets = new HashSet<>();
        stored.forEach(one -> tickets.add(one.ticket()));
        return view.resolve(tickets);
    }

    private boolean ends(long revision) {
        return plan.ending != null && plan.ending.number() == revision;
    }

    private void weigh(Page page, int thing, List<OfSeries> series, PageChange change) {
        int slot = Pages.slotOf(thing);
        List<Stored> all = new ArrayList<>();
        series.forEach(one -> one.stored.values().forEach(all::addAll));
        Map<String, Revision> revisions = all.isEmpty() ? Map.of() : resolve(all);
        for (OfSeries one : series) {
            one.days().forEach(day -> weigh(one, day, revisions));
            if (!one.given.isEmpty()) {
                draft.manifest.add(thing, one.suffix, DaySet.of(one.given));
                draft.kindsOfSeries.add(one.series.kind());
            } else if (!one.ended.isEmpty()) {
                draft.kindsOfSeries.add(one.series.kind());
            }
            SeriesChange of = changeOf(one);
            if (!of.isEmpty()) {
                change.put(slot, one.suffix, of);
            }
        }
        @Nullable ThingState before = page.things().get(slot);
        @Nullable Map<String, SeriesChange> changes = change.series().get(slot);
        if (changes != null) {
            if (before == null) {
                change.names().put(slot, Objects.requireNonNull(plan.names.get(thing)));
            }
            presence(before, Objects.requireNonNull(plan.names.getOrDefault(thing, nameOf(before))), changes);
        }
    }

    private static String nameOf(@Nullable ThingState thing) {
        return thing == null ? "" : thing.name();
    }

    private SeriesChange changeOf(OfSeries one) {
        DayBlock block = one.first;
        SeriesChange.@Nullable First first = null;
        if (one.before == null && block != null) {
            String resolution = block.resolution() == null
                    ? "irregular"
                    : block.resolution().toString();
            first = new SeriesChange.First(plan.unit, resolution);
        }
        boolean moved =
                block != null && (one.before == null || !one.before.zone().equals(plan.zone));
        DaySet given = DaySet.of(one.given);
        return new SeriesChange(
                first,
                moved ? plan.zone : null,
                one.before == null ? given : given.without(one.before.given()),
                DaySet.of(one.seen),
                DaySet.of(one.unseen));
    }

    /** One day of one series. */
    private void weigh(OfSeries one, int day, Map<String, Revision> revisions) {
        List<Layer> active = new ArrayList<>();
        boolean ends = false;
        for (Stored stored : one.stored.getOrDefault(day, List.of())) {
            Revision revision = revisions.get(stored.ticket());
            if (revision != null && view.counts(revision)) {
                active.add(stored.layer(revision));
                ends |= ends(revision.number());
            }
        }
        List<Row> rows = one.incoming.getOrDefault(day, List.of());
        List<Layer> incoming = new ArrayList<>();
        for (Row row : rows) {
            Precedence precedence = new Precedence(Tickets.instant(plan.receivedAt), plan.delivery, row.line());
            incoming.add(new Layer(number, precedence, row.block()));
        }
        Change change = Change.of(Overlay.of(active), active, this::ends, incoming);
        if (ends || !change.added().isEmpty()) {
            draft.count(change.kind());
        }
        ChangeReport.tell(one.series, change, number, draft.remarks);
        write(one, day, rows, change.added());
        if (one.series.countsInTotals()) {
            differ(one, day, change);
        }
    }

    private void write(OfSeries one, int day, List<Row> rows, List<Layer> added) {
        if (added.isEmpty()) {
            none(one, day, rows);
            return;
        }
        one.given.add(day);
        one.first = one.first == null ? added.getFirst().block() : one.first;
        if (isThere(rows, added)) {
            added.forEach(layer -> draft.layerThere(layer.block()));
            return;
        }
        for (int i = 0; i < added.size(); i++) {
            Layer layer = added.get(i);
            draft.layer(one.series, Layers.settledPart(i), layer.precedence().line(), layer.block());
        }
    }

    /** Whether what is to be written is what lies there. */
    private static boolean isThere(List<Row> rows, List<Layer> added) {
        if (rows.size() != added.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.keys().isEmpty()
                    || row.line() != added.get(i).precedence().line()
                    || !row.block().equals(added.get(i).block())) {
                return false;
            }
        }
        return true;
    }

    private void differ(OfSeries one, int day, Change change) {
        @Nullable DayBlock before = change.before();
        @Nullable DayBlock after = change.after();
        String zoneBefore = one.before == null ? plan.zone : one.before.zone();
        String zoneAfter = change.added().isEmpty() ? zoneBefore : plan.zone;
        if (zoneBefore.equals(zoneAfter)) {
            draft.differ(day, zoneAfter, Tally.of(after).minus(Tally.of(before)));
        } else {
            draft.differ(day, zoneBefore, Tally.NONE.minus(Tally.of(before)));
            draft.differ(day, zoneAfter, Tally.of(after));
        }
        boolean wasSeen = before != null && before.counted() > 0;
        boolean isSeen = after != null && after.counted() > 0;
        if (isSeen && !wasSeen) {
            one.seen.add(day);
        } else if (wasSeen && !isSeen) {
            one.unseen.add(day);
        }
    }

    /**
     * What changes for the meter as a whole: its registers count as one, and it is silent for some time after a day on which it was
     * seen. Each zone counts for itself.
     */
    private void presence(@Nullable ThingState before, String name, Map<String, SeriesChange> changes) {
        Map<String, SeriesState> was = before == null ? Map.of() : before.series();
        Map<String, SeriesState> is = new HashMap<>(was);
        changes.forEach((suffix, change) -> is.put(suffix, change.of(was.get(suffix))));
        Map<String, DaySet> seenBefore = seenByZone(name, was);
        Map<String, DaySet> seenAfter = seenByZone(name, is);
        Set<String> zones = new TreeSet<>(seenBefore.keySet());
        zones.addAll(seenAfter.keySet());
        for (String zone : zones) {
            DaySet old = seenBefore.getOrDefault(zone, DaySet.NONE);
            DaySet now = seenAfter.getOrDefault(zone, DaySet.NONE);
            if (!old.equals(now)) {
                meters(zone, now.without(old), 1, 0);
                meters(zone, old.without(now), -1, 0);
                DaySet silentBefore = old.prolonged(SILENT_DAYS).without(old);
                DaySet silentNow = now.prolonged(SILENT_DAYS).without(now);
                meters(zone, silentNow.without(silentBefore), 0, 1);
                meters(zone, silentBefore.without(silentNow), 0, -1);
            }
        }
    }

    private void meters(String zone, DaySet days, int meters, int silent) {
        Tally one = new Tally(BigDecimal.ZERO, meters, silent, 0, 0, 0, 0, 0);
        days.forEach(day -> draft.differ(day, zone, one));
    }

    private static Map<String, DaySet> seenByZone(String name, Map<String, SeriesState> series) {
        Map<String, DaySet> seen = new HashMap<>();
        series.forEach((suffix, state) -> {
            if (Series.parse(name + suffix).countsInTotals()) {
                seen.merge(state.zone(), state.seen(), DaySet::or);
            }
        });
        return seen;
    }
}
