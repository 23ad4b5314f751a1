package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row per reading: meter, timestamp, value, and perhaps quality and unit. The stamp is one column, a date and a time,
 * or a start and an end.
 */
public final class RowsFormat implements Format {
    static final String NAME = "rows";
    private static final int PREAMBLE = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Layout> recognise(Head head, ReadingOptions options) {
        for (Sheet sheet : TextHead.of(head).sheets()) {
            // The first row may be a header or a reading; title lines may stand before the header.
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
        @Nullable StampColumns stamps = StampColumns.find(sheet, header, finder.names());
        if (stamps == null) {
            return null;
        }
        stamps.takeAll(finder);
        ValueColumn value = ValueColumn.find(sheet, header, finder, options);
        if (value.column() < 0) {
            return null;
        }
        finder.chooseUnit(java.util.List.of(finder.names().get(value.column())));
        finder.chooseSeries();
        finder.chooseMeter();
        finder.chooseMark(value.column(), 1);
        Dates dates = Dates.ofHead(sheet, header, stamps.stamp(), options);
        Table table = finder.table(stamps.stamp(), dates);
        Grid grid = Grid.of(sheet, table, stamps, options);
        return new RowsLayout(grid.described(table, stamps, value), stamps, value, grid);
    }
}
