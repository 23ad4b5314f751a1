package io.tallywatt.server.alert;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mail server and how to log in.
 *
 * @param security how the connection is protected
 * @param user null where none is needed
 */
public record SmtpAddress(
        Security security, String host, int port, @Nullable Login user) {
    private static final String EXPECTED = "expected a mail server such as smtp://user:password@mail.example.org:587 or"
            + " smtps://mail.example.org, with signs such as @ and / in user and password written %40 and %2F"
            + " (what was given is not shown)";

    /** How a connection is protected. */
    public enum Security {
        /** TLS from the first byte. */
        TLS,
        /** TLS by STARTTLS, or nothing is sent. */
        STARTTLS,
        /** STARTTLS where the server offers it. */
        STARTTLS_IF_OFFERED
    }

    /** Who logs in. */
    public record Login(String name, Secret password) {}

    /**
     * Reads {@code smtp://[user:password@]host[:port]}, or {@code smtps} for TLS from the first byte. A password goes to another
     * machine only through TLS.
     *
     * @throws IllegalArgumentException that says what was expected, and nothing of what was given
     */
    public static SmtpAddress parse(String text) {
        URI uri = uri(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("smtps");
        @Nullable String host = uri.getHost();
        if (!(tls || scheme.equals("smtp")) || host == null || !rest(uri).isEmpty()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        @Nullable Login login = login(uri.getRawUserInfo());
        Security security =
                tls ? Security.TLS : login == null || isHere(host) ? Security.STARTTLS_IF_OFFERED : Security.STARTTLS;
        int usual = tls ? 465 : login == null ? 25 : 587;
        return new SmtpAddress(security, host, uri.getPort() < 0 ? usual : uri.getPort(), login);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its message holds the text.
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    private static String rest(URI uri) {
        String path = "/".equals(uri.getRawPath()) ? "" : String.valueOf(uri.getRawPath());
        return path + (uri.getRawQuery() == null ? "" : "?") + (uri.getRawFragment() == null ? "" : "#");
    }

    private static @Nullable Login login(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        int colon = raw.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(EXPECTED);
        }
        try {
            return new Login(decoded(raw.substring(0, colon)), new Secret(decoded(raw.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    private static String decoded(String raw) {
        // A plus is a plus here: it means a blank in forms only.
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean isHere(String host) {
        try {
            return host.equals("localhost")
                    || (isNumeric(host) && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isNumeric(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }
}
