package io.tallywatt.core.register;

import static io.tallywatt.core.register.Home.STOCKHOLM;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredSeries;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HomeBlocksTest {
    private static final Path FOLDER = Path.of("../../shared/fixtures/home");
    private static final String KEY = "24d3440e-c786-49bd-b454-57049bb389ab";
    private static final String ENERGY = "home/" + KEY + "/consumption";
    private static final String USED = "home/h/consumption";
    private static final Series DAY = Registers.channel(Series.parse(USED), Registers.DAY);
    private static final Series METER = Registers.channel(Series.parse(USED), Registers.REGISTER);

    private static byte[] fixture(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        if (!Files.isReadable(file)) {
            System.out.println("Skipped: no fixture " + file.toAbsolutePath().normalize());
            Assumptions.abort("no fixtures");
        }
        return Files.readAllBytes(file);
    }

    private static BigDecimal kwh(String text) {
        return Scaled.trim(new BigDecimal(text));
    }

    /** Their register energy, as PROVENANCE.md has it. */
    @ParameterizedTest
    @CsvSource({
        "rawusage-2021-03-26_01.csv, 288, 19.882366",
        "usage-20210327.csv, 285, 23.517135",
        "usage.csv, 799, 66.538183",
        "may.csv, 1093, 93.989046"
    })
    void theEnergyOfARecordersFileIsThatOfItsRegister(String name, int rows, String energy) throws IOException {
        Home home = new Home(STOCKHOLM);
        Outcome outcome = home.ingest(name, fixture(name));
        assertThat(outcome).isInstanceOf(Outcome.Taken.class);
        assertThat(home.readings(ENERGY + "/register")).hasSize(rows);
        assertThat(Home.sum(home.readings(ENERGY))).isEqualTo(kwh(energy));
        assertThat(home.readings(ENERGY)).extracting(Reading::quality).doesNotContain(Quality.INVALID);
    }

    @Test
    void eachDayHasTheEnergyOfItsRegister() throws IOException {
        Home march = new Home(STOCKHOLM);
        march.ingest("usage.csv", fixture("usage.csv"));
        assertThat(march.daily(ENERGY))
                .containsExactly(
                        Map.entry(LocalDate.of(2021, 3, 26), kwh("19.882366")),
                        Map.entry(LocalDate.of(2021, 3, 27), kwh("23.525730")),
                        Map.entry(LocalDate.of(2021, 3, 28), kwh("23.130087")));
        Home may = new Home(STOCKHOLM);
        may.ingest("may.csv", fixture("may.csv"));
        assertThat(may.daily(ENERGY))
                .containsExactly(
                        Map.entry(LocalDate.of(2021, 5, 1), kwh("30.248561")),
                        Map.entry(LocalDate.of(2021, 5, 2), kwh("28.226566")),
                        Map.entry(LocalDate.of(2021, 5, 3), kwh("17.389593")),
                        Map.entry(LocalDate.of(2021, 5, 4), kwh("18.124326")));
    }

    /** Where one file ends and the next begins nothing is lost, and what is in both counts once. */
    @Test
    void filesOfOneHomeAreOneRegister() throws IOException {
        Home home = new Home(STOCKHOLM);
        home.ingest("b", fixture("usage-20210327.csv"));
        home.ingest("a", fixture("rawusage-2021-03-26_01.csv"));
        BigDecimal joined = kwh("19.882366").add(kwh("23.525730"));
        assertThat(Home.sum(home.readings(ENERGY))).isEqualTo(joined);
        home.ingest("c", fixture("usage.csv"));
        assertThat(Home.sum(home.readings(ENERGY))).isEqualTo(kwh("66.538183"));
    }

    @ParameterizedTest
    @CsvSource({
        "usage-210326-210403-5m.csv, 2526, 2469009.636, PT5M",
        "usage-210326-210403-1h.csv, 212, 206125.788, PT1H"
    })
    void aRecordersExportIsMeanPower(String name, int rows, String sum, String step) throws IOException {
        Home home = new Home(ZoneOffset.UTC);
        home.ingest(name, fixture(name));
        String power = "home/" + KEY + "/power";
        assertThat(home.find(power).unit()).isEqualTo("W");
        List<Reading> readings = home.readings(power);
        assertThat(readings).hasSize(rows);
        assertThat(readings.getFirst().interval().start()).isEqualTo(Instant.parse("2021-03-26T00:00:00Z"));
        assertThat(Home.sum(readings)).isEqualByComparingTo(sum);
        assertThat(readings)
                .allSatisfy(r -> assertThat(r.interval().duration()).isLessThanOrEqualTo(Duration.parse(step)));
    }

    @Test
    void stepsOfAnyLengthSumToTheSame() throws IOException {
        Home home = new Home(STOCKHOLM);
        home.ingest("usage.csv", fixture("usage.csv"));
        for (String step : List.of("PT5M", "PT15M", "PT1H", "P1D", "P1M")) {
            BigDecimal sum = BigDecimal.ZERO;
            for (var bucket : home.steps(ENERGY, Every.parse(step))) {
                sum = bucket.value() == null ? sum : sum.add(bucket.value());
            }
            assertThat(sum).as(step).isEqualByComparingTo("66.538183");
        }
    }

    private static final Instant NOON = Instant.parse("2024-05-01T10:00:00Z");

    private static Map<Long, BigDecimal> values(Object... timesAndValues) {
        Map<Long, BigDecimal> values = new TreeMap<>();
        for (int i = 0; i < timesAndValues.length; i += 2) {
            values.put(NOON.plusSeconds(60L * (Integer) timesAndValues[i]).getEpochSecond(), new BigDecimal((String)
                    timesAndValues[i + 1]));
        }
        return values;
    }

    private static List<String> texts(List<Reading> readings) {
        return readings.stream()
                .map(r -> Duration.between(NOON, r.interval().start()).toMinutes()
                        + "-" + Duration.between(NOON, r.interval().end()).toMinutes() + " "
                        + Scaled.text(java.util.Objects.requireNonNull(r.value())) + " " + r.quality())
                .toList();
    }

    @Test
    void historyReplacesWhatWasEstimatedAndNothingElse() {
        Home home = new Home(STOCKHOLM);
        home.give(DAY, Registers.UNIT, values(0, "5", 10, "5.1", 20, "5.2", 160, "9.2", 170, "9.3"), 1);
        assertThat(texts(home.readings(USED)))
                .containsExactly("0-10 0.1 ACTUAL", "10-20 0.1 ACTUAL", "20-160 4 ESTIMATED", "160-170 0.1 ACTUAL");
        home.give(Series.parse(USED), "kWh", values(60, "3"), 3600);
        assertThat(texts(home.readings(USED)))
                .as("one hour is known: the rest keeps the rest")
                .containsExactly(
                        "0-10 0.1 ACTUAL",
                        "10-20 0.1 ACTUAL",
                        "20-60 0.5 ESTIMATED",
                        "60-120 3 ACTUAL",
                        "120-160 0.5 ESTIMATED",
                        "160-170 0.1 ACTUAL");
        home.give(Series.parse(USED), "kWh", values(0, "0.9", 120, "0.5"), 3600);
        assertThat(texts(home.readings(USED)))
                .as("the end that its hour knows has that, and the other one what the register has left")
                .containsExactly(
                        "0-10 0.1 ACTUAL",
                        "10-20 0.1 ACTUAL",
                        "20-60 0.7 ESTIMATED",
                        "60-120 3 ACTUAL",
                        "120-160 0.3 ESTIMATED",
                        "160-170 0.1 ACTUAL",
                        "170-180 0.1 ESTIMATED");
        assertThat(Home.sum(home.readings(USED, NOON, NOON.plusSeconds(170 * 60))))
                .isEqualByComparingTo("4.3");
    }

    @Test
    void historyStandsWhereNothingWasRead() {
        Home home = new Home(STOCKHOLM);
        home.give(Series.parse(USED), "kWh", values(-60, "0.7", 0, "0.9"), 3600);
        home.give(DAY, Registers.UNIT, values(30, "5", 40, "5.1"), 1);
        assertThat(texts(home.readings(USED)))
                .containsExactly("-60-0 0.7 ACTUAL", "0-30 0.48 ESTIMATED", "30-40 0.1 ACTUAL", "40-60 0.32 ESTIMATED");
    }

    @Test
    void anOutageOfWeeksIsTheSameWhateverIsAskedFor() {
        Home home = new Home(STOCKHOLM);
        int weeks = 60 * 24 * 45;
        home.give(METER, Registers.UNIT, values(-10, "99", 0, "100", weeks, "1000", weeks + 10, "1000.1"), 1);
        List<Reading> all = home.readings(USED);
        assertThat(Home.sum(all)).isEqualByComparingTo("901.1");
        assertThat(all).hasSize(1 + 46 + 1);
        List<Reading> oneByOne = new ArrayList<>();
        for (LocalDate day = LocalDate.of(2024, 4, 30);
                day.isBefore(LocalDate.of(2024, 6, 20));
                day = day.plusDays(1)) {
            oneByOne.addAll(home.readings(
                    USED,
                    day.atStartOfDay(STOCKHOLM).toInstant(),
                    day.plusDays(1).atStartOfDay(STOCKHOLM).toInstant()));
        }
        assertThat(oneByOne).isEqualTo(all);
    }

    @Test
    void withdrawingADeliveryTakesItsReadsOutOfTheEnergy() {
        Home home = new Home(STOCKHOLM);
        home.give(METER, Registers.UNIT, values(0, "5", 10, "6"), 1);
        home.give(METER, Registers.UNIT, values(5, "5.9"), 1);
        assertThat(texts(home.readings(USED))).containsExactly("0-5 0.9 ACTUAL", "5-10 0.1 ACTUAL");
        home.blocks.withdraw(2);
        assertThat(texts(home.readings(USED))).containsExactly("0-10 1 ACTUAL");
    }

    @Test
    void energyHasItsCostByTheQuarter() {
        Home home = new Home(STOCKHOLM);
        home.give(METER, Registers.UNIT, values(0, "5", 10, "5.5", 20, "6.5", 30, "6.75"), 1);
        home.give(Series.parse("home/h/price"), "NOK/MWh", values(0, "1000", 15, "500.5"), 900);
        assertThat(home.find("home/h/cost").unit()).isEqualTo("NOK");
        assertThat(texts(home.readings("home/h/cost")))
                .containsExactly(
                        "0-10 0.5 ACTUAL", "10-15 0.5 ESTIMATED", "15-20 0.25025 ESTIMATED", "20-30 0.125125 ACTUAL");
        assertThat(home.steps("home/h/cost", new Every.Day()).getFirst().value())
                .isEqualByComparingTo("1.375375");
    }

    @Test
    void whatIsWorkedOutIsListedWhereItsNameStands() {
        Home home = new Home(STOCKHOLM);
        home.give(METER, Registers.UNIT, values(0, "5", 10, "5.5"), 1);
        home.give(Series.parse("home/h/price"), "NOK/MWh", values(0, "1000"), 900);
        home.give(Series.parse("border/FR-GB/flow"), "MW", values(0, "1"), 900);
        home.give(Series.meterConsumption("m"), "kWh", values(0, "1"), 900);
        List<String> all = List.of(
                "border/FR-GB/flow",
                "home/h/consumption",
                "home/h/consumption/register",
                "home/h/cost",
                "home/h/price",
                "meter/m/consumption");
        assertThat(home.names("")).isEqualTo(all);
        assertThat(home.names("home/h/co")).isEqualTo(all.subList(1, 4));
        List<String> paged = new ArrayList<>();
        String after = "";
        while (true) {
            try (Stream<StoredSeries> page = home.blocks.series(new SeriesSearch("", "", after, 2))) {
                List<String> names = page.map(s -> s.series().toString()).toList();
                if (names.isEmpty()) {
                    break;
                }
                assertThat(names).hasSizeLessThanOrEqualTo(2);
                paged.addAll(names);
                after = names.getLast();
            }
        }
        assertThat(paged).isEqualTo(all);
        try (Stream<StoredSeries> found = home.blocks.series(new SeriesSearch("", "COST", "", 10))) {
            assertThat(found.map(s -> s.series().toString())).containsExactly("home/h/cost");
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    /** However reads are divided among deliveries, and in whatever order these come, the energy is that of the meter. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void notOneWattHourIsLostOrCountedTwice(long seed) {
        Random random = new Random(seed * 7919 + 17);
        long second = Instant.parse("2024-03-29T00:00:00Z").getEpochSecond();
        long nano = 1_000_000_000_000L;
        TreeMap<Long, BigDecimal> register = new TreeMap<>();
        TreeMap<Long, BigDecimal> day = new TreeMap<>();
        long midnightNano = 0;
        LocalDate date = LocalDate.MIN;
        boolean known = false;
        long first = -1;
        for (int i = 0; i < 400; i++) {
            long pause = random.nextInt(20) == 0 ? 3600L * (1 + random.nextInt(60)) : 10 + random.nextInt(600);
            // Walks on minute by minute, so that where the register stood at midnight is known.
            for (long passed = 0; passed < pause; passed++) {
                LocalDate now = Instant.ofEpochSecond(second).atZone(STOCKHOLM).toLocalDate();
                if (!now.equals(date)) {
                    known = !date.equals(LocalDate.MIN);
                    date = now;
                    midnightNano = nano;
                }
                nano += random.nextInt(1000);
                second++;
            }
            first = first < 0 ? nano : first;
            register.put(second, BigDecimal.valueOf(nano, 9));
            LocalDate now = Instant.ofEpochSecond(second).atZone(STOCKHOLM).toLocalDate();
            day.put(second, BigDecimal.valueOf(now.equals(date) ? nano - midnightNano : 0, 9));
        }
        Home home = new Home(STOCKHOLM);
        List<Long> times = new ArrayList<>(register.keySet());
        Collections.shuffle(times, random);
        List<Runnable> deliveries = new ArrayList<>();
        int at = 0;
        while (at < times.size()) {
            int to = Math.min(times.size(), at + 1 + random.nextInt(120));
            List<Long> some = times.subList(at, to);
            deliveries.add(() -> home.give(METER, Registers.UNIT, only(register, some), 1));
            deliveries.add(() -> home.give(DAY, Registers.UNIT, only(day, some), 1));
            at = to;
        }
        Collections.shuffle(deliveries, random);
        deliveries.forEach(Runnable::run);
        assertThat(known).isTrue();
        assertThat(Home.sum(home.readings(USED))).isEqualByComparingTo(BigDecimal.valueOf(nano - first, 9));
        BigDecimal days = home.daily(USED).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(days).isEqualByComparingTo(BigDecimal.valueOf(nano - first, 9));
    }

    private static Map<Long, BigDecimal> only(Map<Long, BigDecimal> all, List<Long> times) {
        Map<Long, BigDecimal> some = new TreeMap<>(all);
        some.keySet().retainAll(times);
        return some;
    }
}
