package io.tallywatt.duckdb;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Change;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.time.Resolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a delivery is told of a day that it met: what was refused, and what was taken with a remark. */
final class MergeReport {
    private MergeReport() {}

    /**
     * Tells it.
     *
     * @param revision the delivery's own
     */
    static void tell(Series series, Change change, long revision, Intake.Pass pass) {
        for (Layer layer : change.refused()) {
            @Nullable
            Resolution kept = change.after() == null ? null : change.after().resolution();
            pass.reject(new Reject(
                    layer.precedence().line(),
                    "",
                    RejectCode.RESOLUTION_CONFLICT,
                    series + " on " + layer.block().date() + " is kept at " + inWords(kept) + " and this is "
                            + inWords(layer.block().resolution())
                            + "; expected the same, or a finer one that covers the whole day",
                    series + " " + layer.block()));
        }
        for (Layer layer : change.repeated()) {
            pass.notice(
                    NoticeCode.DUPLICATE_IN_FILE,
                    layer.precedence().line(),
                    series + " on " + layer.block().date() + " stands in the file again with other values; the later"
                            + " row counts");
        }
        for (Layer layer : change.mismatches()) {
            pass.notice(
                    NoticeCode.TOTAL_MISMATCH,
                    (layer.revision() == revision ? layer : change.added().getLast())
                            .precedence()
                            .line(),
                    series + " on " + layer.block().date() + ": the stated total "
                            + Scaled.text(layer.block().total()) + " kWh is not the sum of the readings, "
                            + Scaled.text(Objects.requireNonNull(change.after()).total()) + " kWh");
        }
        if (change.late()) {
            pass.notice(
                    NoticeCode.OLDER_THAN_STORED,
                    change.added().getLast().precedence().line(),
                    series + " on " + change.added().getLast().block().date()
                            + ": a later delivery counts where the two differ");
        }
    }

    private static String inWords(@Nullable Resolution resolution) {
        return resolution == null ? "exact intervals" : resolution.toString();
    }
}
