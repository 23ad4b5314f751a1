package io.tallywatt.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** The four functions, and what calls the three of them that do not wait for HTTP. */
final class Workers extends Construct {
    private static final Duration ONE_MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);
    /** HTTP APIs hang up after 30 seconds: said a second earlier, it is the function's log that tells what took so long. */
    private static final Duration WHILE_A_CALLER_WAITS = Duration.seconds(29);

    private static final int BATCH = 10;
    /**
     * How many batches are taken in at once: a new table paid by request takes 4,000 write units a second, and many more writers than
     * these would mostly wait for each other. A limit of the trigger, since under one of the function (reserved concurrency) messages
     * are received, turned away, and that counts as a failed try.
     */
    private static final int BATCHES_AT_ONCE = 10;

    private final Alias ingest;
    private final Alias judge;
    private final Alias tidy;
    private final Alias api;

    Workers(
            Construct scope,
            String id,
            Stage stage,
            Handlers handlers,
            Rights rights,
            Map<String, String> environment) {
        super(scope, id);
        ingest = new Worker(this, "Ingest", stage, ingest(handlers), environment, rights.ingest()).alias();
        judge = new Worker(this, "Judge", stage, judge(handlers), environment, rights.judge()).alias();
        tidy = new Worker(this, "Tidy", stage, tidy(handlers), environment, rights.tidy()).alias();
        api = new Worker(this, "Api", stage, api(handlers), environment, rights.api()).alias();
    }

    /** Some 32 MB of text and the day blocks made of them, a little more than one whole processor (1,769 MB). */
    private static Worker.Kind ingest(Handlers handlers) {
        return new Worker.Kind(
                "ingest",
                "Takes files in: those that came into the inbox, and parts of big ones",
                handlers.events(),
                "io.tallywatt.lambda.IngestHandler::handleRequest",
                2048,
                FIVE_MINUTES);
    }

    /** Mostly waits for the table. */
    private static Worker.Kind judge(Handlers handlers) {
        return new Worker.Kind(
                "judge",
                "Judges what sites sent, and tells what it found",
                handlers.events(),
                "io.tallywatt.lambda.JudgeHandler::handleRequest",
                1024,
                FIVE_MINUTES);
    }

    /** Mostly waits for the table. What it does not come to is left for the next night. */
    private static Worker.Kind tidy(Handlers handlers) {
        return new Worker.Kind(
                "tidy",
                "Puts the journal in order, every night",
                handlers.events(),
                "io.tallywatt.lambda.TidyHandler::handleRequest",
                1024,
                FIVE_MINUTES);
    }

    /** One whole processor: somebody waits for the chart. */
    private static Worker.Kind api(Handlers handlers) {
        return new Worker.Kind(
                "api",
                "Answers under /api/v1",
                handlers.api(),
                "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest",
                1769,
                WHILE_A_CALLER_WAITS);
    }

    Alias api() {
        return api;
    }

    /** Messages of a batch that failed come again, the others do not. */
    void takeInWhatCameTo(Queue queue) {
        EventSourceMapping.Builder.create(this, "FromInbox")
                .target(ingest)
                .eventSourceArn(queue.getQueueArn())
                .batchSize(BATCH)
                .reportBatchItemFailures(true)
                .maxConcurrency(BATCHES_AT_ONCE)
                .build();
    }

    /** By the clock: when nothing was sent is when judging is needed most. */
    void callByTheClock() {
        // The next call is a minute away: one that failed, or came late, need not come again.
        call(judge, "EveryMinute", "Judges what sites sent", Schedule.rate(ONE_MINUTE), 0, ONE_MINUTE);
        // UTC, as all of EventBridge's rules; away from full hours, when everybody's rules fire.
        Schedule atNight =
                Schedule.cron(CronOptions.builder().hour("2").minute("17").build());
        call(tidy, "EveryNight", "Puts the journal in order", atNight, 2, Duration.hours(1));
    }

    /** Says how often to call again both to the rule, if it cannot reach the function, and to Lambda, if the function fails. */
    private void call(Alias function, String id, String why, Schedule when, int again, Duration fresh) {
        function.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                .retryAttempts(again)
                .maxEventAge(fresh)
                .build());
        Rule.Builder.create(this, id)
                .description(why)
                .schedule(when)
                .targets(List.of(LambdaFunction.Builder.create(function)
                        .retryAttempts(again)
                        .maxEventAge(fresh)
                        .build()))
                .build();
    }
}
