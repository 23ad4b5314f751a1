package io.tallywatt.collectors.simulator;

import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one site sends. Intervals are asked for in their order. */
final class SiteFeed {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Site site;
    private final SimulationSettings settings;
    private final Chance shapes;
    private @Nullable FaultPlan plan;

    SiteFeed(SimulationSettings settings, int number) {
        this.site = Site.of(settings.seed(), number);
        this.settings = settings;
        this.shapes = site.chance().of(4);
    }

    /** A file for an interval, and for one that is sent again; or none. */
    void interval(long slot, Consumer<Sending> out) {
        RecordFault fault = plan(slot).ofRecord(slot);
        Instant end = settings.start(slot + 1);
        if (fault instanceof RecordFault.Unsent) {
            out.accept(new NotSent(end, both(slot, LabelKind.MISSING, null)));
            return;
        }
        Shape shape = shape(slot, Shape.OBJECT);
        String stamp = site.id() + "-" + STAMP.format(settings.start(slot));
        String name = stamp + shape.ending();
        String second = stamp + "_2" + shape.ending();
        byte[] content = RecordText.file(shape, List.of(record(slot)));
        switch (fault) {
            case null -> out.accept(new SimulatedFile(name, end, content, labels(slot, name)));
            case RecordFault.Unsent unsent -> throw new IllegalStateException("There is no file of " + slot);
            case RecordFault.Late late ->
                out.accept(new SimulatedFile(name, late.due(), content, both(slot, LabelKind.LATE, name)));
            case RecordFault.Repeated repeated -> {
                out.accept(new SimulatedFile(name, end, content, List.of()));
                out.accept(new SimulatedFile(
                        second,
                        settings.start(slot + 1 + repeated.later()),
                        content,
                        both(slot, LabelKind.DUPLICATE, second)));
            }
            case RecordFault.Contradicted other -> {
                out.accept(new SimulatedFile(name, end, content, List.of()));
                out.accept(new SimulatedFile(
                        second,
                        settings.start(slot + 1 + other.later()),
                        RecordText.file(shape, List.of(contradiction(slot, other))),
                        List.of(label(slot, other.side(), LabelKind.CONFLICT, second))));
            }
        }
    }

    /** A file for some intervals of one day, and one more if any of them are sent again. */
    void day(long first, long end, Consumer<Sending> out) {
        Shape shape = shape(first, Shape.ARRAY);
        String stamps = site.id() + "-" + STAMP.format(settings.start(first)) + "-" + STAMP.format(settings.start(end));
        String name = stamps + shape.ending();
        String second = stamps + "_2" + shape.ending();
        List<String> records = new ArrayList<>();
        List<Label> labels = new ArrayList<>();
        List<String> again = new ArrayList<>();
        List<Label> labelsAgain = new ArrayList<>();
        for (long slot = first; slot < end; slot++) {
            RecordFault fault = plan(slot).ofRecord(slot);
            if (fault instanceof RecordFault.Unsent) {
                labels.addAll(both(slot, LabelKind.MISSING, name));
                continue;
            }
            records.add(record(slot));
            labels.addAll(labels(slot, name));
            if (fault instanceof RecordFault.Repeated) {
                again.add(record(slot));
                labelsAgain.addAll(both(slot, LabelKind.DUPLICATE, second));
            } else if (fault instanceof RecordFault.Contradicted other) {
                again.add(contradiction(slot, other));
                labelsAgain.add(label(slot, other.side(), LabelKind.CONFLICT, second));
            }
        }
        Instant due = settings.start(end);
        if (records.isEmpty()) {
            out.accept(new NotSent(due, labels.stream().map(Label::missing).toList()));
            return;
        }
        out.accept(new SimulatedFile(name, due, RecordText.file(shape, records), List.copyOf(labels)));
        if (!again.isEmpty()) {
            out.accept(new SimulatedFile(second, due, RecordText.file(shape, again), List.copyOf(labelsAgain)));
        }
    }

    private FaultPlan plan(long slot) {
        FaultPlan known = plan;
        if (known == null || !known.covers(slot)) {
            known = FaultPlan.of(site, settings, slot);
            plan = known;
        }
        return known;
    }

    private String record(long slot) {
        return RecordText.of(
                site.id(), settings.start(slot), sent(slot, Side.GENERATION), sent(slot, Side.CONSUMPTION));
    }

    private String contradiction(long slot, RecordFault.Contradicted other) {
        return switch (other.side()) {
            case GENERATION -> RecordText.of(site.id(), settings.start(slot), other.wh(), sent(slot, Side.CONSUMPTION));
            case CONSUMPTION -> RecordText.of(site.id(), settings.start(slot), sent(slot, Side.GENERATION), other.wh());
        };
    }

    /** The value that is written, null for none. */
    private @Nullable Long sent(long slot, Side side) {
        return switch (plan(slot).ofValue(side, slot)) {
            case null ->
                site.flow(side).wh(settings.startSecond(slot), settings.every().seconds());
            case ValueFault.Wrong wrong -> wrong.wh();
            case ValueFault.Stuck stuck -> stuck.wh();
            case ValueFault.Absent absent -> null;
        };
    }

    /** What is anomalous about the values of a record. */
    private List<Label> labels(long slot, String file) {
        List<Label> labels = new ArrayList<>(1);
        for (Side side : Side.values()) {
            switch (plan(slot).ofValue(side, slot)) {
                case null -> {}
                case ValueFault.Wrong wrong -> labels.add(label(slot, side, wrong.kind(), file));
                case ValueFault.Absent absent -> labels.add(label(slot, side, LabelKind.MISSING, file));
                case ValueFault.Stuck stuck -> {
                    long first = Math.max(stuck.first(), settings.firstSlot());
                    long end = Math.min(stuck.end(), settings.endSlot());
                    // With the first value of the run in the simulated range; the run's own first value is true.
                    if (slot == first && end > stuck.first() + 1) {
                        labels.add(new Label(
                                site.series(side),
                                new Interval(settings.start(first), settings.start(end)),
                                LabelKind.STUCK,
                                file));
                    }
                }
            }
        }
        return labels;
    }

    private List<Label> both(long slot, LabelKind kind, @Nullable String file) {
        return List.of(label(slot, Side.GENERATION, kind, file), label(slot, Side.CONSUMPTION, kind, file));
    }

    private Label label(long slot, Side side, LabelKind kind, @Nullable String file) {
        return new Label(site.series(side), new Interval(settings.start(slot), settings.start(slot + 1)), kind, file);
    }

    private Shape shape(long slot, Shape mostly) {
        if (settings.shape() != Shape.MIXED) {
            return settings.shape();
        }
        double chance = shapes.at(slot);
        return chance < 0.6 ? mostly : chance < 0.8 && mostly != Shape.ARRAY ? Shape.ARRAY : Shape.NDJSON;
    }
}
