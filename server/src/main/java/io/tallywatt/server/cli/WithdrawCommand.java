package io.tallywatt.server.cli;

import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.server.report.DeliveryList;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes a delivery. */
@Command(
        name = "withdraw",
        description =
                "Undoes what a file gave; what it had covered comes to light again. Totals as of earlier instants stay.")
final class WithdrawCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A delivery's id, or the file's path or name.")
    private String file = "";

    @Option(names = "--format", paramLabel = "text|json", description = "Form of the answer (${DEFAULT-VALUE}).")
    private String format = "text";

    WithdrawCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON);
        try (Stores.Open store = session.openToChange();
                Output out = session.answer()) {
            Delivery before = KnownDelivery.find(store.ledger(), file);
            Delivery after =
                    before.state() == DeliveryState.TAKEN ? store.blocks().withdraw(before.id()) : before;
            if (form == Format.JSON) {
                DeliveryList.json(out, after);
            } else {
                out.write((words(before, after) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return ExitCode.DONE;
    }

    private static String words(Delivery before, Delivery after) {
        String name = Text.clean(before.name()) + " (delivery " + before.id() + ")";
        return switch (before.state()) {
            case WITHDRAWN -> name + " was withdrawn before: nothing changed";
            case QUARANTINED -> name + " gave nothing, it is in quarantine: nothing changed";
            case TAKEN ->
                name + " is withdrawn; meter-days: " + Text.count(after.counts().removed()) + " removed, "
                        + Text.count(after.counts().corrected()) + " back to what other files gave";
        };
    }
}
