package io.tallywatt.lambda;

import io.tallywatt.aws.AwsClients;
import io.tallywatt.aws.AwsSettings;
import io.tallywatt.aws.s3.S3DeadLetters;
import io.tallywatt.aws.sns.SnsNotifier;
import io.tallywatt.aws.sqs.SqsQueue;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Notifier;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.store.StoredSeries;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the functions are put together of, by the settings of the process. What not every function needs is made when it is first asked
 * for: each client takes a tenth of a second or more to start.
 */
public final class Parts {
    private static final String ZONE = "TALLYWATT_ZONE";
    private static final String PART_SIZE = "TALLYWATT_PART_BYTES";
    private static final long DEFAULT_PART_SIZE = 32L << 20;

    private final AwsSettings settings;
    private final AwsClients clients;
    private final Clock clock = Clock.systemUTC();
    private final DynamoDbClient dynamoDb;
    private final DynamoStore store;
    private final ReadingOptions options;
    private @Nullable S3Client s3;
    private @Nullable SqsQueue queue;

    public Parts(AwsSettings settings, AwsClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.dynamoDb = clients.dynamoDb();
        this.store = DynamoStore.open(dynamoDb, settings.table(), clock);
        this.options = options(settings.optional(ZONE));
    }

    /** By the settings of the process. */
    static Parts ofProcess() {
        AwsSettings settings = AwsSettings.ofProcess();
        return new Parts(settings, new AwsClients(settings));
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    public String table() {
        return settings.table();
    }

    public DynamoStore store() {
        return store;
    }

    public synchronized S3Client s3() {
        if (s3 == null) {
            s3 = clients.s3();
        }
        return s3;
    }

    /** The queue of the inbox, to send to. It is asked for only by big files. */
    synchronized SqsQueue queue() {
        if (queue == null) {
            queue = new SqsQueue(clients.sqs(), settings.queue());
        }
        return queue;
    }

    /** Who is told of findings; empty where the stage has no topic. */
    Optional<Notifier> notifier() {
        @Nullable String topic = settings.topic();
        AlertText text = new AlertText(
                series -> store.find(series).map(StoredSeries::zone).orElse(options.zone()));
        return topic == null ? Optional.empty() : Optional.of(new SnsNotifier(clients.sns(), topic, text));
    }

    /** Size of the parts in which big files are taken, in bytes. */
    long partSize() {
        @Nullable String stated = settings.optional(PART_SIZE);
        if (stated == null) {
            return DEFAULT_PART_SIZE;
        }
        if (!stated.matches("[1-9][0-9]{2,8}")) {
            throw new IllegalStateException(PART_SIZE + " is '" + stated + "'; expected a number of bytes from 100 on");
        }
        return Long.parseLong(stated);
    }

    public String bucket() {
        return settings.bucket();
    }

    public DeadLetters deadLetters() {
        return new S3DeadLetters(this::s3, bucket());
    }

    public ReadingOptions options() {
        return options;
    }

    public Clock clock() {
        return clock;
    }

    static ReadingOptions options(@Nullable String zone) {
        if (zone == null) {
            return unstated();
        }
        try {
            return ReadingOptions.in(ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalStateException(ZONE + " is '" + zone + "'; expected a time zone such as Europe/London", e);
        }
    }

    /** Clock times are of UTC, and the report says that nobody said so. */
    private static ReadingOptions unstated() {
        return new ReadingOptions(
                ZoneOffset.UTC,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ReadingOptions.DEFAULT_PLAUSIBLE_KW,
                ReadingOptions.DEFAULT_FEED_EVERY);
    }
}
