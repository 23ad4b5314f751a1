package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.tallywatt.server.demo.DemoFeed;
import io.tallywatt.server.demo.RecordedFlows;
import io.tallywatt.server.demo.SimulatedHome;
import io.tallywatt.server.demo.SimulatedMeters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person does on each page of the demo, in a real browser whose clock is set to another zone. */
class DashboardIT {
    @RegisterExtension
    static final RunningServer DEMO = RunningServer.demo();

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

    private static Visit desk() {
        return Visit.desk(browser, DEMO.address());
    }

    private static JsonNode asked(String path) {
        return new Caller(DEMO).get("/api/v1/" + path).json();
    }

    private static LocalDate yesterday() {
        return LocalDate.now(SimulatedMeters.ZONE).minusDays(1);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void nowTellsInOneGlanceWhatHappensAndHowFreshItIs() {
        try (Visit visit = desk().to("/")) {
            Page page = visit.page();
            assertThat(visit.answer()).contains("Home draws", " W");
            assertThat(page.locator(".card h2").allInnerTexts())
                    .anyMatch(t -> t.startsWith("Home"))
                    .anyMatch(t -> t.startsWith("Cables"))
                    .anyMatch(t -> t.startsWith("Sites"))
                    .anyMatch(t -> t.startsWith("Meters"));
            assertThat(page.getByText("Sample data").isVisible()).isTrue();
            visit.until("document.querySelectorAll('.fresh tbody tr').length >= 4");
            assertThat(page.locator(".fresh").innerText())
                    .contains("Home meter, live", "Site feed", "Meter files", "Elexon, cables late");
            assertThat(page.locator(".card", new Page.LocatorOptions().setHasText("Meters with a reading"))
                            .innerText())
                    .contains("200", "kWh");
            visit.isSound().picture("now-light");
        }
        try (Visit dark = Visit.dark(browser, DEMO.address()).to("/")) {
            dark.isSound().picture("now-dark");
        }
    }

    @Test
    void gridShowsWhereItFlowsAndEveryStepByKeyboard() {
        LocalDate day = RecordedFlows.DAY;
        try (Visit visit = desk().to("/grid?date=" + day)) {
            Page page = visit.page();
            assertThat(visit.answer()).contains("Great Britain gave out 528 MW to its neighbours");
            assertThat(page.locator(".ribbon").count()).isEqualTo(7);
            visit.isSound().picture("grid-light");
            assertThat(page.locator(".ribbon[aria-label^='Denmark']").getAttribute("aria-label"))
                    .contains("−790 megawatts", "out of Great Britain");
            JsonNode step = asked("flows/steps?from=" + day + "&to=" + day.plusDays(1) + "&every=PT30M")
                    .at("/items/20");
            Locator chart = page.locator("tw-chart .plot").first();
            chart.focus();
            page.keyboard().press("Home");
            for (int i = 0; i < 20; i++) {
                page.keyboard().press("ArrowRight");
            }
            assertThat(page.locator("tw-chart .tip").first().innerText())
                    .contains("10:00 to 10:30 BST")
                    .contains(String.format("France\n+%,d MW", step.at("/mw/0").asLong()));
            page.locator(".ribbon[aria-label^='France']").focus();
            visit.until("document.querySelectorAll('.cable.lit').length === 3");
            visit.isSound();
            page.locator("tw-chart").first().hover();
            button(page, "Table").first().click();
            assertThat(page.locator(".astable tbody tr").count()).isEqualTo(48);
            visit.isSound();
        }
        try (Visit visit = Visit.dark(browser, DEMO.address()).to("/grid?date=" + day)) {
            visit.isSound().picture("grid-dark");
        }
    }

    @Test
    void gridLeadsToTheNearestDayThatHasData() {
        try (Visit visit = desk().to("/grid?date=2020-01-01")) {
            visit.page().locator(".foot a").first().click();
            visit.until("location.search.includes('2023-05-0')");
            visit.isSound();
        }
    }

    @Test
    void homeIsLiveAndItsBarsAreTheServersDigits() throws IOException {
        try (Visit visit = desk().to("/home")) {
            Page page = visit.page();
            visit.until("document.querySelector('h1.answer').textContent.includes(' kr')");
            assertThat(visit.answer()).contains("The house draws", "kWh", "kr");
            visit.until("document.querySelector('.chip .dot:not(.late)') !== null");
            String before = page.locator("tw-chart .plot").first().getAttribute("aria-label");
            assertThat(before).contains("Home power over the last hour, now", "watts");
            visit.until("document.querySelector('tw-chart .plot').ariaLabel !== '" + before + "'");
            visit.isSound().picture("home-light");

            LocalDate day = LocalDate.now(SimulatedHome.ZONE).minusDays(1);
            button(page, "Previous day").click();
            visit.until("location.search.includes('date=" + day + "')");
            JsonNode hours = asked(
                    "series/home/simulated/consumption/readings?every=PT1H&from=" + day + "&to=" + day.plusDays(1));
            visit.until("[...document.querySelectorAll('.plot')].some(p => p.ariaLabel.includes('by hour'))");
            Locator bars = page.locator(".plot[aria-label*='by hour']");
            bars.focus();
            page.keyboard().press("Home");
            page.keyboard().press("ArrowRight");
            assertThat(page.locator(".bars .tip").first().innerText())
                    .contains("01:00 to 02:00")
                    .contains(hours.at("/items/1/value")
                                    .decimalValue()
                                    .stripTrailingZeros()
                                    .toPlainString() + " kWh");

            Download csv = page.waitForDownload(() -> button(page, "CSV").click());
            assertThat(Files.readString(csv.path()))
                    .isEqualTo(new Caller(DEMO)
                            .get("/api/v1/series/home/simulated/consumption/readings?from=" + day + "&to="
                                    + day.plusDays(1) + "&every=PT1H&format=csv")
                            .text());

            button(page, "Day").click();
            visit.until("location.search.includes('step=day')");
            page.goBack();
            visit.until("!location.search.includes('step=day')");
            page.keyboard().press("]");
            visit.until("!location.search.includes('date=')");
            visit.isQuiet();
        }
    }

    @Test
    void pastPowerKeepsItsPeaksHoweverFewPointsAreShown() {
        try (Visit visit = desk().to("/home?power=week")) {
            JsonNode all = asked("series/home/simulated/power/readings");
            long highest = 0;
            for (JsonNode reading : all.get("items")) {
                highest = Math.max(highest, reading.get("value").asLong());
            }
            visit.until("document.querySelector('.live .plot')?.ariaLabel.includes('highest')");
            assertThat(visit.page().locator(".live .plot").getAttribute("aria-label"))
                    .contains(String.format("highest %,d watts", highest));
            visit.isSound();
        }
    }

    @Test
    void sitesMarkWhatIsNotAsItShouldBe() {
        LocalDate day = yesterday();
        try (Visit visit = desk().to("/sites?date=" + day)) {
            Page page = visit.page();
            assertThat(visit.answer()).contains(DemoFeed.SITES + " sites made", "and used");
            visit.until("document.querySelector('.matrix button') !== null");
            Locator cell = page.locator(".matrix button").first();
            String told = cell.getAttribute("aria-label");
            cell.click();
            visit.until("location.search.includes('rule=')");
            String site = Pattern.compile(" at (\\S+):")
                    .matcher(told)
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            assertThat(page.url()).contains("site=" + site);
            visit.until("document.querySelector('.findings summary') !== null");
            page.locator(".findings summary").click();
            JsonNode found = asked("sites/" + site + "/anomalies?from=" + day + "&to=" + day.plusDays(1));
            assertThat(page.locator(".findings").innerText()).contains(told.substring(0, told.indexOf(" at ")));
            assertThat(found.get("items")).isNotEmpty();
            visit.isSound();
            page.locator(".sites a").last().click();
            visit.until("!location.search.includes('rule=')");
            visit.to("/sites?date=" + day).isSound().picture("sites-light");
            button(page, "Month").click();
            visit.until("location.search.includes('span=month')");
            visit.until("!document.querySelector('[aria-busy]')");
            visit.isQuiet();
        }
    }

    @Test
    void metersExplainATotalAndShowItAsItWasKnown() {
        LocalDate day = SimulatedMeters.CORRECTED;
        try (Visit visit = desk().to("/meters?date=" + day)) {
            Page page = visit.page();
            JsonNode why = asked("consumption/explain/" + day);
            String now = String.format("%,.3f", why.at("/total/total").decimalValue());
            String then = String.format("%,.3f", why.at("/history/0/total").decimalValue());
            assertThat(now).isNotEqualTo(then);
            assertThat(visit.answer()).contains(trimmed(now) + " kWh");
            assertThat(page.locator(".card", new Page.LocatorOptions().setHasText("Why "))
                            .innerText())
                    .contains("simulated-2026-10.csv", "simulated-2026-10-14-correction.csv");
            visit.isSound().picture("meters-light");
            page.locator("input[type=range]").focus();
            page.keyboard().press("Home");
            visit.until("location.search.includes('asOf=')");
            visit.until("document.querySelector('h1.answer').textContent.includes('" + trimmed(then) + "')");
            assertThat(page.locator(".sub").innerText()).contains("as known at");
            visit.isQuiet();
        }
    }

    /** As the page shows digits: those that were sent, without zeros at the end. */
    private static String trimmed(String digits) {
        return digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    @Test
    void aDayOfTwentyFiveHoursHasFiftyHalfHours() {
        try (Visit visit = desk().to("/meters?date=" + SimulatedMeters.CLOCK_CHANGE)) {
            visit.until("document.querySelector('.sub').textContent.includes('day of 50 half-hours')");
            assertThat(visit.page()
                            .locator("[data-date='" + SimulatedMeters.CLOCK_CHANGE + "']")
                            .getAttribute("aria-label"))
                    .contains("25 hours");
            Locator chart = visit.page().locator("tw-chart .plot").first();
            chart.focus();
            visit.page().keyboard().press("Home");
            for (int i = 0; i < 3; i++) {
                visit.page().keyboard().press("ArrowRight");
            }
            assertThat(visit.page().locator(".tip").first().innerText()).contains("01:30 BST to 01:00 GMT");
            visit.isSound();
        }
    }

    @Test
    void aMeterIsFoundByAPartOfItsNameAndTellsFileAndLine() {
        String meter = SimulatedMeters.meter(SimulatedMeters.CORRECTED_METER);
        try (Visit visit = desk().to("/meters?date=" + SimulatedMeters.CORRECTED)) {
            Page page = visit.page();
            page.keyboard().press("/");
            visit.until("document.activeElement.id === 'find'");
            page.keyboard().type("0007");
            visit.until("document.querySelectorAll('#found [role=option] b').length === 1");
            page.keyboard().press("Enter");
            visit.until("location.search.includes('meter=')");
            visit.until("document.querySelector('h1.answer').textContent.includes('" + meter + "')");
            visit.until("document.body.textContent.includes('latest of 2 deliveries per interval')");
            visit.until("document.body.textContent.includes('Revision 2')");
            assertThat(page.locator("main").innerText())
                    .contains("simulated-2026-10-14-correction.csv, line ", "Revision 1", "Revision 2");
            visit.isSound().picture("meter-light");
            page.locator("[aria-current=date]").focus();
            page.keyboard().press("ArrowDown");
            visit.until("document.activeElement.dataset.date === '" + SimulatedMeters.CORRECTED.plusDays(1) + "'");
            page.keyboard().press("Enter");
            visit.until("location.search.includes('date=" + SimulatedMeters.CORRECTED.plusDays(1) + "')");
            visit.isQuiet();
        }
    }

    @Test
    void aGroupIsMadeOfMetersAndExplainedLikeAll() {
        try (Visit visit = desk().to("/meters?date=" + SimulatedMeters.CLOCK_CHANGE)) {
            Page page = visit.page();
            page.getByLabel("Group of meters").selectOption("+");
            page.locator("[name=name]").fill("Upper street");
            page.locator("[name=meters]").fill(SimulatedMeters.meter(1) + "\n" + SimulatedMeters.meter(2));
            visit.isSound();
            button(page, "Save group").click();
            visit.until("location.search.includes('group=upper-street')");
            visit.until("document.querySelector('h1.answer').textContent.includes('Upper street used')");
            JsonNode why = asked("consumption/explain/" + SimulatedMeters.CLOCK_CHANGE + "?group=upper-street");
            assertThat(visit.answer())
                    .contains(why.at("/total/total")
                                    .decimalValue()
                                    .stripTrailingZeros()
                                    .toPlainString() + " kWh");
            assertThat(page.locator(".sub").innerText()).contains("2 meters", "day of 50 half-hours");
            visit.isSound();
        }
    }

    @Test
    void whereEventsDoNotComeThePageGoesOnByAsking() {
        try (Visit visit = desk()) {
            visit.page().route("**/power", route -> {
                if ("text/event-stream".equals(route.request().headers().get("accept"))) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            visit.to("/home");
            visit.until("document.querySelector('.head .chip').textContent.includes('Polling')");
            String before = visit.page()
                    .locator("tw-chart table, tw-chart .plot")
                    .first()
                    .getAttribute("aria-label");
            visit.until("document.querySelector('tw-chart .plot').ariaLabel !== '" + before + "'");
        }
    }

    @Test
    void filesAreTakenShownWithTheirRejectsAndWithdrawn() {
        StringBuilder rows = new StringBuilder("meter,timestamp,kWh\n");
        for (int hour = 0; hour < 24; hour++) {
            rows.append("DROP1,2026-03-01T%02d:00Z,%s%n".formatted(hour, hour == 1 ? "o.7" : "1.5"));
        }
        try (Visit visit = desk().to("/files")) {
            Page page = visit.page();
            page.locator("#choose").setInputFiles(new FilePayload[] {
                new FilePayload("dropped.csv", "text/csv", rows.toString().getBytes(StandardCharsets.UTF_8)),
                new FilePayload("nothing.csv", "text/csv", "nothing,of,use\n".getBytes(StandardCharsets.UTF_8))
            });
            visit.until("document.querySelector('.up').textContent.includes('1 rejected')");
            visit.until("document.querySelector('.up').textContent.includes('it is kept in quarantine')");
            page.locator(".up a").first().click();
            visit.until("document.querySelector('.src mark')?.textContent === 'o.7'");
            assertThat(page.locator(".rej").innerText()).contains("line 3");
            visit.until("document.querySelector('.dead')?.textContent.includes('nothing.csv')");
            visit.isSound().picture("files-light");

            button(page, "Retry").first().click();
            visit.until("document.querySelector('.dead button')?.textContent === 'Retry'");

            button(page, "Withdraw").click();
            visit.isSound();
            button(page, "Withdraw it").click();
            visit.until("[...document.querySelectorAll('.led tr')].some(r => r.textContent.includes('dropped.csv')"
                    + " && r.textContent.includes('withdrawn'))");

            page.locator("#choose")
                    .setInputFiles(new FilePayload(
                            "again.csv", "text/csv", "nothing,of,use\n".getBytes(StandardCharsets.UTF_8)));
            visit.until("document.querySelector('.up').textContent.includes('again.csv')");
        }
    }

    @Test
    void aFileIsTakenThatIsDroppedOntoThePage() {
        try (Visit visit = desk().to("/files")) {
            visit.page().evaluate("""
                    () => {
                      const data = new DataTransfer();
                      data.items.add(new File(['meter,timestamp,kWh\\nDROP2,2026-03-02T00:00Z,2\\nDROP2,2026-03-02T01:00Z,3\\n'], 'pulled.csv'));
                      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
                    }""");
            visit.until("document.querySelector('.up').textContent.includes('taken, 2 rows, 1 new')");
            visit.isSound();
        }
    }

    @Test
    void everyPageFitsAPhone() {
        try (Visit visit = Visit.phone(browser, DEMO.address())) {
            for (String name : List.of("now", "grid", "home", "sites", "meters", "files")) {
                visit.to(name.equals("grid") ? "/grid?date=" + RecordedFlows.DAY : "/" + name)
                        .fits()
                        .isSound()
                        .picture(name + "-phone");
            }
        }
    }

    @Test
    void everyPageIsReachedByItsNumber() {
        try (Visit visit = desk().to("/")) {
            for (String name : List.of("grid", "home", "sites", "meters", "files")) {
                visit.page()
                        .keyboard()
                        .press(Integer.toString(List.of("now", "grid", "home", "sites", "meters", "files")
                                        .indexOf(name)
                                + 1));
                visit.until("location.pathname === '/" + name + "' && document.title.toLowerCase().startsWith('" + name
                        + "')");
            }
            visit.page().keyboard().press("Tab");
            visit.page().keyboard().press("1");
            visit.until("location.pathname === '/'");
            assertThat(visit.page().locator("a.skip").evaluate("e => e === document.querySelector('a')"))
                    .as("the first thing to be reached leads to the content")
                    .isEqualTo(true);
        }
    }

    @Test
    void aCardThatFailsTakesNoOtherWithIt() {
        try (Visit visit = desk()) {
            visit.page()
                    .route(
                            "**/api/v1/anomalies*",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setStatus(503)
                                    .setContentType("application/problem+json")
                                    .setBody("{\"title\":\"Busy\",\"detail\":\"the store is being tidied\"}")));
            visit.page().navigate(DEMO.address() + "/");
            visit.until("document.querySelector('.note.err')?.textContent.includes('the store is being tidied')");
            visit.until("document.querySelector('h1.answer').textContent.includes('Home draws')");
            assertThat(visit.page().locator(".note.err").count()).isEqualTo(1);
            assertThat(visit.page().locator(".note.err").innerText()).contains("Next try in", "Try now");
            visit.complaints().clear();
            visit.isSound().picture("failed");
            visit.page().unroute("**/api/v1/anomalies*");
            visit.page().getByText("Try now").click();
            visit.until("document.querySelector('.note.err') === null");
        }
    }

    @Test
    void whatWasThereStaysWhenTheServerCannotBeReached() {
        try (Visit visit = desk().to("/")) {
            visit.page().route("**/api/v1/**", Route::abort);
            visit.until("document.querySelector('.note.err')?.textContent.includes('This is as of')");
            assertThat(visit.answer()).contains("sites are");
            assertThat(visit.page().locator(".hero").first().innerText()).contains("W");
        }
    }

    @Test
    void whileAnAnswerIsAwaitedTheFrameStandsStill() {
        try (Visit visit = desk()) {
            visit.page().route("**/api/v1/consumption/daily*", route -> {
                // Never answered.
            });
            visit.page().navigate(DEMO.address() + "/");
            visit.until("document.querySelector('.bone.seen') !== null");
            visit.until("document.querySelector('h1.answer').textContent.includes('Home draws')");
            visit.isSound();
        }
    }

    @Test
    void lightOrDarkIsRemembered() {
        try (Visit visit = desk().to("/")) {
            visit.page().getByLabel("Light or dark").click();
            assertThat(visit.page().evaluate("getComputedStyle(document.documentElement).colorScheme"))
                    .isEqualTo("dark");
            visit.isSound();
            visit.to("/meters");
            assertThat(visit.page().evaluate("getComputedStyle(document.documentElement).colorScheme"))
                    .isEqualTo("dark");
            visit.isSound();
        }
    }
}
