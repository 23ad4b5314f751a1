package io.tallywatt.server.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.api.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The document says what the server does, and the server what the document says. */
class ContractIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final ApiDocument document = ApiDocument.own();

    @Test
    void everyExampleIsAsItsSchemaSays() {
        List<String> seen = new ArrayList<>();
        document.examples((where, schema, value) -> {
            seen.add(where);
            document.validate(where, schema, value);
        });
        assertThat(seen).hasSizeGreaterThan(30);
    }

    @Test
    void everyAnswerWithABodyHasAnExample() {
        List<String> without = new ArrayList<>();
        for (ApiDocument.Operation operation : document.operations()) {
            operation
                    .node()
                    .get("responses")
                    .properties()
                    .forEach(response -> document.resolved(response.getValue())
                            .path("content")
                            .properties()
                            .forEach(content -> {
                                if (!content.getKey().startsWith("image/")
                                        && !content.getKey().endsWith("parquet")
                                        && !content.getValue().has("example")
                                        && !content.getValue().has("examples")) {
                                    without.add(operation.id() + " " + response.getKey() + " " + content.getKey());
                                }
                            }));
        }
        assertThat(without).isEmpty();
    }

    @Test
    void theServerShowsTheDocument() {
        Caller.Answer shown = new Caller(SERVER).send("GET", "/openapi?format=json", new byte[0]);
        assertThat(ApiDocument.json(shown.text()))
                .isEqualTo(ApiDocument.json(document.root().toString()));
    }

    @Test
    void thePageOfTheDocumentAsksNobodyElse() {
        Caller caller = new Caller(SERVER);
        String page = caller.get("/docs/").text();
        assertThat(page).contains("swagger-ui-bundle.js").contains("'/openapi'");
        assertThat(Pattern.compile("(?:src|href)=[\"'](?:https?:)?//")
                        .matcher(page)
                        .find())
                .as(page)
                .isFalse();
    }

    @Test
    void everyOperationIsAnsweredAsTheDocumentSays() throws IOException {
        Caller caller = new Caller(SERVER);
        Caller.Answer first = caller.post("/api/v1/files?name=a.csv&zone=UTC", MeterFile.of("C", 3, 3, "0.125"));
        assertThat(first.status()).isEqualTo(201);
        long file = first.json().at("/files/0/delivery").asLong();
        assertThat(caller.post("/api/v1/files?name=a.csv&zone=UTC", MeterFile.of("C", 3, 3, "0.125"))
                        .status())
                .isEqualTo(200);
        String rows = "meter,start,end,value,quality,unit\n"
                + "C9,2024-01-01T00:00:00Z,2024-01-01T00:30:00Z,0.123456789,ESTIMATED,kWh\n"
                + "C9,2024-01-01T00:30:00Z,2024-01-01T01:00:00Z,0.5,ACTUAL,kWh\n"
                + "C9,2024-01-01T01:00:00Z,2024-01-01T01:30:00Z,0.25,ACTUAL,kWh\n"
                + "C9,2024-01-01T01:30:00Z,2024-01-01T02:00:00Z,junk,ACTUAL,kWh\n"
                + "C9,2024-01-01T02:00:00Z,2024-01-01T02:30:00Z,more junk,ACTUAL,kWh\n";
        long push = 0;
        for (int status : new int[] {201, 200}) {
            Caller.Answer pushed = caller.post(
                    "/api/v1/readings?source=site&zone=UTC", rows, "Content-Type", "text/csv", "Idempotency-Key", "k");
            assertThat(pushed.status()).as(pushed.text()).isEqualTo(status);
            push = pushed.json().at("/files/0/delivery").asLong();
            assertThat(pushed.header("Location")).endsWith("/api/v1/files/" + push);
        }
        assertThat(caller.post(
                                "/api/v1/readings?source=site",
                                rows + "\n",
                                "Content-Type",
                                "text/csv",
                                "Idempotency-Key",
                                "k")
                        .status())
                .isEqualTo(422);
        assertThat(caller.post("/api/v1/readings?source=site", rows, "Content-Type", "text/html")
                        .status())
                .isEqualTo(415);
        Caller.Answer ofChannel =
                caller.post("/api/v1/readings?source=channel&zone=UTC", """
                [{"series":"meter/C9/consumption/E2","start":"2024-01-01T00:00:00Z","end":"2024-01-01T00:30:00Z","value":1.5}]
                """, "Content-Type", "application/json");
        assertThat(ofChannel.status()).as(ofChannel.text()).isEqualTo(201);
        Caller.Answer ofSites =
                caller.post("/api/v1/readings?source=sites&zone=UTC", """
                [{"series":"site/site1/generation","start":"2024-01-01T12:00:00Z","end":"2024-01-01T12:05:00Z","value":18.125},
                {"series":"site/site1/consumption","start":"2024-01-01T12:00:00Z","end":"2024-01-01T12:05:00Z","value":3.2},
                {"series":"site/site1/consumption","start":"2024-01-01T12:05:00Z","end":"2024-01-01T12:10:00Z","value":3.25},
                {"series":"site/a~2Fb~20c/generation","start":"2024-01-01T12:00:00Z","end":"2024-01-01T12:05:00Z","value":1}]
                """, "Content-Type", "application/json");
        assertThat(ofSites.status()).as(ofSites.text()).isEqualTo(201);
        Caller.Answer group = caller.send(
                "PUT", "/api/v1/groups/north?name=Nord", "C1\nC2\nlater\n".getBytes(UTF_8), "Content-Type", "text/csv");
        assertThat(group.status()).as(group.text()).isEqualTo(201);
        assertThat(group.header("Location")).endsWith("/api/v1/groups/north");
        assertThat(caller.send(
                                "PUT",
                                "/api/v1/groups/site:7",
                                "{\"meters\":[\"C0\",\"C9\"]}".getBytes(UTF_8),
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(201);
        for (String path : List.of(
                "groups",
                "groups?limit=1",
                "groups/north",
                "consumption/total/2024-01-01?group=north",
                "consumption/average/2024-01-01?group=site:7",
                "consumption/daily?group=north",
                "records",
                "records?limit=1&from=2024-01-01&to=2024-01-02T00:00:00Z",
                "records?site=a/b%20c",
                "sites",
                "sites?limit=1",
                "sites/site1",
                "sites/a%2Fb%20c",
                "sites/site1/records",
                "sites/site1/records?limit=1&from=2024-01-01",
                "sites/site1/anomalies",
                "sites/a%2Fb%20c/anomalies?rule=GAP&from=2024-01-01&to=2024-01-02",
                "anomalies",
                "anomalies?series=site/site1/generation&rule=SPIKE&open=true&from=2024-01-01T00:00:00Z&limit=1",
                "anomalies/counts",
                "anomalies/counts?by=day&open=false&from=2024-01-01",
                "flows",
                "flows?from=2024-01-01&to=2024-01-02T00:00:00Z&border=FR-GB&limit=3",
                "prices",
                "prices?zone=FR&to=2024-01-02",
                "consumption/total/2024-01-01",
                "consumption/average/2024-01-01",
                "consumption/average/2030-01-01",
                "consumption/explain/2024-01-01",
                "consumption/explain/2030-01-01",
                "records/sums?from=2024-01-01&to=2024-01-03T00:00:00Z&every=PT30M",
                "flows/steps",
                "flows/steps?from=2024-01-01&to=2024-01-02&every=PT1H&border=FR-GB",
                "series/meter/C1/consumption/readings?points=10",
                "consumption/daily",
                "consumption/daily?from=2024-01-01&to=2024-01-03&series=meter/C1/consumption",
                "series",
                "series?limit=1",
                "series/meter/C1/consumption",
                "series/meter/C9/consumption/readings?from=2024-01-01&to=2024-01-02",
                "series/meter/C1/consumption/readings?every=P1D",
                "series/meter/C9/consumption/explain/2024-01-01",
                "series/meter/C9/consumption/E2",
                "series/meter/C9/consumption/E2/readings",
                "series/meter/C9/consumption/E2/explain/2024-01-01",
                "files",
                "files?limit=1",
                "files/" + push,
                "files/" + push + "/rejects",
                "files/" + push + "/rejects?limit=1")) {
            String mark = path.contains("?") ? "&" : "?";
            Caller.Answer answer = caller.get("/api/v1/" + path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/json");
            assertThat(caller.get("/api/v1/" + path, "If-None-Match", answer.header("ETag"))
                            .status())
                    .as(path)
                    .isEqualTo(304);
            Caller.Answer table = caller.get("/api/v1/" + path + mark + "format=csv");
            if (table.status() == 200) {
                assertThat(table.header("Content-Type")).as(path).isEqualTo("text/csv;charset=utf-8");
                assertThat(table.header("Link"))
                        .as(path)
                        .isEqualTo(answer.header("Link")
                                .replaceAll("\\?([^>]*)&cursor=([^>]*)>", "?$1&format=csv&cursor=$2>"));
            } else {
                assertThat(table.status()).as(path).isEqualTo(400);
            }
            assertThat(answer.header("Link").isEmpty())
                    .as("a next page of " + path)
                    .isEqualTo(answer.json().path("next").isNull()
                            || !answer.json().has("next"));
            assertThat(caller.get("/api/v1/" + path, "Accept", "video/mp4").status())
                    .as(path)
                    .isEqualTo(406);
        }
        for (String form : List.of("png", "svg")) {
            for (String path : List.of(
                    "series/meter/C1/consumption/readings?chart=line&width=400&height=300",
                    "sites/site1/records?width=400&height=300",
                    "sites/site1/anomalies?chart=trend&from=2024-01-01&to=2024-02-01",
                    "anomalies?open=true&width=400",
                    "anomalies?chart=trend&height=300")) {
                Caller.Answer picture = caller.get("/api/v1/" + path + "&format=" + form);
                assertThat(picture.status()).as(path + " " + form).isEqualTo(200);
                assertThat(picture.header("Content-Type")).startsWith("image/" + form);
            }
        }
        for (String form : List.of("html", "parquet")) {
            Caller.Answer export = caller.get("/api/v1/series/meter/C1/consumption/readings?every=PT1H&format=" + form);
            assertThat(export.status()).as(form).isEqualTo(200);
            assertThat(export.header("Content-Type")).contains(form);
            assertThat(export.header("Content-Disposition"))
                    .startsWith(form.equals("html") ? "inline;" : "attachment;")
                    .endsWith("filename=\"meter-C1-consumption." + form + "\"");
        }
        assertThat(caller.send("HEAD", "/api/v1/series/meter/C1/consumption/readings?format=parquet", new byte[0])
                        .status())
                .isEqualTo(200);
        assertThat(caller.send("HEAD", "/api/v1/series/meter/none/consumption/readings?format=parquet", new byte[0])
                        .status())
                .isEqualTo(404);
        try (Stream<java.nio.file.Path> left = Files.list(SERVER.data().resolve("tmp"))) {
            assertThat(left).as("files of answers").isEmpty();
        }
        assertThat(caller.get("/api/v1/series/meter/C1/consumption/readings?locale=sv-SE&format=csv")
                        .text())
                .startsWith("start;end;offset;value;quality\n");
        for (String path : List.of(
                "series/meter/C0/consumption",
                "series/meter/C0/consumption/E1/readings",
                "series/meter/C0/consumption/E1",
                "series/meter/C0/consumption/E1/explain/2024-01-01",
                "consumption/daily?series=meter/none/consumption",
                "consumption/daily?group=none",
                "consumption/total/2024-01-01?group=none",
                "consumption/average/2024-01-01?group=none",
                "groups/none",
                "records?site=none",
                "sites/none",
                "sites/none/records",
                "sites/none/records?format=png",
                "sites/none/anomalies",
                "sites/none/anomalies?format=svg",
                "anomalies?series=site/none/generation",
                "anomalies/counts?series=site/none/generation",
                "files/999",
                "files/999/rejects")) {
            Caller.Answer answer = caller.get("/api/v1/" + path.replace("C0", "none"));
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        assertThat(caller.send("DELETE", "/api/v1/groups/north", new byte[0]).status())
                .isEqualTo(204);
        assertThat(caller.send("DELETE", "/api/v1/groups/north", new byte[0]).status())
                .isEqualTo(404);
        assertThat(caller.send("PUT", "/api/v1/groups/x", new byte[] {'x'}, "Content-Type", "text/html")
                        .status())
                .isEqualTo(415);
        Caller.Answer quarantined = caller.post("/api/v1/files?name=c.csv", "nothing,of,use\n");
        assertThat(quarantined.status()).isEqualTo(422);
        long id = quarantined.json().get("delivery").asLong();
        assertThat(caller.post("/api/v1/files/" + id + "/retry", "").status()).isEqualTo(422);
        assertThat(caller.post("/api/v1/files/" + file + "/retry", "").status()).isEqualTo(409);
        assertThat(caller.post("/api/v1/files/999/retry", "").status()).isEqualTo(404);
        assertThat(caller.post("/api/v1/files/999/withdraw", "").status()).isEqualTo(404);
        assertThat(caller.post("/api/v1/files/" + file + "/withdraw", "")
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("withdrawn");

        assertThat(caller.get("/api/v1/flows/latest").status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/flows/latest?format=csv").status()).isEqualTo(200);
        assertThat(caller.send("HEAD", "/api/v1/live", new byte[0]).status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/live", "Accept", "text/html").status()).isEqualTo(406);

        assertThat(caller.get("/api/v1/homes").status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/sources").status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/status").status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/homes/none/power").status()).isEqualTo(404);

        Set<String> all = document.operations().stream()
                .map(ApiDocument.Operation::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> exercised = new TreeSet<>(caller.exercised());
        exercised.remove("");
        // To be read after all, a file has to have met with a cause that passes: it was asked above and refused.
        exercised.add("retryFile");
        // Only where requests cannot carry files of any size: see the function on AWS.
        assertThat(caller.post("/api/v1/uploads?name=f.csv", "").status()).isEqualTo(404);
        exercised.add("beginUpload");
        // Where a home is listened to: HomesIT.
        exercised.add("getHomePower");
        assertThat(exercised).isEqualTo(all);
    }

    @Test
    void everyBodyThatTheDocumentShowsIsTaken() {
        Caller caller = new Caller(SERVER);
        for (ApiDocument.Operation operation : document.operations()) {
            operation.node().at("/requestBody/content").properties().forEach(content -> {
                JsonNode example = content.getValue().get("example");
                if (example != null && operation.method().equals("PUT")) {
                    Caller.Answer answer = caller.send(
                            "PUT",
                            operation.path().replace("{group}", content.getKey().replace('/', '-')),
                            (example.isTextual() ? example.asText() : example.toString()).getBytes(UTF_8),
                            "Content-Type",
                            content.getKey());
                    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
                    assertThat(answer.json().get("meters").asInt()).isEqualTo(2);
                } else if (example != null) {
                    String name = operation.path().endsWith("files") ? "name" : "source";
                    Caller.Answer answer = caller.post(
                            operation.path() + "?zone=UTC&" + name + "=example%20of%20"
                                    + content.getKey().replace("/", "-"),
                            example.isTextual() ? example.asText() : example.toString(),
                            "Content-Type",
                            content.getKey());
                    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
                    assertThat(answer.json().at("/sum/counts/rejected").asLong())
                            .isZero();
                }
            });
        }
    }

    @Test
    void everyResourceIsInTheDocument() throws IOException, URISyntaxException, ClassNotFoundException {
        Set<String> missing = new TreeSet<>();
        int methods = 0;
        for (Class<?> resource : resources()) {
            for (Method method : resource.getDeclaredMethods()) {
                String verb = Stream.of(GET.class, POST.class, PUT.class, DELETE.class)
                        .filter(method::isAnnotationPresent)
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining());
                if (verb.isEmpty()) {
                    continue;
                }
                methods++;
                Path own = method.getAnnotation(Path.class);
                String path = resource.getAnnotation(Path.class).value() + (own == null ? "" : "/" + own.value());
                Pattern pattern = Pattern.compile(
                        path.replaceAll("\\{\\w+: *([^}]+)}", "$1").replaceAll("\\{\\w+}", "\\\\{\\\\w+}"));
                if (document.operations().stream()
                        .noneMatch(o -> o.method().equals(verb)
                                && pattern.matcher(o.path()).matches())) {
                    missing.add(verb + " " + path);
                }
            }
        }
        assertThat(methods).isGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    /** The classes of the API with a path. */
    private static List<Class<?>> resources() throws IOException, URISyntaxException, ClassNotFoundException {
        java.nio.file.Path place = java.nio.file.Path.of(Problem.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(place)) {
            return resources(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
            return resources(jar.getPath("/"));
        }
    }

    private static List<Class<?>> resources(java.nio.file.Path root) throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            for (java.nio.file.Path file :
                    files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                if (name.startsWith("io.tallywatt.")) {
                    Class<?> type = Class.forName(name, false, ContractIT.class.getClassLoader());
                    if (type.isAnnotationPresent(Path.class)) {
                        found.add(type);
                    }
                }
            }
        }
        return found;
    }
}
