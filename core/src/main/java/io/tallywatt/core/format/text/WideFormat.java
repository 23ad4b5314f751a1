package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row per meter and day: {@code Meter,Date,0:00,0:30,...,23:30}. The value columns carry clock times or count from 1;
 * other columns may stand round them; a file without header is known by its first row.
 */
public final class WideFormat implements Format {
    static final String NAME = "wide";
    /** Title lines that may stand before the header. */
    private static final int PREAMBLE = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Layout> recognise(Head head, ReadingOptions options) {
        for (Sheet sheet : TextHead.of(head).sheets()) {
            for (int row = 0; row < Math.min(PREAMBLE, sheet.rows.size()); row++) {
                @Nullable
                ValueColumns values = ValueColumns.find(sheet.rows.get(row).cells());
                @Nullable Layout layout = values == null ? null : layout(sheet, row, values, options);
                if (layout != null) {
                    return Optional.of(layout);
                }
            }
            @Nullable ValueColumns values = withoutHeader(sheet);
            @Nullable Layout layout = values == null ? null : layout(sheet, -1, values, options);
            if (layout != null) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    /** The numbers behind the date of the first row, if they make a day. */
    private static @Nullable ValueColumns withoutHeader(Sheet sheet) {
        String[] first = sheet.rows.getFirst().cells();
        int width = sheet.filledWidth();
        for (int date = 0; date < Math.min(width, 6); date++) {
            int step = ValueColumns.stepOf(width - date - 1);
            if (step != 0 && Samples.isDate(first[date])) {
                for (int i = date + 1; i < width; i++) {
                    if (!Samples.isNumber(first[i])) {
                        return null;
                    }
                }
                return new ValueColumns(date + 1, width - date - 1, null, step, false, false);
            }
        }
        return null;
    }

    private static @Nullable Layout layout(Sheet sheet, int header, ValueColumns found, ReadingOptions options) {
        ValueColumns values = byOptions(sheet, found, options);
        TableFinder finder = new TableFinder(sheet, header, options, NAME);
        List<String> names = finder.names();
        for (int i = 0; i < values.count(); i++) {
            finder.take(values.from() + i);
        }
        int date = dateColumn(sheet, header, finder);
        if (date < 0) {
            return null;
        }
        finder.take(date);
        int total = finder.first(i -> header >= 0 && !finder.isTaken(i) && HeaderWords.saysTotal(names.get(i)));
        finder.take(total);
        finder.decide("date column", names.get(date), header < 0 ? "values" : "header");
        List<String> unitHeaders = new ArrayList<>(List.of(names.get(values.from())));
        if (total >= 0) {
            unitHeaders.add(names.get(total));
            finder.decide("total column", names.get(total), "header");
        }
        finder.chooseUnit(unitHeaders);
        finder.chooseMeter();
        finder.chooseMark(values.from(), values.count());
        describe(finder, values, header, options);
        return new WideLayout(finder.table(date, Dates.ofHead(sheet, header, date, options)), values, total);
    }

    /** Takes what a person set over what the header says, where that can be meant at all. */
    private static ValueColumns byOptions(Sheet sheet, ValueColumns values, ReadingOptions options) {
        Resolution resolution = options.resolution();
        int step = values.step();
        if (resolution != null && resolution.seconds() != step) {
            boolean fits = values.stamps() == null
                    && Math.abs(values.count() * resolution.seconds() - Resolution.DAY_SECONDS) <= 3 * 3600;
            if (!fits) {
                throw new UnreadableDocument(
                        Reason.OPTION,
                        "'" + sheet.head.name() + "' has " + values.count() + " columns a day, " + values.resolution()
                                + " apart; expected the resolution " + resolution + " that was set");
            }
            step = resolution.seconds();
        }
        boolean stamped = values.stamps() != null && !values.ranges();
        if (stamped && options.stamps() != null && (options.stamps() == Stamps.END) != values.ends()) {
            throw new UnreadableDocument(
                    Reason.OPTION,
                    "The columns of '" + sheet.head.name() + "' mark the " + (values.ends() ? "end" : "start")
                            + " of intervals, for they run "
                            + (values.ends() ? "to 24:00" : "from 0:00") + "; expected the stamps "
                            + options.stamps() + " that were set");
        }
        return new ValueColumns(values.from(), values.count(), values.stamps(), step, values.ends(), values.ranges());
    }

    private static int dateColumn(Sheet sheet, int header, TableFinder finder) {
        List<String> names = finder.names();
        int said = finder.first(i -> header >= 0
                && !finder.isTaken(i)
                && HeaderWords.saysDate(names.get(i))
                && (sheet.samples(header).isEmpty() || Samples.most(sheet.column(header, i), Samples::isDate)));
        if (said >= 0) {
            return said;
        }
        int looks = finder.first(i -> !finder.isTaken(i) && Samples.most(sheet.column(header, i), Samples::isDate));
        return looks >= 0
                ? looks
                : finder.first(i -> header >= 0 && !finder.isTaken(i) && HeaderWords.saysDate(names.get(i)));
    }

    private static void describe(TableFinder finder, ValueColumns values, int header, ReadingOptions options) {
        List<String> names = finder.names();
        int last = values.from() + values.count() - 1;
        finder.decide(
                "value columns",
                values.count() + " columns " + names.get(values.from()) + ".." + names.get(last),
                header < 0 ? "values" : "header");
        finder.decide(
                "stamps",
                values.stamps() == null ? "numbered from local midnight" : values.ends() ? "end" : "start",
                header < 0 ? "values" : "header");
        finder.decide(
                "resolution",
                values.resolution().toString(),
                options.resolution() != null ? "option" : header < 0 ? "values" : "header");
    }
}
