package io.tallywatt.server.alert;

import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Notifier;
import java.util.function.Consumer;

/** Writes one line into the server's log. */
final class LogNotifier implements Notifier {
    private final AlertText text;
    private final Consumer<String> log;

    LogNotifier(AlertText text, Consumer<String> log) {
        this.text = text;
        this.log = log;
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void send(Alert alert) {
        log.accept(text.line(alert));
    }
}
