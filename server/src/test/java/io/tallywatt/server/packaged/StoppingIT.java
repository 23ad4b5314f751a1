package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Told to end, the server answers in full what it is being asked, takes nothing new, and loses nothing. */
class StoppingIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static final String LONG = "/api/v1/series/meter/Y0/consumption/readings";
    private static final int DONE = 0;
    private static final int SIGTERM = 143;

    @Test
    void whatIsUnderWayIsAnsweredAndNothingIsLost() throws Exception {
        Caller caller = new Caller(SERVER);
        assertThat(caller.post("/api/v1/files?name=years.csv&zone=UTC", MeterFile.of("Y", 1, 1100, "0.125"))
                        .status())
                .isEqualTo(201);
        String whole = caller.get(LONG).text();
        String content = MeterFile.of("Last", 3, 3, "0.5");
        try (RawConnection reading = new RawConnection(SERVER);
                RawConnection sending = new RawConnection(SERVER)) {
            reading.head("GET", LONG, -1);
            assertThat(reading.read()).isPositive();
            sending.head("POST", "/api/v1/files?name=last.csv&zone=UTC", content.length())
                    .send(content.substring(0, content.length() / 2));
            long end = System.nanoTime() + 5_000_000_000L;
            while (SERVER.uploads().isEmpty() && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            SERVER.tellToStop();
            Thread.sleep(500);
            assertThat(SERVER.isRunning()).isTrue();
            assertThat(another()).isIn(0, 503);

            sending.send(content.substring(content.length() / 2));
            assertThat(sending.status()).isEqualTo(201);
            String answer = reading.readAll();
            assertThat(answer.substring(answer.length() - 40)).contains("],\"next\":null}");
            assertThat(answer.length()).isGreaterThan(whole.length());
        }
        assertThat(SERVER.awaitEnd()).isIn(DONE, SIGTERM);
        assertThat(SERVER.log()).doesNotContain("ERROR").doesNotContain("\tat ");
        assertThat(SERVER.uploads()).isEmpty();

        SERVER.start();
        Caller again = new Caller(SERVER);
        assertThat(again.get(LONG).text()).isEqualTo(whole);
        assertThat(again.get("/api/v1/consumption/daily?series=meter/Last2/consumption")
                        .json()
                        .at("/items/0/total")
                        .decimalValue())
                .isEqualByComparingTo("24");
        assertThat(again.get("/api/v1/files").json().get("items")).hasSize(2);
    }

    /** How a new request fares: its status, 0 where there is no connection. */
    private static int another() throws IOException {
        try (RawConnection late = new RawConnection(SERVER)) {
            return late.head("GET", "/api/v1/files", -1).status();
        } catch (ConnectException e) {
            return 0;
        }
    }
}
