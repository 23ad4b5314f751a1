package io.tallywatt.core.format;

/** Why a row was not taken. The names are part of reports and of the ledger: append only. */
public enum RejectCode {
    COLUMN_COUNT,
    EMPTY_METER,
    BAD_DATE,
    BAD_TIME,
    BAD_NUMBER,
    BAD_UNIT,
    BAD_QUALITY,
    CUT_OFF,
    /** A clock time that the local clock never showed. */
    NONEXISTENT_LOCAL_TIME,
    /** More values than the day has intervals. */
    SURPLUS_VALUE,
    /** A stamp that is not on the grid of the file's resolution. */
    OFF_GRID,
    /** The day is stored at another resolution. */
    RESOLUTION_CONFLICT,
    /** The series is kept in another time zone. */
    ZONE_CONFLICT,
    /** Not a series, or not one that such a document can give. */
    BAD_SERIES,
    /** Not JSON, or not the shape that is expected of it. */
    BAD_JSON,
    /** A record without one of its fields. */
    MISSING_FIELD,
    /** A record with a field that is not one of its own. */
    EXTRA_FIELD,
    /** A clock time where only an instant will do. */
    TIME_WITHOUT_ZONE,
    /** A time after that at which the file was received. */
    FUTURE_TIME,
    /** A number in quotes. */
    TEXT_FOR_NUMBER,
    /** An object that is longer than any reading. */
    TOO_LONG,
    /** The series is kept in another unit. */
    UNIT_CONFLICT
}
