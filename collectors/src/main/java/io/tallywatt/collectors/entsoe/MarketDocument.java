package io.tallywatt.collectors.entsoe;

import java.util.List;

/** What the platform answers with, as far as it is of use here. Texts are as they stand there; absent ones are empty. */
sealed interface MarketDocument {
    /**
     * Values.
     *
     * @param type of the document: {@code A11} flows, {@code A09} schedules, {@code A44} prices
     */
    record Publication(String type, List<TimeSeries> series) implements MarketDocument {}

    /** Words instead: also that there is nothing. */
    record Acknowledgement(List<Reason> reasons) implements MarketDocument {
        /** Whether it says that nothing of what was asked for is there. Code 999 is given for many things, so the text decides. */
        boolean saysNothingIsThere() {
            return !reasons.isEmpty()
                    && reasons.stream()
                            .allMatch(r -> r.code().equals("999")
                                    && r.text().regionMatches(true, 0, NO_DATA, 0, NO_DATA.length()));
        }

        /** Its reasons in one line. */
        String words() {
            return reasons.isEmpty()
                    ? "no reason"
                    : String.join(
                            "; ",
                            reasons.stream()
                                    .map(r -> r.text().isEmpty() ? "reason " + r.code() : r.text())
                                    .toList());
        }
    }

    /** How the texts of all acknowledgements begin that mean so. */
    String NO_DATA = "No matching data found";

    record Reason(String code, String text) {}

    /**
     * Values of one kind.
     *
     * @param line on which it begins
     * @param in code of the area that receives
     * @param out code of the area that gives
     * @param contract {@code A01} day-ahead, {@code A05} all together
     * @param unit of quantities
     * @param currency of prices
     * @param per what a price is for
     * @param sequence which of several auctions for the same time
     * @param curve how positions without a value are meant
     */
    record TimeSeries(
            long line,
            String in,
            String out,
            String contract,
            String unit,
            String currency,
            String per,
            String sequence,
            String curve,
            List<Period> periods) {}

    /** A stretch of time in steps of one length. */
    record Period(long line, String start, String end, String resolution, List<Point> points) {}

    /** @param position of its step, from 1 on */
    record Point(long line, String position, String value) {}
}
