package io.tallywatt.infra;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * What must outlive the stack: the bucket of files, and the table. Both stay when the stack is deleted, in every stage.
 *
 * <p>Both have fixed names. The bucket's is known before it exists, so that the queue can name it as the only one that may send; and a
 * change that would replace either fails, where with a made-up name it would quietly start an empty one.
 */
final class Storage extends Construct {
    private static final double TLS = 1.2;

    private final Bucket bucket;
    private final Table table;

    Storage(Construct scope, String id, Stage stage) {
        super(scope, id);
        bucket = bucket(stage, accessLogs());
        table = table(stage);
    }

    Bucket bucket() {
        return bucket;
    }

    Table table() {
        return table;
    }

    static String bucketName(Stage stage) {
        return "tallywatt-" + stage.word() + "-" + Aws.ACCOUNT_ID + "-" + Aws.REGION;
    }

    /** The bucket's ARN, without asking the bucket: what the bucket itself waits for may name it. */
    static String bucketArn(Stage stage) {
        return "arn:" + Aws.PARTITION + ":s3:::" + bucketName(stage);
    }

    /**
     * Versioned: a file that is sent again under the same name must not take away the bytes that a message in the queue, or a delivery in
     * the ledger, speaks of.
     */
    private Bucket bucket(Stage stage, Bucket accessLogs) {
        return Bucket.Builder.create(this, "Bucket")
                .bucketName(bucketName(stage))
                .versioned(true)
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .minimumTlsVersion(TLS)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .serverAccessLogsBucket(accessLogs)
                // Pages send files to, and fetch large answers from, addresses that the API signed: whoever has such an
                // address may do so, wherever the page came from.
                .cors(List.of(CorsRule.builder()
                        .id("SignedAddresses")
                        .allowedMethods(List.of(HttpMethods.GET, HttpMethods.PUT))
                        .allowedOrigins(List.of("*"))
                        .allowedHeaders(List.of("*"))
                        .maxAge(3600)
                        .build()))
                .lifecycleRules(List.of(
                        // What is begun and not ended is invisible, and paid for.
                        LifecycleRule.builder()
                                .id("UnfinishedUploads")
                                .abortIncompleteMultipartUploadAfter(Duration.days(2))
                                .build(),
                        passing("Parts", "parts/", 7),
                        gone("PartsGone", "parts/"),
                        passing("Answers", "answers/", 1),
                        gone("AnswersGone", "answers/"),
                        // What somebody let go of after a retry can be fetched back for a month.
                        LifecycleRule.builder()
                                .id("Quarantine")
                                .prefix("quarantine/")
                                .noncurrentVersionExpiration(Duration.days(30))
                                .expiredObjectDeleteMarker(true)
                                .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    /** What can be made again: in a versioned bucket it first becomes an old version, which goes a day later. */
    private static LifecycleRule passing(String id, String prefix, int days) {
        return LifecycleRule.builder()
                .id(id)
                .prefix(prefix)
                .expiration(Duration.days(days))
                .noncurrentVersionExpiration(Duration.days(1))
                .build();
    }

    /** Clears away the marks of objects that are gone. S3 refuses that in a rule that also says when they go. */
    private static LifecycleRule gone(String id, String prefix) {
        return LifecycleRule.builder()
                .id(id)
                .prefix(prefix)
                .expiredObjectDeleteMarker(true)
                .build();
    }

    /** Who read or wrote which file, since a meter's readings tell when somebody is at home. */
    private Bucket accessLogs() {
        Bucket logs = Bucket.Builder.create(this, "AccessLogs")
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .minimumTlsVersion(TLS)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("Old")
                        .expiration(Duration.days(90))
                        .abortIncompleteMultipartUploadAfter(Duration.days(2))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Accepted.rule("AwsSolutions-S1", "It is the bucket of access logs: logging access to it would log the logging.")
                .on(logs);
        return logs;
    }

    private Table table(Stage stage) {
        return Table.Builder.create(this, "Table")
                .tableName("tallywatt-" + stage.word())
                .partitionKey(key("p"))
                .sortKey(key("s"))
                .timeToLiveAttribute("ttl")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .encryption(TableEncryption.AWS_MANAGED)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(stage.guarded())
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    private static Attribute key(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
