package io.tallywatt.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tallywatt.aws.table.Lease;
import io.tallywatt.core.alert.AlertPolicy;
import io.tallywatt.core.alert.AlertRun;
import io.tallywatt.core.alert.Alerter;
import io.tallywatt.core.alert.Notifier;
import io.tallywatt.core.ingest.Judging;
import io.tallywatt.core.validate.Judge;
import io.tallywatt.core.validate.JudgeSettings;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges what arrived at sites since the last time, once a minute, and tells what it found. One does at a time; who comes while another one does leaves it to
 * him.
 */
public final class JudgeHandler implements RequestStreamHandler {
    private static final String SITES = "site/";
    /** As long as a function may run, and some more. */
    private static final Duration LEASE = Duration.ofMinutes(6);
    /** Another round is begun only if there is so much time left. */
    private static final Duration ENOUGH = Duration.ofSeconds(90);

    private final Parts parts;

    /** As Lambda makes it: by the settings of the process. */
    public JudgeHandler() {
        this(Parts.ofProcess());
    }

    JudgeHandler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
        Optional<Lease> lease = Lease.tryTake(parts.dynamoDb(), parts.table(), "judge", LEASE);
        if (lease.isEmpty()) {
            LogLine.info("somebody else is judging").write();
            return;
        }
        Lease held = lease.get();
        try {
            int rounds = judge(context);
            LogLine.info("judged").with("rounds", rounds).write();
            tell(context);
        } finally {
            held.close();
        }
    }

    /** What was found is told to the topic. What cannot be told now is told the next time. */
    private void tell(Context context) {
        Optional<Notifier> notifier = parts.notifier();
        if (notifier.isEmpty()) {
            return;
        }
        Alerter alerter = new Alerter(parts.store(), parts.store(), notifier.get(), AlertPolicy.DEFAULT, parts.clock());
        try {
            AlertRun run;
            do {
                run = alerter.run();
                run.sent()
                        .forEach(alert -> LogLine.info("told")
                                .with("series", alert.series().toString())
                                .with("rule", alert.rule().toString())
                                .with("kind", alert.kind().toString())
                                .write());
                run.dropped()
                        .forEach(dropped -> LogLine.error("An alert was given up: " + dropped.why())
                                .with("series", dropped.alert().series().toString())
                                .write());
                if (run.failure() != null) {
                    LogLine.error("Alerts wait: " + run.failure()).write();
                }
            } while (run.failure() == null && isDue(run) && context.getRemainingTimeInMillis() >= ENOUGH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDue(AlertRun run) {
        return run.next() != null && !run.next().isAfter(parts.clock().instant());
    }

    private int judge(Context context) {
        // What is remembered of series is not kept from one call to the next: somebody else may have judged in between.
        Judging judging = new Judging(
                SITES,
                parts.store(),
                parts.store(),
                parts.store(),
                parts.store(),
                new Judge(
                        JudgeSettings.of(parts.options().plausibleKw()),
                        failure -> LogLine.error(failure).write()),
                parts.clock());
        int rounds = 0;
        while (context.getRemainingTimeInMillis() >= ENOUGH.toMillis() && judging.judgeNext()) {
            rounds++;
        }
        if (context.getRemainingTimeInMillis() >= ENOUGH.toMillis()) {
            judging.lookForOverdue();
        }
        return rounds;
    }
}
