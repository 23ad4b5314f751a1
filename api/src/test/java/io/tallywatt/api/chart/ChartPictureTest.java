package io.tallywatt.api.chart;

import static io.tallywatt.api.chart.Sample.AUTUMN;
import static io.tallywatt.api.chart.Sample.SPRING;
import static io.tallywatt.api.chart.Sample.actual;
import static io.tallywatt.api.chart.Sample.bars;
import static io.tallywatt.api.chart.Sample.day;
import static io.tallywatt.api.chart.Sample.days;
import static io.tallywatt.api.chart.Sample.every;
import static io.tallywatt.api.chart.Sample.line;
import static io.tallywatt.api.chart.Sample.missing;
import static io.tallywatt.api.chart.Sample.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartPictureTest {
    private static final LocalDate DATE = LocalDate.of(2026, 10, 14);

    private static <M extends Mark> List<M> marks(Picture picture, Class<M> kind) {
        return picture.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<String> words(Picture picture) {
        return picture.texts().stream().map(Text::words).toList();
    }

    private static List<Key.Sample> keys(Picture picture) {
        return picture.keys().stream().map(Header.Placed::sample).toList();
    }

    private static Picture hourly(LocalDate date) {
        return Picture.of(bars(day(date), points(day(date), every(60), i -> actual(i, "1"))), 800, 400);
    }

    @Test
    void clockChangeDaysHave23And25BarsOfOneWidth() {
        for (Map.Entry<LocalDate, Integer> day :
                Map.of(DATE, 24, SPRING, 23, AUTUMN, 25).entrySet()) {
            Picture picture = hourly(day.getKey());

            List<Mark.Bar> bars = marks(picture, Mark.Bar.class);
            assertThat(bars).hasSize(day.getValue());
            assertThat(bars.stream()
                            .map(b -> b.slot().right() - b.slot().left())
                            .distinct())
                    .hasSize(1);
            assertThat(bars.getLast().slot().right()).isCloseTo(picture.plot().right(), offset(8.0));
        }
        assertThat(words(hourly(SPRING))).anyMatch(w -> w.contains("23 hours: at 01:00 GMT it is 02:00 BST"));
        assertThat(words(hourly(AUTUMN))).anyMatch(w -> w.contains("25 hours: 01:00 BST, then 01:00 GMT"));
        assertThat(hourly(DATE).clockChange()).isNull();
    }

    @Test
    void aLineIsNotDrawnAcrossAGapNorThroughAnInvalidValue() {
        List<Point> points = new ArrayList<>(points(day(DATE), every(60), i -> actual(i, "100")));
        points.set(5, missing(points.get(5).interval()));
        points.remove(10);
        points.set(15, new Point(points.get(15).interval(), new BigDecimal("5000"), Quality.INVALID));

        Picture picture = Picture.of(line(day(DATE), points), 800, 400);

        assertThat(marks(picture, Mark.Line.class))
                .extracting(l -> l.slots().size())
                .containsExactly(5, 4, 5, 7);
        assertThat(marks(picture, Mark.Gap.class)).hasSize(2);
        assertThat(marks(picture, Mark.Line.class).getFirst().slots().getLast().right())
                .isEqualTo(marks(picture, Mark.Gap.class).getFirst().left());
        assertThat(marks(picture, Mark.Invalid.class)).hasSize(1);
        assertThat(keys(picture)).containsExactly(Key.Sample.LINE, Key.Sample.INVALID, Key.Sample.GAP);
    }

    @Test
    void anInvalidValueDoesNotStretchTheScale() {
        List<Point> points = new ArrayList<>(points(day(DATE), every(60), i -> actual(i, "1")));
        points.set(3, new Point(points.get(3).interval(), new BigDecimal("1000000"), Quality.INVALID));

        Picture picture = Picture.of(bars(day(DATE), points), 800, 400);

        assertThat(picture.values().high()).isEqualByComparingTo("1");
        assertThat(marks(picture, Mark.Invalid.class).getFirst().y())
                .isEqualTo(picture.plot().top());
    }

    @Test
    void missingIsNotAZeroBar() {
        Picture picture = Picture.of(
                bars(
                        day(DATE),
                        points(
                                day(DATE),
                                every(60),
                                i -> i.start().equals(day(DATE).start()) ? missing(i) : actual(i, "0"))),
                800,
                400);

        assertThat(marks(picture, Mark.Bar.class)).hasSize(23);
        assertThat(marks(picture, Mark.Gap.class)).hasSize(1);
    }

    @Test
    void anEmptyRangeHasAxesAndSaysNoData() {
        Picture picture = Picture.of(bars(day(DATE), List.of()), 800, 400);

        assertThat(words(picture)).contains("no data", "0", "00:00", "24:00");
        assertThat(picture.lines()).hasSizeBetween(3, 5);
        assertThat(marks(picture, Mark.Gap.class))
                .containsExactly(
                        new Mark.Gap(picture.plot().left(), picture.plot().right()));
        assertThat(keys(picture)).containsExactly(Key.Sample.GAP);
        assertThat(picture.description()).endsWith("No data.");
    }

    @Test
    void negativeBarsHangFromAZeroLineInside() {
        Picture picture = Picture.of(Sample.gallery().get("net"), 800, 400);

        assertThat(picture.values().crossesZero()).isTrue();
        assertThat(picture.base())
                .isBetween(picture.plot().top() + 20, picture.plot().bottom() - 20);
        assertThat(words(picture)).contains("+1,000", "−1,000", "0", "into GB", "out of GB");
        assertThat(keys(picture)).containsExactly(Key.Sample.ABOVE, Key.Sample.BELOW);
    }

    @Test
    void theLegendNamesWhatOccurs() {
        assertThat(keys(Picture.of(Sample.gallery().get("month"), 800, 400)))
                .containsExactly(
                        Key.Sample.ABOVE, Key.Sample.ESTIMATED, Key.Sample.PARTIAL, Key.Sample.INVALID, Key.Sample.GAP);
        assertThat(words(Picture.of(Sample.gallery().get("month"), 800, 400))).contains("estimated or substituted");
        assertThat(keys(hourly(DATE))).containsExactly(Key.Sample.ABOVE);
    }

    @Test
    void rangeZoneOriginAndSamplingAreSaid() {
        assertThat(words(Picture.of(Sample.gallery().get("year"), 1600, 800)))
                .contains("1 Jan to 31 Dec 2026  ·  Europe/London  ·  min and max per 6 h  ·  simulated");
    }

    @Test
    void barsTooNarrowToStandApartBecomeOneArea() {
        Interval month = days(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 16));
        Picture picture = Picture.of(bars(month, points(month, every(30), i -> actual(i, "1"))), 800, 400);

        assertThat(marks(picture, Mark.Bar.class)).isEmpty();
        assertThat(marks(picture, Mark.Area.class)).hasSize(1);
        assertThat(marks(picture, Mark.Area.class).getFirst().slots()).hasSize(720);
    }

    @Test
    void aGapTooNarrowForAHatchIsMarkedUnderThePlot() {
        Interval year = days(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1));
        List<Point> points = new ArrayList<>(points(year, every(30), i -> actual(i, "1")));
        points.remove(9_000);

        Picture picture = Picture.of(line(year, points), 800, 400);

        assertThat(marks(picture, Mark.Notch.class)).hasSize(1);
        assertThat(words(picture)).contains("no data");
    }

    @Test
    void oneReadingInAnEmptyYearCanBeSeen() {
        Interval year = days(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1));
        Point point = actual(new Interval(day(DATE).start(), day(DATE).start().plusSeconds(1800)), "2");

        for (Chart chart : List.of(bars(year, List.of(point)), line(year, List.of(point)))) {
            List<Mark.Slot> slots = Picture.of(chart, 800, 400).marks().stream()
                    .flatMap(m -> switch (m) {
                        case Mark.Area area -> area.slots().stream();
                        case Mark.Line line -> line.slots().stream();
                        default -> Stream.empty();
                    })
                    .toList();

            assertThat(slots).hasSize(1);
            assertThat(slots.getFirst().right() - slots.getFirst().left()).isCloseTo(1, offset(1e-9));
        }
    }

    @Test
    void anAreaShowsWhereAValueIsKnownInPartUnderThePlot() {
        Interval month = days(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 16));
        List<Point> points = new ArrayList<>(points(month, every(30), i -> actual(i, "1")));
        points.set(7, new Point(points.get(7).interval(), BigDecimal.ONE, Quality.ACTUAL, true));

        Picture picture = Picture.of(bars(month, points), 800, 400);

        assertThat(marks(picture, Mark.Notch.class)).hasSize(1);
        assertThat(keys(picture)).containsExactly(Key.Sample.ABOVE, Key.Sample.GAP);
    }

    static Stream<Map.Entry<String, Chart>> gallery() {
        return Sample.gallery().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void wordsNeitherOverlapNorLeaveThePicture(Map.Entry<String, Chart> sample) {
        for (int[] size : new int[][] {{800, 400}, {1600, 800}, {390, 260}, {360, 240}, {1200, 300}}) {
            Picture picture = Picture.of(sample.getValue(), size[0], size[1]);
            Box all = new Box(0, 0, size[0], size[1]);
            for (Text a : picture.texts()) {
                Box box = a.box();
                assertThat(box.left() >= all.left() && box.right() <= all.right() && box.bottom() <= all.bottom())
                        .as("%s inside %dx%d", a, size[0], size[1])
                        .isTrue();
                assertThat(picture.texts().stream()
                                .filter(b -> !b.equals(a) && b.box().overlaps(box)))
                        .as("%s at %dx%d", a, size[0], size[1])
                        .isEmpty();
            }
            assertThat(picture.plot().height()).as("%dx%d", size[0], size[1]).isGreaterThan(20);
        }
    }

    @Test
    void anyRangeInAnyZoneIsDrawnWithoutWordsThatOverlap() {
        Random random = new Random(5);
        List<String> zones =
                List.of("Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/Santiago", "Asia/Kathmandu");
        long apiaSkipsADay = Instant.parse("2011-12-30T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 300; i++) {
            ZoneId zone = ZoneId.of(zones.get(i % zones.size()));
            long length = (long) Math.exp(random.nextDouble() * 19) + 60;
            Instant start = Instant.ofEpochSecond(apiaSkipsADay - random.nextLong(length));
            Interval range = new Interval(start, start.plusSeconds(length));
            List<Point> points = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                Interval step = new Interval(
                        start.plusMillis(length * 5 * n), start.plusMillis(length * 5 * n + length * 5 / 2));
                points.add(actual(
                        step,
                        BigDecimal.valueOf(random.nextInt(20_000) - 5_000, 3).toPlainString()));
            }
            Chart chart = new Chart(
                    "Any",
                    "",
                    null,
                    "kWh",
                    zone,
                    range,
                    random.nextBoolean() ? Chart.Kind.BAR : Chart.Kind.LINE,
                    Ink.of(Ink.Hue.NET),
                    points);

            Picture picture = Picture.of(chart, 360 + random.nextInt(1600), 240 + random.nextInt(800));

            String what = range + " " + zone + " " + picture.width() + "x" + picture.height();
            assertThat(picture.times().ticks()).as(what).isNotEmpty().hasSizeLessThan(40);
            for (Text a : picture.texts()) {
                assertThat(picture.texts().stream()
                                .filter(b -> !b.equals(a) && b.box().overlaps(a.box())))
                        .as("%s in %s", a, what)
                        .isEmpty();
            }
        }
    }

    @Test
    void aLongTitleLeavesRoomForTheUnit() {
        Chart chart = Sample.chart(
                "A very long title ".repeat(20),
                "kWh",
                day(DATE),
                Chart.Kind.BAR,
                Ink.of(Ink.Hue.CONSUMPTION),
                List.of());

        Picture picture = Picture.of(chart, 390, 260);

        assertThat(picture.texts().getFirst().words()).endsWith("…");
        assertThat(picture.texts().get(1).words()).isEqualTo("kWh");
        assertThat(picture.texts().get(1).box().right()).isLessThanOrEqualTo(390 - 16);
    }

    @Test
    void pointsComeFromReadingsAndFromSteps() {
        Reading reading = new Reading(day(DATE), BigDecimal.ONE, Quality.SUBSTITUTED);
        Bucket part = new Bucket(day(DATE), BigDecimal.ONE, Quality.ACTUAL, 1800);
        Bucket none = new Bucket(day(DATE), null, Quality.MISSING, 86_400);

        assertThat(Point.of(reading)).isEqualTo(new Point(day(DATE), BigDecimal.ONE, Quality.SUBSTITUTED));
        assertThat(Point.of(part).partial()).isTrue();
        assertThat(Point.of(none)).isEqualTo(missing(day(DATE)));
    }

    @Test
    void pointsOutOfOrderAreRefused() {
        List<Point> points = points(days(DATE, DATE.plusDays(2)), new Every.Day(), i -> actual(i, "1"));

        assertThatThrownBy(() -> bars(day(DATE), points.reversed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in order of time");
    }

    @Test
    void coloursFollowTheQuantity() {
        assertThat(Ink.of(Series.parse("site/site1/generation")).above()).isEqualTo(Ink.Hue.GENERATION);
        assertThat(Ink.of(Series.parse("border/FR-GB/flow")))
                .isEqualTo(new Ink(Ink.Hue.IMPORT, Ink.Hue.EXPORT, "FR to GB", "GB to FR"));
        assertThat(Ink.of(Series.parse("meter/M1/consumption"))).isEqualTo(Ink.of(Ink.Hue.CONSUMPTION));
    }
}
