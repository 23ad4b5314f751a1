package io.tallywatt.api.chart;

import static io.tallywatt.api.chart.Sample.LONDON;
import static io.tallywatt.api.chart.Sample.day;
import static io.tallywatt.api.chart.Sample.every;
import static io.tallywatt.api.chart.Sample.points;
import static io.tallywatt.api.chart.SiteSample.DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things stand in the pictures of sites and of anomalies. */
class SitePictureTest {
    private static Picture picture(Graphic graphic) {
        return (Picture) ChartImages.placed(graphic, 800, 400);
    }

    private static Matrix matrix(Graphic graphic, int width, int height) {
        return (Matrix) ChartImages.placed(graphic, width, height);
    }

    private static <M extends Mark> List<M> marks(Picture picture, Class<M> kind) {
        return picture.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<Text> texts(Drawn drawn) {
        return switch (drawn) {
            case Picture p -> p.texts();
            case Matrix m -> m.texts();
            default -> throw new AssertionError(drawn);
        };
    }

    private static List<String> words(Drawn drawn) {
        return texts(drawn).stream().map(Text::words).toList();
    }

    private static Text text(Drawn drawn, String words) {
        return texts(drawn).stream()
                .filter(t -> t.words().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError(words + " in " + words(drawn)));
    }

    private static List<Key.Sample> keys(Picture picture) {
        return picture.keys().stream().map(Header.Placed::sample).toList();
    }

    static Stream<Map.Entry<String, Graphic>> gallery() {
        return SiteSample.gallery().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void wordsNeitherOverlapNorLeaveThePicture(Map.Entry<String, Graphic> sample) {
        for (int[] size : new int[][] {{800, 400}, {800, 560}, {1600, 800}, {390, 260}, {360, 240}, {1200, 300}}) {
            Drawn drawn = ChartImages.placed(sample.getValue(), size[0], size[1]);
            for (Text a : texts(drawn)) {
                Box box = a.box();
                assertThat(box.left() >= 0 && box.right() <= size[0] && box.bottom() <= size[1])
                        .as("%s inside %dx%d", a, size[0], size[1])
                        .isTrue();
                assertThat(texts(drawn).stream()
                                .filter(b -> !b.equals(a) && b.box().overlaps(box)))
                        .as("%s at %dx%d", a, size[0], size[1])
                        .isEmpty();
            }
            assertThat(drawn.description()).isNotBlank().endsWith(".");
        }
    }

    @Test
    void twoLinesInTheirInksAreNamedAtTheirEnds() {
        Picture picture = picture(SiteSample.today());

        assertThat(picture.layers().stream()
                        .filter(l -> l.marks().stream().anyMatch(Mark.Line.class::isInstance))
                        .map(l -> l.ink().above()))
                .containsExactly(Ink.Hue.GENERATION, Ink.Hue.CONSUMPTION);
        Text made = text(picture, "Generated");
        Text used = text(picture, "Consumed");
        assertThat(made.rgb()).isEqualTo(Ink.Hue.GENERATION.words);
        assertThat(used.rgb()).isEqualTo(Ink.Hue.CONSUMPTION.words);
        assertThat(made.x()).isGreaterThan(picture.plot().right());
        // What is used ends above what is made: so do the names, a line's height apart at least.
        assertThat(made.baseline() - used.baseline()).isGreaterThanOrEqualTo(14 - 1e-9);
    }

    @Test
    void aLineSkipsTheBadValueWhichHasATriangleAtItsPlaceAndAStemToWhatWasExpected() {
        Picture picture = picture(SiteSample.today());
        Place place = new Place(picture.plot(), picture.values(), picture.times());

        Mark.Anomaly spike = marks(picture, Mark.Anomaly.class).stream()
                .filter(a -> a.y() == place.y(new BigDecimal("26.4")))
                .findFirst()
                .orElseThrow();
        assertThat(spike.filled()).isFalse();
        assertThat(spike.expected()).isEqualTo(place.y(new BigDecimal("14")));
        Mark.Anomaly negative = marks(picture, Mark.Anomaly.class).stream()
                .filter(Mark.Anomaly::filled)
                .findFirst()
                .orElseThrow();
        assertThat(negative.y()).isEqualTo(place.y(new BigDecimal("-1.8")));
        assertThat(negative.expected()).isCloseTo(picture.base(), offset(1e-9));
        for (Mark.Anomaly left : List.of(spike, negative)) {
            Ink.Hue hue = left.equals(spike) ? Ink.Hue.GENERATION : Ink.Hue.CONSUMPTION;
            assertThat(picture.layers().stream()
                            .filter(l -> l.ink().above() == hue)
                            .flatMap(l -> l.marks().stream())
                            .filter(Mark.Line.class::isInstance)
                            .flatMap(m -> ((Mark.Line) m).slots().stream())
                            .filter(s -> s.left() < left.x() && left.x() < s.right()))
                    .isEmpty();
        }
        assertThat(words(picture))
                .contains("Spike", "26.4, usual 12 to 14", "Negative", "−1.8, at least 0", "Stuck", "at 5.31");
        assertThat(marks(picture, Mark.Run.class)).hasSize(1);
        assertThat(keys(picture))
                .containsExactly(Key.Sample.INVALID, Key.Sample.OUTLINED, Key.Sample.RUN, Key.Sample.GAP);
    }

    @Test
    void whatIsFarOffDoesNotStretchTheScaleAndStandsAtItsEdge() {
        Interval range = day(DATE);
        List<Point> made = new ArrayList<>(points(range, every(60), i -> Sample.actual(i, "10")));
        Interval third = made.get(3).interval();
        made.set(3, new Point(third, new BigDecimal("5000"), Quality.INVALID));
        Picture picture = picture(new Balance(
                "x",
                "",
                null,
                LONDON,
                range,
                made,
                List.of(),
                List.of(SiteSample.flag(Balance.Shape.FILLED, third, "Spike", "5000", "10", "5,000, usual 10"))));

        assertThat(picture.values().high()).isEqualByComparingTo("10");
        assertThat(marks(picture, Mark.Anomaly.class))
                .singleElement()
                .satisfies(a -> assertThat(a.y()).isEqualTo(picture.plot().top()));
        assertThat(words(picture)).contains("5,000, usual 10");
    }

    @Test
    void aGapSaysWhoIsMissing() {
        Interval range = day(DATE);
        List<Point> made = new ArrayList<>(points(range, every(60), i -> Sample.actual(i, "1")));
        List<Point> used = new ArrayList<>(made);
        made.subList(2, 8).clear();
        used.subList(6, 12).clear();
        Picture picture = picture(new Balance("x", "", null, LONDON, range, made, used, List.of()));

        assertThat(words(picture)).contains("no generation", "no consumption");
        List<Mark.Gap> gaps = marks(picture, Mark.Gap.class);
        assertThat(gaps).hasSize(3);
        assertThat(gaps.get(0).right()).isEqualTo(gaps.get(1).left());
        assertThat(gaps.get(1).right()).isEqualTo(gaps.get(2).left());
        assertThat(picture.description()).contains("Generated: lowest 1, highest 1 kWh, 1 gap.");
    }

    @Test
    void aSiteWithOneSideOnlyDoesNotMissTheOtherAllTheTime() {
        Balance today = SiteSample.today();
        Picture picture =
                picture(new Balance("x", "", null, LONDON, today.range(), today.generation(), List.of(), List.of()));

        assertThat(marks(picture, Mark.Gap.class)).hasSize(2);
        assertThat(words(picture)).contains("Generated").doesNotContain("Consumed");
        assertThat(words(picture)).anyMatch(w -> w.endsWith("no consumption"));
        assertThat(picture.description()).contains("Consumed: no data.");
    }

    @Test
    void nothingAtAllIsSaid() {
        Picture picture = picture(new Balance("x", "", null, LONDON, day(DATE), List.of(), List.of(), List.of()));

        assertThat(words(picture)).contains("no data", "00:00", "24:00").doesNotContain("Generated", "Consumed");
        assertThat(picture.description()).endsWith("No anomalies.");
    }

    @Test
    void tooManyAnomaliesStandAlongTheTop() {
        Picture picture = picture(SiteSample.wild(30, 300));

        assertThat(marks(picture, Mark.Anomaly.class))
                .hasSizeLessThan(80)
                .allMatch(a -> a.y() == picture.plot().top() && a.expected() == null);
        assertThat(words(picture)).anyMatch(w -> w.contains("2,054 anomalies, marked along the top"));
    }

    @Test
    void theWorstThingsComeFirstAndTheOthersAreOne() {
        Spread spread = SiteSample.spread(60, 900);
        Matrix matrix = matrix(spread, 800, 560);

        assertThat(spread.rows()).hasSizeGreaterThan(Matrix.MOST_ROWS);
        int more = spread.rows().size() - (Matrix.MOST_ROWS - 1);
        assertThat(words(matrix)).contains(spread.rows().getFirst().name(), more + " more");
        assertThat(matrix.cells()).hasSize(Matrix.MOST_ROWS * spread.rules().size());
        // The sums at the end are of all, shown one by one or not.
        long total = spread.rows().stream().mapToLong(Spread.Row::total).sum();
        assertThat(words(matrix)).contains(Words.count(total));
        assertThat(matrix.description()).contains(Words.count(total) + " in all");
    }

    @Test
    void aLowPictureShowsFewerThings() {
        Spread spread = SiteSample.spread(9, 3);

        assertThat(words(matrix(spread, 800, 560))).noneMatch(w -> w.endsWith(" more"));
        assertThat(words(matrix(spread, 800, 240))).anyMatch(w -> w.endsWith(" more"));
        assertThat(words(matrix(spread, 800, spread.usualHeight()))).noneMatch(w -> w.endsWith(" more"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 7, 100, 14_896_881})
    void everyCountHasItsShadeAndEveryShadeItsWords(long most) {
        Shades shades = Shades.upTo(most);

        assertThat(shades.keys()).hasSize((int) Math.min(4, most));
        assertThat(shades.keys().getLast().words()).endsWith(Words.count(most));
        assertThat(shades.keys().stream().map(Key::rgb).distinct())
                .hasSize(shades.keys().size());
        assertThat(shades.rgb(1)).isEqualTo(shades.keys().getFirst().rgb());
        assertThat(shades.rgb(most)).isEqualTo(shades.keys().getLast().rgb());
        for (long count = 1; count <= Math.min(most, 1000); count++) {
            assertThat(contrast(shades.rgb(count), shades.words(count))).isGreaterThan(4.5);
        }
    }

    /** WCAG 2: the ratio of relative luminances. */
    private static double contrast(int a, int b) {
        double one = luminance(a) + 0.05;
        double two = luminance(b) + 0.05;
        return Math.max(one, two) / Math.min(one, two);
    }

    private static double luminance(int rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static Trend trend(LocalDate first, int days, DayCount... counts) {
        return new Trend("t", List.of(), null, LONDON, first, first.plusDays(days), List.of(counts));
    }

    @Test
    void barsStandOnZeroStackedByRuleTheMostFrequentAtTheBottom() {
        Picture picture = picture(trend(
                DATE,
                3,
                new DayCount(DATE, RuleName.SPIKE, 1, 0),
                new DayCount(DATE, RuleName.GAP, 3, 1),
                new DayCount(DATE.plusDays(2), RuleName.GAP, 2, 2)));
        Place place = new Place(picture.plot(), picture.values(), picture.times());

        List<Mark.Shade> bars = marks(picture, Mark.Shade.class);
        assertThat(bars).hasSize(3);
        assertThat(bars.get(0).box().bottom()).isEqualTo(Math.floor(picture.base()));
        assertThat(bars.get(0).box().top()).isCloseTo(place.y(new BigDecimal(3)), offset(0.5));
        assertThat(bars.get(1).box().top()).isCloseTo(place.y(new BigDecimal(4)), offset(0.5));
        // A pixel of ground between the two.
        assertThat(bars.get(1).box().bottom()).isEqualTo(bars.get(0).box().top() - 1);
        assertThat(bars.get(2).box().left()).isGreaterThan(bars.get(1).box().right());
        assertThat(words(picture)).contains("gap 5", "spike 1", "0", "4").noneMatch(w -> w.contains("."));
        assertThat(picture.description()).contains("6 in all. Most: 4 in the day of 14 Oct 2026");
    }

    @Test
    void aLongTrendIsOfWeeksOrMonthsAndLosesNothing() {
        for (int days : new int[] {30, 365, 365 * 8}) {
            Trend trend = SiteSample.trend(days, 40);
            long total = trend.days().stream().mapToLong(DayCount::count).sum();
            Picture picture = picture(trend);

            assertThat(picture.description()).contains(Words.count(total) + " in all");
            assertThat(words(picture))
                    .anyMatch(w -> w.startsWith(days == 30 ? "per day" : days == 365 ? "per week" : "per month"));
            assertThat(marks(picture, Mark.Shade.class))
                    .allMatch(b -> b.box().right() > b.box().left()
                            && b.box().bottom() > b.box().top());
        }
    }

    @Test
    void fiveRulesAreThreeAndTheOthers() {
        DayCount[] counts = Stream.of(RuleName.values())
                .limit(5)
                .map(rule -> new DayCount(DATE, rule, 9 - rule.ordinal(), 0))
                .toArray(DayCount[]::new);

        assertThat(words(picture(trend(DATE, 1, counts))))
                .contains("negative 9", "implausible 8", "spike 7", "2 other rules 11");
    }

    @Test
    void daysOutsideTheTrendAreLeftOut() {
        Picture picture = picture(trend(
                DATE,
                2,
                new DayCount(DATE.minusDays(1), RuleName.SPIKE, 5, 0),
                new DayCount(DATE.plusDays(2), RuleName.SPIKE, 5, 0)));

        assertThat(marks(picture, Mark.Shade.class)).isEmpty();
        assertThat(words(picture)).contains("no anomalies in this range");
    }

    @Test
    void countsHaveNoFractionsOnTheirAxis() {
        for (long most : new long[] {0, 1, 2, 3, 4, 5, 9, 10, 11, 99, 12_345, 9_000_000_000L}) {
            ValueAxis axis = ValueAxis.ofCounts(most);
            assertThat(axis.ticks())
                    .hasSizeBetween(3, 5)
                    .allMatch(t -> t.stripTrailingZeros().scale() <= 0);
            assertThat(axis.low()).isZero();
            assertThat(axis.high()).isGreaterThanOrEqualTo(BigDecimal.valueOf(most));
        }
    }
}
