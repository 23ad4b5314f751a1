package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tallywatt.client.ApiClient;
import io.tallywatt.client.ApiException;
import io.tallywatt.client.ApiResponse;
import io.tallywatt.client.api.AnomaliesApi;
import io.tallywatt.client.api.ConsumptionApi;
import io.tallywatt.client.api.FilesApi;
import io.tallywatt.client.api.FlowsApi;
import io.tallywatt.client.api.GroupsApi;
import io.tallywatt.client.api.ReadingsApi;
import io.tallywatt.client.api.SeriesApi;
import io.tallywatt.client.api.SitesApi;
import io.tallywatt.client.model.Anomaly;
import io.tallywatt.client.model.AnomalyCount;
import io.tallywatt.client.model.Average;
import io.tallywatt.client.model.DailyTotals;
import io.tallywatt.client.model.Delivery;
import io.tallywatt.client.model.DeliveryPage;
import io.tallywatt.client.model.ExplainedBlock;
import io.tallywatt.client.model.Explanation;
import io.tallywatt.client.model.GroupToPut;
import io.tallywatt.client.model.IngestReport;
import io.tallywatt.client.model.IngestedFile;
import io.tallywatt.client.model.LatestFlows;
import io.tallywatt.client.model.Quality;
import io.tallywatt.client.model.Reading;
import io.tallywatt.client.model.Readings;
import io.tallywatt.client.model.RecordPage;
import io.tallywatt.client.model.Reject;
import io.tallywatt.client.model.RejectPage;
import io.tallywatt.client.model.SentReading;
import io.tallywatt.client.model.Series;
import io.tallywatt.client.model.SeriesPage;
import io.tallywatt.client.model.Site;
import io.tallywatt.client.model.SiteRecord;
import io.tallywatt.client.model.Total;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that was generated from the document reads every route, and every digit. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GeneratedClientIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static final LocalDate DAY = MeterFile.FIRST;
    private static final int METERS = 7;
    private static final BigDecimal LONG_ONE = new BigDecimal("87654321.123456789");
    private static final BigDecimal LONG_TWO = new BigDecimal("12345678.987654322");

    private static ApiClient client;
    private static ConsumptionApi consumption;
    private static SeriesApi series;
    private static FilesApi files;

    @BeforeAll
    static void data() throws ApiException {
        client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + SERVER.port());
        consumption = new ConsumptionApi(client);
        series = new SeriesApi(client);
        files = new FilesApi(client);

        IngestReport wide = sent("wide.csv", MeterFile.of("G", METERS, 3, "0.123456789"), null);
        assertThat(wide.getFiles().getFirst().getOutcome()).isEqualTo(IngestedFile.OutcomeEnum.TAKEN);
        assertThat(wide.getSum().getCounts().getNew()).isEqualTo(3L * METERS);

        Caller.Answer pushed = new Caller(SERVER)
                .post(
                        "/api/v1/readings?source=exact&zone=UTC&plausibleKw=190000000",
                        "meter,start,end,value,quality,unit\n"
                                + "L1,2024-02-01T00:00:00Z,2024-02-01T00:30:00Z," + LONG_ONE + ",ACTUAL,kWh\n"
                                + "L1,2024-02-01T00:30:00Z,2024-02-01T01:00:00Z," + LONG_TWO + ",ESTIMATED,kWh\n"
                                + "L1,2024-02-01T01:00:00Z,2024-02-01T01:30:00Z,,MISSING,kWh\n",
                        "Content-Type",
                        "text/csv");
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
    }

    private static IngestReport sent(String name, String content, BigDecimal plausibleKw) throws ApiException {
        return files.sendFile(name, content, "UTC", null, null, null, null, null, null, null, plausibleKw);
    }

    private static Total total(LocalDate date) throws ApiException {
        return consumption.getTotal(date, null, null, null);
    }

    @Test
    @Order(1)
    void flowsAreReadThoughNothingIsKnown() throws ApiException {
        FlowsApi flows = new FlowsApi(client);
        LatestFlows latest = flows.getLatestFlows(null);
        assertThat(latest.getItems()).hasSize(7).allSatisfy(border -> {
            assertThat(border.getMw()).isNull();
            assertThat(border.getDirection()).isEqualTo("not known");
            assertThat(border.getCables()).isNotEmpty();
        });
        assertThat(flows.listFlows(null, null, "FR-GB", null, null, null, null, null)
                        .getItems())
                .isEmpty();
        assertThat(flows.listPrices(null, null, "FR", null, null, null).getItems())
                .isEmpty();
    }

    @Test
    @Order(1)
    void totalsAndAveragesArriveWithEveryDigit() throws ApiException {
        Total total = total(DAY);
        assertThat(total.getTotal()).isEqualByComparingTo(MeterFile.total(METERS, "0.123456789"));
        assertThat(total.getMeters()).isEqualTo(METERS);
        assertThat(total.getQuality().getActual()).isEqualTo(48L * METERS);
        assertThat(total.getUnit()).isEqualTo("kWh");
        assertThat(total.getDate()).isEqualTo(DAY);
        Average average = consumption.getAverage(DAY, null, null, null);
        assertThat(average.getAverage()).isEqualByComparingTo(MeterFile.total(1, "0.123456789"));
        assertThat(consumption
                        .getAverage(LocalDate.parse("2030-01-01"), null, null, null)
                        .getAverage())
                .isNull();
        assertThat(total(LocalDate.parse("2024-02-01")).getTotal()).isEqualTo(LONG_ONE.add(LONG_TWO));
        DailyTotals daily = consumption.getDaily(DAY, DAY.plusDays(2), null, null, null, null);
        assertThat(daily.getItems()).hasSize(2);
        assertThat(daily.getItems().getFirst()).isEqualTo(total);
        assertThat(consumption
                        .getDaily(null, null, "meter/L1/consumption", null, null, null)
                        .getItems())
                .extracting(Total::getTotal)
                .containsExactly(LONG_ONE.add(LONG_TWO));
    }

    @Test
    @Order(1)
    void readingsArriveWithEveryDigitAndWhatIsMissingIsNull() throws ApiException {
        Readings stored = readings("L1", null);
        List<Reading> all = stored.getItems();
        assertThat(all).hasSize(48);
        assertThat(all.get(0).getValue()).isEqualTo(LONG_ONE);
        assertThat(all.get(0).getStart()).isEqualTo("2024-02-01T00:00:00Z");
        assertThat(all.get(0).getEnd()).isEqualTo("2024-02-01T00:30:00Z");
        assertThat(all.get(1).getValue()).isEqualTo(LONG_TWO);
        assertThat(all.get(1).getQuality()).isEqualTo(Quality.ESTIMATED);
        assertThat(all.get(2).getValue()).isNull();
        assertThat(all.get(2).getQuality()).isEqualTo(Quality.MISSING);
        Reading hour = readings("L1", "PT1H").getItems().getFirst();
        assertThat(hour.getValue()).isEqualTo(LONG_ONE.add(LONG_TWO));
        assertThat(hour.getMissingSeconds()).isZero();
    }

    private static Readings readings(String meter, String every) throws ApiException {
        return series.getReadings(
                "meter",
                meter,
                "consumption",
                "2024-02-01",
                "2024-02-02",
                every,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    @Order(1)
    void everyPageOfSeriesIsReached() throws ApiException {
        List<String> walked = new ArrayList<>();
        int pages = 0;
        String cursor = null;
        do {
            SeriesPage page = series.listSeries("meter", null, cursor, 3, null);
            page.getItems().forEach(s -> walked.add(s.getSeries()));
            cursor = page.getNext();
            pages++;
        } while (cursor != null);
        assertThat(pages).isEqualTo(3);
        assertThat(walked)
                .containsExactlyElementsOf(series.listSeries(null, null, null, null, null).getItems().stream()
                        .map(Series::getSeries)
                        .toList())
                .hasSize(METERS + 1);
        Series one = series.getSeries("meter", "G1", "consumption", null);
        assertThat(one.getSeries()).isEqualTo("meter/G1/consumption");
        assertThat(one.getFirst()).isEqualTo(DAY);
        assertThat(one.getLast()).isEqualTo(DAY.plusDays(2));
        assertThat(series.listSeries("home", null, null, null, null).getItems()).isEmpty();
        assertThat(series.listSeries(null, "G3", null, null, null).getItems()).hasSize(1);
    }

    @Test
    @Order(2)
    void everyPageOfRejectsAndDeliveriesIsReached() throws ApiException {
        StringBuilder file = new StringBuilder(MeterFile.header());
        file.append(MeterFile.row("R1", DAY, "1"));
        for (int i = 0; i < 25; i++) {
            file.append(MeterFile.row("R1", DAY, "junk" + i));
        }
        IngestedFile report =
                sent("rejects.csv", file.toString(), null).getFiles().getFirst();
        assertThat(report.getRejects()).hasSize(20);
        List<Long> lines = new ArrayList<>();
        String cursor = null;
        do {
            RejectPage page = files.listRejects(report.getDelivery(), cursor, 10, null);
            page.getItems().stream().map(Reject::getLine).forEach(lines::add);
            cursor = page.getNext();
        } while (cursor != null);
        assertThat(lines).hasSize(25).isSorted().doesNotHaveDuplicates();

        List<Delivery> walked = new ArrayList<>();
        do {
            DeliveryPage page = files.listFiles(null, null, cursor, 1, null);
            walked.addAll(page.getItems());
            cursor = page.getNext();
        } while (cursor != null);
        assertThat(walked)
                .isEqualTo(files.listFiles(null, null, null, null, null).getItems());
        Delivery delivery = files.getFile(report.getDelivery(), null);
        assertThat(walked).contains(delivery);
        assertThat(delivery.getCounts().getRejected()).isEqualTo(25);
        assertThat(files.withdrawFile(delivery.getId()).getState()).isEqualTo(Delivery.StateEnum.WITHDRAWN);
    }

    @Test
    @Order(1)
    void aDayExplainsItself() throws ApiException {
        Explanation why = series.explain("meter", "L1", "consumption", LocalDate.parse("2024-02-01"), null, null);
        ExplainedBlock block = why.getBlocks().getFirst();
        assertThat(block.getTotal()).isEqualTo(LONG_ONE.add(LONG_TWO));
        assertThat(block.getSources().getFirst().getFile()).isEqualTo("exact");
        assertThat(block.getSources().getFirst().getLine()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void aClientSendsReadingsAndReadsThemBack() throws ApiException {
        SentReading sent = new SentReading()
                .series("meter/N1/consumption/E1")
                .start(OffsetDateTime.parse("2024-03-01T00:00:00Z"))
                .end(OffsetDateTime.parse("2024-03-01T00:30:00Z"))
                .value(new BigDecimal("0.123456789"))
                .quality(Quality.SUBSTITUTED);
        for (IngestedFile.OutcomeEnum outcome :
                List.of(IngestedFile.OutcomeEnum.TAKEN, IngestedFile.OutcomeEnum.KNOWN)) {
            IngestReport report = new ReadingsApi(client)
                    .sendReadings("client", List.of(sent), "1", "UTC", null, null, null, null, null, null, null, null);
            assertThat(report.getFiles().getFirst().getOutcome()).isEqualTo(outcome);
        }
        assertThat(series.getSeriesOfChannel("meter", "N1", "consumption", "E1", null)
                        .getSeries())
                .isEqualTo("meter/N1/consumption/E1");
        Reading read = series.getReadingsOfChannel(
                        "meter", "N1", "consumption", "E1", null, null, null, null, null, null, null, null, null, null)
                .getItems()
                .getFirst();
        assertThat(read.getValue()).isEqualTo(sent.getValue());
        assertThat(read.getQuality()).isEqualTo(Quality.SUBSTITUTED);
        assertThat(series.explainOfChannel(
                                "meter", "N1", "consumption", "E1", LocalDate.parse("2024-03-01"), null, null)
                        .getBlocks()
                        .getFirst()
                        .getTotal())
                .isEqualTo(sent.getValue());
    }

    @Test
    @Order(2)
    void recordsArriveWithEveryDigitAndEveryPageOfThemIsReached() throws ApiException {
        List<SentReading> sent = new ArrayList<>();
        OffsetDateTime noon = OffsetDateTime.parse("2024-04-01T12:00:00Z");
        for (int i = 0; i < 9; i++) {
            for (String site : List.of("one", "two~20three")) {
                for (String quantity : List.of("generation", "consumption")) {
                    if (i != 4 || quantity.equals("generation")) {
                        sent.add(new SentReading()
                                .series("site/" + site + "/" + quantity)
                                .start(noon.plusMinutes(5L * i))
                                .end(noon.plusMinutes(5L * i + 5))
                                .value(new BigDecimal(quantity.equals("generation") ? "2.000000001" : "0.5")));
                    }
                }
            }
        }
        new ReadingsApi(client).sendReadings("sites", sent, "1", "UTC", null, null, null, null, null, null, null, null);
        SitesApi sites = new SitesApi(client);

        List<SiteRecord> walked = new ArrayList<>();
        String cursor = null;
        do {
            RecordPage page = sites.listRecords("2024-04-01", "2024-04-02", null, cursor, 5, null);
            walked.addAll(page.getItems());
            cursor = page.getNext();
        } while (cursor != null);
        assertThat(walked)
                .hasSize(18)
                .isEqualTo(sites.listRecords(null, null, null, null, null, null).getItems());
        assertThat(walked.getFirst().getNet()).isEqualTo(new BigDecimal("1.500000001"));
        assertThat(walked.get(8).getGenerated()).isEqualTo(new BigDecimal("2.000000001"));
        assertThat(walked.get(8).getConsumed()).isNull();
        assertThat(walked.get(8).getNet()).isNull();
        assertThat(sites.getRecords("two three", null, null, null, null, null, null, null)
                        .getItems())
                .hasSize(9)
                .allMatch(r -> r.getSite().equals("two three"));

        List<Site> all = sites.listSites(null, null, null).getItems();
        assertThat(all).extracting(Site::getSite).containsExactly("one", "two three");
        Site one = sites.getSite("one", null);
        assertThat(one).isEqualTo(all.getFirst());
        assertThat(one.getLatest()).isEqualTo(walked.get(16));
        assertThat(one.getSeries()).containsExactly("site/one/consumption", "site/one/generation");
        assertThat(one.getFirst()).isEqualTo(LocalDate.parse("2024-04-01"));
    }

    @Test
    @Order(3)
    void anomaliesAreReadAndTheirCountsAddUp() throws ApiException {
        AnomaliesApi anomalies = new AnomaliesApi(client);

        List<Anomaly> found = anomalies
                .listAnomalies(null, null, null, null, null, null, 1000, null, null, null, null)
                .getItems();
        List<AnomalyCount> byThing = anomalies
                .countAnomalies(null, null, null, null, null, null, null)
                .getItems();
        List<AnomalyCount> byDay = anomalies
                .countAnomalies("day", null, null, null, null, null, null)
                .getItems();

        assertThat(byThing.stream().mapToLong(AnomalyCount::getCount).sum()).isEqualTo(found.size());
        assertThat(byDay.stream().mapToLong(AnomalyCount::getCount).sum()).isEqualTo(found.size());
        assertThat(new SitesApi(client)
                        .getSiteAnomalies("one", null, null, null, null, null, null, null, null, null, null)
                        .getItems())
                .isEqualTo(found.stream()
                        .filter(a -> a.getSeries().startsWith("site/one/"))
                        .toList());
    }

    @Test
    @Order(1)
    void problemsAreReadAsWell() {
        ApiException none =
                catchThrowableOfType(ApiException.class, () -> series.getSeries("meter", "none", "consumption", null));
        assertThat(none.getCode()).isEqualTo(404);
        assertThat(ApiDocument.json(none.getResponseBody()).get("title").asText())
                .isEqualTo("Not found");
        for (ApiException refused : List.of(
                catchThrowableOfType(
                        ApiException.class,
                        () -> series.getSeriesOfChannel("meter", "none", "consumption", "E2", null)),
                catchThrowableOfType(
                        ApiException.class,
                        () -> series.getReadingsOfChannel(
                                "meter",
                                "none",
                                "consumption",
                                "E2",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)),
                catchThrowableOfType(
                        ApiException.class,
                        () -> series.explainOfChannel("meter", "none", "consumption", "E2", DAY, null, null)))) {
            assertThat(refused.getCode()).isEqualTo(404);
        }
        ApiException quarantined = catchThrowableOfType(ApiException.class, () -> sent("empty.csv", "", null));
        assertThat(quarantined.getCode()).isEqualTo(422);
        long id =
                ApiDocument.json(quarantined.getResponseBody()).get("delivery").asLong();
        ApiException again = catchThrowableOfType(
                ApiException.class, () -> files.retryFile(id, null, null, null, null, null, null, null, null, null));
        assertThat(again.getCode()).isEqualTo(422);
    }

    @Test
    @Order(2)
    void aGroupIsAskedAsItIsNow() throws ApiException {
        GroupsApi groups = new GroupsApi(client);
        GroupToPut two = new GroupToPut().name("Two of them").meters(List.of("G1", "G0", "G1"));
        assertThat(groups.putGroup("two", two, null).getMeters()).isEqualTo(2);
        assertThat(groups.getGroup("two", null).getMeters()).containsExactly("G0", "G1");

        ApiResponse<Total> first = consumption.getTotalWithHttpInfo(DAY, "two", null, null);
        assertThat(first.getData().getTotal()).isEqualByComparingTo(MeterFile.total(2, "0.123456789"));
        assertThat(first.getData().getMeters()).isEqualTo(2);
        String tag = first.getHeaders().get("etag").getFirst();
        assertThat(catchThrowableOfType(
                                ApiException.class,
                                () -> consumption.getTotal(DAY, "two", null, null, Map.of("If-None-Match", tag)))
                        .getCode())
                .isEqualTo(304);
        assertThat(consumption
                        .getTotalWithHttpInfo(DAY, "two", OffsetDateTime.parse("2020-01-01T00:00:00Z"), null)
                        .getHeaders()
                        .get("cache-control"))
                .noneMatch(header -> header.contains("immutable"));

        GroupToPut three = new GroupToPut().meters(List.of("G0", "G1", "G2", "later"));
        assertThat(groups.putGroup("two", three, null).getName()).isEqualTo("Two of them");

        Total now = consumption.getTotal(DAY, "two", null, null, Map.of("If-None-Match", tag));
        assertThat(now.getTotal()).isEqualByComparingTo(MeterFile.total(3, "0.123456789"));
        DailyTotals daily = consumption.getDaily(null, null, null, "two", null, null);
        assertThat(daily.getGroup()).isEqualTo("two");
        assertThat(daily.getItems()).hasSize(3).contains(now);
        assertThat(groups.listGroups(null, null, null).getItems()).hasSize(1);
        groups.removeGroup("two");
        assertThat(groups.listGroups(null, null, null).getItems()).isEmpty();
        assertThat(catchThrowableOfType(ApiException.class, () -> consumption.getTotal(DAY, "two", null, null))
                        .getCode())
                .isEqualTo(404);
        assertThat(catchThrowableOfType(
                                ApiException.class,
                                () -> consumption.getDaily(null, null, "meter/G0/consumption", "none", null, null))
                        .getCode())
                .isEqualTo(400);
    }

    @Test
    @Order(3)
    void whatWasKnownBeforeACorrectionCanBeAsked() throws ApiException, InterruptedException {
        ApiResponse<Total> first = consumption.getTotalWithHttpInfo(DAY, null, null, null);
        String tag = first.getHeaders().get("etag").getFirst();
        ApiException unchanged = catchThrowableOfType(
                ApiException.class, () -> consumption.getTotal(DAY, null, null, null, Map.of("If-None-Match", tag)));
        assertThat(unchanged.getCode()).isEqualTo(304);

        OffsetDateTime before = first.getData().getKnownAt();
        Thread.sleep(5);
        sent("correction.csv", MeterFile.header() + MeterFile.row("G0", DAY, "1000.000000001"), null);

        Total now = consumption.getTotal(DAY, null, null, null, Map.of("If-None-Match", tag));
        assertThat(now.getTotal())
                .isEqualByComparingTo(
                        MeterFile.total(METERS - 1, "0.123456789").add(MeterFile.total(1, "1000.000000001")));
        assertThat(now.getKnownAt()).isAfter(before);
        Total then = consumption.getTotal(DAY, null, before, null);
        assertThat(then.getTotal()).isEqualTo(first.getData().getTotal());
        assertThat(then.getAsOf()).isEqualTo(before);
        assertThat(consumption
                        .getTotal(DAY, null, before.withOffsetSameInstant(ZoneOffset.ofHours(2)), null)
                        .getTotal())
                .isEqualTo(first.getData().getTotal());
    }
}
