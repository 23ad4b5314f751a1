package io.tallywatt.core.format;

/** What a reader should know about a file although its rows were taken. The names are part of reports: append only. */
public enum NoticeCode {
    /** No zone was set: UTC was used. */
    ZONE_DEFAULTED,
    /** Dates such as 03/04/2024 could be read both ways: day first was taken. */
    DAY_FIRST_ASSUMED,
    /** Stamps were taken as the end of their intervals because of how they run. */
    END_STAMPS_ASSUMED,
    /** The file names no meter: the file's name was used. */
    METER_FROM_FILE_NAME,
    /** Two columns could be the meter. */
    METER_COLUMN_CHOSEN,
    /** The unit was not stated: kWh was taken. */
    UNIT_ASSUMED,
    /** More than nine decimals: rounded half-even. */
    ROUNDED,
    /** Negative energy: kept as INVALID, left out of totals. */
    NEGATIVE,
    /** Beyond the plausible bound: kept as INVALID, left out of totals. */
    IMPLAUSIBLE,
    /** Zeros in an hour that the clock skipped were dropped. */
    SKIPPED_HOUR_DROPPED,
    /** Zeros in columns beyond the day's end were dropped. */
    SURPLUS_DROPPED,
    /** The same interval again in one file: the later row counts. */
    DUPLICATE_IN_FILE,
    /** A stated total differs from the sum of the row's readings. */
    TOTAL_MISMATCH,
    /** Readings older than what is stored: kept, already superseded. */
    OLDER_THAN_STORED,
    /** Bytes that are not UTF-8 in a text cell were read as Windows-1252. */
    NOT_UTF8,
    /** Fractions of a second in stamps were left out. */
    FRACTION_DROPPED,
    /** Of several auctions or contracts in one reply one counts; the others were left out. */
    OTHERS_LEFT_OUT,
    /** A flow was given in one direction only: no net is known. */
    ONE_DIRECTION,
    /** There is no schedule of all contracts: that of the day before was taken. */
    DAY_AHEAD_ONLY
}
