package io.tallywatt.server.alert;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads what people write in the settings of alerts. Each throws {@link IllegalArgumentException}, without a secret in it. */
public final class AlertSettingTexts {
    private AlertSettingTexts() {}

    /** Where alerts are posted. */
    public static URI webhook(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, without the text that its message holds.
        }
        throw new IllegalArgumentException(
                "expected an address such as https://hooks.example.org/T0/B0, without user and"
                        + " password, which go to tallywatt.alert.webhook-authorization (what was given is not shown)");
    }

    /** The value of a header. */
    public static Secret authorization(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return new Secret(text);
        }
        throw new IllegalArgumentException(
                "expected the value of a header, such as 'Bearer ...', of printable ASCII characters (what was given is not shown)");
    }

    /** ntfy's own rule. */
    public static String ntfyTopic(String text) {
        if (text.matches("[-_A-Za-z0-9]{1,64}")) {
            return text;
        }
        throw new IllegalArgumentException(
                "expected a topic of ntfy, up to 64 letters, digits, - and _, but got '" + text + "'");
    }

    /** One sender. */
    public static String mailFrom(String text) {
        List<String> all = addresses(text);
        if (all.size() != 1) {
            throw new IllegalArgumentException("expected one address, but got '" + text + "'");
        }
        return all.getFirst();
    }

    /** Recipients, with commas between them. */
    public static List<String> mailTo(String text) {
        List<String> all = addresses(text);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("expected at least one address, but got '" + text + "'");
        }
        return all;
    }

    private static List<String> addresses(String text) {
        try {
            InternetAddress[] all = InternetAddress.parse(text, true);
            for (InternetAddress address : all) {
                address.validate();
                if (address.getAddress().indexOf('@') < 1) {
                    throw new AddressException("no @");
                }
            }
            if (text.chars().noneMatch(Character::isISOControl)) {
                return Stream.of(all).map(InternetAddress::toString).toList();
            }
        } catch (AddressException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "expected addresses such as alerts@example.org, with commas between them, but got '" + text + "'");
    }
}
