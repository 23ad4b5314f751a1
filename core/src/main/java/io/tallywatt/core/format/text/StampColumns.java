package io.tallywatt.core.format.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns say when a reading was.
 *
 * @param stamp the timestamp, the start, or the date
 * @param time the time of day beside a date, or -1
 * @param end the end beside a start, or -1: intervals are exact then
 */
record StampColumns(int stamp, int time, int end) {
    static @Nullable StampColumns find(Sheet sheet, int header, List<String> names) {
        int first = -1;
        int start = -1;
        int end = -1;
        for (int i = 0; i < names.size(); i++) {
            String name = header < 0 ? "" : names.get(i);
            if (HeaderWords.meterRank(name) > 3 && Samples.most(sheet.column(header, i), Samples::isStamp)) {
                first = first < 0 ? i : first;
                start = start < 0 && HeaderWords.saysStart(name) ? i : start;
                end = end < 0 && HeaderWords.saysEnd(name) ? i : end;
            }
        }
        if (start >= 0 && end >= 0) {
            return new StampColumns(start, -1, end);
        }
        if (first >= 0) {
            return new StampColumns(start >= 0 ? start : end >= 0 ? end : first, -1, -1);
        }
        return dateAndTime(sheet, header, names);
    }

    private static @Nullable StampColumns dateAndTime(Sheet sheet, int header, List<String> names) {
        int date = date(sheet, header, names);
        if (date < 0) {
            return null;
        }
        int time = -1;
        for (int i = 0; i < names.size(); i++) {
            List<String> cells = sheet.column(header, i);
            boolean clock = !cells.isEmpty()
                    && Samples.most(cells, Samples::isTime)
                    && (Samples.most(cells, cell -> cell.indexOf(':') > 0)
                            || header >= 0 && HeaderWords.saysTime(names.get(i)));
            if (clock && (time < 0 || HeaderWords.saysStart(names.get(i)))) {
                time = i;
            }
        }
        return time < 0 ? null : new StampColumns(date, time, -1);
    }

    /** The column of dates without time; -1 if there is none. */
    static int date(Sheet sheet, int header, List<String> names) {
        int date = -1;
        for (int i = 0; i < names.size(); i++) {
            List<String> cells = sheet.column(header, i);
            boolean said = header >= 0 && HeaderWords.saysDate(names.get(i));
            if (!cells.isEmpty()
                    && (header < 0 || HeaderWords.meterRank(names.get(i)) > 3)
                    && Samples.most(cells, Samples::isDate)
                    && (date < 0 || said && !HeaderWords.saysDate(names.get(date)))) {
                date = i;
            }
        }
        return date;
    }

    void takeAll(TableFinder finder) {
        finder.take(stamp);
        finder.take(time);
        finder.take(end);
    }
}
