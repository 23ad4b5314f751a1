package io.tallywatt.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucket.FilterRuleProperty;
import software.amazon.awscdk.services.s3.CfnBucket.NotificationConfigurationProperty;
import software.amazon.awscdk.services.s3.CfnBucket.NotificationFilterProperty;
import software.amazon.awscdk.services.s3.CfnBucket.QueueConfigurationProperty;
import software.amazon.awscdk.services.s3.CfnBucket.S3KeyFilterProperty;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The queue that tells of what came into the bucket's {@code inbox/}, and the one for what could not be taken in after three tries. */
final class Inbox extends Construct {
    private static final int TRIES = 3;
    /** Six times what a function may take, as Lambda asks: what waits for a free function does not come up twice meanwhile. */
    private static final Duration VISIBILITY = Duration.minutes(30);
    /** A message counts its days from when it was first sent, in the dead-letter queue too: a week is left to it there. */
    private static final Duration KEPT = Duration.days(7);

    private static final Duration DEAD_KEPT = Duration.days(14);

    private final Queue queue;
    private final Queue deadLetters;

    Inbox(Construct scope, String id, Stage stage, Bucket bucket) {
        super(scope, id);
        deadLetters = queue("DeadLetters").retentionPeriod(DEAD_KEPT).build();
        queue = queue("Queue")
                .visibilityTimeout(VISIBILITY)
                .retentionPeriod(KEPT)
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(TRIES)
                        .build())
                .build();
        queue.addToResourcePolicy(mayBeToldBy(stage));
        tellOf(bucket);
    }

    Queue queue() {
        return queue;
    }

    Queue deadLetters() {
        return deadLetters;
    }

    private Queue.Builder queue(String id) {
        return Queue.Builder.create(this, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true);
    }

    /** Of all that S3 may say to anybody's queue: our bucket, of our account, to ours. */
    private PolicyStatement mayBeToldBy(Stage stage) {
        return PolicyStatement.Builder.create()
                .sid("TheBucketTells")
                .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(new TreeMap<>(Map.of(
                        "ArnEquals", Map.of("aws:SourceArn", Storage.bucketArn(stage)),
                        "StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
                .build();
    }

    /**
     * As a property of the bucket. The CDK's own way is a function that sets it during the deployment, which may change the notifications
     * of every bucket of the account.
     */
    private void tellOf(Bucket bucket) {
        CfnBucket resource = (CfnBucket) bucket.getNode().getDefaultChild();
        if (resource == null) {
            throw new IllegalStateException("The bucket is no resource of this stack");
        }
        resource.setNotificationConfiguration(NotificationConfigurationProperty.builder()
                .queueConfigurations(List.of(QueueConfigurationProperty.builder()
                        .event("s3:ObjectCreated:*")
                        .queue(queue.getQueueArn())
                        .filter(NotificationFilterProperty.builder()
                                .s3Key(S3KeyFilterProperty.builder()
                                        .rules(List.of(FilterRuleProperty.builder()
                                                .name("prefix")
                                                .value("inbox/")
                                                .build()))
                                        .build())
                                .build())
                        .build()))
                .build());
        // S3 tries the queue when it is told of it: by then it has to be allowed to.
        resource.getNode().addDependency(queue.getNode().findChild("Policy"));
    }
}
