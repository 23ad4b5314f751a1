package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the layouts of delimited text have in common. */
abstract class TextLayout implements Layout {
    final Table table;
    /** Whose file-wide notices were said last: several readers of one reading say them once. */
    private final AtomicReference<@Nullable Remarks> told = new AtomicReference<>();

    TextLayout(Table table) {
        this.table = table;
    }

    /** The same layout with the order of dates settled. */
    abstract TextLayout with(Table settled);

    /** What the settings line says after zone, unit, dates and meter. */
    abstract String furtherSettings();

    @Override
    public final List<Decision> decisions() {
        List<Decision> all = new ArrayList<>(table.decisions());
        Dates dates = table.dates();
        String words = dates.text().isEmpty()
                ? dates.inWords()
                : dates.inWords() + " ('" + dates.text() + "' in line " + dates.line() + ")";
        all.add(new Decision("dates", words, dates.why()));
        return List.copyOf(all);
    }

    @Override
    public final String settings() {
        return "format=" + format()
                + " zone=" + table.options().zone().getId()
                + " unit=" + (table.unitColumn() >= 0 ? "column:" + table.name(table.unitColumn()) : table.unit())
                + " dates=" + table.dates().inWords().replace(' ', '-')
                + naming()
                + " " + furtherSettings()
                + " plausible-kw="
                + table.options().plausibleKw().stripTrailingZeros().toPlainString();
    }

    private String naming() {
        if (table.meterColumn() >= 0) {
            return (table.namesSeries() ? " series-column=" : " meter-column=") + table.name(table.meterColumn());
        }
        return table.meterKey() == null ? " series=" + table.options().series() : " meter=" + table.meterKey();
    }

    @Override
    public final int bodyOffset() {
        return table.bodyOffset();
    }

    @Override
    public final long bodyLine() {
        return table.bodyLine();
    }

    @Override
    public int lastEnd(byte[] bytes, int from, int to) {
        return RecordEnds.lastEnd(bytes, from, to);
    }

    @Override
    public boolean divisible() {
        return true;
    }

    @Override
    public final @Nullable DateOrder dateOrder() {
        return table.dates().open() ? null : table.dates().order();
    }

    @Override
    public final boolean undecided() {
        return table.dates().open();
    }

    @Override
    public final Layout decided(Chunk chunk) {
        Dates dates = table.dates();
        Dates after = dates.after(chunk, table.delimiter(), table.dateColumn());
        return after.equals(dates) ? this : with(table.withDates(after));
    }

    /** Says what concerns the whole file, once however many readers share the work. */
    @SuppressWarnings("ReferenceEquality") // the very same place to report to
    final void sayNotices(Remarks remarks) {
        if (told.getAndSet(remarks) == remarks) {
            return;
        }
        for (Notice notice : table.notices()) {
            remarks.notice(notice.code(), 0, notice.message());
        }
        if (table.dates().open()) {
            remarks.notice(
                    NoticeCode.DAY_FIRST_ASSUMED,
                    0,
                    "No date tells whether day or month comes first: day first was taken; set the date order if it is not so");
        }
    }
}
