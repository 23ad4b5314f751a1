package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every parameter that the document has, with values that it cannot have: each is a problem that names this parameter. New
 * parameters come in by themselves; a new format of theirs fails here until its bad values are known.
 */
class ParametersIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static Caller caller;

    @BeforeAll
    static void data() {
        caller = new Caller(SERVER);
        assertThat(caller.post("/api/v1/files?name=a.csv&zone=UTC", MeterFile.of("EE0001", 2, 2, "0.5"))
                        .status())
                .isEqualTo(201);
    }

    /** A request of an operation in which one parameter is as given; null leaves it out. */
    private record Request(ApiDocument.Operation operation, String parameter, List<String> values, String more) {
        @Override
        public String toString() {
            return operation.id() + " " + parameter + "=" + values;
        }

        Caller.Answer send() {
            String path = operation.path();
            StringBuilder query = new StringBuilder();
            List<String> headers = new ArrayList<>(List.of("Content-Type", "text/csv"));
            for (JsonNode node : operation.parameters()) {
                String name = node.get("name").asText();
                List<String> given = name.equals(parameter)
                        ? values
                        : node.path("required").asBoolean() ? List.of(example(node)) : List.of();
                for (String value : given) {
                    switch (node.get("in").asText()) {
                        case "path" -> path = path.replace("{" + name + "}", encoded(value));
                        case "query" ->
                            query.append(query.isEmpty() ? "?" : "&")
                                    .append(name)
                                    .append('=')
                                    .append(encoded(value));
                        default -> headers.addAll(List.of(name, value));
                    }
                }
            }
            if (!more.isEmpty()) {
                query.append(query.isEmpty() ? "?" : "&").append(more);
            }
            return caller.send(operation.method(), path + query, new byte[] {'x'}, headers.toArray(String[]::new));
        }
    }

    private static String example(JsonNode parameter) {
        assertThat(parameter.has("example"))
                .as("an example of " + parameter.get("name"))
                .isTrue();
        return parameter.get("example").asText();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @TestFactory
    Stream<DynamicTest> everyBadValueIsAProblemThatNamesItsParameter() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ApiDocument.Operation operation : ApiDocument.own().operations()) {
            for (JsonNode parameter : operation.parameters()) {
                String name = parameter.get("name").asText();
                if (name.equals("Last-Event-ID")) {
                    // Whoever has lost the way is told so by an event, not refused.
                    continue;
                }
                boolean inPath = parameter.get("in").asText().equals("path");
                List<List<String>> all = new ArrayList<>();
                for (String value : bad(parameter)) {
                    all.add(List.of(value));
                }
                if (!inPath) {
                    all.add(List.of(""));
                    String good = good(parameter);
                    all.add(List.of(good, good));
                }
                if (!inPath && parameter.path("required").asBoolean()) {
                    all.add(List.of());
                }
                for (List<String> values : all) {
                    String what = operation.id() + " " + name + "="
                            + values.stream()
                                    .map(v -> v.substring(0, Math.min(40, v.length())))
                                    .toList();
                    tests.add(dynamicTest(what, () -> refused(new Request(operation, name, values, ""), name)));
                }
            }
            tests.add(dynamicTest(
                    operation.id() + " with an unknown parameter",
                    () -> refused(new Request(operation, "", List.of(), "bogus=1"), "bogus")));
        }
        return tests.stream();
    }

    private static void refused(Request request, String parameter) {
        Caller.Answer answer = request.send();
        assertThat(answer.status()).as(request + " " + answer.text()).isEqualTo(400);
        JsonNode problem = answer.json();
        assertThat(problem.path("parameter").asText()).as(answer.text()).isEqualTo(parameter);
        assertThat(problem.path("expected").asText()).as(answer.text()).isNotBlank();
        assertThat(problem.path("detail").asText()).as(answer.text()).contains(parameter);
    }

    private static String good(JsonNode parameter) {
        JsonNode schema = parameter.get("schema");
        if (parameter.has("example")) {
            return parameter.get("example").asText();
        }
        return schema.has("enum")
                ? schema.get("enum").get(0).asText()
                : schema.has("minimum") ? schema.get("minimum").asText() : "1";
    }

    /** Values that a parameter cannot have, by what its schema says of it. */
    private static List<String> bad(JsonNode parameter) {
        JsonNode schema = parameter.get("schema");
        List<String> bad = new ArrayList<>();
        if (schema.has("enum")) {
            bad.add("nonsense");
            bad.add(schema.get("enum").get(0).asText() + "x");
        }
        if (schema.has("maxLength")) {
            bad.add("a".repeat(schema.get("maxLength").asInt() + 1));
        }
        if (schema.has("pattern")) {
            List<String> candidates = Stream.of("!", "~ZZ", "A B", "a b")
                    .filter(c -> !c.matches(schema.get("pattern").asText()))
                    .toList();
            assertThat(candidates).isNotEmpty();
            bad.addAll(candidates);
        }
        switch (schema.get("type").asText()) {
            case "integer" -> {
                bad.addAll(List.of("x", "1.5", "-1", "99999999999999999999", "1e2", " 1", "0x1"));
                if (schema.has("minimum")) {
                    bad.add(Long.toString(schema.get("minimum").asLong() - 1));
                }
                if (schema.has("maximum")) {
                    bad.add(Long.toString(schema.get("maximum").asLong() + 1));
                }
            }
            case "number" -> bad.addAll(List.of("x", "0", "-1", "NaN", "1e400", "1,5"));
            default -> bad.addAll(badText(schema));
        }
        return bad;
    }

    private static List<String> badText(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "" -> List.of();
            case "date" -> List.of("yesterday", "2024-02-30", "20240101", "+10000-01-01", "-0001-01-01");
            case "date-time" ->
                List.of(
                        "yesterday",
                        "2024-10-27",
                        "2024-10-27T25:00:00Z",
                        "2024-10-27T09:30:00",
                        "+999999999-12-31T23:59:59Z");
            case "date-or-instant" ->
                List.of("yesterday", "2024-02-30", "2024-10-27T09:30:00", "+10000-01-01", "+10000-01-01T00:00:00Z");
            case "time-zone" -> List.of("Nowhere/Land", "+99:00", "../etc");
            case "resolution" -> List.of("1h", "PT0S", "P2D", "PT-1H", "PT0.5S");
            case "step" -> List.of("1h", "PT0S", "P2D", "PT7H", "P2M");
            case "series" -> List.of("meter", "meter/EE00011", "a/b/c/d/e", "meter/~ZZ/consumption");
            case "cursor" ->
                List.of(
                        "abc",
                        "%%%",
                        Base64.getUrlEncoder().encodeToString("another list\nx".getBytes(StandardCharsets.UTF_8)));
            case "label" -> List.of("\u0001", " ", "a\nb");
            default -> throw new AssertionError("Which values are bad for " + schema + "?");
        };
    }
}
