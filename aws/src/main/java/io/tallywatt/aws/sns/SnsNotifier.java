package io.tallywatt.aws.sns;

import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Notifier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;

/** Publishes alerts to a topic: the title as the subject, which mails have, the text as the message. */
public final class SnsNotifier implements Notifier {
    /** Of a subject: under 100 characters of ASCII, without line ends. Source: the SNS API reference, Publish. */
    private static final int LONGEST_SUBJECT = 99;

    private final SnsClient sns;
    private final String topic;
    private final AlertText text;

    /** @param topic its ARN */
    public SnsNotifier(SnsClient sns, String topic, AlertText text) {
        this.sns = sns;
        this.topic = topic;
        this.text = text;
    }

    @Override
    public String name() {
        return "sns";
    }

    @Override
    public void send(Alert alert) throws NotSent {
        try {
            sns.publish(
                    p -> p.topicArn(topic).subject(subject(text.title(alert))).message(text.body(alert)));
        } catch (InvalidParameterException | InvalidParameterValueException e) {
            throw new NotSent("The topic will never take it: " + oneLine(e), false);
        } catch (SdkException e) {
            throw new NotSent("The topic " + topic + " did not take it: " + oneLine(e), true);
        }
    }

    private static String oneLine(SdkException e) {
        return AlertText.clean(String.valueOf(e.getMessage()));
    }

    static String subject(String title) {
        StringBuilder subject = new StringBuilder();
        title.codePoints().forEach(c -> subject.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return subject.length() <= LONGEST_SUBJECT
                ? subject.toString()
                : subject.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
