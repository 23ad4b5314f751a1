package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.SeriesIds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What readers of one value per row share: the value and its quality. */
abstract class ValueReader extends RecordReader {
    private final ValueColumn value;

    long units;
    int scale;
    private Quality quality = Quality.ACTUAL;
    /** The code met last: nearly all rows of a file have the same. */
    private byte[] lastCode = {};

    private Quality lastQuality = Quality.ACTUAL;

    ValueReader(Table table, ValueColumn value, SeriesIds ids, Remarks remarks) {
        super(table, ids, remarks);
        this.value = value;
    }

    /** Reads unit, value and quality of the row; false if it was rejected. */
    final boolean readValue() {
        int shift = shift();
        if (shift == Integer.MIN_VALUE || !readQuality()) {
            return false;
        }
        NumberText.Outcome outcome = readNumber(value.column(), shift);
        boolean missing = outcome == NumberText.Outcome.MISSING;
        units = missing ? 0 : number.units;
        scale = missing ? 0 : number.scale;
        quality = missing ? Quality.MISSING : quality;
        return missing || outcome == NumberText.Outcome.FINE;
    }

    private boolean readQuality() {
        quality = Quality.ACTUAL;
        int column = value.quality();
        if (column < 0 || cells.isEmpty(column)) {
            return true;
        }
        int from = cells.from(column);
        int end = cells.to(column);
        if (Arrays.equals(bytes, from, end, lastCode, 0, lastCode.length)) {
            quality = lastQuality;
            return true;
        }
        @Nullable Quality known = QualityCode.of(cells.text(column));
        if (known == null) {
            reject(
                    column,
                    RejectCode.BAD_QUALITY,
                    quoted(column) + " is not a quality; expected such as Actual, Estimated, Substituted or A, E, S");
            return false;
        }
        quality = known;
        lastQuality = known;
        lastCode = Arrays.copyOfRange(bytes, from, end);
        return true;
    }

    /** Whether the row holds no reading: an empty cell, or a quality that says so. */
    final boolean isMissing() {
        return quality == Quality.MISSING;
    }

    /** The reading's quality, INVALID where it is impossible for an interval of so many seconds. */
    final byte judged(int seconds) {
        return judged(value.column(), quality, seconds);
    }

    /** Likewise for the value of any column, with the quality that it has otherwise. */
    final byte judged(int column, Quality given, int seconds) {
        if (units < 0) {
            sayNegative(column);
            return Quality.INVALID.code();
        }
        if (units > bound.units(seconds)[scale]) {
            sayImplausible(column);
            return Quality.INVALID.code();
        }
        return given.code();
    }
}
