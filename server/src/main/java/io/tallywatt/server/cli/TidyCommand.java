package io.tallywatt.server.cli;

import io.tallywatt.core.store.Upkeep;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Puts closed months in order, so that one series' year is read faster. */
@Command(
        name = "tidy",
        description = "Puts past months in order, so that one meter's year is read faster. Changes no answer. Worth a"
                + " run a month where many files come in.")
final class TidyCommand implements Callable<Integer> {
    private final Session session;

    TidyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (Stores.Open store = session.openToChange();
                Output out = session.answer()) {
            List<YearMonth> months = store.blocks() instanceof Upkeep upkeep ? upkeep.tidy() : List.of();
            String words = months.isEmpty()
                    ? "Every past month is in order."
                    : "Put in order: "
                            + String.join(
                                    ", ",
                                    months.stream().map(YearMonth::toString).toList());
            out.write((words + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }
}
