package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.register.Registers;
import io.tallywatt.core.time.Resolution;
import java.util.List;
import java.util.Optional;

/**
 * What recorders of home meters write: {@code home_id,current_usage,acc_usage,time}. {@code acc_usage} is a register in kWh,
 * read at {@code time}; {@code current_usage} is the difference to the row before, which loses what was used over a restart, so it
 * is not read. The same columns are used for exports in steps: there {@code acc_usage} is 0 throughout, and
 * {@code current_usage} is the mean power in W from {@code time} on (or up to it: {@code --stamps end}).
 *
 * <p>Source of the layout: github.com/eriklupander/powertracker, functions/exporter.
 */
public final class HomeFormat implements Format {
    static final String REGISTER = "home-register";
    static final String POWER = "home-power";

    private static final List<String> HEADER = List.of("homeid", "currentusage", "accusage", "time");
    private static final int USED = 1;
    private static final int REGISTERED = 2;
    private static final int TIME = 3;

    @Override
    public String name() {
        return REGISTER;
    }

    @Override
    public Optional<Layout> recognise(Head head, ReadingOptions options) {
        for (Sheet sheet : TextHead.of(head).sheets()) {
            if (sheet.rows.size() > 1
                    && sheet.width() == HEADER.size()
                    && HEADER.equals(List.of(sheet.rows.getFirst().cells()).stream()
                            .map(HeaderWords::normal)
                            .toList())) {
                return Optional.of(layout(sheet, options));
            }
        }
        return Optional.empty();
    }

    private static Layout layout(Sheet sheet, ReadingOptions options) {
        boolean power = isZero(sheet, REGISTERED) && !isZero(sheet, USED);
        String format = power ? POWER : REGISTER;
        TableFinder finder = new TableFinder(sheet, 0, options, format);
        StampColumns stamps = new StampColumns(TIME, -1, -1);
        stamps.takeAll(finder);
        ValueColumn value = new ValueColumn(power ? USED : REGISTERED, -1, "header");
        finder.take(USED);
        finder.take(REGISTERED);
        finder.chooseMeter();
        finder.chooseMark(value.column(), 1);
        finder.decide("unit", power ? Units.POWER : Registers.UNIT, "header");
        Table table = finder.table(TIME, Dates.ofHead(sheet, 0, TIME, options));
        Grid grid = power
                ? Grid.of(sheet, table, stamps, options)
                : new Grid(new Resolution(1), "header", Stamps.START, "header");
        return new HomeLayout(power ? grid.described(table, stamps, value) : table, stamps, value, grid, power);
    }

    private static boolean isZero(Sheet sheet, int column) {
        return sheet.column(0, column).stream().allMatch(cell -> cell.matches("0*[.,]?0*"));
    }
}
