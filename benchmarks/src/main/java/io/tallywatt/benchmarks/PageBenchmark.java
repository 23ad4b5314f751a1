package io.tallywatt.benchmarks;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The page in a real browser: how long until the first sentence stands there on a cold load, how much script it takes, how long the browser
 * is kept from its reader by a chart with a year of minutes behind it, and what axe-core finds on every page and state.
 */
final class PageBenchmark {
    private static final int RUNS = 5;
    private static final int MINUTES = 525_600;
    private static final double PATIENCE = 60_000;
    private static final List<String> PAGES =
            List.of("/", "/grid", "/grid?date=2023-05-09", "/home", "/home?power=week", "/sites", "/meters", "/files");

    private static final String READY = "() => { const h = document.querySelector('h1.answer');"
            + " return h && h.textContent.trim().length > 8 && !document.querySelector('[aria-busy]'); }";

    private final Path home;
    private final Path folder;
    private final long seed;
    private final Progress progress;

    PageBenchmark(Path home, Path folder, long seed, Progress progress) {
        this.home = home;
        this.folder = folder;
        this.seed = seed;
        this.progress = progress;
    }

    String measure() throws IOException, InterruptedException {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (chromium == null) {
            return "page: not measured, no Chromium is installed\n";
        }
        StringBuilder text = new StringBuilder();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(List.of("--no-sandbox")))) {
            try (ChildServer demo = server("demo", folder.resolve("demo"))) {
                text.append(firstView(browser, demo)).append('\n');
                text.append(scripts(browser, demo)).append('\n');
                text.append(longTasks(browser)).append('\n');
                text.append(barriers(browser, demo));
            }
        }
        return text.toString();
    }

    private ChildServer server(String command, Path data) throws IOException {
        Files.createDirectories(folder);
        return ChildServer.start(
                List.of(home.resolve("tallywatt").toString(), command, "--port", "0"),
                Map.of(
                        "TALLYWATT_DATA", data.toString(),
                        "TALLYWATT_NO_BUILD", "1",
                        "TALLYWATT_COLLECT", "none",
                        "TALLYWATT_ZONE", "Europe/London"),
                folder);
    }

    private static String address(ChildServer server, String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static Page page(BrowserContext context) {
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE);
        return page;
    }

    private Table firstView(Browser browser, ChildServer demo) {
        progress.say("first view");
        Table table = new Table("cold load of the demo's first page, " + RUNS + " each, ms", "median", "min", "max");
        double[] paint = new double[RUNS];
        double[] answer = new double[RUNS];
        double[] whole = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            try (BrowserContext context = browser.newContext()) {
                Page page = page(context);
                page.addInitScript(
                        "addEventListener('DOMContentLoaded', () => { const look = () => { const h = document.querySelector('h1.answer');"
                                + " if (h && h.textContent.trim().length > 8) { window.answered = performance.now(); } else { requestAnimationFrame(look); } };"
                                + " look(); })");
                page.navigate(address(demo, "/"));
                page.waitForFunction(READY);
                whole[i] = number(page.evaluate("performance.now()"));
                answer[i] = number(page.evaluate("window.answered"));
                paint[i] = number(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            }
        }
        row(table, "first paint", paint);
        row(table, "the sentence that answers", answer);
        row(table, "every card", whole);
        return table;
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void row(Table table, String name, double[] figures) {
        Figures sorted = new Figures(figures);
        table.row(
                name,
                Figures.decimals(sorted.median(), 0),
                Figures.decimals(sorted.percentile(0), 0),
                Figures.decimals(sorted.percentile(100), 0));
    }

    private Table scripts(Browser browser, ChildServer demo) {
        progress.say("scripts");
        Map<String, Long> sizes = new TreeMap<>();
        long first = 0;
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            for (String path : PAGES) {
                page.navigate(address(demo, path));
                page.waitForFunction(READY);
                Object found = page.evaluate(
                        "performance.getEntriesByType('resource').filter(r => r.name.endsWith('.js')).map(r => r.name + ' ' + r.encodedBodySize)");
                for (Object one : (List<?>) found) {
                    String[] parts = String.valueOf(one).split(" ", -1);
                    sizes.merge(parts[0], Long.parseLong(parts[1]), Math::max);
                }
                if (path.equals("/")) {
                    first = sizes.values().stream().mapToLong(Long::longValue).sum();
                }
            }
        }
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        return new Table("scripts, compressed as they are sent", "kB", "files")
                .row("of the first page", Figures.decimals(first / 1000.0, 1), "")
                .row("of all pages", Figures.decimals(all / 1000.0, 1), Integer.toString(sizes.size()));
    }

    private Table longTasks(Browser browser) throws IOException, InterruptedException {
        progress.say("a year of minutes");
        Path data = folder.resolve("minutes");
        Path file = folder.resolve("minutes.csv");
        write(file);
        Table table = new Table(
                "a chart with " + Figures.count(MINUTES) + " values behind it",
                "longest task ms",
                "tasks over 50 ms",
                "until drawn ms");
        try (ChildServer server = server("serve", data)) {
            send(server, file);
            for (String width : List.of("1280", "390")) {
                double[] longest = new double[RUNS];
                double[] until = new double[RUNS];
                double[] tasks = new double[RUNS];
                for (int i = 0; i < RUNS; i++) {
                    try (BrowserContext context =
                            browser.newContext(new NewContextOptions().setViewportSize(Integer.parseInt(width), 800))) {
                        Page page = page(context);
                        page.addInitScript(
                                "window.long = []; new PerformanceObserver(l => l.getEntries().forEach(e => window.long.push(e.duration))).observe({ type: 'longtask', buffered: true })");
                        page.navigate(address(server, "/home?power=all"));
                        page.waitForFunction(
                                "() => document.querySelector('.live .plot canvas') && document.querySelector('.live .plot').ariaLabel.includes('highest')");
                        until[i] = number(page.evaluate("performance.now()"));
                        // Over the whole chart, as somebody looks for something.
                        for (int x = 100; x < Integer.parseInt(width) - 100; x += 40) {
                            page.mouse().move(x, 300);
                        }
                        page.waitForTimeout(500);
                        longest[i] = number(page.evaluate("Math.max(0, ...window.long)"));
                        tasks[i] = number(page.evaluate("window.long.length"));
                    }
                }
                table.row(
                        "at " + width + " px, median of " + RUNS,
                        Figures.decimals(new Figures(longest).median(), 0),
                        Figures.decimals(new Figures(tasks).median(), 0),
                        Figures.decimals(new Figures(until).median(), 0));
            }
        }
        return table;
    }

    /** A year of the mean power of each minute, as a recorder exports it. */
    private void write(Path file) throws IOException {
        Random random = new Random(seed);
        long start = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("home_id,current_usage,acc_usage,time\n");
            for (int i = 0; i < MINUTES; i++) {
                out.write("year," + (200 + random.nextInt(900) + (random.nextInt(5_000) == 0 ? 9_000 : 0)) + ",0,"
                        + Instant.ofEpochSecond(start + 60L * i) + "\n");
            }
        }
    }

    private static void send(ChildServer server, Path file) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address(server, "/api/v1/files?name=minutes.csv")))
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("Not taken: " + answer.body());
            }
        }
    }

    private String barriers(Browser browser, ChildServer demo) throws IOException {
        progress.say("axe-core");
        List<String> found = new ArrayList<>();
        int looked = 0;
        for (NewContextOptions as : List.of(
                new NewContextOptions().setViewportSize(1280, 800),
                new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK),
                new NewContextOptions()
                        .setViewportSize(390, 844)
                        .setIsMobile(true)
                        .setHasTouch(true))) {
            looked += look(browser, as, demo, PAGES, found);
        }
        try (ChildServer empty = server("serve", folder.resolve("empty"))) {
            looked += look(
                    browser,
                    new NewContextOptions().setViewportSize(1280, 800),
                    empty,
                    List.of("/", "/grid", "/home", "/sites", "/meters", "/files"),
                    found);
        }
        StringBuilder text = new StringBuilder("axe-core: " + found.size() + " violations on " + looked
                + " pages and states (light, dark, phone, empty; those of a failure are in DashboardIT)\n");
        found.forEach(one -> text.append("  ").append(one).append('\n'));
        return text.toString();
    }

    private static int look(
            Browser browser, NewContextOptions as, ChildServer server, List<String> paths, List<String> found) {
        try (BrowserContext context = browser.newContext(as)) {
            Page page = page(context);
            for (String path : paths) {
                page.navigate(address(server, path));
                page.waitForFunction(READY);
                new AxeBuilder(page)
                        .analyze()
                        .getViolations()
                        .forEach(v -> found.add(path + ": " + v.getId() + " "
                                + v.getNodes().getFirst().getHtml()));
            }
        }
        return paths.size();
    }
}
