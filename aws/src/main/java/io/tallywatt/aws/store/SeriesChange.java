package io.tallywatt.aws.store;

import org.jspecify.annotations.Nullable;

/**
 * What a revision changes of a series in the catalogue.
 *
 * @param first what a series has from its first delivery, null for one that is known
 * @param zone the new zone, null where it stays
 * @param given days that nothing was given of before
 * @param seen days that now have a reading that is part of a total
 * @param unseen days that have none any more
 */
record SeriesChange(@Nullable First first, @Nullable String zone, DaySet given, DaySet seen, DaySet unseen) {
    record First(String unit, String resolution) {}

    private static final int FIRST = 1;
    private static final int ZONE = 2;
    private static final int GIVEN = 4;
    private static final int SEEN = 8;
    private static final int UNSEEN = 16;
    /** What was given is what is seen, as of most meters. */
    private static final int ALIKE = 32;

    static SeriesChange from(SeriesState state) {
        return new SeriesChange(
                new First(state.unit(), state.resolution()), state.zone(), state.given(), state.seen(), DaySet.NONE);
    }

    boolean isEmpty() {
        return first == null && zone == null && given.isEmpty() && seen.isEmpty() && unseen.isEmpty();
    }

    SeriesState of(@Nullable SeriesState before) {
        if (before == null) {
            if (first == null || zone == null) {
                throw new IllegalStateException("A series is changed in the catalogue before it came into it");
            }
            return new SeriesState(first.unit, first.resolution, zone, given, seen);
        }
        return new SeriesState(
                before.unit(),
                before.resolution(),
                zone == null ? before.zone() : zone,
                before.given().or(given),
                before.seen().or(seen).without(unseen));
    }

    void write(ByteWriter to) {
        boolean alike = !given.isEmpty() && given.equals(seen);
        to.octet((first == null ? 0 : FIRST)
                | (zone == null ? 0 : ZONE)
                | (given.isEmpty() ? 0 : GIVEN)
                | (seen.isEmpty() || alike ? 0 : SEEN)
                | (unseen.isEmpty() ? 0 : UNSEEN)
                | (alike ? ALIKE : 0));
        if (first != null) {
            to.text(first.unit).text(first.resolution);
        }
        if (zone != null) {
            to.text(zone);
        }
        if (!given.isEmpty()) {
            given.write(to);
        }
        if (!seen.isEmpty() && !alike) {
            seen.write(to);
        }
        if (!unseen.isEmpty()) {
            unseen.write(to);
        }
    }

    static SeriesChange read(ByteReader from) {
        int flags = from.octet();
        @Nullable First first = (flags & FIRST) == 0 ? null : new First(from.text(), from.text());
        @Nullable String zone = (flags & ZONE) == 0 ? null : from.text();
        DaySet given = (flags & GIVEN) == 0 ? DaySet.NONE : DaySet.read(from);
        DaySet seen = (flags & ALIKE) != 0 ? given : (flags & SEEN) == 0 ? DaySet.NONE : DaySet.read(from);
        DaySet unseen = (flags & UNSEEN) == 0 ? DaySet.NONE : DaySet.read(from);
        return new SeriesChange(first, zone, given, seen, unseen);
    }
}
