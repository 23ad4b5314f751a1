package io.tallywatt.core.store;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Resolution;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a delivery is told of what it met in a store, in the same words by every store. */
public final class ChangeReport {
    private ChangeReport() {}

    /**
     * Tells what was refused of a day, and what was taken with a remark.
     *
     * @param revision the delivery's own
     */
    public static void tell(Series series, Change change, long revision, Remarks remarks) {
        for (Layer layer : change.refused()) {
            @Nullable
            Resolution kept = change.after() == null ? null : change.after().resolution();
            remarks.reject(new Reject(
                    layer.precedence().line(),
                    "",
                    RejectCode.RESOLUTION_CONFLICT,
                    series + " on " + layer.block().date() + " is kept at " + inWords(kept) + " and this is "
                            + inWords(layer.block().resolution())
                            + "; expected the same, or a finer one that covers the whole day",
                    series + " " + layer.block()));
        }
        for (Layer layer : change.repeated()) {
            remarks.notice(
                    NoticeCode.DUPLICATE_IN_FILE,
                    layer.precedence().line(),
                    series + " on " + layer.block().date() + " stands in the file again with other values; the later"
                            + " row counts");
        }
        for (Layer layer : change.mismatches()) {
            remarks.notice(
                    NoticeCode.TOTAL_MISMATCH,
                    (layer.revision() == revision ? layer : change.added().getLast())
                            .precedence()
                            .line(),
                    series + " on " + layer.block().date() + ": the stated total "
                            + Scaled.text(layer.block().total()) + " kWh is not the sum of the readings, "
                            + Scaled.text(Objects.requireNonNull(change.after()).total()) + " kWh");
        }
        if (change.late()) {
            remarks.notice(
                    NoticeCode.OLDER_THAN_STORED,
                    change.added().getLast().precedence().line(),
                    series + " on " + change.added().getLast().block().date()
                            + ": a later delivery counts where the two differ");
        }
    }

    private static String inWords(@Nullable Resolution resolution) {
        return resolution == null ? "exact intervals" : resolution.toString();
    }

    /** Of a row in another unit than its series. */
    public static Reject otherUnit(Series series, String kept, String given, long line, LocalDate date) {
        return new Reject(
                line,
                "",
                RejectCode.UNIT_CONFLICT,
                series + " is kept in " + kept + " and this is in " + given + "; expected the same",
                series + " " + date);
    }

    /** Of a row read in another zone than the one in which other files hold its series. */
    public static Reject otherZone(Series series, String kept, String given, long line, String date) {
        return new Reject(
                line,
                "",
                RejectCode.ZONE_CONFLICT,
                series + " is kept in " + kept + " and this file was read in " + given
                        + "; expected the same zone, or withdraw the files that hold it first",
                series + " " + date);
    }
}
