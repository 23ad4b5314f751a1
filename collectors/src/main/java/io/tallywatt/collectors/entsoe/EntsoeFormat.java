package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.entsoe.MarketDocument.Acknowledgement;
import io.tallywatt.collectors.entsoe.MarketDocument.Period;
import io.tallywatt.collectors.entsoe.MarketDocument.Publication;
import io.tallywatt.collectors.entsoe.MarketDocument.TimeSeries;
import io.tallywatt.collectors.replies.Given;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.replies.RepliesFormat;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies of the ENTSO-E Transparency Platform: flows (A11) and schedules (A09) of a border, netted from both directions, in
 * MW; day-ahead prices (A44) of a zone per MWh. Format: IEC 62325-451-3 (Publication_MarketDocument) and 62325-451-1
 * (Acknowledgement_MarketDocument), whatever their versions.
 */
public final class EntsoeFormat extends RepliesFormat {
    /** Facts of a document: the unit of its values, the zone of its days, and the codes of its areas. */
    static final String UNIT = "unit";

    static final String ZONE = "zone";
    static final String FROM = "from";
    static final String TO = "to";
    static final String AREA = "area";

    private static final String MEGAWATT = "MAW";
    private static final String MEGAWATT_HOUR = "MWH";
    private static final String ALL_CONTRACTS = "A05";
    private static final String DAY_AHEAD = "A01";
    private static final int VERSION = 1;

    public EntsoeFormat() {
        super(EntsoeSource.NAME, VERSION);
    }

    @Override
    protected String unit(Replies head) {
        String unit = fact(head, UNIT);
        if (!unit.equals(Units.FLOW) && !unit.matches("[A-Z]{3}/MWh")) {
            throw new IllegalArgumentException("The head has the unit '" + unit + "', but expected MW or EUR/MWh");
        }
        return unit;
    }

    @Override
    protected ZoneId zone(Replies head) {
        try {
            return ZoneId.of(fact(head, ZONE));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The head has no time zone: " + e.getMessage(), e);
        }
    }

    private static String fact(Replies head, String key) {
        @Nullable String value = head.facts().get(key);
        if (value == null) {
            throw new IllegalArgumentException("The head has no fact '" + key + "'");
        }
        return value;
    }

    @Override
    protected void read(Replies replies, Given given) {
        Asked asked = Asked.parse(replies.question().what());
        List<Answered> answers = new ArrayList<>();
        for (Replies.Part part : replies.parts()) {
            answers.add(new Answered(part.label(), series(part, asked.documentType())));
        }
        ZoneId zone = zone(replies);
        switch (asked) {
            case Asked.OfBorder ofBorder -> {
                String there = fact(replies, FROM);
                String here = fact(replies, TO);
                String from = ofBorder.border().from();
                String to = ofBorder.border().to();
                expectParts(answers, List.of(Asked.direction(from, to), Asked.direction(to, from)));
                @Nullable String contract = ofBorder instanceof Asked.Schedule ? contract(answers, given) : null;
                Curve forth = curve(answers.get(0), there, here, contract, zone, given);
                Curve back = curve(answers.get(1), here, there, contract, zone, given);
                net(ofBorder.series(), answers, forth, back, given);
            }
            case Asked.Price price -> {
                expectParts(answers, List.of(price.area()));
                prices(price.series(), answers.getFirst(), replies, zone, given);
            }
        }
    }

    /** A part that was read; it has no series if it says that nothing is there. */
    private record Answered(String label, List<TimeSeries> series) {}

    private static void expectParts(List<Answered> answers, List<String> labels) {
        List<String> are = answers.stream().map(Answered::label).toList();
        if (!are.equals(labels)) {
            throw new IllegalArgumentException("Expected the parts " + labels + ", but got " + are);
        }
    }

    private static List<TimeSeries> series(Replies.Part part, String type) {
        try {
            return switch (MarketXml.read(part.body())) {
                case Publication publication when publication.type().equals(type) -> publication.series();
                case Publication publication ->
                    throw damaged(
                            part.label(), "Expected a document of type " + type + ", but got " + publication.type());
                case Acknowledgement nothing -> List.of();
            };
        } catch (MarketXml.Unreadable e) {
            throw damaged(part.label(), String.valueOf(e.getMessage()));
        }
    }

    private static UnreadableDocument damaged(String label, String message) {
        return new UnreadableDocument(Reason.DAMAGED, label + ": " + message);
    }

    /**
     * Which contract counts in both directions: that of all contracts together if any direction has it, else that of the
     * day before. Never both: the one holds the other.
     */
    private static String contract(List<Answered> answers, Given given) {
        List<TimeSeries> all =
                answers.stream().flatMap(a -> a.series().stream()).toList();
        if (all.stream().anyMatch(s -> s.contract().equals(ALL_CONTRACTS))) {
            return ALL_CONTRACTS;
        }
        if (all.stream().anyMatch(s -> s.contract().equals(DAY_AHEAD))) {
            given.notice(
                    NoticeCode.DAY_AHEAD_ONLY,
                    0,
                    "There is no schedule of all contracts together (A05): that of the day-ahead ones (A01) was taken");
        }
        return DAY_AHEAD;
    }

    /**
     * The values of one direction.
     *
     * @param contract the one that counts; null where there are none
     */
    private static Curve curve(
            Answered answer, String out, String in, @Nullable String contract, ZoneId zone, Given given) {
        Curve curve = new Curve();
        for (TimeSeries series : answer.series()) {
            if (contract != null
                    && !series.contract().isEmpty()
                    && !series.contract().equals(contract)) {
                given.notice(
                        NoticeCode.OTHERS_LEFT_OUT,
                        series.line(),
                        "Schedules of the contract " + series.contract() + " were left out, because those of "
                                + contract + " count");
                continue;
            }
            if (contract != null && series.contract().isEmpty()) {
                reject(
                        answer,
                        series,
                        RejectCode.MISSING_FIELD,
                        "The schedule does not say of which contract it is",
                        given);
            } else if (isOf(answer, series, out, in, given) && isIn(answer, series.unit(), MEGAWATT, series, given)) {
                lay(answer, series, zone, curve, given);
            }
        }
        return curve;
    }

    private static boolean isOf(Answered answer, TimeSeries series, String out, String in, Given given) {
        if (series.out().equals(out) && series.in().equals(in)) {
            return true;
        }
        reject(
                answer,
                series,
                RejectCode.BAD_SERIES,
                "Expected values out of " + out + " into " + in + ", but got '" + series.out() + "' into '"
                        + series.in() + "'",
                given);
        return false;
    }

    private static boolean isIn(Answered answer, String unit, String expected, TimeSeries series, Given given) {
        if (unit.equals(expected)) {
            return true;
        }
        reject(
                answer,
                series,
                RejectCode.BAD_UNIT,
                "Expected the unit " + expected + ", but got '" + unit + "'",
                given);
        return false;
    }

    private static void lay(Answered answer, TimeSeries series, ZoneId zone, Curve onto, Given given) {
        boolean repeats = series.curve().equals("A03");
        if (!repeats && !series.curve().isEmpty() && !series.curve().equals("A01")) {
            reject(
                    answer,
                    series,
                    RejectCode.BAD_SERIES,
                    "Expected a curve of type A01 or A03, but got '" + series.curve() + "'",
                    given);
            return;
        }
        Periods periods = new Periods(answer.label(), repeats, zone, given);
        for (Period period : series.periods()) {
            periods.lay(period, onto);
        }
    }

    private static void reject(Answered answer, TimeSeries series, RejectCode code, String message, Given given) {
        int points = series.periods().stream().mapToInt(p -> p.points().size()).sum();
        given.reject(
                series.line(),
                answer.label(),
                code,
                message,
                "time series out of " + series.out() + " into " + series.in() + " of " + points + " points");
    }

    /** Forth less back, in the intervals between all bounds of both, where both say something. */
    private static void net(Series series, List<Answered> answers, Curve forth, Curve back, Given given) {
        Alone onlyForth = new Alone();
        Alone onlyBack = new Alone();
        Curve.both(forth, back, (start, end, out, in) -> {
            if (out != null && in != null) {
                reading(series, start, end, out.value().subtract(in.value()), out.line(), given);
            } else {
                (out != null ? onlyForth : onlyBack).seen(start);
            }
        });
        onlyForth.say(answers.get(0).label(), answers.get(1).label(), given);
        onlyBack.say(answers.get(1).label(), answers.get(0).label(), given);
    }

    /** Intervals in which only one direction says something. */
    private static final class Alone {
        private int count;
        private long first;

        void seen(long start) {
            first = count == 0 ? start : first;
            count++;
        }

        void say(String there, String missing, Given given) {
            if (count > 0) {
                given.notice(
                        NoticeCode.ONE_DIRECTION,
                        0,
                        "No net is known of " + count + (count == 1 ? " interval" : " intervals")
                                + " for which there is a value of "
                                + there + " and none of " + missing + "; the first begins at "
                                + Instant.ofEpochSecond(first));
            }
        }
    }

    private void prices(Series series, Answered answer, Replies replies, ZoneId zone, Given given) {
        String area = fact(replies, AREA);
        String unit = unit(replies);
        Auctions.Choice choice = Auctions.choose(answer.series());
        if (!choice.others().isEmpty()) {
            given.notice(
                    NoticeCode.OTHERS_LEFT_OUT,
                    choice.others().getFirst().line(),
                    choice.others().size() + " time series of other auctions or contracts were left out, because the "
                            + "day-ahead prices of sequence " + choice.sequence() + " count");
        }
        Curve curve = new Curve();
        for (TimeSeries prices : choice.counting()) {
            String per = Units.pricePerMwh(prices.currency());
            if (isOf(answer, prices, area, area, given)
                    && isIn(answer, prices.per(), MEGAWATT_HOUR, prices, given)
                    && isIn(answer, per, unit, prices, given)) {
                lay(answer, prices, zone, curve, given);
            }
        }
        curve.values()
                .forEach((start, price) -> reading(series, start, price.end(), price.value(), price.line(), given));
    }

    private static void reading(Series series, long start, long end, BigDecimal value, long line, Given given) {
        given.reading(
                series,
                new Interval(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end)),
                value,
                Quality.ACTUAL,
                line);
    }
}
