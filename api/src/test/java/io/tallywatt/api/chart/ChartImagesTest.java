package io.tallywatt.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class ChartImagesTest {
    @TempDir
    Path folder;

    static Stream<Map.Entry<String, Graphic>> gallery() {
        Map<String, Graphic> all = new LinkedHashMap<>(Sample.gallery());
        all.putAll(SiteSample.gallery());
        return all.entrySet().stream();
    }

    static byte[] png(Graphic chart, int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ChartImages.png(chart, width, height, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] svg(Graphic chart) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ChartImages.svg(chart, 800, 400, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Document parse(byte[] svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static List<Element> all(Document document) {
        NodeList nodes = document.getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<Element> ofClass(Document document, String name) {
        return all(document).stream()
                .filter(e -> List.of(e.getAttribute("class").split(" ")).contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void svgIsWellFormedAndNeedsNothingFromOutside(Map.Entry<String, Graphic> sample) throws Exception {
        Document document = parse(svg(sample.getValue()));

        assertThat(all(document)).extracting(Node::getNodeName).containsOnly("svg", "title", "desc", "g", "path");
        assertThat(all(document)).allSatisfy(e -> {
            assertThat(e.hasAttribute("href") || e.hasAttribute("style")).isFalse();
            assertThat(e.getAttribute("d")).doesNotContain("NaN", "Infinity");
        });
        assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 800 400");
    }

    @Test
    void svgMarksGapsEstimatesAndInvalidValues() throws Exception {
        Document document = parse(svg(Sample.gallery().get("month")));

        // Five missing days are one gap; its hatch is a path of many lines.
        assertThat(ofClass(document, "gap")).hasSize(1);
        assertThat(ofClass(document, "gap")
                        .getFirst()
                        .getElementsByTagName("path")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("d")
                        .getNodeValue()
                        .chars()
                        .filter(c -> c == 'M'))
                .hasSizeGreaterThan(20);
        assertThat(ofClass(document, "bar")).hasSize(25);
        assertThat(ofClass(document, "estimated")).hasSize(4);
        // One value, one sample in the legend.
        assertThat(ofClass(document, "invalid")).hasSize(2);
    }

    @Test
    void anyTitleStaysXml() throws Exception {
        Chart chart = Sample.chart(
                "<b>&\"' \u0001 \ud83d \ud83d\ude00 電力",
                "€/MWh",
                Sample.day(Sample.SPRING),
                Chart.Kind.BAR,
                Ink.of(Ink.Hue.PRICE),
                List.of());

        Document document = parse(svg(chart));

        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("<b>&\"' \ufffd \ufffd \ud83d\ude00 電力, €/MWh");
        assertThat(png(chart, 800, 400)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void pngHasTheSizeAskedForOnWhite(Map.Entry<String, Graphic> sample) throws Exception {
        for (int[] size : new int[][] {{800, 400}, {390, 260}}) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png(sample.getValue(), size[0], size[1])));

            assertThat(image.getWidth()).isEqualTo(size[0]);
            assertThat(image.getHeight()).isEqualTo(size[1]);
            assertThat(image.getRGB(1, 1)).isEqualTo(0xffffffff);
        }
    }

    @Test
    void sizesOutOfReasonAreRefused() {
        Chart chart = Sample.gallery().get("empty");

        assertThatThrownBy(() -> png(chart, 100, 400))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("360 to 4096 pixels wide, but got 100");
        assertThatThrownBy(() -> png(chart, 800, 5000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("240 to 4096 pixels high, but got 5000");
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void theSameChartGivesTheSameBytes(Map.Entry<String, Graphic> sample) {
        assertThat(png(sample.getValue(), 800, 400)).isEqualTo(png(sample.getValue(), 800, 400));
        assertThat(svg(sample.getValue())).isEqualTo(svg(sample.getValue()));
    }

    @Test
    void lettersHaveInkAndTheShapeOfLetters() {
        for (Typeface face : List.of(Typeface.regular(), Typeface.bold())) {
            for (char letter : "abcdefghijklmnopqrstuvwxyzABCXYZäöéßÅ€·…−–0123456789.,:+".toCharArray()) {
                java.awt.geom.Path2D.Double path = new java.awt.geom.Path2D.Double();
                face.write(path, String.valueOf(letter), 0, 0, 100);

                assertThat(path.getBounds2D().isEmpty()).as("%s", letter).isFalse();
                assertThat(path.getBounds2D().getMaxX())
                        .as("%s", letter)
                        .isLessThan(face.width(String.valueOf(letter), 100) + 8);
            }
            assertThat("0123456789"
                            .chars()
                            .mapToDouble(c -> face.width(String.valueOf((char) c), 12))
                            .distinct())
                    .as("figures of one width")
                    .hasSize(1);
        }
    }

    /** Draws what the parent asks for, in a JVM of its own. */
    static final class Bare {
        public static void main(String[] args) throws Exception {
            Chart chart = Sample.gallery().get("month");
            if (args.length > 0) {
                Files.write(Path.of(args[0]), png(chart, 800, 400));
            }
        }
    }

    private String classesLoadedBy(String... args) throws Exception {
        Path log = folder.resolve("classes.log");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xlog:class+load:file=" + log,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Bare.class.getName()),
                        Stream.of(args))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FONTCONFIG_FILE", "/dev/null");
        builder.environment().put("FONTCONFIG_PATH", empty.toString());
        builder.environment().put("HOME", empty.toString());
        builder.environment().remove("DISPLAY");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEmpty();
        assertThat(process.exitValue()).isZero();
        return Files.readString(log);
    }

    @Test
    void withoutAnyFontTheSamePictureIsDrawnAndNobodyAsksForOne() throws Exception {
        Path file = folder.resolve("chart.png");

        String classes = classesLoadedBy(file.toString());

        assertThat(Files.readAllBytes(file)).isEqualTo(png(Sample.gallery().get("month"), 800, 400));
        assertThat(classes)
                .contains("java.awt.image.BufferedImage")
                .doesNotContain("sun.font.SunFontManager ", "sun.awt.FontConfiguration ", "sun.font.FontScaler ");
        BufferedImage image = ImageIO.read(file.toFile());
        // The title: dark pixels in the first line, none above it.
        assertThat(dark(image, 12, 28)).isGreaterThan(500);
        assertThat(dark(image, 0, 10)).isZero();
    }

    @Test
    void nothingOfAwtIsLoadedBeforeTheFirstChart() throws Exception {
        assertThat(classesLoadedBy()).doesNotContain("java.awt.", "sun.awt.", "sun.java2d.");
    }

    private static long dark(BufferedImage image, int fromY, int toY) {
        return IntStream.range(fromY, toY)
                .mapToLong(y -> IntStream.range(0, image.getWidth())
                        .filter(x -> (image.getRGB(x, y) & 0xff) < 120)
                        .count())
                .sum();
    }
}
