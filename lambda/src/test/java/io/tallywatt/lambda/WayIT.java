package io.tallywatt.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.LocalS3;
import io.tallywatt.aws.LocalSqs;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole way of files, from a bucket to totals: the packaged function in the real runtime client, over DynamoDB Local, ElasticMQ and
 * S3Proxy. Events come twice, late and in any order, and the function is killed again and again. Some files are packed, some so big that they are taken in by parts. Totals, now and as of each step, are
 * those of the in-memory store to which the same files were given one after the other; every message ends in a delivery or as a dead
 * letter.
 */
class WayIT {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate FIRST = LocalDate.of(2024, 3, 30);
    private static final int DAYS = 3;
    private static final int FILES = 8;
    /** Files of some rows are cut into parts. */
    private static final int PART = 900;

    private static int inParts;

    @AfterAll
    static void someFilesCameInParts() {
        assertThat(inParts).isPositive();
    }

    static LongStream seeds() {
        return LongStream.range(0, Math.min(500, Integer.getInteger("tallywatt.seeds", 20)));
    }

    private static Map<String, String> environment(String table, String bucket, String queue) {
        Map<String, String> environment = LambdaRuntime.environment(table, bucket);
        environment.put("TALLYWATT_AWS_QUEUE", queue);
        environment.put("TALLYWATT_PART_BYTES", Integer.toString(PART));
        environment.put("TALLYWATT_AWS_S3_ENDPOINT", LocalS3.get().endpoint().toString());
        environment.put("TALLYWATT_AWS_SQS_ENDPOINT", LocalSqs.get().endpoint().toString());
        return environment;
    }

    /** A file of some meters, wide as they come: a row for a meter's day, a column for each half-hour. */
    private static String file(Random random) {
        StringBuilder text = new StringBuilder("meter,date");
        for (int i = 0; i < 48; i++) {
            text.append(String.format(Locale.ROOT, ",%02d:%02d", i / 2, i % 2 * 30));
        }
        text.append('\n');
        for (int row = 1 + random.nextInt(6); row > 0; row--) {
            StringJoiner cells = new StringJoiner(",");
            LocalDate date = FIRST.plusDays(random.nextInt(DAYS));
            cells.add("M" + random.nextInt(4)).add(date.toString());
            for (int i = 0; i < 48; i++) {
                // The hour that London skips on 31 March.
                boolean skipped = date.equals(LocalDate.of(2024, 3, 31)) && (i == 2 || i == 3);
                boolean empty = skipped || random.nextInt(10) == 0;
                cells.add(empty ? "" : random.nextInt(9) + "." + random.nextInt(1000));
            }
            text.append(random.nextInt(12) == 0 ? "M1,no date," : cells.toString())
                    .append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void totalsAreThoseOfTheFilesOneAfterTheOther(long seed) throws Exception {
        Random random = new Random(seed);
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        String bucket = LocalS3.get().freshBucket();
        String dead = LocalSqs.get().freshQueue();
        String queue = LocalSqs.get().freshQueue(dead, 3);
        Map<String, String> files = new HashMap<>();
        try (LambdaRuntime function = new LambdaRuntime(
                "io.tallywatt.lambda.IngestHandler::handleRequest",
                environment(table, bucket, queue),
                Duration.ofMinutes(5))) {
            send(random, bucket, queue, files);
            new QueueSource(LocalSqs.get().client(), queue, function, random, 5).drain();
            if (function.log().contains("taken with its last part")) {
                inParts++;
            }
        }
        DynamoStore store = DynamoStore.open(LocalDynamoDb.get().client(), table, Clock.systemUTC());
        Set<String> deadKeys = deadLetters(dead);
        everyMessageEnded(store, files, deadKeys, seed);
        compare(store, files, seed);
    }

    /** As it is sent: plain, or packed in one of two ways. */
    private static byte[] packed(Random random, String content) throws IOException {
        byte[] plain = content.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(4)) {
            case 0 -> {
                try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
                    gz.write(plain);
                }
            }
            case 1 -> {
                try (ZipOutputStream zip = new ZipOutputStream(out)) {
                    zip.putNextEntry(new ZipEntry("inside.csv"));
                    zip.write(plain);
                }
            }
            default -> out.write(plain);
        }
        return out.toByteArray();
    }

    private static void send(Random random, String bucket, String queue, Map<String, String> files) throws IOException {
        List<String> messages = new ArrayList<>();
        messages.add("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"" + bucket + "\"}");
        for (int i = 0; i < FILES; i++) {
            // Keys of all sorts, and now and then the same content under another name.
            String name = "north & süd/" + i + " +%.csv";
            boolean same = !files.isEmpty() && random.nextInt(6) == 0;
            String content = same
                    ? files.values().iterator().next()
                    : random.nextInt(8) == 0 ? "\u0000\u0001 no table " + i : file(random);
            files.put(name, content);
            RequestBody body = RequestBody.fromBytes(packed(random, content));
            LocalS3.get().client().putObject(p -> p.bucket(bucket).key("inbox/" + name), body);
            String message = created(bucket, "inbox/" + name);
            messages.addAll(Collections.nCopies(1 + random.nextInt(2), message));
        }
        messages.add(created(bucket, "inbox/gone again.csv"));
        LocalS3.get().client().putObject(p -> p.bucket(bucket).key("inbox/folder/"), RequestBody.empty());
        messages.add(created(bucket, "inbox/folder/"));
        Collections.shuffle(messages, random);
        for (String message : messages) {
            LocalSqs.get()
                    .client()
                    .sendMessage(s -> s.queueUrl(queue).messageBody(message).delaySeconds(random.nextInt(2)));
        }
    }

    private static String created(String bucket, String key) {
        return "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\""
                + bucket + "\"},\"object\":{\"key\":\"" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "\"}}}]}";
    }

    private static Set<String> deadLetters(String queue) {
        Set<String> bodies = new HashSet<>();
        while (true) {
            List<Message> some = LocalSqs.get()
                    .client()
                    .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            if (some.isEmpty()) {
                return bodies;
            }
            some.forEach(message -> {
                bodies.add(message.body());
                LocalSqs.get().client().deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
            });
        }
    }

    private static void everyMessageEnded(DynamoStore store, Map<String, String> files, Set<String> dead, long seed)
            throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Optional<Delivery> delivery =
                    store.byDigest(Ingest.digestOf(document(file.getKey(), file.getValue(), Instant.EPOCH)));
            boolean isDead = dead.stream()
                    .anyMatch(body -> body.contains(URLEncoder.encode("inbox/" + file.getKey(), StandardCharsets.UTF_8))
                            || body.contains("\"" + file.getKey()));
            assertThat(delivery.isPresent() || isDead)
                    .as("seed " + seed + ": " + file.getKey())
                    .isTrue();
        }
    }

    private static void compare(DynamoStore store, Map<String, String> files, long seed) throws IOException {
        TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));
        InMemoryStore oracle = new InMemoryStore(clock);
        Ingest ingest = new Ingest(oracle, oracle, new Nowhere(), number -> {});
        Map<String, String> contents = new HashMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            contents.put(Ingest.digestOf(document("", file.getValue(), Instant.EPOCH)), file.getValue());
        }
        List<Delivery> deliveries = new ArrayList<>(store.deliveries());
        deliveries.sort(Comparator.comparing(Delivery::knownAt));
        int step = 0;
        for (Delivery delivery : deliveries) {
            clock.advance(Duration.ofMinutes(1));
            Document document = document(delivery.name(), contents.get(delivery.digest()), delivery.receivedAt());
            Outcome outcome = ingest.take(document, ReadingOptions.in(LONDON), Progress.NONE);
            assertThat(outcome instanceof Outcome.Quarantined).isEqualTo(delivery.state() == DeliveryState.QUARANTINED);
            assertThat(totals(store, delivery.knownAt()))
                    .as("seed " + seed + ", step " + ++step + ", " + delivery.name())
                    .isEqualTo(totals(oracle, null));
        }
        assertThat(totals(store, null)).as("seed " + seed).isEqualTo(totals(oracle, null));
    }

    private static List<String> totals(BlockStore store, @Nullable Instant asOf) {
        List<String> totals = new ArrayList<>();
        for (int day = 0; day < DAYS + 1; day++) {
            Total total = new Answers(store).total(FIRST.plusDays(day), asOf);
            totals.add(total.date() + " " + total.total().stripTrailingZeros().toPlainString() + " of " + total.meters()
                    + ", " + total.silent() + " silent, " + total.quality());
        }
        return totals;
    }

    static Document document(String name, String text, Instant receivedAt) {
        return new BytesDocument(name, text.getBytes(StandardCharsets.UTF_8), receivedAt);
    }

    record Nowhere() implements DeadLetters {
        @Override
        public void keep(long delivery, Document document) {}

        @Override
        public Optional<Document> find(long delivery) {
            return Optional.empty();
        }

        @Override
        public void discard(long delivery) {}
    }
}
