package io.tallywatt.benchmarks;

import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Arrived;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.Judge;
import io.tallywatt.core.validate.JudgeSettings;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Score;
import io.tallywatt.core.validate.SeriesMemory;
import io.tallywatt.core.validate.Severity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How well the rules find what is labelled, beside two plain ways of doing it. */
final class RulesBenchmark {
    private static final BigDecimal ANY_POWER = new BigDecimal("1e9");

    private final LabelledFiles files;
    private final Progress progress;

    RulesBenchmark(Path fixtures, Progress progress) {
        this.files = new LabelledFiles(fixtures);
        this.progress = progress;
    }

    /** What came of one group of files. */
    private record Row(Score ours, Score bound, Score sigma) {
        Row plus(Row other) {
            return new Row(ours.plus(other.ours), bound.plus(other.bound), sigma.plus(other.sigma));
        }
    }

    String measure() throws IOException {
        if (!files.exist()) {
            return "labelled files: none at " + files.folder() + ", skipped\n";
        }
        progress.say("labelled files");
        List<LabelledSeries> all = files.read();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (LabelledSeries series : all) {
            rows.merge(series.group(), measure(series), Row::plus);
        }
        Table table = new Table(
                "labelled files",
                "labels",
                "rules: right",
                "wrong",
                "precision",
                "recall",
                "fixed bound: precision",
                "recall",
                "3 sigma: precision",
                "recall");
        rows.forEach((group, row) -> add(table, "  " + group, row));
        rows.values().stream().reduce(Row::plus).ifPresent(row -> add(table, "  all", row));
        return table + speed(all);
    }

    /** Once more, as everything is compiled by now. Of the thread's own time, as others may share the machine. */
    private static String speed(List<LabelledSeries> all) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long readings = 0;
        long start = threads.getCurrentThreadCpuTime();
        for (LabelledSeries series : all) {
            readings += series.readings().size();
            judge(series);
        }
        double micros = (threads.getCurrentThreadCpuTime() - start) / 1e3 / readings;
        return "  " + Figures.count(readings) + " readings, one by one: " + Figures.decimals(micros, 1)
                + " us of CPU time each\n";
    }

    private static void add(Table table, String name, Row row) {
        Score.Counts ours = row.ours.all();
        table.row(
                name,
                Figures.count(ours.found() + ours.missed()),
                Figures.count(ours.right()),
                Figures.count(ours.wrong()),
                text(ours.precision()),
                text(ours.recall()),
                text(row.bound.all().precision()),
                text(row.bound.all().recall()),
                text(row.sigma.all().precision()),
                text(row.sigma.all().recall()));
    }

    static String text(@Nullable BigDecimal share) {
        return share == null ? "-" : share.toPlainString();
    }

    private static Row measure(LabelledSeries series) {
        return new Row(
                Score.of(series.labels(), judge(series)),
                Score.of(series.labels(), findings(series.series(), PlainDetectors.fixedBound(series.readings()))),
                Score.of(series.labels(), findings(series.series(), PlainDetectors.threeSigma(series.readings()))));
    }

    /** Each reading is a delivery of its own, received as soon as it is over. */
    private static List<Finding> judge(LabelledSeries labelled) {
        Judge judge = new Judge(JudgeSettings.of(ANY_POWER), failure -> {
            throw new IllegalStateException(failure);
        });
        SeriesMemory memory = new SeriesMemory(labelled.series(), ZoneOffset.UTC);
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        long delivery = 0;
        for (Reading reading : labelled.readings()) {
            Instant at = reading.interval().end().plusSeconds(1);
            judge.judge(memory, List.of(new Arrived(reading, at, ++delivery)), at)
                    .found()
                    .forEach(finding -> found.put(finding.key(), finding));
        }
        return List.copyOf(found.values());
    }

    static List<Finding> findings(Series series, List<Interval> intervals) {
        return intervals.stream()
                .map(interval -> new Finding(
                        series,
                        interval,
                        RuleName.SPIKE,
                        Severity.WARNING,
                        BigDecimal.ONE,
                        "",
                        "",
                        null,
                        null,
                        null,
                        interval.end(),
                        0))
                .toList();
    }
}
