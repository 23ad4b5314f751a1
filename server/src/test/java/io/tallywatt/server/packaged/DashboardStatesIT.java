package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a server that holds nothing yet, and of one that asks for a key. */
class DashboardStatesIT {
    private static final List<String> PAGES = List.of("/", "/grid", "/home", "/sites", "/meters", "/files");

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void open() {
        playwright = Visit.playwright();
        browser = Visit.browser(playwright);
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void aServerWithoutDataSaysWhatIsMissingAndWhatToDo() throws IOException, InterruptedException {
        RunningServer server = new RunningServer();
        server.start();
        try (Visit visit = Visit.desk(browser, server.address())) {
            for (String page : PAGES) {
                visit.to(page).isSound();
                assertThat(visit.page().locator("main").innerText())
                        .as(page)
                        .doesNotContain("NaN", "undefined", "null");
            }
            visit.to("/").picture("empty");
            assertThat(visit.answer()).contains("Nothing came in yet");
            assertThat(visit.page().getByText("Sample data").count()).isZero();
            assertThat(visit.to("/meters").answer()).contains("No meter has been read yet");
            visit.page().getByText("Add files").click();
            visit.until("location.pathname === '/files'");
            assertThat(visit.to("/home").page().locator("main").innerText()).contains("tallywatt.tibber-token");
            handsOutItsFilesOnce(new Caller(server));
        } finally {
            server.close();
        }
    }

    /** What has its contents in its name is kept for ever, the rest is asked about; all of it is packed for who can unpack. */
    private static void handsOutItsFilesOnce(Caller caller) {
        Caller.Answer page = caller.get("/grid?span=7d");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        Caller.Answer first = caller.get("/app/main.js");
        assertThat(first.header("Content-Encoding")).isEmpty();
        assertThat(caller.get("/app/main.js", "Accept-Encoding", "br, gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(caller.get("/app/main.js", "If-None-Match", "W/\"x\", " + first.header("ETag"))
                        .status())
                .isEqualTo(304);
        Matcher chunk = Pattern.compile("\\./(chunk-[A-Z0-9]{8}\\.js)").matcher(first.text());
        assertThat(chunk.find()).isTrue();
        assertThat(caller.get("/app/" + chunk.group(1)).header("Cache-Control")).contains("immutable");
        assertThat(caller.send("HEAD", "/app/main.css", new byte[0]).status()).isEqualTo(200);
        assertThat(caller.get("/app/none.js").status()).isEqualTo(404);
        assertThat(caller.get("/app/../files.txt").status()).isEqualTo(404);
    }

    @Test
    void whereAKeyIsNeededThePageAsksForItAndSendsIt() throws IOException, InterruptedException {
        RunningServer server = new RunningServer("-Xmx256m", Map.of(), List.of("--need-keys"));
        server.prepare();
        String key = key(server);
        server.start();
        try (Visit visit = Visit.desk(browser, server.address())) {
            visit.page().navigate(server.address() + "/files");
            visit.until("document.querySelector('#key') !== null");
            visit.complaints().clear();
            visit.isSound().picture("key");
            visit.page().locator("#key").fill("tw_wrong");
            visit.page().keyboard().press("Enter");
            visit.until("document.querySelector('[role=alert]') !== null");
            visit.page().locator("#key").fill(key);
            visit.page().keyboard().press("Enter");
            visit.until("document.querySelector('h1.answer')?.textContent.includes('come in')");
            visit.complaints().clear();
            visit.to("/files").isSound();
        } finally {
            server.close();
        }
    }

    /** As its owner makes one, before the server is started. */
    private static String key(RunningServer server) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("tallywatt.root"), "tallywatt")
                                .toString(),
                        "--data",
                        server.data().toString(),
                        "keys",
                        "create",
                        "page",
                        "--scope",
                        "write")
                .redirectErrorStream(true);
        builder.environment().put("TALLYWATT_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path out = Files.createTempFile("tallywatt-key", ".txt");
        try {
            Process process = builder.redirectOutput(out.toFile()).start();
            assertThat(process.waitFor()).isZero();
            Matcher key = Pattern.compile("tw_\\S+").matcher(Files.readString(out));
            assertThat(key.find()).isTrue();
            return key.group();
        } finally {
            Files.delete(out);
        }
    }
}
