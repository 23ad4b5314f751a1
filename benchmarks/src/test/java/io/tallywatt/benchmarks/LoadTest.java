package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ways of asking, against a server that answers what it is told to. */
class LoadTest {
    private static final Arguments ARGUMENTS = new Arguments(10, 365);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean stands = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile String answer = "";
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            byte[] body = answer.replace("DATE", path.substring(path.lastIndexOf('/') + 1))
                    .getBytes(StandardCharsets.UTF_8);
            if (stands.getAndSet(false)) {
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        answer = "{\"date\":\"DATE\",\"total\":12345.678}";
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    @Test
    void closedLoopCountsEveryAnswer() throws Exception {
        ClosedLoop.Load load = ClosedLoop.run(port(), HttpQuestion.total(ARGUMENTS), 3, 0.1);

        assertThat(load.millis().count()).isEqualTo(asked.get()).isGreaterThanOrEqualTo(3);
        assertThat(load.bytes())
                .isEqualTo(asked.get()
                        * (long) answer.replace("DATE", "2025-01-01").length());
        assertThat(load.seconds()).isGreaterThanOrEqualTo(0.1);
    }

    @Test
    void openLoopAsksAllThatIsDueAndCountsFromThen() throws Exception {
        stands.set(true);
        Schedule schedule = new Schedule(new long[] {0, 20_000_000, 40_000_000, 60_000_000}, new int[] {0, 0, 0, 0});

        OpenLoop loop = OpenLoop.run(port(), schedule, List.of(HttpQuestion.total(ARGUMENTS)), () -> {});

        assertThat(asked).hasValue(4);
        double[] all = loop.millis(i -> true);
        assertThat(all).hasSize(4);
        assertThat(all[0]).isGreaterThanOrEqualTo(200); // it stood; the others had connections of their own
        assertThat(loop.millis(i -> loop.asks(i, 1))).isEmpty();
    }

    @Test
    void wrongAnswerEndsTheRun() {
        answer = "{\"date\":\"1999-01-01\",\"total\":12345.678}";

        assertThatThrownBy(() -> ClosedLoop.run(port(), HttpQuestion.total(ARGUMENTS), 2, 0.1))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1999-01-01");
    }

    @Test
    void argumentsStayInsideTheStore() {
        for (int days : new int[] {7, 40, 60, 365}) {
            Arguments arguments = new Arguments(10, days);
            LocalDate end = LocalDate.of(2025, 1, 1).plusDays(days);
            for (int i = 0; i < 1000; i++) {
                assertThat(arguments.date(i)).isBetween(LocalDate.of(2025, 1, 1), end.minusDays(1));
                assertThat(arguments.monthFrom(i)).isBefore(arguments.monthTo(i));
                assertThat(arguments.monthTo(i)).isBeforeOrEqualTo(end);
                assertThat(arguments.meter(i)).isBetween(0, 9);
            }
        }
    }
}
