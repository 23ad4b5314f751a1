package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.SeriesIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads wide rows. Nearly all rows are plain ({@code id,date,digits.digits,...}) and go through {@link PlainRow}, eight
 * bytes at a time; a row that is anything else leaves no trace there and is read again here, cell by cell. Both ways give
 * the same blocks.
 */
final class WideReader extends RecordReader {
    private static final byte ACTUAL = Quality.ACTUAL.code();
    private static final byte INVALID = Quality.INVALID.code();
    private static final byte MISSING = Quality.MISSING.code();

    private final ValueColumns values;
    private final int totalColumn;
    private final DayPlans plans;
    private final @Nullable PlainRow plainRow;

    /** The row's cells by column: number, decimals and quality. */
    private final long[] units;

    private final int[] scales;
    private final byte[] qualities;

    WideReader(WideLayout layout, SeriesIds ids, Remarks remarks) {
        super(layout.table, ids, remarks);
        values = layout.values;
        totalColumn = layout.totalColumn;
        plans = layout.plans;
        plainRow = PlainRow.fits(layout) ? new PlainRow(layout, ids, bound) : null;
        units = new long[values.count()];
        scales = new int[values.count()];
        qualities = new byte[values.count()];
    }

    @Override
    public void start(Chunk chunk) {
        super.start(chunk);
        if (plainRow != null) {
            plainRow.start(chunk.bytes, chunk.to);
        }
    }

    @Override
    public boolean fill(BlockBatch batch) {
        PlainRow plain = plainRow;
        while (position < to) {
            if (batch.isFull()) {
                return false;
            }
            int next = plain == null ? -1 : plain.read(batch, position, nextLine);
            if (next >= 0) {
                position = next;
                nextLine++;
                rows++;
            } else if (nextRow()) {
                readRow(batch);
            }
        }
        return true;
    }

    @Override
    public boolean drain(BlockBatch batch) {
        return true;
    }

    private void readRow(BlockBatch batch) {
        if (!hasAllCells() || !hasMeter() || !readDate(table.dateColumn())) {
            return;
        }
        int day = stamp.day;
        int shift = shift();
        if (shift == Integer.MIN_VALUE) {
            return;
        }
        DayPlan plan = plans.of(day);
        if (plan.problem() != null) {
            reject(table.dateColumn(), plan.problem(), plan.message());
            return;
        }
        if (readValues(shift) && fallOnDay(plan)) {
            checkTotal(shift);
            emit(batch, plan);
        }
    }

    /** Reads all value cells into the row's arrays; false if the row was rejected. */
    private boolean readValues(int shift) {
        for (int i = 0; i < units.length; i++) {
            switch (readNumber(values.from() + i, shift)) {
                case FINE -> {
                    units[i] = number.units;
                    scales[i] = number.scale;
                    qualities[i] = ACTUAL;
                }
                case MISSING -> {
                    units[i] = 0;
                    scales[i] = 0;
                    qualities[i] = MISSING;
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether columns that the day has no interval for are empty or 0; rejects the row if not. */
    private boolean fallOnDay(DayPlan plan) {
        int[] targets = plan.targets();
        if (targets == null) {
            return true;
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] < 0 && qualities[i] != MISSING && !dropZero(i, targets[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean dropZero(int i, int target) {
        int column = values.from() + i;
        boolean skipped = target == DayPlan.SKIPPED;
        if (units[i] == 0) {
            say(
                    skipped ? NoticeCode.SKIPPED_HOUR_DROPPED : NoticeCode.SURPLUS_DROPPED,
                    () -> skipped
                            ? "Zeros in the hour that the clock skipped were dropped"
                            : "Zeros in columns that the day has no interval for were dropped");
            return true;
        }
        String date = "'" + cells.text(table.dateColumn()) + "'";
        if (skipped) {
            reject(
                    column,
                    RejectCode.NONEXISTENT_LOCAL_TIME,
                    quoted(column) + " at " + table.name(column) + " on " + date + ", a time that the clocks of "
                            + table.options().zone()
                            + " skipped; expected an empty cell or 0 (is the source in UTC? --zone UTC)");
        } else {
            reject(
                    column,
                    RejectCode.SURPLUS_VALUE,
                    quoted(column) + " in a column that " + date + " has no interval for in "
                            + table.options().zone() + "; expected an empty cell or 0");
        }
        return false;
    }

    /** Compares a stated total with the row's sum. A total written with fewer decimals is taken as rounded. */
    private void checkTotal(int shift) {
        if (totalColumn < 0 || cells.isEmpty(totalColumn)) {
            return;
        }
        NumberText.Outcome outcome = number.parse(bytes, cells.from(totalColumn), cells.to(totalColumn), shift);
        if (outcome == NumberText.Outcome.MISSING) {
            return;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < units.length; i++) {
            if (qualities[i] != MISSING) {
                sum = sum.add(Scaled.toDecimal(units[i], scales[i]));
            }
        }
        BigDecimal total = outcome == NumberText.Outcome.FINE ? Scaled.toDecimal(number.units, number.scale) : null;
        boolean same = total != null
                && (total.compareTo(sum) == 0
                        || total.compareTo(sum.setScale(total.scale(), RoundingMode.HALF_UP)) == 0);
        if (!same) {
            BigDecimal read = sum;
            say(
                    NoticeCode.TOTAL_MISMATCH,
                    () -> "The stated total differs from the sum of the row's readings, such as " + quoted(totalColumn)
                            + " against " + Scaled.text(read) + " kWh in line " + line);
        }
    }

    private void emit(BlockBatch batch, DayPlan plan) {
        int scale = 0;
        boolean any = false;
        for (int i = 0; i < units.length; i++) {
            if (target(plan, i) >= 0 && qualities[i] != MISSING) {
                scale = Math.max(scale, scales[i]);
                any = true;
            }
        }
        if (!any) {
            return;
        }
        int at = batch.begin(plan.intervals());
        boolean marked = plan.targets() != null || hasMissing();
        if (marked) {
            Arrays.fill(batch.values, at, at + plan.intervals(), 0);
            Arrays.fill(batch.qualities, at, at + plan.intervals(), MISSING);
        }
        boolean invalid = false;
        for (int i = 0; i < units.length; i++) {
            int target = target(plan, i);
            if (target >= 0 && qualities[i] != MISSING) {
                batch.values[at + target] = Scaled.rescale(units[i], scales[i], scale);
                batch.qualities[at + target] = judge(i);
                invalid |= batch.qualities[at + target] != ACTUAL;
            }
        }
        batch.commit(
                series(),
                plan.day(),
                plan.start(),
                values.step(),
                scale,
                plan.intervals(),
                invalid || marked && anyMissing(batch, at, plan.intervals()),
                line);
    }

    private static boolean anyMissing(BlockBatch batch, int at, int intervals) {
        for (int i = at; i < at + intervals; i++) {
            if (batch.qualities[i] != ACTUAL) {
                return true;
            }
        }
        return false;
    }

    private static int target(DayPlan plan, int i) {
        int[] targets = plan.targets();
        return targets == null ? i : targets[i];
    }

    private boolean hasMissing() {
        for (byte quality : qualities) {
            if (quality == MISSING) {
                return true;
            }
        }
        return false;
    }

    private byte judge(int i) {
        if (units[i] < 0) {
            sayNegative(values.from() + i);
            return INVALID;
        }
        if (units[i] > bound.units(values.step())[scales[i]]) {
            sayImplausible(values.from() + i);
            return INVALID;
        }
        return ACTUAL;
    }
}
