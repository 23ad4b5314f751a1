package io.tallywatt.aws.sqs;

import io.tallywatt.aws.table.Backoff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Sends messages to a queue, ten at a time. What SQS did not take of ten is sent again. */
public final class SqsQueue {
    private static final int BATCH = 10;
    private static final int TRIES = 5;

    private final SqsClient sqs;
    private final String url;

    public SqsQueue(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    /**
     * Sends all of them, in any order. If it fails, some may have been sent: whoever gets one twice has to bear it.
     *
     * @param bodies of at most 25,000 characters each
     */
    public void sendAll(List<String> bodies) throws IOException {
        for (int from = 0; from < bodies.size(); from += BATCH) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (int i = from; i < Math.min(bodies.size(), from + BATCH); i++) {
                String id = Integer.toString(i);
                String body = bodies.get(i);
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(id)
                        .messageBody(body)
                        .build());
            }
            send(entries);
        }
    }

    private void send(List<SendMessageBatchRequestEntry> entries) throws IOException {
        Backoff backoff = new Backoff();
        List<SendMessageBatchRequestEntry> left = entries;
        while (!left.isEmpty()) {
            SendMessageBatchResponse response;
            try {
                List<SendMessageBatchRequestEntry> now = left;
                response = sqs.sendMessageBatch(s -> s.queueUrl(url).entries(now));
            } catch (SdkException e) {
                throw new IOException("The queue " + url + " does not take messages: " + e.getMessage(), e);
            }
            List<String> failed =
                    response.failed().stream().map(BatchResultErrorEntry::id).toList();
            left = left.stream().filter(entry -> failed.contains(entry.id())).toList();
            if (left.isEmpty()) {
                return;
            }
            if (backoff.tries() >= TRIES || response.failed().stream().anyMatch(BatchResultErrorEntry::senderFault)) {
                throw new IOException("The queue " + url + " did not take " + left.size() + " messages: "
                        + response.failed().stream()
                                .map(entry -> entry.code() + " " + entry.message())
                                .distinct()
                                .collect(Collectors.joining("; ")));
            }
            backoff.await();
        }
    }
}
