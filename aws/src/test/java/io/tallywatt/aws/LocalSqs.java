package io.tallywatt.aws;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ, in memory, as a process of its own: one for all tests of a JVM, and a queue of its own for each. */
public final class LocalSqs {
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private static LocalSqs running;

    private final URI endpoint;
    private final SqsClient client;

    private LocalSqs(URI endpoint) {
        this.endpoint = endpoint;
        this.client = client(endpoint);
    }

    /** Starts it with the first call. */
    public static synchronized LocalSqs get() {
        if (running == null) {
            running = new LocalSqs(start());
        }
        return running;
    }

    public URI endpoint() {
        return endpoint;
    }

    public SqsClient client() {
        return client;
    }

    /** A client that asks somebody else, such as one that refuses now and then. */
    public static SqsClient client(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StandIn.credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Makes a queue that no other test has, and gives its URL. */
    public String freshQueue() {
        return freshQueue(Map.of());
    }

    public String freshQueue(Map<QueueAttributeName, String> attributes) {
        String name = "test-" + ProcessHandle.current().pid() + "-" + QUEUES.incrementAndGet();
        return client.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
    }

    /** Makes a queue whose messages go to another one after so many receives, and gives its URL. */
    public String freshQueue(String deadLetterQueue, int receives) {
        String arn = client.getQueueAttributes(
                        q -> q.queueUrl(deadLetterQueue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return freshQueue(Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"" + receives + "\"}"));
    }

    private static URI start() {
        int port = StandIn.freePort();
        return StandIn.start(
                "ElasticMQ",
                port,
                StandIn.java(
                        "-Drest-sqs.bind-hostname=127.0.0.1",
                        "-Drest-sqs.bind-port=" + port,
                        "-Dnode-address.host=127.0.0.1",
                        "-Dnode-address.port=" + port,
                        "-Drest-stats.enabled=false",
                        "-cp",
                        StandIn.packaged("testbed/sqs", "elasticmq") + "/*",
                        "org.elasticmq.server.Main"));
    }
}
