package io.tallywatt.server.cli;

import io.tallywatt.server.report.Totals;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers averages. */
@Command(
        name = "average",
        description =
                "The consumption per meter on a date, or on each date of a range: the total divided by the meters with "
                        + "readings on that date.")
final class AverageCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DateArguments dates = new DateArguments();

    AverageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        return dates.answer(session, Totals.AVERAGE);
    }
}
