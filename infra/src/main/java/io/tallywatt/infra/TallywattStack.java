package io.tallywatt.infra;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.Alias;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Tallywatt on AWS, one stage of it: a file in the bucket's inbox becomes a message in the queue, becomes readings in the table,
 * becomes an answer of the API; what is found on the way goes to the topic.
 *
 * <p>Maps that go into the template are sorted ones: {@code Map.of} has another order in each run, and the same stack has to give the
 * same template to the letter, or every look at what would change shows changes.
 */
final class TallywattStack extends Stack {
    TallywattStack(Construct scope, StackSettings settings, Handlers handlers) {
        super(scope, name(settings.stage()), props(settings.stage()));
        Storage storage = new Storage(this, "Storage", settings.stage());
        Inbox inbox = new Inbox(this, "Inbox", settings.stage(), storage.bucket());
        Topic alerts = alerts(settings);
        Rights rights = new Rights(storage, inbox, alerts.getTopicArn(), settings.stage());
        Map<String, String> environment = environment(settings, storage, inbox, alerts);
        Workers workers = new Workers(this, "Workers", settings.stage(), handlers, rights, environment);
        workers.takeInWhatCameTo(inbox.queue());
        workers.callByTheClock();
        HttpDoor door = new HttpDoor(this, "Http", settings.stage(), workers.api());

        output("ApiUrl", "Where the API is; routes begin with /api/v1", door.address());
        output("BucketName", "Files go to its inbox/", storage.bucket().getBucketName());
        output("TableName", "The store, and the API keys", storage.table().getTableName());
        output("QueueUrl", "What came into the inbox", inbox.queue().getQueueUrl());
        output(
                "DeadLettersUrl",
                "What could not be taken in after three tries",
                inbox.deadLetters().getQueueUrl());
        output("TopicArn", "Subscribe to be told what is found", alerts.getTopicArn());
        sayWhatIsNotBuilt(handlers);
    }

    static String name(Stage stage) {
        return "tallywatt-" + stage.word();
    }

    private static StackProps props(Stage stage) {
        return StackProps.builder()
                .stackName(name(stage))
                .description("Tallywatt, stage " + stage.word() + ": energy data, every watt-hour counted once")
                .terminationProtection(stage.guarded())
                // A resource that only tells AWS which constructs were used, and differs with every version of the CDK.
                .analyticsReporting(false)
                .tags(new TreeMap<>(Map.of("application", "tallywatt", "stage", stage.word())))
                .build();
    }

    /** Encrypted by the account's own key of the service: it costs nothing, and whoever may publish may use it. */
    private Topic alerts(StackSettings settings) {
        Topic topic = Topic.Builder.create(this, "Alerts")
                .topicName(name(settings.stage()) + "-alerts")
                .displayName("Tallywatt " + settings.stage().word())
                .masterKey(Alias.fromAliasName(this, "TopicKey", "alias/aws/sns"))
                .enforceSsl(true)
                .build();
        settings.alarmEmail().ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
        return topic;
    }

    /** What every function is told: names that aws's settings read, the zone, and what is public. */
    private static Map<String, String> environment(StackSettings settings, Storage storage, Inbox inbox, Topic alerts) {
        return new TreeMap<>(Map.of(
                "TALLYWATT_AWS_TABLE", storage.table().getTableName(),
                "TALLYWATT_AWS_BUCKET", storage.bucket().getBucketName(),
                "TALLYWATT_AWS_QUEUE", inbox.queue().getQueueUrl(),
                "TALLYWATT_AWS_TOPIC", alerts.getTopicArn(),
                "TALLYWATT_AWS_PARAMETERS", "/tallywatt/" + settings.stage().word() + "/",
                "TALLYWATT_ZONE", settings.zone().getId(),
                "TALLYWATT_PUBLIC_READ", settings.publicReadText()));
    }

    private void output(String name, String description, String value) {
        CfnOutput.Builder.create(this, name)
                .description(description)
                .value(value)
                .build();
    }

    private void sayWhatIsNotBuilt(Handlers handlers) {
        if (!handlers.missing().isEmpty()) {
            Annotations.of(this)
                    .addError(
                            "Not built: "
                                    + handlers.missing().stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining(", "))
                                    + ". This template holds no code to deploy; first run ./build -pl lambda/api -am -DskipTests");
        }
    }
}
