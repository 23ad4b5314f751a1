package io.tallywatt.core.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told, or fails as it is told. */
final class TellTale implements Notifier {
    final List<Alert> told = new ArrayList<>();
    private NotSent failure;
    private RuntimeException fault;

    void works() {
        failure = null;
        fault = null;
    }

    void fails() {
        failure = new NotSent("mail.example.org does not answer", true);
    }

    void refuses() {
        failure = new NotSent("mail.example.org will not take it", false);
    }

    void asksFor(Duration pause) {
        failure = new NotSent("too many", pause);
    }

    void breaks() {
        fault = new IllegalStateException("the secret is hunter2");
    }

    @Override
    public String name() {
        return "telltale";
    }

    @Override
    public void send(Alert alert) throws NotSent {
        if (failure != null) {
            throw failure;
        }
        if (fault != null) {
            throw fault;
        }
        told.add(alert);
    }
}
