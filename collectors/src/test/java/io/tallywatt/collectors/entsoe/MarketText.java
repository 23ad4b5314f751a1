package io.tallywatt.collectors.entsoe;

import java.util.ArrayList;
import java.util.List;

/** Writes documents of the platform, as tests need them: all texts are put down as they are. */
final class MarketText {
    static final String GB = "10YGB----------A";
    static final String FR = "10YFR-RTE------C";

    private final String type;
    private final List<String> series = new ArrayList<>();

    MarketText(String type) {
        this.type = type;
    }

    /** @param said elements of the time series in short form: {@code curveType=A03} */
    MarketText series(String out, String in, List<String> said, String... periods) {
        StringBuilder text = new StringBuilder("<TimeSeries>\n<mRID>" + (series.size() + 1) + "</mRID>\n");
        element(text, "in_Domain.mRID codingScheme=\"A01\"", in);
        element(text, "out_Domain.mRID codingScheme=\"A01\"", out);
        for (String one : said) {
            element(text, one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        for (String period : periods) {
            text.append(period);
        }
        series.add(text.append("</TimeSeries>\n").toString());
        return this;
    }

    private static void element(StringBuilder to, String name, String text) {
        to.append('<')
                .append(name)
                .append('>')
                .append(text)
                .append("</")
                .append(name.split(" ")[0])
                .append(">\n");
    }

    /** Of MW. */
    MarketText flow(String out, String in, String curve, String... periods) {
        return series(out, in, List.of("quantity_Measure_Unit.name=MAW", "curveType=" + curve), periods);
    }

    /** @param points {@code 1=0.5}; what is empty beside the sign is left out */
    static String period(String start, String end, String resolution, String... points) {
        return period("quantity", start, end, resolution, points);
    }

    static String prices(String start, String end, String resolution, String... points) {
        return period("price.amount", start, end, resolution, points);
    }

    private static String period(String value, String start, String end, String resolution, String... points) {
        StringBuilder text = new StringBuilder("<Period>\n<timeInterval>\n");
        element(text, "start", start);
        element(text, "end", end);
        text.append("</timeInterval>\n");
        element(text, "resolution", resolution);
        for (String point : points) {
            text.append("<Point>\n");
            int equals = point.indexOf('=');
            if (equals > 0) {
                element(text, "position", point.substring(0, equals));
            }
            if (equals + 1 < point.length()) {
                element(text, value, point.substring(equals + 1));
            }
            text.append("</Point>\n");
        }
        return text.append("</Period>\n").toString();
    }

    String xml() {
        return xml("7:3", "8c8531bce19b4f87b7d7e57586511032", "2026-05-07T13:17:27Z");
    }

    /** @param version of the namespace */
    String xml(String version, String id, String created) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Publication_MarketDocument "
                + "xmlns=\"urn:iec62325.351:tc57wg16:451-3:publicationdocument:" + version + "\">\n<mRID>" + id
                + "</mRID>\n<revisionNumber>1</revisionNumber>\n<type>" + type + "</type>\n<createdDateTime>" + created
                + "</createdDateTime>\n" + String.join("", series) + "</Publication_MarketDocument>\n";
    }
}
