package io.tallywatt.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.LocalMoto;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** From what a site sent to whoever subscribed to the topic: the packaged function in the real runtime client. */
class JudgeIT {
    private static final StaticCredentialsProvider LOCAL =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    @Test
    void whatIsFoundIsToldOnce() throws Exception {
        LocalMoto moto = LocalMoto.start().orElse(null);
        assumeTrue(moto != null, "moto_server is not installed: alerts by SNS are not tested here");
        try (moto) {
            SnsClient sns = SnsClient.builder()
                    .endpointOverride(moto.endpoint())
                    .region(Region.EU_WEST_1)
                    .credentialsProvider(LOCAL)
                    .httpClient(UrlConnectionHttpClient.create())
                    .build();
            SqsClient sqs = SqsClient.builder()
                    .endpointOverride(moto.endpoint())
                    .region(Region.EU_WEST_1)
                    .credentialsProvider(LOCAL)
                    .httpClient(UrlConnectionHttpClient.create())
                    .build();
            String topic = sns.createTopic(t -> t.name("alerts")).topicArn();
            String queue = sqs.createQueue(q -> q.queueName("me")).queueUrl();
            sns.subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:eu-west-1:123456789012:me"));

            String table = LocalDynamoDb.freshName();
            DynamoStore.createTable(LocalDynamoDb.get().client(), table);
            negativeEnergy(DynamoStore.open(LocalDynamoDb.get().client(), table, Clock.systemUTC()));
            Map<String, String> environment = LambdaRuntime.environment(table, "none");
            environment.put("TALLYWATT_AWS_TOPIC", topic);
            environment.put("TALLYWATT_AWS_SNS_ENDPOINT", moto.endpoint().toString());
            try (LambdaRuntime function = new LambdaRuntime(
                    "io.tallywatt.lambda.JudgeHandler::handleRequest", environment, Duration.ofMinutes(5))) {
                function.invoke("{}", null);
                List<Message> told = sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                        .messages();
                assertThat(told)
                        .as(function.log())
                        .singleElement()
                        .satisfies(message ->
                                assertThat(message.body()).contains("site/s1/generation", "negative energy"));
                function.invoke("{}", null);
                function.kill();
                function.invoke("{}", null);
                assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages())
                        .isEmpty();
            }
        }
    }

    private static void negativeEnergy(DynamoStore store) {
        // Just now, so that the site is not overdue as well.
        long fiveMinutes = Duration.ofMinutes(5).toSeconds();
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond() / fiveMinutes * fiveMinutes);
        String text = "{\"site_id\": \"s1\", \"timestamp\": \"" + now.minus(Duration.ofMinutes(5))
                + "\", \"energy_generated_kwh\": -1.8, \"energy_consumed_kwh\": 0.4}";
        Outcome outcome = new Ingest(store, store, new WayIT.Nowhere(), number -> {})
                .take(
                        WayIT.document("feed.json", text, Instant.now()),
                        ReadingOptions.in(ZoneId.of("UTC")),
                        Progress.NONE);
        assertThat(outcome).isInstanceOf(Outcome.Taken.class);
    }
}
