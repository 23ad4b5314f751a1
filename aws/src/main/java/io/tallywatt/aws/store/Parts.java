package io.tallywatt.aws.store;

import io.tallywatt.aws.store.Given.OfThing;
import io.tallywatt.aws.store.Given.Row;
import io.tallywatt.aws.store.Taking.Document;
import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Lease;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.PartStore;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.Taken;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents that come part by part: each part's layers are written under the ticket that all of them share, and once the last is in, the
 * document is weighed and committed as one that came whole.
 */
final class Parts implements PartStore {
    /** Longer than a function may run. */
    private static final Duration CLOSING = Duration.ofMinutes(6);

    private static final int LARGEST = 350_000;
    private static final String BYTES = "v";
    private static final String TICKET = "t";
    private static final String WHOLE = "whole";
    private static final String PART = "p#";
    private static final String NAMES = "n#";
    private static final String DAYS = "m#";

    private final Table table;
    private final Clock clock;
    private final Taking taking;
    private final Things things;
    private final Layers layers;
    private final Revisions revisions;
    private final Files files;

    Parts(Table table, Clock clock, Taking taking, Things things, Layers layers, Revisions revisions, Files files) {
        this.table = table;
        this.clock = clock;
        this.taking = taking;
        this.things = things;
        this.layers = layers;
        this.revisions = revisions;
        this.files = files;
    }

    private static String partition(String ticket) {
        return "part#" + ticket;
    }

    private static String sort(String prefix, int part, int piece) {
        return prefix + String.format(Locale.ROOT, "%06d#%04d", part, piece);
    }

    private static Key openKey(Whole whole) {
        return new Key("open#" + whole.digest(), whole.settings().isEmpty() ? "-" : whole.settings());
    }

    @Override
    public Begun begin(Whole whole) {
        Optional<Delivery> known = taking.known(document(whole, 0));
        if (known.isPresent()) {
            return new Begun.Known(known.get());
        }
        @Nullable
        String open =
                table.get(openKey(whole)).map(item -> item.requiredText(TICKET)).orElse(null);
        if (open != null && !isCommitted(open)) {
            return new Begun.Open(open);
        }
        String ticket = Tickets.draw(clock);
        table.put(Item.of(new Key(partition(ticket), WHOLE)).with(BYTES, bytes(whole)));
        Item item = Item.of(openKey(whole)).with(TICKET, ticket);
        boolean own = table.putIf(item, open == null ? Condition.absent() : Condition.is(TICKET, open));
        if (own) {
            return new Begun.Open(ticket);
        }
        // Somebody else began it at the same time; or this very write did, and its answer got lost.
        return begin(whole);
    }

    private boolean isCommitted(String ticket) {
        return !revisions.resolve(List.of(ticket), Head.read(table)).isEmpty();
    }

    private static Document document(Whole whole, long rows) {
        return new Document(
                whole.name(),
                whole.digest(),
                whole.bytes(),
                whole.format(),
                whole.settings(),
                whole.zone().getId(),
                whole.unit(),
                whole.receivedAt(),
                rows);
    }

    private static byte[] bytes(Whole whole) {
        ByteWriter to = new ByteWriter();
        to.text(whole.name()).text(whole.digest()).unsigned(whole.bytes()).text(whole.format());
        to.text(whole.settings()).text(whole.zone().getId()).text(whole.unit());
        to.signed(Tickets.micros(whole.receivedAt())).unsigned(whole.parts());
        return to.packed(300);
    }

    private Whole whole(String ticket) {
        Item item = table.get(new Key(partition(ticket), WHOLE))
                .orElseThrow(() -> new IllegalArgumentException("No document was begun as '" + ticket + "'"));
        ByteReader from = ByteReader.of(item.requiredBytes(BYTES));
        return new Whole(
                from.text(),
                from.text(),
                from.unsigned(),
                from.text(),
                from.text(),
                ZoneId.of(from.text()),
                from.text(),
                Tickets.instant(from.signed()),
                from.count());
    }

    @Override
    public Optional<Taken> part(String ticket, int number, Intake intake) {
        Whole whole = whole(ticket);
        if (number < 0 || number >= whole.parts()) {
            throw new IllegalArgumentException(
                    "Part " + number + " of " + whole.name() + "; expected one from 0 to " + (whole.parts() - 1));
        }
        if (!isCommitted(ticket) && table.get(partKey(ticket, number)).isEmpty()) {
            write(ticket, number, intake);
        }
        return close(ticket, whole);
    }

    private static Key partKey(String ticket, int number) {
        return new Key(partition(ticket), sort(PART, number, 0));
    }

    /** Writes what a part gives. Written again it is the same, since it depends on nothing but the part. */
    private void write(String ticket, int number, Intake intake) {
        SeriesIds ids = new SeriesIds();
        try (Intake.Pass pass = intake.pass(ids)) {
            Given given = Given.read(pass, ids);
            long rows = pass.contents().rows();
            Map<String, Integer> numbers = things.numbers(given.names());
            writeLayers(ticket, number, given);
            RemarkList remarks = new RemarkList();
            remarks.addAll(intake.rejects());
            table.putAll(Rejected.items(ticket, number, remarks.rejects()));
            List<Item> beside = new ArrayList<>();
            beside.addAll(pieces(ticket, DAYS, number, given.manifest(numbers).bytes()));
            beside.addAll(pieces(ticket, NAMES, number, names(numbers)));
            table.putAll(beside);
            ByteWriter to = new ByteWriter();
            to.unsigned(rows).unsigned(remarks.rejected());
            DeliveryBytes.notices(intake.notices(), to);
            table.put(Item.of(partKey(ticket, number)).with(BYTES, to.packed(300)));
        }
    }

    private void writeLayers(String ticket, int number, Given given) {
        List<Item> items = new ArrayList<>();
        for (String name : given.names()) {
            given.of(name)
                    .series()
                    .forEach((suffix, days) -> days.forEach((day, rows) -> {
                        Series series = Series.parse(name + suffix);
                        for (int i = 0; i < rows.size(); i++) {
                            Row row = rows.get(i);
                            items.addAll(
                                    Layers.items(series, day, ticket, Layers.part(number, i), row.line(), row.block()));
                        }
                    }));
            if (items.size() >= AT_ONCE) {
                table.putAll(items);
                items.clear();
            }
        }
        table.putAll(items);
    }

    private static final int AT_ONCE = 5_000;

    private static List<Item> pieces(String ticket, String prefix, int number, byte[] bytes) {
        List<Item> items = new ArrayList<>();
        for (byte[] piece : Manifest.pieces(bytes, LARGEST)) {
            items.add(Item.of(new Key(partition(ticket), sort(prefix, number, items.size())))
                    .with(BYTES, piece));
        }
        return items;
    }

    private static byte[] names(Map<String, Integer> numbers) {
        ByteWriter to = new ByteWriter();
        numbers.forEach((name, number) -> to.unsigned(number).text(name));
        return to.packed(300);
    }

    /** The document as all of its parts have it. */
    private static final class Gathered {
        final Manifest days = new Manifest();
        final Map<Integer, String> names = new HashMap<>();
        final List<List<Notice>> notices = new ArrayList<>();
        int parts;
        long rows;
        long rejected;
    }

    private Optional<Taken> close(String ticket, Whole whole) {
        if (isCommitted(ticket)) {
            return Optional.of(new Taken.Stored(delivery(whole)));
        }
        if (parts(ticket) < whole.parts()) {
            return Optional.empty();
        }
        Lease lease = Lease.tryTake(table, "close#" + ticket, CLOSING, clock)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.BUSY, whole.name() + " is being put together by somebody else; try again"));
        try {
            Taken taken = isCommitted(ticket) ? new Taken.Stored(delivery(whole)) : take(ticket, whole);
            forget(ticket, whole);
            return Optional.of(taken);
        } finally {
            lease.close();
        }
    }

    private Delivery delivery(Whole whole) {
        return files.byDigest(whole.digest()).orElseThrow().delivery();
    }

    private int parts(String ticket) {
        try (Stream<Item> parts = table.beginning(partition(ticket), PART)) {
            return (int) parts.count();
        }
    }

    private Taken take(String ticket, Whole whole) {
        Gathered gathered = gather(ticket);
        Taking.Reading reading = new Taking.Reading(
                document(whole, gathered.rows),
                ticket,
                gathered.days,
                gathered.names,
                (number, name) -> lying(ticket, gathered.days, number, name),
                true,
                () -> {
                    RemarkList remarks = new RemarkList(gathered.rejected);
                    gathered.notices.forEach(remarks::addAll);
                    return remarks;
                },
                false);
        return taking.take(reading).taken();
    }

    private Gathered gather(String ticket) {
        Gathered gathered = new Gathered();
        try (Stream<Item> all = table.beginning(partition(ticket), PART)) {
            all.forEach(item -> {
                ByteReader from = ByteReader.of(item.requiredBytes(BYTES));
                gathered.parts++;
                gathered.rows += from.unsigned();
                gathered.rejected += from.unsigned();
                gathered.notices.add(DeliveryBytes.notices(from));
            });
        }
        for (int part = 0; part < gathered.parts; part++) {
            gathered.days.addAll(Manifest.read(joined(ticket, DAYS, part)));
            ByteReader from = ByteReader.of(joined(ticket, NAMES, part));
            while (from.more()) {
                gathered.names.put(from.count(), from.text());
            }
        }
        return gathered;
    }

    private byte[] joined(String ticket, String prefix, int part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String sort = sort(prefix, part, 0);
        try (Stream<Item> pieces = table.beginning(partition(ticket), sort.substring(0, sort.lastIndexOf('#') + 1))) {
            pieces.forEach(piece -> bytes.writeBytes(piece.requiredBytes(BYTES)));
        }
        return bytes.toByteArray();
    }

    /** What the parts gave of a thing. */
    private OfThing lying(String ticket, Manifest days, int number, String name) {
        OfThing thing = new OfThing();
        days.days().getOrDefault(number, new TreeMap<>()).forEach((suffix, given) -> {
            Series series = Series.parse(name + suffix);
            try (Stream<Layers.Stored> all = layers.ofParts(series, given.first(), given.last() + 1, ticket)) {
                all.forEach(stored ->
                        thing.add(suffix, stored.day(), new Row(stored.line(), stored.block(), stored.keys())));
            }
        });
        return thing;
    }

    /** Lets go of what only was needed until then. */
    private void forget(String ticket, Whole whole) {
        table.deleteIf(openKey(whole), Condition.is(TICKET, ticket));
        for (String prefix : List.of(DAYS, NAMES)) {
            try (Stream<Item> all = table.beginning(partition(ticket), prefix)) {
                table.deleteAll(all.map(Item::key).toList());
            }
        }
    }
}
