package io.tallywatt.collectors.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What all sites send, in the order in which it is due; at the same instant in the order of sites. Where the simulated range
 * has an end, what is late or sent again may still come after it. Belongs to one thread.
 */
public final class SimulationRun implements Iterator<Sending> {
    private static final long DAY_SECONDS = 86_400;

    private final SimulationSettings settings;
    private final List<SiteFeed> sites;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparingLong(Waiting::number));
    private long slot;
    private int site;
    /** Nothing that is yet to be made is due before this. */
    private Instant reached;

    private long made;

    private record Waiting(Sending sending, long number) {
        Instant due() {
            return sending.due();
        }
    }

    SimulationRun(SimulationSettings settings) {
        this.settings = settings;
        this.sites = IntStream.rangeClosed(1, settings.sites())
                .mapToObj(number -> new SiteFeed(settings, number))
                .toList();
        this.slot = settings.firstSlot();
        this.reached = settings.from();
    }

    @Override
    public boolean hasNext() {
        while (slot < settings.endSlot()
                && (waiting.isEmpty() || waiting.element().due().isAfter(reached))) {
            make();
        }
        return !waiting.isEmpty();
    }

    @Override
    public Sending next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return waiting.remove().sending();
    }

    /** When the next is due, null if none follows. */
    public @Nullable Instant due() {
        return hasNext() ? waiting.element().due() : null;
    }

    /** The files that would have come by an instant if they were not late. */
    public List<SimulatedFile> heldBack(Instant by) {
        return waiting.stream()
                .map(Waiting::sending)
                .filter(SimulatedFile.class::isInstance)
                .map(SimulatedFile.class::cast)
                .filter(file -> file.labels().stream().anyMatch(label -> lateBy(by, label)))
                .toList();
    }

    private static boolean lateBy(Instant by, Label label) {
        return label.kind() == LabelKind.LATE && !label.interval().end().isAfter(by);
    }

    private void make() {
        long end = switch (settings.packing()) {
            case INTERVAL -> slot + 1;
            case DAY -> Math.min(settings.endSlot(), endOfDay(slot));
        };
        SiteFeed feed = sites.get(site);
        switch (settings.packing()) {
            case INTERVAL -> feed.interval(slot, this::add);
            case DAY -> feed.day(slot, end, this::add);
        }
        reached = settings.start(end);
        site++;
        if (site == sites.size()) {
            site = 0;
            slot = end;
        }
    }

    private long endOfDay(long inside) {
        long day = Math.floorDiv(settings.startSecond(inside), DAY_SECONDS);
        return (day + 1) * DAY_SECONDS / settings.every().seconds();
    }

    private void add(Sending sending) {
        waiting.add(new Waiting(sending, made++));
    }
}
