package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.register.Registers;

/** A home recorder's file: reads of a register, or mean power. */
final class HomeLayout extends RowsLayout {
    private final boolean power;

    HomeLayout(Table table, StampColumns stamps, ValueColumn value, Grid grid, boolean power) {
        super(table, stamps, value, grid);
        this.power = power;
    }

    @Override
    public String format() {
        return power ? HomeFormat.POWER : HomeFormat.REGISTER;
    }

    @Override
    public String unit() {
        return power ? Units.POWER : Registers.UNIT;
    }

    @Override
    TextLayout with(Table settled) {
        return new HomeLayout(settled, stamps, value, grid, power);
    }

    /** How long a mean holds is told by the row after it. */
    @Override
    public boolean divisible() {
        return !power;
    }

    @Override
    public RowReader reader(SeriesIds ids, Remarks remarks) {
        sayNotices(remarks);
        return new HomeReader(this, power, ids, remarks);
    }
}
