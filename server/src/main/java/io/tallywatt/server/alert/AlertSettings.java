package io.tallywatt.server.alert;

import io.tallywatt.core.alert.AlertPolicy;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told, and how much. The server's log always is.
 *
 * @param webhook null for none
 * @param mail null for none
 */
public record AlertSettings(
        AlertPolicy policy,
        @Nullable Webhook webhook,
        @Nullable Mail mail) {

    /** Only the log is told. */
    public static final AlertSettings DEFAULT = new AlertSettings(AlertPolicy.DEFAULT, null, null);

    /**
     * Where alerts are posted. The address is a secret too: of many services, whoever knows it may post.
     *
     * @param authorization value of the header Authorization, null for none
     * @param ntfyTopic the body is ntfy's with this topic; null for one that Slack-style hooks take
     */
    public record Webhook(
            URI address,
            @Nullable Secret authorization,
            @Nullable String ntfyTopic) {

        /** Where, as far as it may be shown. */
        String shown() {
            return address.getScheme() + "://" + address.getAuthority();
        }

        @Override
        public String toString() {
            return "Webhook[" + shown() + "]";
        }
    }

    /**
     * Where mail goes.
     *
     * @param from as in a mail's header: {@code Tallywatt <alerts@example.org>}
     * @param to likewise, at least one
     */
    public record Mail(SmtpAddress server, String from, List<String> to) {}
}
