package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journal: for each date and zone that a revision touches, the difference it makes to their totals, under its ticket. Successive
 * dates of the same difference are one item, as those are on which a meter is silent. A date of many small ones is put together: the differences side by side with when they became known, so that every earlier
 * total can still be asked for.
 */
final class Journal {
    /** Differences of one date and zone from which on they are put together. */
    private static final int MANY = 32;
    /** Of one item, about 40 bytes each. */
    private static final int MOST_TOGETHER = 5_000;
    /** Whoever still reads what was put together is done by then. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final String BYTES = "v";
    private static final String WRITTEN = "w";
    /** Sorts before every ticket. */
    private static final String TOGETHER = "!";

    /** Most dates of one item: who asks for a date looks as far back. */
    private static final int LONGEST = 64;

    private static final String YEARS = "journal";

    private final Table table;
    private final Clock clock;
    private final Set<String> yearsWritten = ConcurrentHashMap.newKeySet();

    Journal(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** What totals are kept by. */
    record DateZone(int day, String zone) implements Comparable<DateZone> {
        @Override
        public int compareTo(DateZone o) {
            return Comparator.comparingInt(DateZone::day)
                    .thenComparing(DateZone::zone)
                    .compare(this, o);
        }

        LocalDate date() {
            return LocalDate.ofEpochDay(day);
        }
    }

    /**
     * The same difference on successive days.
     *
     * @param days how many
     */
    private record Same(int days, Tally tally) {}

    /** When it became known. */
    private record Known(long number, long knownAt, Same same) {}

    private static String partition(int year) {
        return "journal#" + year;
    }

    private static String dayText(int day) {
        return String.format(Locale.ROOT, "%06d", day);
    }

    /** The items that write differences under a ticket. */
    List<Item> items(String ticket, Map<DateZone, Tally> differences) {
        Map<String, TreeMap<Integer, Tally>> byZone = new TreeMap<>();
        differences.forEach((at, tally) -> {
            if (!tally.isZero()) {
                byZone.computeIfAbsent(at.zone, z -> new TreeMap<>()).put(at.day, tally);
            }
        });
        List<Item> items = new ArrayList<>();
        byZone.forEach((zone, days) -> {
            List<Integer> all = List.copyOf(days.keySet());
            for (int from = 0, end; from < all.size(); from = end) {
                Tally tally = Objects.requireNonNull(days.get(all.get(from)));
                end = from + 1;
                while (end < all.size()
                        && end - from < LONGEST
                        && all.get(end) == all.get(from) + end - from
                        && tally.equals(days.get(all.get(end)))) {
                    end++;
                }
                items.add(item(ticket, new DateZone(all.get(from), zone), new Same(end - from, tally)));
            }
        });
        return items;
    }

    private Item item(String ticket, DateZone at, Same same) {
        int year = at.date().getYear();
        writeYear(Integer.toString(year));
        ByteWriter to = new ByteWriter();
        write(same, to);
        return Item.of(new Key(partition(year), dayText(at.day) + "#" + at.zone + "#" + ticket))
                .with(BYTES, to.plain());
    }

    /** A year is never taken back: others may have something in it by then. */
    private void writeYear(String year) {
        if (!yearsWritten.contains(year)) {
            table.put(Item.of(new Key(YEARS, year)));
            yearsWritten.add(year);
        }
    }

    private static void write(Same same, ByteWriter to) {
        Tally t = same.tally;
        to.unsigned(same.days)
                .decimal(t.energyKwh())
                .signed(t.meters())
                .signed(t.silent())
                .signed(t.expected());
        to.signed(t.actual()).signed(t.estimated()).signed(t.substituted()).signed(t.invalid());
    }

    private static Same same(ByteReader from) {
        return new Same(
                from.count(),
                new Tally(
                        from.decimal(),
                        from.signed(),
                        from.signed(),
                        from.signed(),
                        from.signed(),
                        from.signed(),
                        from.signed(),
                        from.signed()));
    }

    private static final class Sum {
        private Tally tally = Tally.NONE;
        private long knownAt;

        void add(Known known) {
            tally = tally.plus(known.same.tally);
            knownAt = Math.max(knownAt, known.knownAt);
        }
    }

    /** The sums per date and zone over {@code [from, to)}. */
    List<JournalEntry> totals(LocalDate from, LocalDate to, View view) {
        Map<DateZone, Sum> sums = new TreeMap<>();
        look(
                from,
                to,
                new Summing(
                        view,
                        day(from),
                        day(to),
                        (at, known) -> sums.computeIfAbsent(at, a -> new Sum()).add(known)));
        List<JournalEntry> entries = new ArrayList<>();
        sums.forEach((at, sum) ->
                entries.add(new JournalEntry(at.date(), at.zone, sum.tally, Tickets.instant(sum.knownAt))));
        return entries;
    }

    /** What was added up for a date, by when it became known. */
    List<JournalEntry> changes(LocalDate date, View view) {
        List<JournalEntry> entries = new ArrayList<>();
        Adding each = (at, known) ->
                entries.add(new JournalEntry(date, at.zone, known.same.tally, Tickets.instant(known.knownAt)));
        look(date, date.plusDays(1), new Summing(view, day(date), day(date) + 1, each));
        entries.sort(Comparator.comparing((JournalEntry e) -> Objects.requireNonNull(e.knownAt()))
                .thenComparing(JournalEntry::zone));
        return entries;
    }

    private void look(LocalDate from, LocalDate to, Summing summing) {
        String first = dayText(Math.max(0, day(from) - LONGEST));
        for (int year : years(from, to)) {
            try (Stream<Item> items = table.between(partition(year), first, dayText(day(to)))) {
                items.forEach(summing::take);
            }
        }
        summing.end();
    }

    /** Is told every change of a date. */
    private interface Adding {
        void add(DateZone at, Known known);
    }

    /** No day that is stored has more digits. */
    private static int day(LocalDate date) {
        return Math.clamp(date.toEpochDay(), 0, 999_999);
    }

    /** Years in which anything may begin that reaches into a range. */
    private List<Integer> years(LocalDate from, LocalDate to) {
        try (Stream<Item> years = table.beginning(YEARS, "")) {
            return years.map(item -> Integer.valueOf(item.key().sort()))
                    .filter(year -> year >= from.getYear() - 1 && year <= to.getYear())
                    .sorted()
                    .toList();
        }
    }

    /** Adds up items as they come; tickets are looked up many at a time. */
    private static final class Summing {
        private static final int AT_ONCE = 1_000;

        private final View view;
        private final int from;
        private final int to;
        private final Adding each;
        private final Map<Key, Loose> loose = new TreeMap<>(Comparator.comparing(Key::sort));
        private final Map<DateZone, Set<String>> together = new TreeMap<>();

        private record Loose(DateZone at, String ticket, Same same) {}

        Summing(View view, int from, int to, Adding each) {
            this.view = view;
            this.from = from;
            this.to = to;
            this.each = each;
        }

        void take(Item item) {
            Place place = Place.of(item.key());
            ByteReader bytes = ByteReader.of(item.requiredBytes(BYTES));
            if (!place.ticket.startsWith(TOGETHER)) {
                loose.put(item.key(), new Loose(place.at, place.ticket, same(bytes)));
                if (loose.size() >= AT_ONCE) {
                    end();
                }
                return;
            }
            Set<String> tickets = together.computeIfAbsent(place.at, a -> new HashSet<>());
            while (bytes.more()) {
                String ticket = bytes.text();
                Known known = new Known(bytes.unsigned(), bytes.signed(), same(bytes));
                // Those put together anew are there twice for a while.
                if (tickets.add(ticket)) {
                    add(place.at, known);
                }
            }
        }

        private void add(DateZone at, Known known) {
            if (known.number > view.head().revision() || known.knownAt > view.asOf()) {
                return;
            }
            int end = Math.min(to, at.day + known.same.days);
            for (int day = Math.max(from, at.day); day < end; day++) {
                each.add(new DateZone(day, at.zone), known);
            }
        }

        void end() {
            Map<String, Revision> revisions =
                    view.resolve(loose.values().stream().map(Loose::ticket).collect(Collectors.toSet()));
            for (Loose one : loose.values()) {
                Revision revision = revisions.get(one.ticket);
                boolean counted = together.getOrDefault(one.at, Set.of()).contains(one.ticket);
                if (revision != null && !counted) {
                    add(one.at, new Known(revision.number(), revision.knownAt(), one.same));
                }
            }
            loose.clear();
        }
    }

    /** What the key of an item says. */
    private record Place(DateZone at, String ticket) {
        static Place of(Key key) {
            String sort = key.sort();
            int zone = sort.indexOf('#');
            int ticket = sort.lastIndexOf('#');
            return new Place(
                    new DateZone(Integer.parseInt(sort.substring(0, zone)), sort.substring(zone + 1, ticket)),
                    sort.substring(ticket + 1));
        }
    }

    /**
     * Puts together what lies loose, year by year. It may be asked for all the while, and what was stopped in between is gone on with.
     *
     * @return the dates concerned
     */
    Set<LocalDate> tidy(View view) {
        Set<LocalDate> tidied = new TreeSet<>();
        for (int year : years(LocalDate.MIN, LocalDate.MAX)) {
            TreeMap<DateZone, List<Item>> places = new TreeMap<>();
            try (Stream<Item> items = table.beginning(partition(year), "")) {
                items.forEach(item -> {
                    DateZone at = Place.of(item.key()).at;
                    places.computeIfAbsent(at, a -> new ArrayList<>()).add(item);
                    // All of the dates before this one are complete: let go of those that are in order.
                    places.headMap(at).clear();
                    if (places.get(at).size() == MANY) {
                        tidied.add(at.date());
                    }
                });
            }
            for (LocalDate date : tidied) {
                if (date.getYear() == year) {
                    tidyDate(date, view);
                }
            }
        }
        return tidied;
    }

    private void tidyDate(LocalDate date, View view) {
        Map<DateZone, List<Item>> places = new TreeMap<>();
        String day = dayText((int) date.toEpochDay());
        try (Stream<Item> items = table.beginning(partition(date.getYear()), day + "#")) {
            items.forEach(item -> places.computeIfAbsent(Place.of(item.key()).at, a -> new ArrayList<>())
                    .add(item));
        }
        places.forEach((at, items) -> tidyPlace(partition(date.getYear()), at, items, view));
    }

    private void tidyPlace(String partition, DateZone at, List<Item> items, View view) {
        Set<String> settled = new HashSet<>();
        Map<String, Item> loose = new TreeMap<>();
        long before = clock.millis() - GRACE.toMillis();
        for (Item item : items) {
            String ticket = Place.of(item.key()).ticket;
            if (!ticket.startsWith(TOGETHER)) {
                loose.put(ticket, item);
            } else if (item.requiredNumber(WRITTEN) < before) {
                tickets(item, settled);
            }
        }
        // What was put together long enough ago need not lie about any more.
        table.deleteAll(loose.entrySet().stream()
                .filter(one -> settled.contains(one.getKey()))
                .map(one -> one.getValue().key())
                .toList());
        loose.keySet().removeAll(settled);
        items.stream()
                .filter(item -> Place.of(item.key()).ticket.startsWith(TOGETHER))
                .forEach(item -> {
                    Set<String> there = new HashSet<>();
                    tickets(item, there);
                    loose.keySet().removeAll(there);
                });
        if (loose.size() >= MANY) {
            putTogether(partition, at, loose, view);
        }
    }

    private static void tickets(Item together, Set<String> into) {
        ByteReader from = ByteReader.of(together.requiredBytes(BYTES));
        while (from.more()) {
            into.add(from.text());
            from.unsigned();
            from.signed();
            same(from);
        }
    }

    private void putTogether(String partition, DateZone at, Map<String, Item> loose, View view) {
        Map<String, Revision> revisions = view.resolve(loose.keySet());
        @Nullable ByteWriter to = null;
        int n = 0;
        String first = "";
        List<Item> together = new ArrayList<>();
        for (Map.Entry<String, Item> one : loose.entrySet()) {
            Revision revision = revisions.get(one.getKey());
            if (revision == null) {
                continue;
            }
            if (to == null) {
                to = new ByteWriter();
                first = one.getKey();
            }
            to.text(one.getKey()).unsigned(revision.number()).signed(revision.knownAt());
            write(same(ByteReader.of(one.getValue().requiredBytes(BYTES))), to);
            if (++n % MOST_TOGETHER == 0) {
                together.add(together(partition, at, first, to));
                to = null;
            }
        }
        if (to != null) {
            together.add(together(partition, at, first, to));
        }
        table.putAll(together);
    }

    private Item together(String partition, DateZone at, String first, ByteWriter bytes) {
        Key key = new Key(partition, dayText(at.day) + "#" + at.zone + "#" + TOGETHER + first);
        return Item.of(key).with(BYTES, bytes.packed(300)).with(WRITTEN, clock.millis());
    }
}
