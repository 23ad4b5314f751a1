package io.tallywatt.core.format.text;

/**
 * Times as numbers: seconds or milliseconds since 1970, told apart by their size. From 1980 to 2199 the two do not meet, nor
 * does either meet a date written as a number (20240331, 202403310030).
 */
final class EpochTime {
    private static final long FIRST = 315_532_800L;
    private static final long END = 7_258_118_400L;
    private static final int MOST_DIGITS = 13;

    private EpochTime() {}

    /** The instant, in whole seconds, of digits; -1 if they are none. */
    static long seconds(byte[] b, int from, int to) {
        if (to - from > MOST_DIGITS || !JsonValues.isDigit(b[from])) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + b[i] - '0';
        }
        if (number >= FIRST && number < END) {
            return number;
        }
        return isMilliseconds(number) && number % 1000 == 0 ? number / 1000 : -1;
    }

    static boolean isMilliseconds(long number) {
        return number >= FIRST * 1000 && number < END * 1000;
    }
}
