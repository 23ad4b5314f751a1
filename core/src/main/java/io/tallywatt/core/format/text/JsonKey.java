package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.EnergyUnit;
import org.jspecify.annotations.Nullable;

/** A key of objects, and what it means. */
final class JsonKey {
    final byte[] name;
    final int hash;
    /** One of {@link JsonKeys}, or -1. */
    final int role;
    /** The lower, the surer, among the keys of one role. */
    final int rank;
    /** The unit that its name states. */
    final @Nullable EnergyUnit unit;
    /** Whether a list that stands here is a list of readings. */
    final boolean list;
    /** Number of the object that had it last. */
    int object;

    JsonKey(byte[] name, int hash, int role, int rank, @Nullable EnergyUnit unit, boolean list) {
        this.name = name;
        this.hash = hash;
        this.role = role;
        this.rank = rank;
        this.unit = unit;
        this.list = list;
    }

    String text() {
        return Printable.line(name, 0, name.length, 60);
    }
}
