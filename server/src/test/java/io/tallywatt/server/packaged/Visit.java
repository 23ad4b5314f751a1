package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** One reader with a real browser, before a server's page. Whatever the browser complains of is remembered. */
final class Visit implements AutoCloseable {
    private static final int WIDE = 1280;
    private static final int HIGH = 800;
    private static final int NARROW = 390;
    private static final int TALL = 844;

    private final BrowserContext context;
    private final Page page;
    private final URI address;
    private final List<String> complaints = new ArrayList<>();

    private Visit(Browser browser, URI address, NewContextOptions options) {
        this.address = address;
        this.context = browser.newContext(options.setLocale("en-GB").setTimezoneId("America/New_York"));
        this.page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            // That a file could not be read is an answer, of which the browser makes a remark of its own, some time
            // later.
            if (message.type().equals("error") && !message.text().contains("422")) {
                complaints.add("console: " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(address.toString())
                    && !request.url().startsWith("blob:")
                    && !request.url().startsWith("data:")) {
                complaints.add("fetched from elsewhere: " + request.url());
            }
        });
    }

    /** The browser of a test class; it is skipped, with a notice, where there is none. */
    static Browser browser(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(chromium()).setArgs(List.of("--no-sandbox")));
    }

    static Playwright playwright() {
        chromium();
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    private static Path chromium() {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (chromium == null) {
            System.out.println("Skipped: no Chromium is installed");
            Assumptions.abort("no browser");
        }
        return chromium;
    }

    static Visit desk(Browser browser, URI address) {
        return new Visit(browser, address, new NewContextOptions().setViewportSize(WIDE, HIGH));
    }

    static Visit dark(Browser browser, URI address) {
        return new Visit(
                browser,
                address,
                new NewContextOptions().setViewportSize(WIDE, HIGH).setColorScheme(ColorScheme.DARK));
    }

    static Visit phone(Browser browser, URI address) {
        return new Visit(
                browser,
                address,
                new NewContextOptions()
                        .setViewportSize(NARROW, TALL)
                        .setIsMobile(true)
                        .setHasTouch(true));
    }

    Page page() {
        return page;
    }

    /** Goes to an address and waits until its sentence stands there. */
    Visit to(String path) {
        page.navigate(address.resolve(path).toString());
        page.waitForFunction("() => { const h = document.querySelector('h1.answer');"
                + " return h && h.textContent.trim().length > 8 && !document.querySelector('[aria-busy]'); }");
        return this;
    }

    String answer() {
        return page.locator("h1.answer").innerText().replace('\u00a0', ' ').strip();
    }

    /** Waits until something that the page says of itself is so. */
    void until(String expression) {
        page.waitForFunction("() => " + expression);
    }

    /** That nobody is kept out, and nothing went wrong. */
    Visit isSound() {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("axe-core at " + page.url())
                .extracting(v -> v.getId() + " " + v.getNodes().getFirst().getHtml())
                .isEmpty();
        assertThat(complaints).as("complaints at " + page.url()).isEmpty();
        return this;
    }

    /** That nothing went wrong, where what is on the page was looked at before. */
    Visit isQuiet() {
        assertThat(complaints).as("complaints at " + page.url()).isEmpty();
        return this;
    }

    /** That nothing has to be moved sideways. */
    Visit fits() {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no wider than the screen: " + page.url())
                .isEqualTo(true);
        return this;
    }

    /** Kept for the README where that is asked for ({@code -Dtallywatt.screenshots=true}). */
    void picture(String name) {
        if (Boolean.getBoolean("tallywatt.screenshots")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(System.getProperty("tallywatt.root"), "docs", "screenshots", name + ".png")));
        }
    }

    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        context.close();
    }
}
