package io.tallywatt.core.format;

import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person may set about how a file is read. Null leaves the decision to the file.
 *
 * @param zone of clock times without offset; stated or the default
 * @param zoneStated whether a person or a setting named the zone; otherwise the report says that UTC was used
 * @param unit of the values
 * @param stamps whether stamps mark the start or the end of intervals
 * @param dateOrder of numeric dates that are not ISO
 * @param meterColumn header name or 1-based number of the column that names the meter
 * @param meter key of the meter where the file names none
 * @param series the series where the file names neither series nor meter; counts before {@code meter}
 * @param valueColumn header name or 1-based number of the value column of a file with one value per row
 * @param resolution of the readings
 * @param plausibleKw mean power above which a reading is INVALID
 * @param feedEvery length of the intervals of a site's feed, whose records name only their start
 */
public record ReadingOptions(
        ZoneId zone,
        boolean zoneStated,
        @Nullable EnergyUnit unit,
        @Nullable Stamps stamps,
        @Nullable DateOrder dateOrder,
        @Nullable String meterColumn,
        @Nullable String meter,
        @Nullable Series series,
        @Nullable String valueColumn,
        @Nullable Resolution resolution,
        BigDecimal plausibleKw,
        Resolution feedEvery) {
    /** 100 MW: more than nearly every single meter of a grid's customers; a setting changes it. */
    public static final BigDecimal DEFAULT_PLAUSIBLE_KW = new BigDecimal(100_000);

    public static final Resolution DEFAULT_FEED_EVERY = new Resolution(300);

    /** Which instant of its interval a stamp names. */
    public enum Stamps {
        START,
        END
    }

    /** Which part of a numeric date comes first. */
    public enum DateOrder {
        DAY_FIRST,
        MONTH_FIRST
    }

    public ReadingOptions {
        Objects.requireNonNull(zone);
    }

    public ReadingOptions(
            ZoneId zone,
            boolean zoneStated,
            @Nullable EnergyUnit unit,
            @Nullable Stamps stamps,
            @Nullable DateOrder dateOrder,
            @Nullable String meterColumn,
            @Nullable String meter,
            @Nullable Series series,
            @Nullable String valueColumn,
            @Nullable Resolution resolution,
            BigDecimal plausibleKw) {
        this(
                zone,
                zoneStated,
                unit,
                stamps,
                dateOrder,
                meterColumn,
                meter,
                series,
                valueColumn,
                resolution,
                plausibleKw,
                DEFAULT_FEED_EVERY);
    }

    /** The same with another length of a feed's intervals. */
    public ReadingOptions withFeedEvery(Resolution every) {
        return new ReadingOptions(
                zone,
                zoneStated,
                unit,
                stamps,
                dateOrder,
                meterColumn,
                meter,
                series,
                valueColumn,
                resolution,
                plausibleKw,
                every);
    }

    /** The same with the order of numeric dates settled. */
    public ReadingOptions withDateOrder(DateOrder order) {
        return new ReadingOptions(
                zone,
                zoneStated,
                unit,
                stamps,
                order,
                meterColumn,
                meter,
                series,
                valueColumn,
                resolution,
                plausibleKw,
                feedEvery);
    }

    public static ReadingOptions in(ZoneId zone) {
        return new ReadingOptions(zone, true, null, null, null, null, null, null, null, null, DEFAULT_PLAUSIBLE_KW);
    }
}
