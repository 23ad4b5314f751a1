package io.tallywatt.server.cli;

import io.tallywatt.server.report.Totals;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers totals. */
@Command(
        name = "total",
        description =
                "The consumption of all meters on a date, or of each date of a range: exact, with what it stands on.")
final class TotalCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DateArguments dates = new DateArguments();

    TotalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        return dates.answer(session, Totals.TOTAL);
    }
}
