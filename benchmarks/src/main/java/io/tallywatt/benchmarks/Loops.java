package io.tallywatt.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs this module's JMH benchmarks, in a process each, and makes one table of them. */
final class Loops {
    private static final int ITERATIONS = 5;

    private Loops() {}

    static String measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(RowParsing.class.getName())
                        .include(LayerOverlay.class.getName())
                        .forks(1)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Table table = new Table("inner loops (JMH, mean of " + ITERATIONS + " seconds)", "ns", "error");
        for (RunResult run : results) {
            Result<?> result = run.getPrimaryResult();
            String cells = run.getParams().getParam("cells");
            table.row(
                    "  " + words(run.getParams().getBenchmark()) + (cells == null ? "" : ", " + cells),
                    Figures.decimals(result.getScore(), 1),
                    Figures.decimals(result.getScoreError(), 1));
        }
        return table.toString();
    }

    private static String words(String benchmark) {
        return benchmark.equals(LayerOverlay.class.getName() + ".overlay")
                ? "two layers of 48 values laid over each other"
                : "one wide row of 48 values parsed";
    }
}
