package io.tallywatt.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tallywatt.aws.LocalSqs;
import io.tallywatt.aws.s3.ObjectPlace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class PartMessageTest {
    private static PartMessage part(int number, String dateOrder, String version) {
        return new PartMessage(
                "take \"1\"",
                "süd/a b.csv",
                Instant.parse("2026-11-26T17:00:00.123Z"),
                "format=wide zone=UTC",
                dateOrder,
                number,
                40_000_000_001L,
                new PartMessage.Bytes(new ObjectPlace("b", "inbox/a b.csv", version), "\"e\"", 0, 262_144),
                new PartMessage.Bytes(new ObjectPlace("b", "inbox/a b.csv", version), "\"e\"", 1L << 33, 1L << 34));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(PartMessage.read(part(7, "DAY_FIRST", "v").json())).contains(part(7, "DAY_FIRST", "v"));
        assertThat(PartMessage.read(part(0, null, null).json())).contains(part(0, null, null));
    }

    @Test
    void otherMessagesAreNotItsOwnAndHalfAPartIsSaidToBeOne() throws Exception {
        assertThat(PartMessage.read("{\"Records\":[]}")).isEmpty();
        assertThat(PartMessage.read("no JSON")).isEmpty();
        assertThatThrownBy(() -> PartMessage.read("{\"tallywatt\":\"part\",\"take\":\"t\"}"))
                .isInstanceOf(InboxMessage.Unknown.class)
                .hasMessageContaining("'name'");
        assertThatThrownBy(
                        () -> PartMessage.read(part(0, null, null).json().replace("\"number\":0", "\"number\":\"x\"")))
                .isInstanceOf(InboxMessage.Unknown.class);
    }

    @Test
    void allMessagesAreSentTenAtATime() throws Exception {
        SqsClient sqs = LocalSqs.get().client();
        String queue = LocalSqs.get().freshQueue();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            bodies.add(part(i, null, null).json());
        }
        new SqsQueue(sqs, queue).sendAll(bodies);
        Set<String> came = new HashSet<>();
        while (came.size() < bodies.size()) {
            for (Message message : sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                    .messages()) {
                came.add(message.body());
            }
        }
        assertThat(came).containsExactlyInAnyOrderElementsOf(bodies);
        assertThatThrownBy(() -> new SqsQueue(sqs, queue + "-none").sendAll(bodies))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-none");
    }

    /** What answers as SQS does when it takes some of ten, as its API reference has it: the second time it takes the rest. */
    @Test
    void whatTheQueueDidNotTakeIsSentAgain() throws Exception {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        HttpServer halfWilling = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        halfWilling.createContext("/", exchange -> {
            JsonTree request = JsonTree.read(exchange.getRequestBody());
            StringJoiner successful = new StringJoiner(",", "[", "]");
            StringJoiner failed = new StringJoiner(",", "[", "]");
            boolean first = sent.isEmpty();
            for (JsonTree entry : request.get("Entries").items()) {
                String id = entry.get("Id").text();
                String body = entry.get("MessageBody").text();
                if (first && Integer.parseInt(id) % 2 == 1) {
                    failed.add("{\"Id\":\"" + id + "\",\"Code\":\"InternalError\",\"SenderFault\":false}");
                } else {
                    sent.add(body);
                    successful.add("{\"Id\":\"" + id + "\",\"MessageId\":\"m" + id + "\",\"MD5OfMessageBody\":\""
                            + md5(body) + "\"}");
                }
            }
            byte[] answer =
                    ("{\"Successful\":" + successful + ",\"Failed\":" + failed + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        halfWilling.start();
        try {
            SqsClient sqs = LocalSqs.client(
                    URI.create("http://127.0.0.1:" + halfWilling.getAddress().getPort()));
            List<String> bodies = List.of("a", "b", "c", "d");
            new SqsQueue(sqs, "http://127.0.0.1/queue").sendAll(bodies);
            assertThat(sent).containsExactlyInAnyOrderElementsOf(bodies);
        } finally {
            halfWilling.stop(0);
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
