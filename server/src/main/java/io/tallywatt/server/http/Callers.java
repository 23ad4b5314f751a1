package io.tallywatt.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A page on any web site can make a browser on this machine send requests to a server on loopback: it may
 * even have its own name resolve to 127.0.0.1 and then read the answers (DNS rebinding). So the header Host has to name this
 * server, and where a browser says by Origin or Sec-Fetch-Site which page sends a request, it has to be one of ours.
 */
final class Callers {
    private final Set<String> names;

    /**
     * Knows the names of this server.
     *
     * @param host address that it listens on
     * @param further other names under which it may be reached
     */
    Callers(String host, Set<String> further) {
        Set<String> all = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        all.add(bracketed(host));
        for (String name : further) {
            all.add(bracketed(name));
        }
        this.names = Set.copyOf(all);
    }

    private static String bracketed(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.indexOf(':') >= 0 && !lower.startsWith("[") ? "[" + lower + "]" : lower;
    }

    void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable String host = request.getHeader("Host");
        @Nullable
        String authority = host == null && request.authority() != null
                ? request.authority().toString()
                : host;
        if (authority == null || !names.contains(withoutPort(authority))) {
            Refusal.send(
                    context,
                    421,
                    "Misdirected request",
                    "This server does not go by the name in the header Host; where it may, name it in the setting"
                            + " tallywatt.hosts");
            return;
        }
        @Nullable String origin = request.getHeader("Origin");
        if (origin != null ? !isOurs(origin, authority) : comesFromElsewhere(request)) {
            Refusal.send(context, 403, "Foreign origin", "A page of another origin may not ask this server");
            return;
        }
        context.next();
    }

    private static String withoutPort(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        return colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    }

    private static boolean isOurs(String origin, String authority) {
        try {
            @Nullable String other = URI.create(origin).getRawAuthority();
            return other != null && other.equalsIgnoreCase(authority);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Images and forms of other pages carry no Origin; following a link to here is fine, changing anything is not. */
    private static boolean comesFromElsewhere(HttpServerRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        if (site == null || site.equals("same-origin") || site.equals("none")) {
            return false;
        }
        boolean follows = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && request.method().name().equals("GET");
        return !follows;
    }
}
