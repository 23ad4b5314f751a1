package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row per daily total: {@code Meter,Date,kWh}, the date without a time. */
public final class DailyFormat implements Format {
    static final String NAME = "daily";
    private static final int PREAMBLE = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Layout> recognise(Head head, ReadingOptions options) {
        for (Sheet sheet : TextHead.of(head).sheets()) {
            for (int header = -1; header < Math.min(PREAMBLE, sheet.rows.size() - 1); header++) {
                if (header < 0 ? sheet.isHeaderless() : sheet.mayBeHeader(header)) {
                    @Nullable Layout layout = layout(sheet, header, options);
                    if (layout != null) {
                        return Optional.of(layout);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Layout layout(Sheet sheet, int header, ReadingOptions options) {
        TableFinder finder = new TableFinder(sheet, header, options, NAME);
        int date = StampColumns.date(sheet, header, finder.names());
        if (date < 0) {
            return null;
        }
        finder.take(date);
        ValueColumn value = ValueColumn.find(sheet, header, finder, options);
        if (value.column() < 0) {
            return null;
        }
        Resolution resolution = options.resolution();
        if (resolution != null && !resolution.isDay()) {
            throw new UnreadableDocument(
                    Reason.OPTION,
                    "'" + sheet.head.name() + "' has one value per date and no times; expected the resolution "
                            + resolution + " that was set");
        }
        finder.chooseUnit(List.of(finder.names().get(value.column())));
        finder.chooseMeter();
        finder.chooseMark(value.column(), 1);
        Table table = finder.table(date, Dates.ofHead(sheet, header, date, options));
        List<Decision> decisions = new ArrayList<>(table.decisions());
        decisions.add(new Decision("date column", table.name(date), header < 0 ? "values" : "header"));
        decisions.add(new Decision("value column", table.name(value.column()), value.why()));
        if (value.quality() >= 0) {
            decisions.add(new Decision("quality column", table.name(value.quality()), "header"));
        }
        decisions.add(new Decision("resolution", Resolution.DAY.toString(), resolution == null ? "values" : "option"));
        return new DailyLayout(table.with(decisions, table.notices()), value);
    }
}
