package io.tallywatt.core.format.text;

import static io.tallywatt.core.format.text.Snippets.LONDON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.text.Documents.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is broken is told where it stands, and what stands round it counts. */
class BrokenJsonTest {
    /** A reading with so many kWh, in the half-hour of that number. */
    private static String kwh(int n) {
        return String.format(
                "{\"meter\":\"m\",\"start\":\"2024-01-15T%02d:%02dZ\",\"end\":\"2024-01-15T%02d:%02dZ\",\"kWh\":%d}",
                n / 2, n % 2 * 30, (n + 1) / 2, (n + 1) % 2 * 30, n);
    }

    /** The values taken, in order. */
    private static List<String> taken(Outcome outcome) {
        return outcome.readings(LONDON).values().stream()
                .map(reading -> Snippets.value(reading).toPlainString())
                .toList();
    }

    private static Outcome read(String pattern) {
        String text = pattern;
        for (int n = 1; n <= 5; n++) {
            text = text.replace("<" + n + ">", kwh(n));
        }
        return Documents.read(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a member without comma|{\"meter\":\"m\" \"kWh\":1}|',' or '}'",
                "a comma too many|{\"meter\":\"m\",}|a key in quotes",
                "no colon|{\"meter\" 7}|':'",
                "a key without quotes|{meter:1}|a key in quotes",
                "no closing brace|{\"meter\":\"m\",\"kWh\":1|',' or '}'",
                "nothing behind a key|{\"meter\":|'{' stands",
                "an open text|{\"meter\":\"m|the end of the text",
                "an open list|{\"meter\":[1,2|',' or ']'",
                "a wrong bracket|{\"meter\":[1}]}|',' or ']'",
                "a wrong escape|{\"meter\":\"\\x\"}|an escape such as",
                "no hex digits|{\"meter\":\"\\u12g4\"}|four hex digits",
                "half a pair|{\"meter\":\"\\ud83d\"}|a pair of surrogates",
                "the other half|{\"meter\":\"\\udca1\"}|a pair of surrogates",
                "a tab in a text|{\"meter\":\"\t\"}|the end of the text",
                "a comment|{\"meter\":1 /* no */}|',' or '}'",
                "no object|17|an object such as",
                "a text|\"{}\"|an object such as",
                "a stray bracket|]|an object such as",
                "junk|hello, world|is not JSON"
            })
    void aBrokenLineIsRejectedAndTheOthersCount(String what, String broken, String expected) {
        Outcome outcome = read("<1>\n" + broken + "\n<2>\n<3>\n");
        if (expected.startsWith("'{'")) {
            // The next object became the value: then the two of them are one broken object.
            assertThat(outcome.rejects).hasSize(1);
        } else {
            assertThat(outcome.rejects).as(what).singleElement().satisfies(r -> {
                assertThat(r.line()).isEqualTo(2);
                assertThat(r.code()).isEqualTo(RejectCode.BAD_JSON);
                assertThat(r.message()).contains("expected " + expected.replace("is not JSON", "an object"));
                assertThat(r.text()).isEqualTo(broken.replace("\n", ""));
            });
        }
        assertThat(taken(outcome)).as(what).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[<1>,{\"meter\":\"m\" \"kWh\":1},<2>,<3>]",
                "[<1>,{\"meter\":\"m},<2>,<3>]",
                "[<1>,\n{\"meter\":\"m\",\n<2>,\n<3>]",
                "[\n  <1>,\n  {\n    \"meter\": \"m\",\n    \"kWh\": \n  },\n  <2>,\n  <3>\n]",
                "[<1>,17,<2>,<3>]",
                "[<1>,[<4>,<5>],<2>,<3>]",
                "[<1>,null,<2>,<3>]",
                "[<1> <2>,<3>]",
                "[<1>,,<2>,<3>]",
                "[<1>,<2>,<3>,]",
                "[<1>,<2>,<3>]]",
                "[<1>,hello,<2>,<3>]",
                "[<1>,<2>,<3>} ]",
                "{\"items\":[<1>,<2>,<3>],\"next\":oops}",
                "{\"items\":[<1>,<2>],\"next\"}\n<3>"
            })
    void aBrokenPlaceInAListIsRejectedAndTheOthersCount(String pattern) {
        Outcome outcome = read(pattern);
        assertThat(taken(outcome)).containsExactly("1", "2", "3");
        assertThat(outcome.rejects).hasSize(1).extracting(Reject::code).containsOnly(RejectCode.BAD_JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<1>`<2>`{\"meter\":\"m\",\"kW|3|inside this object",
                "[<1>,<2>,{\"meter\":\"m\",\"kW|1|inside this object; expected '}' (item 3)",
                "[<1>`,<2>|2|inside the list that begins in line 1",
                "[<1>`,<2>,`|3|inside the list that begins in line 1",
                "{\"items\":[<1>,<2>|1|inside the list",
                "{\"items\":[<1>,<2>],\"next\":|1|inside the list"
            })
    void whatCameBeforeACutCounts(String pattern, long line, String message) {
        Outcome outcome = read(pattern.replace('`', '\n'));
        assertThat(taken(outcome)).containsExactly("1", "2");
        assertThat(outcome.rejects).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo(RejectCode.CUT_OFF);
            assertThat(r.line()).isEqualTo(line);
            assertThat(r.message()).contains(message);
        });
    }

    @Test
    void aKeyThatStandsTwiceRejectsItsObject() {
        Outcome outcome = read("[<1>," + kwh(9).replace("}", ",\"n\\u006fte\":1,\"note\":2}") + ",<2>]");
        assertThat(taken(outcome)).containsExactly("1", "2");
        assertThat(outcome.rejects).singleElement().satisfies(r -> {
            assertThat(r.column()).isEqualTo("note");
            assertThat(r.message()).isEqualTo("The key 'note' stands twice in the object; expected it once (item 2)");
        });
    }

    @Test
    void levelsAreCounted() {
        String deep = "[".repeat(63) + "]".repeat(63);
        assertThat(read(kwh(1).replace("}", ",\"x\":" + deep + "}")).rejects).isEmpty();
        Outcome outcome = read("<1>\n" + kwh(4).replace("}", ",\"x\":[" + deep + "]}") + "\n<2>");
        assertThat(taken(outcome)).containsExactly("1", "2");
        assertThat(outcome.rejects)
                .singleElement()
                .satisfies(r -> assertThat(r.message()).contains("no more than 64 levels"));
        String endless = "{\"a\":".repeat(100_000);
        assertThat(taken(read("<1>\n" + endless + "\n<2>"))).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "", ","})
    void anObjectIsNoLongerThanItMayBe(String between) {
        String list = between.equals(",") ? "[" : "";
        String end = between.equals(",") ? "]" : "";
        int left = JsonStream.LONGEST - kwh(2).length() - ",\"x\":\"\"".length();
        String longest = kwh(2).replace("}", ",\"x\":\"" + "{".repeat(left) + "\"}");
        String longer = kwh(3).replace("}", ",\"x\":\"" + "{".repeat(left + 1) + "\"}");
        String huge = kwh(3).replace("}", ",\"x\":[" + "{\"y\":\"]\\\"}\"},".repeat(300_000) + "{}]}");
        Outcome outcome = read(list + String.join(between, "<1>", longest, longer, "<4>", huge, "<5>") + end);
        assertThat(taken(outcome)).containsExactly("1", "2", "4", "5");
        assertThat(outcome.rejects)
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.message()).contains("longer than 64 kB"))
                .allSatisfy(r -> assertThat(r.code()).isEqualTo(RejectCode.TOO_LONG))
                .allSatisfy(r -> assertThat(r.text()).hasSize(Reject.MAX_TEXT + 3));
    }

    @Test
    void bytesThatAreNotUtf8AreRejected() {
        byte[] bytes = (kwh(1) + "\n" + kwh(4).replace("\"m\"", "\"caf\u00e9\"") + "\n" + kwh(2))
                .getBytes(StandardCharsets.ISO_8859_1);
        Outcome outcome = Documents.read(bytes, "test.json", Snippets.IN_LONDON);
        assertThat(taken(outcome)).containsExactly("1", "2");
        assertThat(outcome.rejects).singleElement().satisfies(r -> {
            assertThat(r.message()).contains("expected UTF-8");
            assertThat(r.text()).contains("caf\u00e9");
        });
    }

    @Test
    void escapesAreRead() {
        Outcome outcome = read(kwh(1).replace("\"m\"", "\"\\u00e9\\\\\\/\\\"\\ud83d\\udca1\u20ac\\t\""));
        assertThat(outcome.rejects)
                .singleElement()
                .satisfies(r -> assertThat(r.message()).contains("expected text without control characters"));
        Outcome good = read(kwh(1).replace("\"m\"", "\"\\u00e9\\\\\\/\\\"\\ud83d\\udca1\u20ac\""));
        assertThat(good.blocks.getFirst().series()).isEqualTo("\u00e9\\/\"\ud83d\udca1\u20ac");
    }

    @Test
    void anItemIsNamedByItsNumberWhereItsLineDoesNotTell() {
        Outcome outcome = read("[" + kwh(1).replace("1}", "\"x\"}") + ",<2>," + kwh(3).replace("3}", "\"x\"}") + "]");
        assertThat(outcome.rejects).extracting(Reject::line).containsExactly(1L, 1L);
        assertThat(outcome.rejects)
                .extracting(Reject::message)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("(item 1)"),
                        third -> assertThat(third).endsWith("(item 3)"));
        Outcome lines = read("[\n" + kwh(1).replace("1}", "\"x\"}") + ",\n<2>]");
        assertThat(lines.rejects).singleElement().satisfies(r -> {
            assertThat(r.line()).isEqualTo(2);
            assertThat(r.message()).doesNotContain("item");
        });
    }
}
