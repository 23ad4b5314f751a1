package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.reading.EnergyUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all delimited layouts settle: how rows split into cells, and which cells name the meter, the date and the unit.
 *
 * @param delimiter between cells
 * @param mark decimal mark of values, or {@link NumberText#EITHER_MARK}
 * @param names of the columns; numbers where the file has no header; without empty ones at the end
 * @param mostCells cells that a row may have, those beyond the names being empty
 * @param meterColumn which cell names the meter, or -1
 * @param namesSeries whether that cell names the whole series
 * @param meterKey the meter of all rows where no cell names it; null where the options name their series
 * @param dateColumn which cell holds the date
 * @param unit of values whose row states none
 * @param unitColumn which cell states the unit, or -1
 */
record Table(
        byte delimiter,
        byte mark,
        List<String> names,
        int mostCells,
        int bodyOffset,
        long bodyLine,
        int meterColumn,
        boolean namesSeries,
        @Nullable String meterKey,
        int dateColumn,
        Dates dates,
        EnergyUnit unit,
        int unitColumn,
        ReadingOptions options,
        List<Decision> decisions,
        List<Notice> notices) {
    Table withDates(Dates settled) {
        return new Table(
                delimiter,
                mark,
                names,
                mostCells,
                bodyOffset,
                bodyLine,
                meterColumn,
                namesSeries,
                meterKey,
                dateColumn,
                settled,
                unit,
                unitColumn,
                options,
                decisions,
                notices);
    }

    Table with(List<Decision> allDecisions, List<Notice> allNotices) {
        return new Table(
                delimiter,
                mark,
                names,
                mostCells,
                bodyOffset,
                bodyLine,
                meterColumn,
                namesSeries,
                meterKey,
                dateColumn,
                dates,
                unit,
                unitColumn,
                options,
                List.copyOf(allDecisions),
                List.copyOf(allNotices));
    }

    int columns() {
        return names.size();
    }

    /** A column as messages name it: its header, or its 1-based number. */
    String name(int column) {
        if (column < 0 || column >= names.size() || names.get(column).isEmpty()) {
            return String.valueOf(column + 1);
        }
        return names.get(column);
    }

    static String delimiterName(byte delimiter) {
        return switch (delimiter) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            default -> "pipe";
        };
    }
}
