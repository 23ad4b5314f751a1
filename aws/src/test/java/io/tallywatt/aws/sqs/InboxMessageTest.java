package io.tallywatt.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.aws.s3.ObjectPlace;
import org.junit.jupiter.api.Test;

class InboxMessageTest {
    private static String record(String event, String key, String more) {
        return "{\"eventName\":\"" + event + "\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"" + key
                + "\"" + more + "}}}";
    }

    @Test
    void keysAreDecodedAndVersionsKept() throws Exception {
        String body = "{\"Records\":["
                + record("ObjectCreated:Put", "inbox/a+b%2Bc+s%C3%BCd.csv", ",\"versionId\":\"v1\",\"size\":3")
                + ","
                + record("ObjectCreated:CompleteMultipartUpload", "inbox/x", "")
                + "]}";
        assertThat(InboxMessage.created(body))
                .containsExactly(
                        new ObjectPlace("b", "inbox/a b+c süd.csv", "v1"), new ObjectPlace("b", "inbox/x", null));
    }

    @Test
    void whatIsNoCreationIsPassedOver() throws Exception {
        assertThat(InboxMessage.created("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"))
                .isEmpty();
        assertThat(InboxMessage.created("{\"Records\":[" + record("ObjectRemoved:Delete", "inbox/x", "") + "]}"))
                .isEmpty();
        assertThat(InboxMessage.created("{\"Records\":[]}")).isEmpty();
    }

    @Test
    void whatIsNoNotificationIsSaidToBeNone() {
        for (String body : new String[] {"", "hello", "[]", "{}", "{\"Records\":[{}]}", "{\"Records\":7}"}) {
            assertThatThrownBy(() -> InboxMessage.created(body))
                    .as(body)
                    .isInstanceOf(InboxMessage.Unknown.class)
                    .hasMessageContaining("expected a notification of S3");
        }
        assertThatThrownBy(() -> InboxMessage.created("{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}"))
                .hasMessageContaining("s3.bucket.name");
        assertThatThrownBy(() ->
                        InboxMessage.created("{\"Records\":[" + record("ObjectCreated:Put", "inbox/%zz", "") + "]}"))
                .hasMessageContaining("URL-encoded");
    }
}
