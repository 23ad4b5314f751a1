package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.entsoe.MarketDocument.Acknowledgement;
import io.tallywatt.collectors.entsoe.MarketDocument.Period;
import io.tallywatt.collectors.entsoe.MarketDocument.Point;
import io.tallywatt.collectors.entsoe.MarketDocument.Publication;
import io.tallywatt.collectors.entsoe.MarketDocument.Reason;
import io.tallywatt.collectors.entsoe.MarketDocument.TimeSeries;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of IEC 62325-351, of whatever version: elements are known by their local names, and what is not known is
 * passed over. There is no document type, no entity of its own, and nothing is ever fetched.
 */
final class MarketXml {
    /** What is wrong with a document. */
    enum Fault {
        EMPTY,
        /** It ends before its end: more of it may come another time. */
        CUT_OFF,
        HTML,
        /** It says that it is written in one way, and is written in another. */
        CHARSET,
        /** It declares a document type. */
        FORBIDDEN,
        /** It is too large, too deep, not XML, or not one of ours. */
        OTHER
    }

    /** A document that cannot be read; the message is one line. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final Fault fault;

        Unreadable(Fault fault, String message) {
            super(message);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    static final int MOST_POINTS = 500_000;
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 2_000;
    private static final String PUBLICATION = "Publication_MarketDocument";
    private static final String ACKNOWLEDGEMENT = "Acknowledgement_MarketDocument";
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");
    private static final Pattern HTML =
            Pattern.compile("^\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html)\\b", Pattern.DOTALL);
    /** Charsets in which ASCII is ASCII. */
    private static final Map<String, Charset> CHARSETS = Map.of(
            "UTF-8", StandardCharsets.UTF_8,
            "US-ASCII", StandardCharsets.US_ASCII,
            "ISO-8859-1", StandardCharsets.ISO_8859_1);

    private final XMLStreamReader xml;
    private int depth;
    private int points;
    private @Nullable String root;

    private MarketXml(XMLStreamReader xml) {
        this.xml = xml;
    }

    static MarketDocument read(byte[] bytes) throws Unreadable {
        String text = decoded(bytes);
        if (text.isBlank()) {
            throw new Unreadable(Fault.EMPTY, "Expected a document, but nothing came");
        }
        if (HTML.matcher(text.substring(0, Math.min(text.length(), 1000)).toLowerCase(Locale.ROOT))
                .find()) {
            throw new Unreadable(Fault.HTML, "Expected XML, but got a web page");
        }
        XMLStreamReader reader;
        try {
            reader = factory().createXMLStreamReader(new StringReader(text));
        } catch (XMLStreamException e) {
            throw broken(text, null);
        }
        MarketXml xml = new MarketXml(reader);
        try {
            return xml.document();
        } catch (XMLStreamException e) {
            throw broken(text, xml.root);
        } finally {
            close(reader);
        }
    }

    private static void close(XMLStreamReader reader) {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            // Only memory is held.
        }
    }

    /** The JDK's own, whatever else is there: its settings are known to be what they say. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched");
        });
        return factory;
    }

    /** By what the document says of itself: it is kept without the headers that it came with. */
    private static String decoded(byte[] bytes) throws Unreadable {
        int from = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        if (bytes.length >= 2 && (bytes[0] & 0xFE) == 0xFE && (bytes[1] & 0xFE) == 0xFE && bytes[0] != bytes[1]) {
            throw new Unreadable(Fault.CHARSET, "Expected a document in UTF-8, but it is marked as UTF-16");
        }
        String head = new String(bytes, from, Math.min(200, bytes.length - from), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(head);
        String name = declared.find() ? declared.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
        @Nullable Charset charset = CHARSETS.get(name);
        if (charset == null) {
            throw new Unreadable(Fault.CHARSET, "Expected a document in UTF-8, but it says that it is in " + name);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length - from + 1);
        // Whole characters only: what is cut off in the midst of one is cut off, and not of another charset.
        var result = decoder.decode(in, out, false);
        if (result.isError()) {
            throw new Unreadable(
                    Fault.CHARSET,
                    "The document says that it is in " + name + ", but byte " + in.position() + " is not");
        }
        return out.flip().toString();
    }

    private static Unreadable broken(String text, @Nullable String root) {
        if (root == null ? !hasElement(text) : !isClosed(text, root)) {
            return new Unreadable(
                    Fault.CUT_OFF, "The document ends before its end, after " + text.length() + " characters");
        }
        return new Unreadable(Fault.OTHER, "The document is not well-formed XML");
    }

    /** Whether anything but a declaration came of what begins as XML does. */
    private static boolean hasElement(String text) {
        String begun = text.strip();
        return !begun.startsWith("<")
                || begun.replaceFirst("^<\\?xml[^>]*\\?>", "").indexOf('>') >= 0;
    }

    private static boolean isClosed(String text, String root) {
        String end = text.stripTrailing();
        return Pattern.compile("</([\\w.-]+:)?" + Pattern.quote(root) + "\\s*>$")
                .matcher(end.substring(Math.max(0, end.length() - 200)))
                .find();
    }

    private MarketDocument document() throws XMLStreamException, Unreadable {
        @Nullable MarketDocument document = null;
        while (true) {
            int event;
            try {
                event = xml.next();
            } catch (RuntimeException e) {
                // The JDK's reader does not say all that it meets by its own exception.
                throw new XMLStreamException("Not well-formed", e);
            }
            switch (event) {
                case XMLStreamConstants.DTD ->
                    throw new Unreadable(
                            Fault.FORBIDDEN,
                            "The document declares a document type, which no reply of the platform does");
                case XMLStreamConstants.START_ELEMENT -> document = root();
                case XMLStreamConstants.END_DOCUMENT -> {
                    if (document != null) {
                        return document;
                    }
                }
                default -> {}
            }
        }
    }

    private MarketDocument root() throws XMLStreamException, Unreadable {
        String name = xml.getLocalName();
        root = name;
        depth = 1;
        return switch (name) {
            case PUBLICATION -> publication();
            case ACKNOWLEDGEMENT -> acknowledgement();
            default ->
                throw new Unreadable(
                        Fault.OTHER,
                        "Expected a document of flows, schedules or prices, but got one called '" + clean(name) + "'");
        };
    }

    /** The next child of an element; null behind the last. */
    private @Nullable String child() throws XMLStreamException, Unreadable {
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return xml.getLocalName();
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return null;
            }
        }
    }

    private int advance() throws XMLStreamException, Unreadable {
        int event;
        try {
            event = xml.next();
        } catch (RuntimeException e) {
            throw new XMLStreamException("Not well-formed", e);
        }
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                depth++;
                if (depth > DEEPEST) {
                    throw new Unreadable(
                            Fault.OTHER,
                            "Elements lie more than " + DEEPEST + " deep, which is no reply of the platform");
                }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.END_DOCUMENT -> throw new XMLStreamException("Ends inside an element");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new Unreadable(
                        Fault.FORBIDDEN, "The document refers to an entity, which no reply of the platform does");
            default -> {}
        }
        return event;
    }

    private long line() {
        return Math.max(1, xml.getLocation().getLineNumber());
    }

    /** All text up to the element's end; what lies in it is passed over. */
    private String text() throws XMLStreamException, Unreadable {
        StringBuilder text = new StringBuilder();
        int end = depth - 1;
        while (true) {
            int event = advance();
            if (event == XMLStreamConstants.END_ELEMENT && depth == end) {
                return clean(text.toString());
            }
            if ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)
                    && depth == end + 1
                    && text.length() < LONGEST_TEXT) {
                text.append(xml.getText(), 0, Math.min(xml.getTextLength(), LONGEST_TEXT));
            }
        }
    }

    private void pass() throws XMLStreamException, Unreadable {
        int end = depth - 1;
        do {
            advance();
        } while (depth > end);
    }

    /** One line, whatever it was. */
    static String clean(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    private Publication publication() throws XMLStreamException, Unreadable {
        String type = "";
        List<TimeSeries> series = new ArrayList<>();
        for (@Nullable String name = child(); name != null; name = child()) {
            switch (name) {
                case "type" -> type = text();
                case "TimeSeries" -> series.add(timeSeries());
                default -> pass();
            }
        }
        return new Publication(type, List.copyOf(series));
    }

    private TimeSeries timeSeries() throws XMLStreamException, Unreadable {
        long line = line();
        Map<String, String> said = new HashMap<>();
        List<Period> periods = new ArrayList<>();
        for (@Nullable String name = child(); name != null; name = child()) {
            switch (name) {
                case "Period" -> periods.add(period());
                case "in_Domain.mRID",
                        "out_Domain.mRID",
                        "contract_MarketAgreement.type",
                        "quantity_Measure_Unit.name",
                        "currency_Unit.name",
                        "price_Measure_Unit.name",
                        "classificationSequence_AttributeInstanceComponent.position",
                        "curveType" -> said.put(name, text());
                default -> pass();
            }
        }
        return new TimeSeries(
                line,
                said.getOrDefault("in_Domain.mRID", ""),
                said.getOrDefault("out_Domain.mRID", ""),
                said.getOrDefault("contract_MarketAgreement.type", ""),
                said.getOrDefault("quantity_Measure_Unit.name", ""),
                said.getOrDefault("currency_Unit.name", ""),
                said.getOrDefault("price_Measure_Unit.name", ""),
                said.getOrDefault("classificationSequence_AttributeInstanceComponent.position", ""),
                said.getOrDefault("curveType", ""),
                List.copyOf(periods));
    }

    private Period period() throws XMLStreamException, Unreadable {
        long line = line();
        String start = "";
        String end = "";
        String resolution = "";
        List<Point> given = new ArrayList<>();
        for (@Nullable String name = child(); name != null; name = child()) {
            switch (name) {
                case "timeInterval" -> {
                    for (@Nullable String bound = child(); bound != null; bound = child()) {
                        switch (bound) {
                            case "start" -> start = text();
                            case "end" -> end = text();
                            default -> pass();
                        }
                    }
                }
                case "resolution" -> resolution = text();
                case "Point" -> given.add(point());
                default -> pass();
            }
        }
        return new Period(line, start, end, resolution, List.copyOf(given));
    }

    private Point point() throws XMLStreamException, Unreadable {
        points++;
        if (points > MOST_POINTS) {
            throw new Unreadable(
                    Fault.OTHER,
                    "The document has more than " + MOST_POINTS + " values, which is more than is ever asked for");
        }
        long line = line();
        String position = "";
        String value = "";
        for (@Nullable String name = child(); name != null; name = child()) {
            switch (name) {
                case "position" -> position = text();
                case "quantity", "price.amount" -> value = text();
                default -> pass();
            }
        }
        return new Point(line, position, value);
    }

    private Acknowledgement acknowledgement() throws XMLStreamException, Unreadable {
        List<Reason> reasons = new ArrayList<>();
        for (@Nullable String name = child(); name != null; name = child()) {
            if (!name.equals("Reason")) {
                pass();
                continue;
            }
            String code = "";
            String text = "";
            for (@Nullable String part = child(); part != null; part = child()) {
                switch (part) {
                    case "code" -> code = text();
                    case "text" -> text = text();
                    default -> pass();
                }
            }
            reasons.add(new Reason(code, text));
        }
        return new Acknowledgement(List.copyOf(reasons));
    }
}
