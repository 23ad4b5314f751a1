package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.List;

/**
 * How far apart readings are, and which end of their interval the stamps name.
 *
 * @param resolution step of the grid
 * @param stamps meaningless where rows state both ends
 * @param stampsWhy {@code option}, {@code header}, {@code values}, {@code default}
 */
record Grid(Resolution resolution, String resolutionWhy, Stamps stamps, String stampsWhy) {
    static Grid of(Sheet sheet, Table table, StampColumns columns, ReadingOptions options) {
        Survey survey = new Survey(sheet.head.whole());
        new Look(table, columns, survey).at(sheet);
        String said = table.name(columns.time() >= 0 ? columns.time() : columns.stamp());
        return of(survey, sheet.head.name(), options, said, columns.end() >= 0);
    }

    /**
     * Settles the grid by what a survey saw.
     *
     * @param document its name, for messages
     * @param said the name of the stamp
     * @param exact whether each reading states both ends
     */
    static Grid of(Survey survey, String document, ReadingOptions options, String said, boolean exact) {
        Resolution option = options.resolution();
        Resolution resolution = option != null ? option : survey.resolution();
        if (resolution == null) {
            throw new UnreadableDocument(
                    Reason.UNKNOWN_FORMAT,
                    "'" + document
                            + "' does not tell how far apart its readings are; expected two stamps of one meter within a day, or set the resolution");
        }
        String why = option != null ? "option" : "values";
        if (options.stamps() != null) {
            return new Grid(resolution, why, options.stamps(), "option");
        }
        if (!exact && HeaderWords.saysEnd(said)) {
            return new Grid(resolution, why, Stamps.END, "header");
        }
        if (exact || HeaderWords.saysStart(said)) {
            return new Grid(resolution, why, Stamps.START, "header");
        }
        return survey.runsFromStepToMidnight(resolution)
                ? new Grid(resolution, why, Stamps.END, "values")
                : new Grid(resolution, why, Stamps.START, "default");
    }

    /** The table with what was settled here among its decisions and notices. */
    Table described(Table table, StampColumns columns, ValueColumn value) {
        List<Decision> decisions = new ArrayList<>(table.decisions());
        List<Notice> notices = new ArrayList<>(table.notices());
        String stamp = table.name(columns.stamp());
        stamp += columns.time() >= 0 ? " and " + table.name(columns.time()) : "";
        stamp += columns.end() >= 0 ? " to " + table.name(columns.end()) : "";
        decisions.add(new Decision("stamp column", stamp, "values"));
        decisions.add(new Decision("value column", table.name(value.column()), value.why()));
        if (value.quality() >= 0) {
            decisions.add(new Decision("quality column", table.name(value.quality()), "header"));
        }
        describe(columns.end() >= 0, decisions, notices);
        return table.with(decisions, notices);
    }

    /** Adds what was settled here to a document's decisions and notices. */
    void describe(boolean exact, List<Decision> decisions, List<Notice> notices) {
        String ends = exact ? "start and end" : stamps == Stamps.END ? "end" : "start";
        decisions.add(new Decision("stamps", ends, stampsWhy));
        decisions.add(new Decision("resolution", resolution.toString(), resolutionWhy));
        if (stampsWhy.equals("values")) {
            notices.add(
                    new Notice(
                            NoticeCode.END_STAMPS_ASSUMED,
                            1,
                            0,
                            "Stamps run from " + resolution
                                    + " after midnight to midnight: they were taken as the end of their intervals; set the stamps if it is not so"));
        }
    }

    /** Shows the stamps of a head's rows to a survey. */
    private static final class Look {
        private final Table table;
        private final StampColumns columns;
        private final Survey survey;
        private final StampText stamp = new StampText();

        Look(Table table, StampColumns columns, Survey survey) {
            this.table = table;
            this.columns = columns;
            this.survey = survey;
        }

        void at(Sheet sheet) {
            byte[] bytes = sheet.head.bytes();
            int to = sheet.head.whole() ? bytes.length : RecordEnds.lastEnd(bytes, table.bodyOffset(), bytes.length);
            Cells cells = new Cells(table.delimiter());
            int at = table.bodyOffset();
            while (at < to) {
                int end = RecordEnds.end(bytes, at, to);
                cells.split(bytes, at, end);
                if (cells.count() >= table.columns()) {
                    at(cells);
                }
                at = end;
            }
        }

        private void at(Cells cells) {
            long start = seconds(cells, columns.stamp());
            if (start == Long.MIN_VALUE) {
                return;
            }
            if (columns.end() >= 0) {
                survey.interval(start, seconds(cells, columns.end()));
            } else {
                survey.stamp(table.meterColumn() < 0 ? "" : cells.text(table.meterColumn()), start);
            }
        }

        /** Seconds of the stamp as its clock shows it; {@link Long#MIN_VALUE} if it is none. */
        private long seconds(Cells cells, int column) {
            DateOrder order = table.dates().order();
            if (stamp.parse(cells.bytes(), cells.from(column), cells.to(column), order) != StampText.Outcome.FINE) {
                return Long.MIN_VALUE;
            }
            int time = columns.time();
            if (time >= 0
                    && stamp.parseTime(cells.bytes(), cells.from(time), cells.to(time)) != StampText.Outcome.FINE) {
                return Long.MIN_VALUE;
            }
            return (long) stamp.day * Resolution.DAY_SECONDS + Math.max(stamp.second, 0);
        }
    }
}
