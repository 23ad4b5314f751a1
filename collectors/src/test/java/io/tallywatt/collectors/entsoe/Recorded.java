package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.replies.ReadReplies;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The recorded replies, and documents made of replies. */
final class Recorded {
    static final Path FOLDER = Path.of("../../shared/fixtures/entsoe");
    static final Instant FETCHED = Instant.parse("2026-05-07T13:17:31Z");

    private Recorded() {}

    static void needed() {
        if (!Files.isDirectory(FOLDER)) {
            System.out.println(
                    "Skipped: no fixtures at " + FOLDER.toAbsolutePath().normalize());
            Assumptions.abort("no fixtures");
        }
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same values the other way, all of them zero. */
    static String nothingTheOtherWay(String xml) {
        return xml.replaceAll("<quantity>[^<]*</quantity>", "<quantity>0</quantity>")
                .replace("in_Domain", "IN")
                .replace("out_Domain", "in_Domain")
                .replace("IN.mRID", "out_Domain.mRID");
    }

    static Question question(String what) {
        return new Question(
                what, new Interval(Instant.parse("2026-05-06T00:00:00Z"), Instant.parse("2026-05-08T00:00:00Z")));
    }

    /** @param what such as {@code flow DE-NL} */
    static byte[] border(String what, String fromEic, String toEic, String zone, String there, String back) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("from", fromEic);
        facts.put("to", toEic);
        facts.put("zone", zone);
        facts.put("unit", "MW");
        String[] sides = what.substring(what.indexOf(' ') + 1).split("-");
        return new Replies(
                        EntsoeSource.NAME,
                        question(what),
                        FETCHED,
                        facts,
                        List.of(
                                new Replies.Part(sides[0] + " to " + sides[1], there.getBytes(StandardCharsets.UTF_8)),
                                new Replies.Part(sides[1] + " to " + sides[0], back.getBytes(StandardCharsets.UTF_8))))
                .bytes();
    }

    static byte[] price(String area, String eic, String zone, String unit, String xml) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("area", eic);
        facts.put("zone", zone);
        facts.put("unit", unit);
        return new Replies(
                        EntsoeSource.NAME,
                        question("price " + area),
                        FETCHED,
                        facts,
                        List.of(new Replies.Part(area, xml.getBytes(StandardCharsets.UTF_8))))
                .bytes();
    }

    static ReadReplies read(byte[] document) {
        return ReadReplies.read(new EntsoeFormat(), document);
    }
}
