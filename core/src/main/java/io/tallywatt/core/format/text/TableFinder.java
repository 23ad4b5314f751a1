package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Settles, question by question, what a {@link Table} says of one document, and keeps the reasons. */
final class TableFinder {
    private final Sheet sheet;
    /** Row of the header in the sheet, -1 for none. */
    private final int header;

    private final ReadingOptions options;
    private final List<String> names;
    private final boolean[] taken;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    private int meterColumn = -1;
    private boolean namesSeries;
    private @Nullable String meterKey;
    private int unitColumn = -1;
    private EnergyUnit unit = EnergyUnit.KWH;
    private byte mark = '.';

    TableFinder(Sheet sheet, int header, ReadingOptions options, String format) {
        this.sheet = sheet;
        this.header = header;
        this.options = options;
        this.names = header < 0 ? numbers(sheet.filledWidth()) : named(sheet.rows.get(header));
        this.taken = new boolean[names.size()];
        decide("format", format, "values");
        decide("delimiter", Table.delimiterName(sheet.delimiter), "values");
        decide("header", header < 0 ? "none" : "line " + sheet.rows.get(header).line(), "values");
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            numbers.add(String.valueOf(i));
        }
        return numbers;
    }

    private static List<String> named(Sheet.Row row) {
        List<String> names = new ArrayList<>(Arrays.asList(row.cells()));
        while (!names.isEmpty() && names.getLast().isEmpty()) {
            names.removeLast();
        }
        return names;
    }

    List<String> names() {
        return names;
    }

    void decide(String what, String value, String why) {
        decisions.add(new Decision(what, value, why));
    }

    void notice(NoticeCode code, String message) {
        notices.add(new Notice(code, 1, 0, message));
    }

    /** Marks a column as spoken for, so that it is not taken for the meter. */
    void take(int column) {
        if (column >= 0 && column < taken.length) {
            taken[column] = true;
        }
    }

    /** The column that an option names, by header or 1-based number. */
    int optionColumn(String what, String wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(wanted.strip())) {
                return i;
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (header >= 0 && HeaderWords.normal(names.get(i)).equals(HeaderWords.normal(wanted))) {
                return i;
            }
        }
        if (wanted.matches("\\d{1,6}") && Integer.parseInt(wanted) >= 1 && Integer.parseInt(wanted) <= names.size()) {
            return Integer.parseInt(wanted) - 1;
        }
        throw new UnreadableDocument(
                Reason.OPTION,
                "'" + sheet.head.name() + "' has no column '" + wanted + "' for the " + what + "; it has "
                        + Printable.line(String.join(", ", names), 300));
    }

    /** Takes a column that names whole series, where there is one; it goes before any that names a meter. */
    void chooseSeries() {
        int column = first(i -> header >= 0
                && !taken[i]
                && HeaderWords.saysSeries(names.get(i))
                && !sheet.column(header, i).isEmpty()
                && Samples.most(sheet.column(header, i), cell -> cell.split("/", -1).length >= 3));
        if (column >= 0 && options.meterColumn() == null) {
            meterColumn = column;
            namesSeries = true;
            take(column);
            decide("series column", names.get(column), "header");
        }
    }

    void chooseMeter() {
        if (namesSeries) {
            return;
        }
        if (options.meterColumn() != null) {
            meterColumn = optionColumn("meter", options.meterColumn());
            decide("meter column", names.get(meterColumn), "option");
            return;
        }
        List<String> others = new ArrayList<>();
        int best = bestMeter(true, others);
        if (best < 0) {
            best = bestMeter(false, others);
        }
        if (best >= 0) {
            meterColumn = best;
            decide("meter column", names.get(best), "header");
            if (!others.isEmpty()) {
                sayChosen(best, "'" + String.join("', '", others) + "' could be it too");
            }
        } else {
            chooseMeterByValues();
        }
        take(meterColumn);
    }

    /** The column whose header names the meter best, and the others that could be it; -1 for none. */
    private int bestMeter(boolean filled, List<String> others) {
        int best = -1;
        for (int i = 0; i < names.size(); i++) {
            if (!taken[i] && meterRank(i) != Integer.MAX_VALUE && (!filled || isFilled(i))) {
                if (best < 0 || meterRank(i) < meterRank(best)) {
                    if (best >= 0) {
                        others.add(names.get(best));
                    }
                    best = i;
                } else {
                    others.add(names.get(i));
                }
            }
        }
        return best;
    }

    private int meterRank(int column) {
        return header < 0 ? Integer.MAX_VALUE : HeaderWords.meterRank(names.get(column));
    }

    private void sayChosen(int column, String why) {
        notice(
                NoticeCode.METER_COLUMN_CHOSEN,
                "Column '" + names.get(column) + "' was taken for the meter: " + why
                        + "; set the meter column if it is another");
    }

    private void chooseMeterByValues() {
        for (int i = 0; i < names.size(); i++) {
            if (!taken[i] && looksLikeKeys(i)) {
                meterColumn = i;
                decide("meter column", names.get(i), "values");
                if (header >= 0) {
                    sayChosen(i, "no header names the meter");
                }
                return;
            }
        }
        Series series = options.series();
        if (series != null) {
            decide("series", SeriesText.accepted(series).toString(), "option");
            return;
        }
        if (options.meter() != null) {
            meterKey = options.meter();
            decide("meter", options.meter(), "option");
            return;
        }
        String key = keyOf(sheet.head.name());
        if (key.isEmpty()) {
            throw new UnreadableDocument(
                    Reason.OPTION,
                    "'" + sheet.head.name() + "' names no meter, and neither does its name; set the meter");
        }
        meterKey = key;
        decide("meter", key, "file name");
        notice(
                NoticeCode.METER_FROM_FILE_NAME,
                "No column names the meter: '" + key
                        + "' was taken from the file's name; set the meter if it is another");
    }

    /** Words, or numbers too long for a reading; never a second quantity such as a temperature. */
    private boolean looksLikeKeys(int column) {
        if (header >= 0 && HeaderWords.saysMissingSeconds(names.get(column))) {
            return false;
        }
        List<String> cells = sheet.column(header, column);
        for (String cell : cells) {
            boolean word = cell.chars().anyMatch(Character::isLetter);
            boolean longNumber = cell.length() >= 6 && cell.chars().allMatch(Character::isDigit);
            boolean anyNumber = header < 0 && cell.chars().allMatch(Character::isDigit);
            if (!word && !longNumber && !anyNumber) {
                return false;
            }
        }
        return cells.size() == sheet.samples(header).size() && !cells.isEmpty();
    }

    private boolean isFilled(int column) {
        return sheet.samples(header).isEmpty() || !sheet.column(header, column).isEmpty();
    }

    /** A document's name without folders and extensions. */
    static String keyOf(String name) {
        String last = name.substring(
                Math.max(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')), name.lastIndexOf('!')) + 1);
        String key = last;
        while (key.matches("(?i).+\\.(csv|tsv|txt|dat|text|gz|zip|zst|bz2|xz|tab|psv)")) {
            key = key.substring(0, key.lastIndexOf('.'));
        }
        return key.strip();
    }

    /**
     * Settles the unit: option, a column of units, the value columns' headers, then the total's.
     *
     * @param valueColumns headers that may state the unit, the surest first
     */
    void chooseUnit(List<String> valueColumns) {
        if (options.unit() != null) {
            unit = options.unit();
            decide("unit", unit.toString(), "option");
            return;
        }
        Optional<EnergyUnit> stated = valueColumns.stream()
                .map(HeaderWords::unit)
                .flatMap(Optional::stream)
                .findFirst();
        unit = stated.orElse(EnergyUnit.KWH);
        unitColumn = first(i -> header >= 0 && !taken[i] && HeaderWords.saysUnit(names.get(i)) && isFilled(i));
        if (unitColumn >= 0) {
            take(unitColumn);
            decide("unit", "column " + names.get(unitColumn), "header");
        } else if (stated.isPresent()) {
            decide("unit", unit.toString(), "header");
        } else {
            decide("unit", unit.toString(), "default");
            notice(NoticeCode.UNIT_ASSUMED, "The file states no unit: kWh was taken; set the unit if it is another");
        }
    }

    /** Settles the decimal mark by the value cells of the sample. */
    void chooseMark(int firstColumn, int count) {
        if (sheet.delimiter == ',') {
            return;
        }
        int commas = 0;
        int dots = 0;
        for (Sheet.Row row : sheet.samples(header)) {
            for (int i = firstColumn; i < firstColumn + count; i++) {
                String cell = row.cell(i);
                commas += cell.lastIndexOf(',') > cell.lastIndexOf('.') ? 1 : 0;
                dots += cell.lastIndexOf('.') > cell.lastIndexOf(',') ? 1 : 0;
            }
        }
        mark = commas == 0 && dots == 0 ? NumberText.EITHER_MARK : commas > dots ? (byte) ',' : (byte) '.';
        decide(
                "decimal mark",
                mark == NumberText.EITHER_MARK ? "comma or point" : mark == ',' ? "comma" : "point",
                "values");
    }

    /** First column that a question is answered by, or -1. */
    int first(IntPredicate fits) {
        for (int i = 0; i < names.size(); i++) {
            if (fits.test(i)) {
                return i;
            }
        }
        return -1;
    }

    boolean isTaken(int column) {
        return taken[column];
    }

    /** Says which zone was taken, and why. */
    static void nameZone(ReadingOptions options, List<Decision> decisions, List<Notice> notices) {
        String zone = options.zone().getId();
        decisions.add(new Decision("zone", zone, options.zoneStated() ? "option" : "default"));
        if (!options.zoneStated()) {
            notices.add(new Notice(
                    NoticeCode.ZONE_DEFAULTED,
                    1,
                    0,
                    "No zone was set: clock times were read as " + zone + "; set the zone of the meters"));
        }
    }

    Table table(int dateColumn, Dates dates) {
        nameZone(options, decisions, notices);
        byte[] bytes = sheet.head.bytes();
        Sheet.Row first = sheet.rows.get(Math.max(header, 0));
        int offset = header < 0 ? first.start() : first.end();
        long line = first.line() + (header < 0 ? 0 : Sheet.lineFeeds(bytes, first.start(), first.end()));
        return new Table(
                sheet.delimiter,
                mark,
                List.copyOf(names),
                Math.max(first.cells().length, names.size() + 1),
                offset,
                line,
                meterColumn,
                namesSeries,
                meterKey,
                dateColumn,
                dates,
                unit,
                unitColumn,
                options,
                List.copyOf(decisions),
                List.copyOf(notices));
    }
}
