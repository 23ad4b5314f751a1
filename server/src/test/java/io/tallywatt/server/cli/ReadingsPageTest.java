package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of readings in a real browser, from a file, without a network. */
class ReadingsPageTest {
    @TempDir
    static Path folder;

    private static Playwright playwright;
    private static Browser browser;
    private static Path file;

    @BeforeAll
    static void open() throws IOException {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (chromium == null) {
            System.out.println("Skipped: no Chromium is installed");
            Assumptions.abort("no browser");
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(List.of("--no-sandbox")));
        Cli cli = new Cli(folder);
        StringBuilder csv = new StringBuilder("meter,timestamp,kWh\n");
        for (int hour = 0; hour < 72; hour++) {
            // In UTC, over the hour that London's clocks show twice; one day's evening is missing.
            if (hour < 40 || hour > 45) {
                csv.append(
                        String.format("M1,2024-10-%02dT%02d:00Z,%d.%03d%n", 26 + hour / 24, hour % 24, hour % 5, hour));
            }
        }
        Path source = folder.resolve("meter.csv");
        Files.writeString(source, csv);
        assertThat(cli.run("ingest", "--zone", "Europe/London", source.toString())
                        .exitCode())
                .isZero();
        file = folder.resolve("page.html");
        assertThat(cli.run(
                                "readings",
                                "meter/M1/consumption",
                                "--every",
                                "PT1H",
                                "--format",
                                "html",
                                "-o",
                                file.toString())
                        .exitCode())
                .isZero();
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    private static Page page(BrowserContext context, List<String> seen) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> seen.add("console: " + message.text()));
        page.onPageError(error -> seen.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
                seen.add("request: " + request.url());
            }
        });
        page.navigate(file.toUri().toString());
        return page;
    }

    @Test
    void theChartIsReadByKeyboardWithTheDigitsOfTheTable() {
        List<String> seen = new ArrayList<>();
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context, seen);
            assertThat(page.locator("#chart canvas").count()).isPositive();
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("chart");
            page.keyboard().press("Home");
            List<String> first = page.locator("tbody tr").first().locator("td").allTextContents();
            assertThat(page.locator("#said").textContent())
                    .startsWith(first.get(0) + " to " + first.get(1))
                    .as("London's day begins before the first reading")
                    .contains("no data");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("ArrowRight");
            List<String> third = page.locator("tbody tr").nth(2).locator("td").allTextContents();
            assertThat(page.locator("#said").textContent())
                    .startsWith(third.get(0))
                    .contains(third.get(2) + " kWh");
            assertThat(page.getByText(third.get(2) + " kWh").count())
                    .as("in the tooltip, too")
                    .isGreaterThan(1);
            page.keyboard().press("End");
            List<String> last = page.locator("tbody tr").last().locator("td").allTextContents();
            assertThat(page.locator("#said").textContent()).startsWith(last.getFirst());
            page.keyboard().press("+");
            page.keyboard().press("-");
            page.keyboard().press("Escape");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void theRepeatedHourIsThereTwiceAndWhatIsMissingIsSaid() {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context, new ArrayList<>());
            List<String> starts = page.locator("tbody td:first-child").allTextContents();
            assertThat(starts).contains("2024-10-27T01:00:00+01:00", "2024-10-27T01:00:00Z");
            assertThat(page.locator(".key").textContent()).contains("no data");
            assertThat(page.locator("p").first().textContent()).contains("kWh in all", "Europe/London");
        }
    }

    @Test
    void itFitsOnAPhoneAndIntoTheNight() {
        List<String> seen = new ArrayList<>();
        NewContextOptions phone =
                new NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK);
        try (BrowserContext context = browser.newContext(phone)) {
            Page page = page(context, seen);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(15, 18, 21)");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void withoutScriptThereIsAPicture() {
        try (BrowserContext context = browser.newContext(new NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = page(context, new ArrayList<>());
            assertThat(page.locator("noscript img, #chart img").first().isVisible())
                    .isTrue();
        }
    }
}
