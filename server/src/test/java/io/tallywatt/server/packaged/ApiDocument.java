package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The API's OpenAPI document, and whether answers are as it says. What it says nothing of is not allowed either. */
final class ApiDocument {
    static final String PROBLEM = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<Integer> ANYWHERE = Set.of(400, 403, 404, 405, 421);

    private final JsonNode root;
    private final ObjectNode strictComponents;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    /** One thing that can be asked. */
    record Operation(String id, String method, String path, JsonNode node, List<JsonNode> parameters) {
        private Pattern pattern() {
            return Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+"));
        }
    }

    private ApiDocument(JsonNode root) {
        this.root = root;
        this.strictComponents = root.get("components").deepCopy();
        strictComponents.get("schemas").forEach(schema -> {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    List<JsonNode> parameters = new ArrayList<>();
                    method.getValue().path("parameters").forEach(p -> parameters.add(resolved(p)));
                    operations.add(new Operation(
                            method.getValue().get("operationId").asText(),
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            method.getValue(),
                            parameters));
                }));
        operations.sort(Comparator.comparing((Operation o) -> o.path().split("\\{", -1).length));
    }

    /** The one that the program carries. */
    static ApiDocument own() {
        try (InputStream in = ApiDocument.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new ApiDocument(new ObjectMapper(new YAMLFactory())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        return operations;
    }

    /** What a reference stands for. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The operation that a request is; the one with the most of its path spelled out. */
    Optional<Operation> operation(String method, String path) {
        String bare = path.replaceAll("\\?.*", "").replaceAll("/$", "");
        String asked = method.equals("HEAD") ? "GET" : method;
        return operations.stream()
                .filter(o ->
                        o.method().equals(asked) && o.pattern().matcher(bare).matches())
                .findFirst();
    }

    /** Fails unless an answer is one that the document tells of; the id of the operation, or nothing. */
    String check(String method, String path, Caller.Answer answer) {
        String what = method + " " + path + ": " + answer.status() + " " + answer.text();
        String type = answer.header("Content-Type").replaceAll(";.*", "");
        Optional<Operation> operation = operation(method, path);
        if (answer.status() < 400 && !path.startsWith("/api/v1/")) {
            return "";
        }
        if (answer.status() >= 400) {
            assertThat(type).as(what).isEqualTo(PROBLEM);
        }
        if (operation.isEmpty() || !operation.get().node().at("/responses").has("" + answer.status())) {
            assertThat(method.equals("OPTIONS") || ANYWHERE.contains(answer.status()))
                    .as("the document tells of " + what)
                    .isTrue();
            if (answer.status() >= 400 && !method.equals("HEAD")) {
                validate(what, root.at("/components/schemas/Problem"), json(answer.text()));
            }
            return "";
        }
        JsonNode response = resolved(operation.get().node().at("/responses").get("" + answer.status()));
        response.path("headers").properties().forEach(header -> {
            if (resolved(header.getValue()).path("required").asBoolean()) {
                assertThat(answer.header(header.getKey()))
                        .as(header.getKey() + " of " + what)
                        .isNotEmpty();
            }
        });
        if (answer.status() == 304 || answer.status() == 204) {
            assertThat(answer.body()).as(what).isEmpty();
        } else {
            JsonNode content = response.path("content").path(type);
            assertThat(content.isMissingNode()).as(type + " of " + what).isFalse();
            if (type.endsWith("json") && !method.equals("HEAD")) {
                validate(what, content.get("schema"), json(answer.text()));
            }
        }
        return operation.get().id();
    }

    /** Fails unless JSON is as a schema of the document says. */
    void validate(String what, JsonNode schema, JsonNode json) {
        Set<ValidationMessage> wrong =
                schemas.computeIfAbsent(schema, this::compiled).validate(json);
        assertThat(wrong).as(what).isEmpty();
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.putArray("allOf").add(strict(schema));
        whole.set("components", strictComponents);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(
                        whole,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    private static JsonNode strict(JsonNode schema) {
        return schema.has("properties") ? ((ObjectNode) schema.deepCopy()).put("additionalProperties", false) : schema;
    }

    /** Every example of a body, with what it is and its schema. */
    void examples(ExampleVisitor visitor) {
        visit(root, "", content -> {
            JsonNode schema = content.node().get("schema");
            content.node().path("examples").properties().forEach(e -> {
                visitor.example(
                        content.where() + " " + e.getKey(), schema, e.getValue().get("value"));
            });
            if (content.node().has("example")) {
                visitor.example(content.where(), schema, content.node().get("example"));
            }
        });
    }

    /** Told of each example. */
    interface ExampleVisitor {
        void example(String where, JsonNode schema, JsonNode value);
    }

    private record Found(String where, JsonNode node) {}

    private static void visit(JsonNode node, String where, Consumer<Found> found) {
        node.properties().forEach(child -> {
            String path = where + "/" + child.getKey();
            if (child.getKey().equals("content")) {
                child.getValue()
                        .properties()
                        .forEach(type -> found.accept(new Found(path + "/" + type.getKey(), type.getValue())));
            } else if (!child.getKey().equals("example") && !child.getKey().equals("examples")) {
                visit(child.getValue(), path, found);
            }
        });
    }
}
