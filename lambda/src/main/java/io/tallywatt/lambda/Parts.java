package io.tallywatt.lambda;

import io.tallywatt.aws.AwsClients;
import io.tallywatt.aws.AwsSettings;
import io.tallywatt.aws.s3.S3DeadLetters;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.format.ReadingOptions;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What the functions are put together of, by the settings of the process. */
public record Parts(
        DynamoDbClient dynamoDb,
        String table,
        DynamoStore store,
        S3Client s3,
        String bucket,
        S3DeadLetters deadLetters,
        ReadingOptions options,
        Clock clock) {
    private static final String ZONE = "TALLYWATT_ZONE";

    /** By the settings of the process. */
    static Parts ofProcess() {
        AwsSettings settings = AwsSettings.ofProcess();
        return of(settings, new AwsClients(settings));
    }

    public static Parts of(AwsSettings settings, AwsClients clients) {
        Clock clock = Clock.systemUTC();
        DynamoDbClient dynamoDb = clients.dynamoDb();
        S3Client s3 = clients.s3();
        return new Parts(
                dynamoDb,
                settings.table(),
                DynamoStore.open(dynamoDb, settings.table(), clock),
                s3,
                settings.bucket(),
                new S3DeadLetters(s3, settings.bucket()),
                options(settings.optional(ZONE)),
                clock);
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
