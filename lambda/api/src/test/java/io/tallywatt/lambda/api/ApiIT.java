package io.tallywatt.lambda.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.LocalS3;
import io.tallywatt.aws.access.DynamoKeys;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.access.KeyText;
import io.tallywatt.core.access.Scope;
import io.tallywatt.lambda.LambdaRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The API as it is deployed: the packaged function in the real runtime client, asked by HTTP through a stand-in for the gateway, over
 * DynamoDB Local and S3Proxy.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int DAYS = 1300;

    private static Map<String, String> environment;
    private static String bucket;
    private static String table;
    private static Gateway gateway;
    private static DynamoKeys keys;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        bucket = LocalS3.get().freshBucket();
        environment = LambdaRuntime.environment(table, bucket);
        environment.put("TALLYWATT_AWS_S3_ENDPOINT", LocalS3.get().endpoint().toString());
        environment.put("TALLYWATT_PUBLIC_READ", "flows");
        keys = new DynamoKeys(LocalDynamoDb.get().client(), table);
        key = made(Scope.WRITE).text();
    }

    private static KeyText made(Scope scope) {
        return keys.make("test", scope, Instant.now());
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static Gateway gateway() throws IOException {
        if (gateway == null) {
            gateway = new Gateway(environment);
        }
        return gateway;
    }

    private static HttpRequest.Builder request(String path) throws IOException {
        return bare(path).header("Authorization", "Bearer " + key);
    }

    private static HttpRequest.Builder bare(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(gateway().address() + path));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    @Test
    @Order(1)
    void aFilePutIntoTheBucketIsATotalByHttp() throws Exception {
        LocalS3.get()
                .client()
                .putObject(
                        p -> p.bucket(bucket).key("inbox/first.csv"),
                        RequestBody.fromString(
                                "meter,timestamp,kWh\nM1,2024-07-01T00:00,1.25\nM1,2024-07-01T00:30,0\nM2,2024-07-01T00:30,0.5\n"));
        // One function after the other: the runtime client has one place for its native library.
        try (LambdaRuntime ingest = new LambdaRuntime(
                LambdaRuntime.events(),
                "io.tallywatt.lambda.IngestHandler::handleRequest",
                environment,
                Duration.ofMinutes(5))) {
            String message = JSON.writeValueAsString(
                    "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\","
                            + "\"s3\":{\"bucket\":{\"name\":\"" + bucket
                            + "\"},\"object\":{\"key\":\"inbox/first.csv\"}}}]}");
            assertThat(ingest.invoke("{\"Records\":[{\"messageId\":\"1\",\"body\":" + message + "}]}", null))
                    .isEqualTo("{\"batchItemFailures\":[]}");
        }
        HttpResponse<String> response = get("/api/v1/consumption/total/2024-07-01");
        JsonNode total = json(response);
        assertThat(total.path("total").decimalValue()).isEqualByComparingTo("1.75");
        assertThat(total.path("meters").intValue()).isEqualTo(2);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        String tag = response.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/v1/consumption/total/2024-07-01", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    @Order(2)
    void smallFilesAreTakenAtOnceAndWithdrawnAndListed() throws Exception {
        String file = "meter,timestamp,kWh\nM3,2024-07-02T00:00,2\nM3,2024-07-02T00:30,0\nM3,no time,2\n";
        HttpResponse<String> response = post("/api/v1/files?name=small%20file.csv", file);
        assertThat(response.statusCode()).isEqualTo(201);
        String place = response.headers().firstValue("Location").orElseThrow();
        String id = place.substring(place.lastIndexOf('/') + 1);
        assertThat(json(get("/api/v1/consumption/total/2024-07-02"))
                        .path("total")
                        .decimalValue())
                .isEqualByComparingTo("2");
        assertThat(json(get("/api/v1/files/" + id + "/rejects")).path("items")).hasSize(1);
        JsonNode named = json(get("/api/v1/files?name=small+file.csv")).path("items");
        assertThat(named).hasSize(1);
        assertThat(named.path(0).path("id").asText()).isEqualTo(id);
        assertThat(json(post("/api/v1/files?name=again.csv", file))
                        .path("files")
                        .path(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("known");
        assertThat(json(post("/api/v1/files/" + id + "/withdraw", ""))
                        .path("state")
                        .asText())
                .isEqualTo("withdrawn");
        assertThat(json(get("/api/v1/consumption/total/2024-07-02"))
                        .path("meters")
                        .intValue())
                .isZero();
    }

    @Test
    @Order(2)
    void packedFilesAreUnpacked() throws Exception {
        ByteArrayOutputStream gz = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gz)) {
            out.write("meter,timestamp,kWh\nG1,2024-07-06T00:00,3\nG1,2024-07-06T00:30,1\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            for (String meter : List.of("Z1", "Z2")) {
                out.putNextEntry(new ZipEntry(meter + ".csv"));
                out.write(("meter,timestamp,kWh\n" + meter + ",2024-07-06T00:00,1\n" + meter + ",2024-07-06T00:30,1\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        for (byte[] file : List.of(gz.toByteArray(), zip.toByteArray())) {
            assertThat(status(request("/api/v1/files?name=packed").POST(BodyPublishers.ofByteArray(file))))
                    .isEqualTo(201);
        }
        assertThat(json(get("/api/v1/consumption/total/2024-07-06"))
                        .path("total")
                        .decimalValue())
                .isEqualByComparingTo("8");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            out.write("meter,timestamp,kWh\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 40; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        assertThat(status(request("/api/v1/files?name=bomb").POST(BodyPublishers.ofByteArray(bomb.toByteArray()))))
                .isEqualTo(413);
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    @Order(2)
    void everyRouteNeedsAKeyButWhatIsPublic() throws Exception {
        String total = "/api/v1/consumption/total/2024-07-01";
        HttpResponse<String> none = HTTP.send(bare(total).build(), BodyHandlers.ofString());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"tallywatt\"");
        assertThat(none.body()).contains("Authorization: Bearer KEY");
        assertThat(status(bare("/api/v1/prices"))).isEqualTo(401);
        assertThat(status(bare("/api/v1/flows/latest"))).isEqualTo(200);
        assertThat(status(bare("/openapi"))).isEqualTo(200);
        KeyText reader = made(Scope.READ);
        assertThat(status(bare(total).header("X-Api-Key", reader.text()))).isEqualTo(200);
        assertThat(status(bare("/api/v1/uploads?name=a")
                        .header("X-Api-Key", reader.text())
                        .POST(BodyPublishers.noBody())))
                .isEqualTo(403);
        KeyText revoked = made(Scope.ADMIN);
        assertThat(keys.revoke(revoked.id(), Instant.now())).isPresent();
        assertThat(status(bare(total).header("X-Api-Key", revoked.text()))).isEqualTo(401);
    }

    @Test
    @Order(2)
    void aKeyOfAPushIsForOneContent() throws Exception {
        String body =
                "{\"meter\":\"P1\",\"start\":\"2024-07-03T00:00:00Z\",\"end\":\"2024-07-03T00:30:00Z\",\"kwh\":1}";
        String[] headers = {"Content-Type", "application/x-ndjson", "Idempotency-Key", "k1"};
        assertThat(post("/api/v1/readings?source=p", body, headers).statusCode())
                .isEqualTo(201);
        assertThat(post("/api/v1/readings?source=p", body, headers).statusCode())
                .isEqualTo(200);
        HttpResponse<String> other = post("/api/v1/readings?source=p", body.replace(":1}", ":2}"), headers);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("Key used before");
    }

    @Test
    @Order(2)
    void whatCannotBeReadIsKeptAndCanBeTriedAgain() throws Exception {
        HttpResponse<String> response = post("/api/v1/files?name=broken.csv", "no table at all");
        assertThat(response.statusCode()).isEqualTo(422);
        String id = JSON.readTree(response.body()).path("delivery").asText();
        assertThat(post("/api/v1/files/" + id + "/retry", "").statusCode()).isEqualTo(422);
        assertThat(json(get("/api/v1/files?state=quarantined")).path("items")).hasSize(1);
    }

    @Test
    @Order(2)
    void largeFilesAreSentPastTheFunction() throws Exception {
        char[] large = new char[FunctionReception.LARGEST + 1];
        Arrays.fill(large, 'x');
        HttpResponse<String> refused = post("/api/v1/files?name=large.csv", new String(large));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("/api/v1/uploads");

        HttpResponse<String> begun = post("/api/v1/uploads?name=m%C3%BCller%20%26%20s%C3%B6hne.csv", "");
        assertThat(begun.statusCode()).isEqualTo(201);
        JsonNode upload = json(begun);
        String content = "meter,timestamp,kWh\nM9,2024-07-04T00:00,9\n";
        HttpRequest put = HttpRequest.newBuilder(URI.create(upload.path("url").asText()))
                .PUT(BodyPublishers.ofString(content))
                .build();
        assertThat(HTTP.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        String name = upload.path("name").asText();
        assertThat(name).startsWith(upload.path("id").asText() + "/").endsWith("/müller & söhne.csv");
        assertThat(json(post("/api/v1/uploads?name=../../a.csv", ""))
                        .path("name")
                        .asText())
                .endsWith("/.._.._a.csv");
        assertThat(LocalS3.get()
                        .client()
                        .getObjectAsBytes(g -> g.bucket(bucket).key("inbox/" + name))
                        .asUtf8String())
                .isEqualTo(content);
    }

    @Test
    @Order(3)
    void largeAnswersAreFetchedFromTheBucket() throws Exception {
        StringBuilder file = new StringBuilder("meter,date");
        for (int i = 0; i < 48; i++) {
            file.append(String.format(",%02d:%02d", i / 2, i % 2 * 30));
        }
        file.append('\n');
        // In UTC, where no hour is skipped.
        for (int day = 0; day < DAYS; day++) {
            file.append("BIG,")
                    .append(LocalDate.of(2020, 1, 1).plusDays(day))
                    .append(",1.5".repeat(48))
                    .append('\n');
        }
        assertThat(post("/api/v1/files?name=big.csv&zone=UTC", file.toString()).statusCode())
                .isEqualTo(201);
        String path = "/api/v1/series/meter/BIG/consumption/readings?format=";
        HttpResponse<String> csv = get(path + "csv");
        assertThat(csv.statusCode()).as("a few megabytes come directly").isEqualTo(200);
        assertThat(csv.body().lines()).hasSize(1 + 48 * DAYS);

        HttpResponse<String> json = get(path + "json");
        assertThat(json.statusCode()).isEqualTo(303);
        assertThat(json.headers().firstValue("Cache-Control")).contains("no-store");
        URI place = URI.create(json.headers().firstValue("Location").orElseThrow());
        HttpResponse<String> fetched = HTTP.send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofString());
        assertThat(fetched.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JSON.readTree(fetched.body()).path("items")).hasSize(48 * DAYS);
    }

    @Test
    @Order(4)
    void liveTellsWhatIsNewAndWhenToAskAgain() throws Exception {
        HttpResponse<String> first = get("/api/v1/live?series=meter/L1");
        assertThat(first.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(first.body()).startsWith("retry: 15000\nid: ").doesNotContain("event:");
        String id = first.body()
                .lines()
                .filter(l -> l.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        assertThat(get("/api/v1/live?series=meter/L1", "Last-Event-ID", id).body())
                .doesNotContain("event:");

        String now = Instant.now()
                .truncatedTo(ChronoUnit.HOURS)
                .minus(Duration.ofHours(2))
                .toString();
        String end = Instant.parse(now).plus(Duration.ofMinutes(30)).toString();
        String body = "{\"meter\":\"L1\",\"start\":\"" + now + "\",\"end\":\"" + end + "\",\"kwh\":7}";
        assertThat(post("/api/v1/readings?source=l", body, "Content-Type", "application/x-ndjson")
                        .statusCode())
                .isEqualTo(201);
        String told = get("/api/v1/live?series=meter/L1", "Last-Event-ID", id).body();
        assertThat(told).contains("event: reading").contains("meter/L1/consumption");
        assertThat(get("/api/v1/live?series=meter/L1", "Last-Event-ID", "nonsense")
                        .body())
                .contains("event: reset");
    }

    @Test
    @Order(4)
    void picturesAndTheDocumentComeThroughAndParquetDoesNot() throws Exception {
        HttpResponse<byte[]> picture = HTTP.send(
                request("/api/v1/series/meter/M1/consumption/readings?format=png")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(get("/openapi").body()).startsWith("openapi: 3.1.0");
        HttpResponse<String> parquet = get("/api/v1/series/meter/M1/consumption/readings?format=parquet");
        assertThat(parquet.statusCode()).isEqualTo(406);
        assertThat(parquet.body()).contains("csv", "json", "png", "svg");
        assertThat(get("/api/v1/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> bad = get("/api/v1/consumption/total/yesterday");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    /** On a server such an answer would be torn. */
    @Test
    @Order(5)
    void whatGoesWrongHalfWayIsAProblemAndNoHalfAnswer() throws Exception {
        DynamoDbClient dynamoDb = LocalDynamoDb.get().client();
        List<Map<String, AttributeValue>> layers = dynamoDb.query(q -> q.tableName(table)
                        .keyConditionExpression("p = :p")
                        .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("s#meter/BIG/consumption"))))
                .items();
        Map<String, AttributeValue> spoilt = new HashMap<>(layers.getLast());
        spoilt.put("v", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1})));
        dynamoDb.putItem(p -> p.tableName(table).item(spoilt));

        HttpResponse<String> broken = get("/api/v1/series/meter/BIG/consumption/readings?format=csv");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(get("/api/v1/series/meter/BIG/consumption/readings?format=csv&to=2020-02-01")
                        .statusCode())
                .isEqualTo(200);
    }
}
