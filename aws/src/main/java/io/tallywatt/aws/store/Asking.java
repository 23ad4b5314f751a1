package io.tallywatt.aws.store;

import io.tallywatt.aws.store.Days.Lying;
import io.tallywatt.aws.store.Days.Standing;
import io.tallywatt.aws.store.Layers.Stored;
import io.tallywatt.aws.store.Pages.Page;
import io.tallywatt.aws.store.Things.Thing;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.MeterTotals;
import io.tallywatt.core.store.SeriesScope;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One question to the store, answered from one view of it. */
final class Asking {
    /** Days of a series that are read and shown together. */
    private static final int DAYS_AT_ONCE = 64;
    /** Things that are looked at together. */
    private static final int THINGS_AT_ONCE = 256;

    private static final int PAGES_KEPT = 256;

    private final Table table;
    private final Things things;
    private final Pages pages;
    private final Layers layers;
    private final Log log;
    private final Manifests manifests;
    private final View view;
    private final Days days;

    private final Map<Integer, Page> read = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Page> eldest) {
            return size() > PAGES_KEPT;
        }
    };

    Asking(
            Table table,
            Files files,
            Things things,
            Pages pages,
            Layers layers,
            Log log,
            Manifests manifests,
            View view) {
        this.table = table;
        this.things = things;
        this.pages = pages;
        this.layers = layers;
        this.log = log;
        this.manifests = manifests;
        this.view = view;
        this.days = new Days(view, files);
    }

    private Map<Integer, Page> pages(Set<Integer> numbers) {
        Map<Integer, Page> found = new HashMap<>();
        Set<Integer> missing = new TreeSet<>();
        for (int number : numbers) {
            @Nullable Page page = read.get(number);
            if (page == null) {
                missing.add(number);
            } else {
                found.put(number, page);
            }
        }
        Map<Integer, Page> more = pages.read(missing, view);
        read.putAll(more);
        found.putAll(more);
        return found;
    }

    /** A series that is known, as the catalogue has it. */
    private record Known(Series series, SeriesState state) {
        StoredSeries stored() {
            return new StoredSeries(
                    series,
                    state.unit(),
                    "electricity",
                    state.resolution(),
                    ZoneId.of(state.zone()),
                    LocalDate.ofEpochDay(state.given().first()),
                    LocalDate.ofEpochDay(state.given().last()));
        }
    }

    Optional<StoredSeries> find(Series series) {
        return known(series).map(Known::stored);
    }

    private Optional<Known> known(Series series) {
        return things.find(ThingState.nameOf(series)).flatMap(number -> {
            Page page = pages.read(Pages.pageOf(number), view);
            return Optional.ofNullable(page.state(Pages.slotOf(number), ThingState.suffixOf(series)))
                    .map(state -> new Known(series, state));
        });
    }

    /** All series whose names begin with a text, by name, from one name on. */
    private Stream<Known> known(String prefix, String from) {
        Iterator<List<Thing>> some = chunks(things.from(thingOf(from), thingOf(prefix)), THINGS_AT_ONCE);
        return stream(some)
                .flatMap(chunk -> known(chunk).stream())
                .filter(known -> known.series.toString().startsWith(prefix));
    }

    /** The name of the thing that a name is of, or the text itself where it does not go as far. */
    private static String thingOf(String name) {
        int slash = name.indexOf('/', name.indexOf('/') + 1);
        return name.indexOf('/') < 0 || slash < 0 ? name : name.substring(0, slash + 1);
    }

    private List<Known> known(List<Thing> some) {
        Set<Integer> numbers = new TreeSet<>();
        some.forEach(thing -> numbers.add(Pages.pageOf(thing.number())));
        Map<Integer, Page> found = pages(numbers);
        List<Known> known = new ArrayList<>();
        for (Thing thing : some) {
            Page page = found.get(Pages.pageOf(thing.number()));
            @Nullable ThingState state = page == null ? null : page.things().get(Pages.slotOf(thing.number()));
            if (state != null) {
                state.series().forEach((suffix, of) -> known.add(new Known(state.named(suffix), of)));
            }
        }
        return known;
    }

    Stream<StoredSeries> series(SeriesSearch search) {
        String part = search.part().toLowerCase(Locale.ROOT);
        return known(search.prefix(), search.after())
                .filter(known -> known.series.toString().compareTo(search.after()) > 0)
                .filter(known ->
                        known.series.toString().toLowerCase(Locale.ROOT).contains(part))
                .map(Known::stored)
                .limit(search.limit());
    }

    Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to) {
        DaySet given = known(series)
                .map(known -> known.state.given().within(day(from), day(to)))
                .orElse(DaySet.NONE);
        if (given.isEmpty()) {
            return Stream.empty();
        }
        int first = given.first();
        int end = given.last() + 1;
        return IntStream.iterate(first, start -> start < end, start -> start + DAYS_AT_ONCE)
                .boxed()
                .flatMap(start -> {
                    int stop = Math.min(end, start + DAYS_AT_ONCE);
                    return given.within(start, stop).isEmpty()
                            ? Stream.empty()
                            : days.blocks(lying(series, start, stop)).stream();
                });
    }

    /** What some meters come to: a few hundred of them are read at once, and then added up. */
    List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to) {
        MeterTotals totals = new MeterTotals(from, to);
        Stream<Thing> asked = things
                .find(meters.stream().map(ThingState::nameOf).toList())
                .entrySet()
                .stream()
                .map(thing -> new Thing(thing.getKey(), thing.getValue()));
        chunks(asked, THINGS_AT_ONCE).forEachRemaining(some -> addMeters(some, totals, day(to)));
        return totals.entries();
    }

    /** @param to epoch day after the last */
    private void addMeters(List<Thing> some, MeterTotals totals, int to) {
        int from = day(totals.seenFrom());
        List<Known> registers = known(some).stream()
                .filter(known -> known.series.countsInTotals()
                        && !known.state.given().within(from, to).isEmpty())
                .toList();
        List<Lying> lying = new ArrayList<>();
        table.each(registers, known -> {
                    DaySet given = known.state.given().within(from, to);
                    return lying(known.series, given.first(), given.last() + 1);
                })
                .forEach(lying::addAll);
        Map<String, Set<Integer>> seen = new HashMap<>();
        for (StoredBlock stored : days.blocks(lying)) {
            totals.add(stored);
            if (stored.block().counted() > 0) {
                seen.computeIfAbsent(stored.series().key(), key -> new HashSet<>())
                        .add(stored.block().day());
            }
        }
        seen.values().forEach(totals::seen);
    }

    private static int day(LocalDate date) {
        return Math.clamp(date.toEpochDay(), Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2);
    }

    private List<Lying> lying(Series series, int from, int to) {
        List<Lying> lying = new ArrayList<>();
        layers.byDay(series, from, to).values().forEach(stored -> lying.add(new Lying(series, stored)));
        return lying;
    }

    Stream<StoredBlock> blocksOn(LocalDate date) {
        int day = day(date);
        Stream<Known> there = known("", "")
                .filter(known ->
                        known.series.countsInTotals() && known.state.given().contains(day));
        return stream(chunks(there, THINGS_AT_ONCE)).flatMap(chunk -> {
            List<Lying> lying = new ArrayList<>();
            table.each(chunk, known -> lying(known.series, day, day + 1)).forEach(lying::addAll);
            return days.blocks(lying).stream();
        });
    }

    Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        List<Known> concerned = inScope(prefix).stream()
                .filter(known -> !known.state.given().within(day(from), day(to)).isEmpty())
                .toList();
        List<StandingBlock> standing = new ArrayList<>();
        for (int at = 0; at < concerned.size(); at += THINGS_AT_ONCE) {
            List<Known> some = concerned.subList(at, Math.min(concerned.size(), at + THINGS_AT_ONCE));
            List<List<Lying>> lying = table.each(some, known -> {
                DaySet given = known.state.given().within(day(from), day(to));
                return lying(known.series, given.first(), given.last() + 1);
            });
            Map<String, Revision> revisions =
                    days.resolve(lying.stream().flatMap(List::stream).toList());
            for (int i = 0; i < some.size(); i++) {
                String unit = some.get(i).state.unit();
                for (Lying day : lying.get(i)) {
                    @Nullable Standing stands = days.standing(day, revisions);
                    if (stands != null) {
                        standing.add(new StandingBlock(day.series(), stands.zone(), unit, stands.block()));
                    }
                }
            }
        }
        standing.sort(
                Comparator.comparingInt((StandingBlock block) -> block.block().day())
                        .thenComparing(block -> block.series().toString()));
        return standing.stream();
    }

    private List<Known> inScope(String prefix) {
        SeriesScope scope = SeriesScope.of(prefix);
        if (scope.one()) {
            return known(Series.parse(scope.text())).stream().toList();
        }
        return known(scope.text(), "")
                .filter(known -> scope.includes(known.series))
                .toList();
    }

    Stream<ArrivedBlock> arrived(String prefix, long after, long limit) {
        SeriesScope scope = SeriesScope.of(prefix);
        int slash = scope.text().indexOf('/');
        @Nullable String kind = slash < 0 ? null : scope.text().substring(0, slash);
        long first = log.knownBy(after, view.head().revision()) + 1;
        List<ArrivedBlock> arrived = new ArrayList<>();
        try (Stream<Log.Entry> entries = log.between(first, view.head().revision())) {
            Iterator<Log.Entry> each = entries.iterator();
            while (each.hasNext() && arrived.size() < limit) {
                Log.Entry entry = each.next();
                boolean concerned = kind == null || entry.kinds().contains(kind);
                if (entry.knownAt() > after && concerned && !entry.ticket().isEmpty()) {
                    arrived.addAll(arrived(entry.ticket(), scope));
                }
            }
        }
        return arrived.stream();
    }

    /** What came with one ticket, if it counts still, by series, date and line. */
    private List<ArrivedBlock> arrived(String ticket, SeriesScope scope) {
        @Nullable Revision revision = view.resolve(List.of(ticket)).get(ticket);
        if (revision == null || !view.counts(revision)) {
            return List.of();
        }
        record Asked(Series series, DaySet given) {}
        List<Asked> asked = new ArrayList<>();
        Manifest manifest = manifests.read(ticket);
        Map<Integer, Page> found = pages(manifest.pages());
        manifest.days().forEach((number, series) -> {
            Page page = found.get(Pages.pageOf(number));
            @Nullable ThingState thing = page == null ? null : page.things().get(Pages.slotOf(number));
            if (thing != null) {
                series.forEach((suffix, given) -> {
                    Series named = thing.named(suffix);
                    if (scope.includes(named)) {
                        asked.add(new Asked(named, given));
                    }
                });
            }
        });
        List<ArrivedBlock> arrived = new ArrayList<>();
        table.each(asked, one -> {
                    List<ArrivedBlock> blocks = new ArrayList<>();
                    try (Stream<Stored> all = layers.of(one.series, one.given.first(), one.given.last() + 1)) {
                        all.filter(stored -> stored.ticket().equals(ticket))
                                .forEach(stored -> blocks.add(arrived(one.series, stored, revision)));
                    }
                    return blocks;
                })
                .forEach(arrived::addAll);
        arrived.sort(Comparator.comparing((ArrivedBlock block) -> block.series().toString())
                .thenComparingInt(block -> block.block().day())
                .thenComparingLong(ArrivedBlock::line));
        return arrived;
    }

    private static ArrivedBlock arrived(Series series, Stored stored, Revision revision) {
        return new ArrivedBlock(
                series,
                revision.zoneId(),
                stored.block(),
                revision.delivery(),
                stored.line(),
                Tickets.instant(revision.receivedAt()),
                Tickets.instant(revision.knownAt()));
    }

    private static <T> Iterator<List<T>> chunks(Stream<T> all, int size) {
        Iterator<T> each = all.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public List<T> next() {
                List<T> chunk = new ArrayList<>();
                do {
                    chunk.add(each.next());
                } while (chunk.size() < size && each.hasNext());
                return chunk;
            }
        };
    }

    private static <T> Stream<T> stream(Iterator<T> each) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(each, Spliterator.ORDERED), false);
    }
}
