package io.tallywatt.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/**
 * A stack as {@code cdk synth} makes it, with the context of the real {@code cdk.json}. Functions are never those that happen to be
 * built: what these tests see is the same on every machine.
 *
 * @param folder where the template and cdk-nag's report are
 * @param json the template
 */
record Synthesised(TallywattStack stack, Path folder, JsonNode json) {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Stage, Synthesised> OF_STAGE = new EnumMap<>(Stage.class);

    /** Of a stage, nothing else said. Made once for all tests, since each takes a second or two. */
    static synchronized Synthesised of(Stage stage) {
        Programs.nodeRequired();
        return OF_STAGE.computeIfAbsent(stage, s -> of(s.word(), Map.of("stage", s.word()), Path.of("target", "none")));
    }

    /** @param handlers the folder where the functions' zips are looked for */
    static Synthesised of(String name, Map<String, String> said, Path handlers) {
        Programs.nodeRequired();
        Path folder = Path.of("target", "cdk", name).toAbsolutePath();
        Map<String, Object> context = new HashMap<>(contextOfCdkJson());
        context.putAll(said);
        App app = new App(
                AppProps.builder().context(context).outdir(folder.toString()).build());
        TallywattStack stack = TallywattApp.add(app, Handlers.in(handlers));
        app.synth();
        return new Synthesised(stack, folder, read(folder.resolve(stack.getStackName() + ".template.json")));
    }

    /** What the CDK hands on beside what is said by {@code -c}. */
    static Map<String, Object> contextOfCdkJson() {
        Map<String, Object> context = new HashMap<>();
        read(Path.of("cdk.json"))
                .required("context")
                .properties()
                .forEach(e -> context.put(e.getKey(), e.getValue().booleanValue()));
        return context;
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the assertions of the CDK itself, which also finds circles among resources. */
    Template template() {
        return Template.fromStack(stack);
    }

    Path templateFile() {
        return folder.resolve(stack.getStackName() + ".template.json");
    }

    /** @param kind {@code error} or {@code warning}, as the CDK shows them before it deploys, or refuses to */
    List<String> said(String kind) {
        List<String> found = new ArrayList<>();
        read(folder.resolve(stack.getStackName() + ".metadata.json"))
                .forEach(entries -> entries.forEach(entry -> {
                    if (entry.path("type").textValue().equals("aws:cdk:" + kind)) {
                        found.add(entry.required("data").asText());
                    }
                }));
        return found;
    }

    /** What cdk-nag looked at and what came of it, a line each. */
    List<String> nagReport() {
        try (Stream<Path> files = Files.list(folder)) {
            Path report = files.filter(file -> file.getFileName().toString().endsWith("NagReport.csv"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("cdk-nag wrote no report into " + folder));
            return Files.readAllLines(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode resources() {
        return json.required("Resources");
    }

    /** Resources of a type, by their logical ids. */
    Map<String, JsonNode> ofType(String type) {
        Map<String, JsonNode> found = new HashMap<>();
        resources().properties().forEach(e -> {
            if (e.getValue().required("Type").textValue().equals(type)) {
                found.put(e.getKey(), e.getValue());
            }
        });
        return found;
    }

    /** The properties of each resource of a type. */
    List<JsonNode> propertiesOf(String type) {
        return ofType(type).values().stream()
                .map(resource -> resource.required("Properties"))
                .toList();
    }

    /**
     * A value of the template as people would write it: joined, {@code ${Id}} for a reference, {@code ${Id.Attribute}} for an attribute;
     * what a template chooses from a text in pieces stays as it is.
     */
    static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.has("Ref")) {
            return "${" + value.get("Ref").textValue() + "}";
        }
        if (value.has("Fn::GetAtt")) {
            return "${" + value.get("Fn::GetAtt").get(0).textValue() + "."
                    + value.get("Fn::GetAtt").get(1).textValue() + "}";
        }
        if (value.has("Fn::Join")) {
            List<String> parts = new ArrayList<>();
            value.get("Fn::Join").get(1).forEach(part -> parts.add(text(part)));
            return String.join(value.get("Fn::Join").get(0).textValue(), parts);
        }
        return value.toString();
    }

    /** One value or a list of them, as texts. */
    static List<String> texts(JsonNode value) {
        List<String> all = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(one -> all.add(text(one)));
        } else {
            all.add(text(value));
        }
        return all;
    }
}
