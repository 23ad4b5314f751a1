package io.tallywatt.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.aws.sqs.JsonTree;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What Lambda's event source mapping does with a queue: hands batches to the function, deletes what is done, and lets the rest come
 * again. It hands on in another order, and now and then kills the function in the middle.
 */
final class QueueSource {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BATCH = 10;
    /** A function that is killed gives its messages back after so long. */
    private static final int VISIBILITY_SECONDS = 1;

    private final SqsClient sqs;
    private final String queue;
    private final LambdaRuntime function;
    private final Random random;
    /** How many batches there are to one kill; 0 for none. */
    private final int killsIn;

    QueueSource(SqsClient sqs, String queue, LambdaRuntime function, Random random, int killsIn) {
        this.sqs = sqs;
        this.queue = queue;
        this.function = function;
        this.random = random;
        this.killsIn = killsIn;
    }

    /** Hands on until nothing waits, and nothing is hidden either. */
    void drain() throws IOException, InterruptedException {
        while (waiting() > 0) {
            List<Message> batch = new ArrayList<>(sqs.receiveMessage(r -> r.queueUrl(queue)
                            .maxNumberOfMessages(1 + random.nextInt(BATCH))
                            .visibilityTimeout(VISIBILITY_SECONDS)
                            .waitTimeSeconds(1))
                    .messages());
            if (!batch.isEmpty()) {
                Collections.shuffle(batch, random);
                hand(batch);
            }
        }
    }

    private int waiting() {
        return sqs
                .getQueueAttributes(g -> g.queueUrl(queue)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private void hand(List<Message> batch) throws IOException, InterruptedException {
        @Nullable
        Duration killAfter =
                killsIn > 0 && random.nextInt(killsIn) == 0 ? Duration.ofMillis(1L + random.nextInt(120)) : null;
        try {
            String answer = function.invoke(event(batch), killAfter);
            Set<String> failed = new HashSet<>();
            JsonTree.read(answer)
                    .get("batchItemFailures")
                    .items()
                    .forEach(one -> failed.add(one.get("itemIdentifier").text()));
            for (Message message : batch) {
                if (!failed.contains(message.messageId())) {
                    sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
                }
            }
        } catch (LambdaRuntime.Failed e) {
            // All of the batch comes again.
        }
    }

    private static String event(List<Message> batch) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            for (Message message : batch) {
                json.writeStartObject();
                json.writeStringField("messageId", message.messageId());
                json.writeStringField("receiptHandle", message.receiptHandle());
                json.writeStringField("body", message.body());
                json.writeStringField("eventSource", "aws:sqs");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }
}
