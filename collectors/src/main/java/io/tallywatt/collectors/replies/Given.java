package io.tallywatt.collectors.replies;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;

/** Where a source puts what it finds in its replies. */
public interface Given {
    /**
     * A value that holds, on average, over an interval; of more than nine decimals it is rounded half-even.
     *
     * @param line of the document, 1 where it has none worth naming
     */
    void reading(Series series, Interval interval, BigDecimal value, Quality quality, long line);

    /** Something that is not taken. */
    void reject(long line, String what, RejectCode code, String message, String text);

    /** Something that is taken with a remark. */
    void notice(NoticeCode code, long line, String message);
}
