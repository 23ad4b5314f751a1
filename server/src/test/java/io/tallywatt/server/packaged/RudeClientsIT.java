package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that are slow, that leave, that come at once or send too much; the server has little memory. */
class RudeClientsIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("-Xmx128m");

    private static final String LONG = "/api/v1/series/meter/Y0/consumption/readings";
    private static final Duration PROMPT = Duration.ofSeconds(20);
    private static final int YEARS_OF_DAYS = 1100;

    private static Caller caller;

    @BeforeAll
    static void data() {
        caller = new Caller(SERVER);
        assertThat(caller.post("/api/v1/files?name=years.csv&zone=UTC", MeterFile.of("Y", 1, YEARS_OF_DAYS, "0.125"))
                        .status())
                .isEqualTo(201);
        // Its first answer warms the program up; it is about 6 MB, more than sockets hold.
        assertThat(caller.get(LONG).body().length).isGreaterThan(5_000_000);
        promptly();
    }

    private static void promptly() {
        for (String path : List.of("/api/v1/consumption/total/2024-01-02", LONG + "?from=2024-03-01&to=2024-03-02")) {
            long began = System.nanoTime();
            assertThat(caller.get(path).status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMPT);
        }
    }

    @Test
    void readersAsSlowAsTheyLikeAreInNobodysWay() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                slow.add(new RawConnection(SERVER).head("GET", LONG, -1));
            }
            // Until what is sent at once is sent, and all of them are waited for.
            Thread.sleep(2000);
            for (int round = 0; round < 3; round++) {
                for (RawConnection reader : slow) {
                    assertThat(reader.read()).isPositive();
                }
                promptly();
            }
            assertThat(caller.post("/api/v1/files?name=meanwhile.csv&zone=UTC", MeterFile.of("Meanwhile", 1, 1, "1"))
                            .status())
                    .isEqualTo(201);
            String answer = slow.getFirst().readAll();
            assertThat(answer).contains("\"start\":\"2024-01-01T00:00:00Z\"").contains("],\"next\":null}");
        } finally {
            for (RawConnection reader : slow) {
                reader.hangUp();
            }
        }
        promptly();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws Exception {
        String content = MeterFile.of("Broken", 10, 10, "1");
        int half = content.length() / 2;
        for (boolean announced : new boolean[] {true, false}) {
            for (boolean reset : new boolean[] {true, false}) {
                try (RawConnection connection = new RawConnection(SERVER)) {
                    String path = "/api/v1/files?name=broken.csv&zone=UTC";
                    if (announced) {
                        connection.head("POST", path, content.length()).send(content.substring(0, half));
                    } else {
                        connection
                                .head("POST", path, -1, "Transfer-Encoding: chunked")
                                .send(Integer.toHexString(half) + "\r\n" + content.substring(0, half) + "\r\n");
                    }
                    await(() -> !SERVER.uploads().isEmpty());
                    if (reset) {
                        connection.hangUp();
                    }
                }
                await(() -> SERVER.uploads().isEmpty());
            }
        }
        assertThat(caller.get("/api/v1/files").text()).doesNotContain("broken.csv");
        assertThat(caller.get("/api/v1/series?search=Broken").json().get("items"))
                .isEmpty();
        promptly();
    }

    @Test
    void slowUploadsBlockNobody() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                String content = MeterFile.of("Slow" + i + "-", 1, 2, "1");
                slow.add(new RawConnection(SERVER)
                        .head("POST", "/api/v1/files?name=slow" + i + ".csv&zone=UTC", content.length())
                        .send(content.substring(0, content.length() / 2)));
            }
            promptly();
            assertThat(caller.post("/api/v1/files?name=quick.csv&zone=UTC", MeterFile.of("Quick", 1, 1, "1"))
                            .status())
                    .isEqualTo(201);
            for (int i = 0; i < slow.size(); i++) {
                String content = MeterFile.of("Slow" + i + "-", 1, 2, "1");
                slow.get(i).send(content.substring(content.length() / 2));
            }
            for (RawConnection connection : slow) {
                assertThat(connection.status()).isEqualTo(201);
            }
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
        assertThat(SERVER.uploads()).isEmpty();
    }

    @Test
    void aFileSentTwiceAtOnceCountsOnce() throws Exception {
        String content = MeterFile.of("Twice", 20, 40, "0.5");
        List<Caller.Answer> answers =
                atOnce(4, i -> caller.post("/api/v1/files?name=twice" + i + ".csv&zone=UTC", content));
        assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(201, 200, 200, 200);
        assertThat(answers.stream().map(a -> a.header("Location")).distinct()).hasSize(1);
        assertThat(caller.get("/api/v1/consumption/daily?series=meter/Twice7/consumption")
                        .json()
                        .at("/items/0/total")
                        .decimalValue())
                .isEqualByComparingTo("24");
    }

    @Test
    void aPushSentTwiceAtOnceCountsOnce() throws Exception {
        String path = "/api/v1/readings?source=twins&zone=UTC";
        String rows = "meter,start,end,value\n"
                + "Twin,2024-01-01T00:00:00Z,2024-01-01T00:30:00Z,1.5\n"
                + "Twin,2024-01-01T00:30:00Z,2024-01-01T01:00:00Z,2.5\n";
        String[] headers = {"Content-Type", "text/csv", "Idempotency-Key", "one"};
        List<Caller.Answer> answers = atOnce(4, i -> caller.post(path, rows, headers));
        assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(201, 200, 200, 200);
        Caller.Answer other = caller.post(path, rows.replace("2.5", "3.5"), headers);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("type").asText()).endsWith("key-used-before");
        assertThat(other.json().get("delivery").asLong())
                .isEqualTo(answers.getFirst().json().at("/files/0/delivery").asLong());
        assertThat(caller.get("/api/v1/consumption/daily?series=meter/Twin/consumption")
                        .json()
                        .at("/items/0/total")
                        .decimalValue())
                .isEqualByComparingTo("4");

        List<Caller.Answer> different = atOnce(
                2,
                i -> caller.post(
                        path, rows.replace("2.5", "5.2" + i), "Content-Type", "text/csv", "Idempotency-Key", "two"));
        assertThat(different).extracting(Caller.Answer::status).containsExactlyInAnyOrder(201, 422);
    }

    @Test
    void aFileGreaterThanMemoryIsTaken() throws Exception {
        byte[] header = MeterFile.header().getBytes(StandardCharsets.UTF_8);
        // The rows of two days for 500 meters, again and again: 300 MB to read, little to store.
        StringBuilder rows = new StringBuilder();
        for (int m = 0; m < 500; m++) {
            rows.append(MeterFile.row("Big" + m, MeterFile.FIRST, "0.125"));
            rows.append(MeterFile.row("Big" + m, MeterFile.FIRST.plusDays(1), "0.250"));
        }
        byte[] block = rows.toString().getBytes(StandardCharsets.UTF_8);
        long length = 300L << 20;
        long times = length / block.length;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + SERVER.port() + "/api/v1/files?name=big.csv&zone=UTC"))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Repeated(header, block, times)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }
        assertThat(SERVER.isRunning()).isTrue();
        assertThat(SERVER.uploads()).isEmpty();
        assertThat(caller.get("/api/v1/consumption/daily?series=meter/Big499/consumption")
                        .json()
                        .at("/items/1/total")
                        .decimalValue())
                .isEqualByComparingTo("12");
        assertThat(SERVER.log()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void anUploadThatIsMoreThanTheDiskHasIsRefusedAtOnce() throws IOException {
        for (long length : new long[] {10L << 40, 10L << 50, Long.MAX_VALUE}) {
            try (RawConnection connection = new RawConnection(SERVER)) {
                String answer = connection
                        .head("POST", "/api/v1/files?name=huge.csv", length)
                        .readAll();
                assertThat(RawConnection.status(answer)).as(answer).isIn(507, 413);
                if (length < Long.MAX_VALUE) {
                    assertThat(RawConnection.status(answer)).as(answer).isEqualTo(507);
                    assertThat(answer).contains("no-room");
                }
            }
        }
        assertThat(SERVER.uploads()).isEmpty();
    }

    /** A file that goes on for so long. */
    private static final class Repeated extends InputStream {
        private final byte[] header;
        private final byte[] block;
        private final long end;
        private long at;

        Repeated(byte[] header, byte[] block, long times) {
            this.header = header;
            this.block = block;
            this.end = header.length + block.length * times;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (at >= end) {
                return -1;
            }
            byte[] source = at < header.length ? header : block;
            int offset = at < header.length ? (int) at : (int) ((at - header.length) % block.length);
            int n = Math.min(length, source.length - offset);
            System.arraycopy(source, offset, buffer, from, n);
            at += n;
            return n;
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within 10 s").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private interface Call {
        Caller.Answer answer(int number);
    }

    private static List<Caller.Answer> atOnce(int number, Call call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
            List<Future<Caller.Answer>> all = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                int n = i;
                Callable<Caller.Answer> work = () -> {
                    start.await();
                    return call.answer(n);
                };
                all.add(threads.submit(work));
            }
            start.countDown();
            List<Caller.Answer> answers = new ArrayList<>();
            for (Future<Caller.Answer> answer : all) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
