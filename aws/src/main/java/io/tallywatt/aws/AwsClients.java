package io.tallywatt.aws;

import io.tallywatt.aws.AwsSettings.Service;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Makes the clients of the services, all alike: the JDK's HTTP, which starts quickest, and the SDK's own retries, with jitter,
 * for calls that are throttled or broken off. Region and credentials are found as the SDK finds them.
 */
public final class AwsClients {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Longer than any answer takes that is still on its way. */
    private static final Duration READ = Duration.ofSeconds(20);

    private static final int TRIES = 6;

    static {
        // How many idle connections to one host the JDK keeps: as many as there are calls at once. Its default is 5.
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", "64");
        }
    }

    private final AwsSettings settings;
    /** One for all clients: each would read the machine's certificates anew, and keep connections of its own. */
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(READ)
            .build();

    public AwsClients(AwsSettings settings) {
        this.settings = settings;
    }

    public DynamoDbClient dynamoDb() {
        return built(DynamoDbClient.builder(), Service.DYNAMODB).build();
    }

    /** With paths in place of host names, which stand-ins on one address understand, where an address is stated. */
    public S3Client s3() {
        return built(S3Client.builder(), Service.S3)
                .forcePathStyle(settings.endpoint(Service.S3) != null)
                .build();
    }

    /** What signs addresses of objects; it asks nobody. */
    public S3Presigner s3Addresses() {
        S3Presigner.Builder builder = S3Presigner.builder();
        @Nullable URI endpoint = settings.endpoint(Service.S3);
        if (endpoint != null) {
            builder.endpointOverride(endpoint)
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build());
        }
        return builder.build();
    }

    public SqsClient sqs() {
        return built(SqsClient.builder(), Service.SQS).build();
    }

    public SnsClient sns() {
        return built(SnsClient.builder(), Service.SNS).build();
    }

    public SsmClient ssm() {
        return built(SsmClient.builder(), Service.SSM).build();
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B built(B builder, Service service) {
        @Nullable URI endpoint = settings.endpoint(service);
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.httpClient(http)
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(TRIES)
                        .build()));
    }
}
