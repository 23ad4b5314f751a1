package io.tallywatt.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tallywatt.aws.AwsClients;
import io.tallywatt.aws.AwsSettings;
import io.tallywatt.aws.LocalMoto;
import io.tallywatt.aws.ssm.Parameters;
import io.tallywatt.core.alert.Given;
import io.tallywatt.core.alert.Notifier.NotSent;
import io.tallywatt.core.store.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** SNS and the parameter store by what stands in for them, where it is installed. */
class TopicAndParametersTest {
    private static LocalMoto moto;
    private static AwsClients clients;

    @BeforeAll
    static void start() throws Exception {
        moto = LocalMoto.start().orElse(null);
        assumeTrue(moto != null, "moto_server is not installed: SNS and the parameter store are not tested here");
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        clients = new AwsClients(
                new AwsSettings(Map.of("TALLYWATT_AWS_ENDPOINT", moto.endpoint().toString())::get));
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.close();
            System.clearProperty("aws.region");
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void whoSubscribedToTheTopicGetsTheAlertOnce() throws Exception {
        SnsClient sns = clients.sns();
        SqsClient sqs = clients.sqs();
        String topic = sns.createTopic(t -> t.name("alerts")).topicArn();
        String queue = sqs.createQueue(q -> q.queueName("subscriber")).queueUrl();
        sns.subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:eu-west-1:123456789012:subscriber"));

        new SnsNotifier(sns, topic, Given.TEXT).send(Given.found());
        new SnsNotifier(sns, topic, Given.TEXT).send(Given.hostile());

        assertThat(sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                        .messages())
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.body())
                        .contains("[CRITICAL] site/site1/generation: far from the usual", "at most 12 kWh"));
        assertThatThrownBy(() -> new SnsNotifier(sns, topic + "-none", Given.TEXT).send(Given.found()))
                .isInstanceOfSatisfying(
                        NotSent.class, e -> assertThat(e.mayPass()).isTrue())
                .hasMessageContaining("-none");
    }

    @Test
    void subjectsAreShortPlainAscii() {
        assertThat(SnsNotifier.subject("[WARNING] site/süd\n: x")).isEqualTo("[WARNING] site/s?d?: x");
        assertThat(SnsNotifier.subject("x".repeat(200))).hasSize(99).endsWith("...");
    }

    @Test
    void parametersAreDecryptedAndReadAnewAfterAWhile() {
        SsmClient ssm = clients.ssm();
        for (int i = 0; i < 15; i++) {
            String name = "/tallywatt/dev/filler" + i;
            ssm.putParameter(p -> p.name(name).value("f").type(ParameterType.STRING));
        }
        ssm.putParameter(
                p -> p.name("/tallywatt/dev/entsoe/token").value("first").type(ParameterType.SECURE_STRING));
        ssm.putParameter(
                p -> p.name("/tallywatt/prod/entsoe/token").value("other").type(ParameterType.SECURE_STRING));
        TestClock clock = new TestClock(Instant.parse("2026-11-26T17:00:00Z"));
        Parameters parameters = new Parameters(ssm, "/tallywatt/dev/", clock);
        assertThat(parameters.find("entsoe/token")).contains("first");
        ssm.putParameter(p -> p.name("/tallywatt/dev/entsoe/token")
                .value("second")
                .type(ParameterType.SECURE_STRING)
                .overwrite(true));
        assertThat(parameters.find("entsoe/token")).contains("first");
        clock.advance(Duration.ofMinutes(5));
        assertThat(parameters.required("entsoe/token")).isEqualTo("second");
        assertThat(parameters.find("none")).isEmpty();
        assertThatThrownBy(() -> parameters.required("none"))
                .hasMessageContaining("/tallywatt/dev/none")
                .hasMessageContaining("put-parameter");
    }
}
