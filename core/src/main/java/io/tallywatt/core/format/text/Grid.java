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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How far apart readings are, and which end of their interval the stamps name.
 *
 * @param resolution step of the grid
 * @param stamps meaningless where rows state both ends
 * @param stampsWhy {@code option}, {@code header}, {@code values}, {@code default}
 */
record Grid(Resolution resolution, String resolutionWhy, Stamps stamps, String stampsWhy) {
    /** Days of a clock change lie between these; their stamps are a day apart. */
    private static final int SHORTEST_DAY = 23 * 3600;

    private static final int LONGEST_DAY = 25 * 3600;

    static Grid of(Sheet sheet, Table table, StampColumns columns, ReadingOptions options) {
        Survey survey = new Survey(table, columns);
        survey.lookAt(sheet);
        Resolution option = options.resolution();
        Resolution resolution = option != null ? option : survey.resolution();
        if (resolution == null) {
            throw new UnreadableDocument(
                    Reason.UNKNOWN_FORMAT,
                    "'" + sheet.head.name()
                            + "' does not tell how far apart its readings are; expected two stamps of one meter within a day, or set the resolution");
        }
        String why = option != null ? "option" : "values";
        if (options.stamps() != null) {
            return new Grid(resolution, why, options.stamps(), "option");
        }
        String said = table.name(columns.time() >= 0 ? columns.time() : columns.stamp());
        if (columns.end() < 0 && HeaderWords.saysEnd(said)) {
            return new Grid(resolution, why, Stamps.END, "header");
        }
        if (columns.end() >= 0 || HeaderWords.saysStart(said)) {
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
        String ends = columns.end() >= 0 ? "start and end" : stamps == Stamps.END ? "end" : "start";
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
        return table.with(decisions, notices);
    }

    /** What the stamps of the head do, meter by meter. */
    private static final class Survey {
        private final Table table;
        private final StampColumns columns;
        private final StampText stamp = new StampText();
        private final Map<String, Run> runs = new LinkedHashMap<>();
        private final Map<Long, Integer> steps = new HashMap<>();
        private boolean whole;
        private boolean interleaved;
        private boolean seen;
        private boolean allMidnight = true;
        private @Nullable Run last;

        /** The stamps of one meter, local seconds. */
        private static final class Run {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            long before = Long.MIN_VALUE;
        }

        Survey(Table table, StampColumns columns) {
            this.table = table;
            this.columns = columns;
        }

        void lookAt(Sheet sheet) {
            byte[] bytes = sheet.head.bytes();
            whole = sheet.head.whole();
            int to = whole ? bytes.length : RecordEnds.lastEnd(bytes, table.bodyOffset(), bytes.length);
            Cells cells = new Cells(table.delimiter());
            int at = table.bodyOffset();
            while (at < to) {
                int end = RecordEnds.end(bytes, at, to);
                cells.split(bytes, at, end);
                if (cells.count() >= table.columns()) {
                    look(cells);
                }
                at = end;
            }
        }

        private void look(Cells cells) {
            long stampAt = seconds(cells, columns.stamp());
            if (stampAt == Long.MIN_VALUE) {
                return;
            }
            if (columns.end() >= 0) {
                long end = seconds(cells, columns.end());
                if (end > stampAt) {
                    steps.merge(end - stampAt, 1, Integer::sum);
                }
                return;
            }
            seen = true;
            allMidnight &= Math.floorMod(stampAt, (long) Resolution.DAY_SECONDS) == 0;
            Run run = runs.computeIfAbsent(
                    table.meterColumn() < 0 ? "" : cells.text(table.meterColumn()), _ -> new Run());
            if (run.before != Long.MIN_VALUE) {
                interleaved |= run != last;
                long step = Math.abs(stampAt - run.before);
                if (step > 0 && step <= LONGEST_DAY) {
                    steps.merge(step, 1, Integer::sum);
                }
            }
            run.before = stampAt;
            run.least = Math.min(run.least, stampAt);
            run.most = Math.max(run.most, stampAt);
            last = run;
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

        @Nullable
        Resolution resolution() {
            long best = commonestStep(step -> Resolution.DAY_SECONDS % step == 0 || step >= SHORTEST_DAY);
            best = best == 0 ? commonestStep(_ -> true) : best;
            if (best == 0) {
                // One stamp per meter, all at midnight: a file of one day's totals.
                return seen && allMidnight ? Resolution.DAY : null;
            }
            return best >= SHORTEST_DAY ? Resolution.DAY : new Resolution((int) best);
        }

        /** The step seen most; of several the shortest. 0 if none fits. */
        private long commonestStep(LongPredicate fits) {
            long best = 0;
            int most = 0;
            for (Map.Entry<Long, Integer> entry : steps.entrySet()) {
                int count = entry.getValue();
                if (fits.test(entry.getKey()) && (count > most || count == most && entry.getKey() < best)) {
                    best = entry.getKey();
                    most = count;
                }
            }
            return best;
        }

        /**
         * Whether every meter whose stamps span whole days begins one step after midnight and ends at midnight. Meters
         * that the head cuts off, and those that start or stop within a day, tell nothing.
         */
        boolean runsFromStepToMidnight(Resolution resolution) {
            if (resolution.isDay() || !whole && interleaved) {
                return false;
            }
            int told = 0;
            for (Run run : runs.values()) {
                boolean wholeDays = (run.most - run.least + resolution.seconds()) % Resolution.DAY_SECONDS == 0;
                if (wholeDays && (whole || run != last)) {
                    told++;
                    if (Math.floorMod(run.most, (long) Resolution.DAY_SECONDS) != 0) {
                        return false;
                    }
                }
            }
            return told > 0;
        }
    }
}
