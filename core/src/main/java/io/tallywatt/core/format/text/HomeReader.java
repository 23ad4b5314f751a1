package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.register.Registers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a home recorder. A read of a register stands for the second in which it was made. */
final class HomeReader extends RowsReader {
    private final boolean power;
    private final int valueColumn;
    private final int seconds;
    private final boolean ending;
    private final ExactRows rowsOfDays;
    /** The row before, of each home. */
    private final Map<Integer, Mean> last = new HashMap<>();

    private final Map<String, Integer> homes = new HashMap<>();

    private record Mean(long at, long nanoUnits, byte quality) {}

    HomeReader(HomeLayout layout, boolean power, SeriesIds ids, Remarks remarks) {
        super(layout, ids, remarks);
        this.power = power;
        this.valueColumn = layout.value.column();
        this.seconds = layout.grid.resolution().seconds();
        this.ending = power && ends;
        // Nothing is put on a grid.
        this.rowsOfDays = new ExactRows(this, calendar, clock, days, null);
    }

    @Override
    void readRow() {
        if (!hasAllCells() || !hasMeter() || !readValue() || isMissing()) {
            return;
        }
        if (!readInstants(stampColumn, -1, ending)) {
            return;
        }
        int series = series();
        long at = instant(series);
        if (clock.dayHolding(at - seconds) < 0 || clock.dayHolding(at + seconds) < 0) {
            reject(stampColumn, RejectCode.BAD_DATE, quoted(stampColumn) + " is out of range; expected 1970 to 2199");
            return;
        }
        byte quality = Quality.ACTUAL.code();
        if (units < 0) {
            sayNegative(valueColumn);
            quality = Quality.INVALID.code();
        }
        long nanoUnits = Scaled.rescale(units, scale, Scaled.MAX_SCALE);
        @Nullable Mean before = last.get(series);
        Mean mean = new Mean(at, nanoUnits, quality);
        last.put(series, mean);
        if (power) {
            mean(series, before, mean);
        } else {
            rowsOfDays.put(series, at, at + seconds, nanoUnits, quality);
        }
    }

    /** Rows go on in time: of a time that the clock shows twice the second is meant where the first has been. */
    private long instant(int series) {
        @Nullable Mean before = last.get(series);
        return clock.count > 1 && before != null && before.at() >= clock.instants[0]
                ? clock.instants[1]
                : clock.instants[0];
    }

    /** Stamps are cut to the minute, so steps come a minute short: a mean holds for its step, but not beyond its neighbour. */
    private void mean(int series, @Nullable Mean before, Mean mean) {
        if (ending) {
            long start = mean.at() - seconds;
            if (before != null && before.at() < mean.at()) {
                start = Math.max(start, before.at());
            }
            put(series, start, mean.at(), mean);
        } else if (before != null) {
            long end = before.at() + seconds;
            put(series, before.at(), mean.at() > before.at() && mean.at() < end ? mean.at() : end, before);
        }
    }

    /** A mean holds for each part of its interval: at midnight it is not divided, as energy is. */
    private void put(int series, long start, long end, Mean mean) {
        for (long from = start; from < end; ) {
            long to = Math.min(end, calendar.start(clock.dayHolding(from) + 1));
            rowsOfDays.put(series, from, to, mean.nanoUnits(), mean.quality());
            from = to;
        }
    }

    @Override
    public boolean drain(BlockBatch batch) {
        if (power && !ending) {
            last.forEach((series, mean) -> put(series, mean.at(), mean.at() + seconds, mean));
            last.clear();
        }
        return super.drain(batch);
    }

    @Override
    int series() {
        int column = table.meterColumn();
        String home = column >= 0 ? cells.text(column) : String.valueOf(table.meterKey());
        return homes.computeIfAbsent(home, key -> ids.id(name(key)));
    }

    private Series name(String home) {
        return power
                ? Registers.of(home, Registers.POWER)
                : Registers.channel(Registers.of(home, Registers.CONSUMPTION), Registers.REGISTER);
    }
}
