package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.alert.AlertPolicy;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.server.alert.AlertSettingTexts;
import io.tallywatt.server.alert.AlertSettings;
import io.tallywatt.server.alert.Secret;
import io.tallywatt.server.alert.SmtpAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings that begin with {@code tallywatt.alert}. */
final class AlertKeys {
    private static final String ALERT = "tallywatt.alert.";
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Settings settings;

    AlertKeys(Settings settings) {
        this.settings = settings;
    }

    AlertSettings read() {
        AlertPolicy usual = AlertPolicy.DEFAULT;
        AlertPolicy policy = new AlertPolicy(
                settings.get(ALERT + "cool-down", AlertKeys::time).orElse(usual.coolDown()),
                settings.get(ALERT + "per-hour", AlertKeys::count).orElse(usual.perHour()),
                settings.get(ALERT + "least", AlertKeys::severity).orElse(usual.least()),
                settings.get(ALERT + "max-age", AlertKeys::time).orElse(usual.maxAge()));
        return new AlertSettings(policy, webhook().orElse(null), mail().orElse(null));
    }

    private Optional<AlertSettings.Webhook> webhook() {
        Optional<URI> address = settings.secret(ALERT + "webhook", AlertSettingTexts::webhook);
        Optional<Secret> authorization =
                settings.secret(ALERT + "webhook-authorization", AlertSettingTexts::authorization);
        Optional<String> topic = settings.get(ALERT + "ntfy-topic", AlertSettingTexts::ntfyTopic);
        if (address.isEmpty() && (authorization.isPresent() || topic.isPresent())) {
            throw Stop.usage("Settings " + ALERT + "webhook-authorization and " + ALERT
                    + "ntfy-topic are nothing without " + ALERT + "webhook");
        }
        return address.map(to -> new AlertSettings.Webhook(to, authorization.orElse(null), topic.orElse(null)));
    }

    private Optional<AlertSettings.Mail> mail() {
        Optional<SmtpAddress> server = settings.secret(ALERT + "smtp", SmtpAddress::parse);
        Optional<String> from = settings.get(ALERT + "mail-from", AlertSettingTexts::mailFrom);
        Optional<List<String>> to = settings.get(ALERT + "mail-to", AlertSettingTexts::mailTo);
        if (server.isEmpty() && from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        if (server.isEmpty() || from.isEmpty() || to.isEmpty()) {
            throw Stop.usage("For alerts by mail, the settings " + ALERT + "smtp, " + ALERT + "mail-from and " + ALERT
                    + "mail-to are all needed");
        }
        return Optional.of(new AlertSettings.Mail(server.get(), from.get(), to.get()));
    }

    private static Integer count(String text) {
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1) {
            return Integer.valueOf(text);
        }
        throw new Values.Unexpected("a number of alerts from 1 to 9999", text);
    }

    private static Severity severity(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "INFO" -> Severity.INFO;
            case "WARNING" -> Severity.WARNING;
            case "CRITICAL" -> Severity.CRITICAL;
            default -> throw new Values.Unexpected("INFO, WARNING or CRITICAL", text);
        };
    }

    private static Duration time(String text) {
        try {
            Duration time = Duration.parse(text);
            if (!time.isNegative() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeException e) {
            throw unexpectedTime(text);
        }
        throw unexpectedTime(text);
    }

    private static Values.Unexpected unexpectedTime(String text) {
        return new Values.Unexpected("a length of time such as PT1H or P2D, at most P366D", text);
    }
}
