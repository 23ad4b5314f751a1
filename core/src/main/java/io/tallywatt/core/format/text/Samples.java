package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions.DateOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** What the cells of a column look like, judged by the first rows. */
final class Samples {
    private Samples() {}

    /** A date, perhaps with the time of midnight, as spreadsheets write it. */
    static boolean isDate(String cell) {
        StampText stamp = new StampText();
        return parses(stamp, cell) && stamp.second <= 0;
    }

    /** A date and a time. */
    static boolean isStamp(String cell) {
        StampText stamp = new StampText();
        return parses(stamp, cell) && stamp.second != StampText.NO_TIME;
    }

    static boolean isTime(String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        return new StampText().parseTime(bytes, 0, bytes.length) == StampText.Outcome.FINE;
    }

    /** A number with either decimal mark, or a spelling of nothing. */
    static boolean isNumber(String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        NumberText.Outcome outcome = new NumberText(NumberText.EITHER_MARK, 0).parse(bytes, 0, bytes.length);
        return outcome == NumberText.Outcome.FINE || outcome == NumberText.Outcome.MISSING;
    }

    private static boolean parses(StampText stamp, String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        return stamp.parse(bytes, 0, bytes.length, DateOrder.DAY_FIRST) == StampText.Outcome.FINE
                || stamp.parse(bytes, 0, bytes.length, DateOrder.MONTH_FIRST) == StampText.Outcome.FINE;
    }

    /** Whether most of the cells are so; a bad row or two among the first must not hide what the column is. */
    static boolean most(List<String> cells, Predicate<String> so) {
        long fitting = cells.stream().filter(so).count();
        return fitting * 2 > cells.size();
    }
}
