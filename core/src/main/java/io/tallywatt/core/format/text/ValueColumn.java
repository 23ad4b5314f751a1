package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions;
import java.util.List;

/**
 * Where a file with one value per row holds it.
 *
 * @param column of the value, or -1 if there is none
 * @param quality column of its quality, or -1
 * @param why how it was found
 */
record ValueColumn(int column, int quality, String why) {
    /** Finds both, and marks them as spoken for. */
    static ValueColumn find(Sheet sheet, int header, TableFinder finder, ReadingOptions options) {
        int value;
        String why = header < 0 ? "values" : "header";
        if (options.valueColumn() != null) {
            value = finder.optionColumn("values", options.valueColumn());
            why = "option";
        } else {
            value = best(sheet, header, finder);
        }
        finder.take(value);
        int quality = finder.first(i -> !finder.isTaken(i) && isQuality(sheet, header, finder.names(), i));
        finder.take(quality);
        return new ValueColumn(value, quality, why);
    }

    /** The numeric column whose header names energy best; without such a header, the only one. */
    private static int best(Sheet sheet, int header, TableFinder finder) {
        List<String> names = finder.names();
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        int unnamed = -1;
        int blank = -1;
        boolean several = false;
        for (int i = 0; i < names.size(); i++) {
            if (header >= 0 && blank < 0 && !finder.isTaken(i) && isBlank(sheet, header, i, names.get(i))) {
                blank = i;
            }
            if (finder.isTaken(i) || !isNumeric(sheet.column(header, i))) {
                continue;
            }
            int rank = header < 0 ? Integer.MAX_VALUE : HeaderWords.valueRank(names.get(i));
            if (rank < bestRank) {
                best = i;
                bestRank = rank;
            }
            if (header < 0
                    || !HeaderWords.saysOtherQuantity(names.get(i))
                            && HeaderWords.meterRank(names.get(i)) > 5
                            && !HeaderWords.saysMissingSeconds(names.get(i))) {
                // Without a header the meter, perhaps a number too, stands before the value.
                several = unnamed >= 0 && header >= 0;
                unnamed = i;
            }
        }
        return best >= 0 ? best : several ? -1 : unnamed >= 0 ? unnamed : blank;
    }

    /** A column that names energy and is empty in all of the first rows: the file begins with a gap. */
    private static boolean isBlank(Sheet sheet, int header, int column, String name) {
        return sheet.column(header, column).isEmpty() && HeaderWords.valueRank(name) != Integer.MAX_VALUE;
    }

    private static boolean isNumeric(List<String> cells) {
        return !cells.isEmpty() && Samples.most(cells, Samples::isNumber);
    }

    private static boolean isQuality(Sheet sheet, int header, List<String> names, int column) {
        List<String> cells = sheet.column(header, column);
        if (header >= 0 && HeaderWords.saysQuality(names.get(column))) {
            return cells.stream().anyMatch(cell -> QualityCode.of(cell) != null);
        }
        // A column called "type" is one only if it speaks of actual readings: E may stand for electricity.
        boolean perhaps = header < 0 || HeaderWords.mayBeQuality(names.get(column));
        return perhaps
                && !cells.isEmpty()
                && Samples.most(cells, cell -> QualityCode.of(cell) != null)
                && cells.stream().anyMatch(cell -> cell.matches("(?i)a|actual|estimated|substituted"));
    }
}
