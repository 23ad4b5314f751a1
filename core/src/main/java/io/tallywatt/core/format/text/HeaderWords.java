package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.EnergyUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the words of a header mean. Words are compared without case, blanks and punctuation. */
final class HeaderWords {
    /** Names of the meter, the surest first: a supply point's number before a device's, a device's before a place's. */
    private static final List<Set<String>> METER = List.of(
            Set.of("mpan", "mpancore", "mpannumber", "mprn", "mpr", "mpxn", "nmi", "ean", "cups", "pod", "prm", "pdl"),
            Set.of("meteringpoint", "meterpoint", "supplypoint", "zahlpunkt", "zaehlpunkt", "marktlokation", "esiid"),
            Set.of(
                    "meterid",
                    "meternumber",
                    "meterno",
                    "meteridentifier",
                    "meterref",
                    "meter",
                    "meterkey",
                    "metercode"),
            Set.of("meterserial", "meterserialnumber", "serialnumber", "serial", "msn", "metername", "meterreference"),
            Set.of("deviceid", "device", "sensor", "sensorid", "channel", "pointid", "lclid", "customerid", "customer"),
            Set.of("id", "key", "name", "household", "householdid", "premise", "premiseid", "account", "accountnumber"),
            Set.of("siteid", "siteref", "sitename", "site", "sitereference", "sitecode", "building", "buildingid"));

    private static final Set<String> QUALITY = Set.of(
            "quality",
            "qualityflag",
            "readtype",
            "readingtype",
            "readingquality",
            "valuetype",
            "actualestimated",
            "actualestimate",
            "estimatedactual",
            "ae",
            "readquality",
            "qualitycode",
            "qualitymethod");

    private static final Set<String> PERHAPS_QUALITY = Set.of("type", "status", "flag", "code", "readstatus", "state");

    private static final Set<String> UNIT =
            Set.of("unit", "units", "uom", "unitofmeasure", "measurementunit", "energyunit", "einheit", "unidad");

    private static final Pattern ENERGY = Pattern.compile("(?<![A-Za-z])([kKmM]?[wW][hH])(?![A-Za-z])");
    private static final Pattern OTHER = Pattern.compile(
            "(?i)(?<![a-z])(k?var?h?|k?vah?|kw|w|mw|m3|m³|gj|therms?|amps?|volts?|pf|°?c|co2)(?![a-z])");

    private HeaderWords() {}

    static String normal(String header) {
        StringBuilder plain = new StringBuilder(header.length());
        String lower = header.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c == 'ä' ? 'a' : c);
            }
        }
        return plain.toString();
    }

    /** How surely a column names the meter: the lower the surer; {@link Integer#MAX_VALUE} if nothing says so. */
    static int meterRank(String header) {
        String word = normal(header);
        for (int rank = 0; rank < METER.size(); rank++) {
            if (METER.get(rank).contains(word)) {
                return rank;
            }
        }
        if (word.contains("mpan") || word.contains("mprn")) {
            return 0;
        }
        if (word.startsWith("meter") && !word.startsWith("metered") && !word.contains("type")) {
            return 3;
        }
        return word.length() > 2 && word.endsWith("id") ? METER.size() : Integer.MAX_VALUE;
    }

    /** A column of names such as {@code meter/EE1/consumption}. */
    static boolean saysSeries(String header) {
        String word = normal(header);
        return word.equals("series") || word.equals("seriesid");
    }

    /** What an export in steps says beside a value: how much of the step no reading covers. */
    static boolean saysMissingSeconds(String header) {
        return normal(header).equals("missingseconds");
    }

    static boolean saysDate(String header) {
        String word = normal(header);
        boolean date = word.contains("date")
                || word.contains("datum")
                || word.contains("fecha")
                || word.equals("day")
                || word.equals("tag");
        return date && !saysOtherDate(word);
    }

    /** Dates about the file, not about the energy. */
    private static boolean saysOtherDate(String word) {
        return word.contains("created")
                || word.contains("import")
                || word.contains("upload")
                || word.contains("update")
                || word.contains("modified")
                || word.contains("received")
                || word.contains("invoice");
    }

    static boolean saysTotal(String header) {
        String word = normal(header);
        return (word.contains("total") || word.equals("sum") || word.equals("daysum")) && !saysOtherQuantity(header);
    }

    static boolean saysUnit(String header) {
        return UNIT.contains(normal(header));
    }

    static boolean saysQuality(String header) {
        return QUALITY.contains(normal(header));
    }

    static boolean mayBeQuality(String header) {
        return PERHAPS_QUALITY.contains(normal(header)) || normal(header).contains("estimated");
    }

    static boolean saysStart(String header) {
        String word = normal(header);
        return word.contains("start") || word.contains("from") || word.contains("begin");
    }

    static boolean saysEnd(String header) {
        String word = normal(header);
        return word.equals("to")
                || word.equals("end")
                || word.contains("until")
                || word.startsWith("end")
                || word.endsWith("end")
                || word.contains("ending")
                || word.endsWith("to")
                        && (word.startsWith("date") || word.startsWith("time") || word.startsWith("period"));
    }

    static boolean saysTime(String header) {
        String word = normal(header);
        return word.contains("time")
                || word.contains("hour")
                || word.contains("clock")
                || saysStart(header)
                || saysEnd(header);
    }

    /** How surely a column holds the energy: the lower the surer; {@link Integer#MAX_VALUE} if nothing says so. */
    static int valueRank(String header) {
        if (saysOtherQuantity(header)) {
            return Integer.MAX_VALUE;
        }
        String word = normal(header);
        if (word.contains("cost") || word.contains("price") || word.contains("cumul") || word.contains("export")) {
            return Integer.MAX_VALUE;
        }
        int rank = 0;
        for (String sure :
                List.of("consumption", "energy", "usage", "value", "import", "reading", "quantity", "amount")) {
            if (word.contains(sure)) {
                return unit(header).isPresent() ? 0 : rank + 2;
            }
            rank++;
        }
        return unit(header).isPresent() ? 1 : word.equals("total") || word.equals("units") ? 20 : Integer.MAX_VALUE;
    }

    /** The energy unit that a header states: {@code Consumption (Wh)}, {@code kWh_1}, {@code KWH/hh}. */
    static Optional<EnergyUnit> unit(String header) {
        Matcher matcher = ENERGY.matcher(header.replace('_', ' '));
        return matcher.find() ? EnergyUnit.ofSymbol(matcher.group(1)) : Optional.empty();
    }

    /** Whether a header states a quantity that is not energy: reactive energy, power, gas. */
    static boolean saysOtherQuantity(String header) {
        return unit(header).isEmpty() && OTHER.matcher(header.replace('_', ' ')).find();
    }
}
