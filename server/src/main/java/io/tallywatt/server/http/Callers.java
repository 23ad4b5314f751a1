package io.tallywatt.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A page on any web site can make a browser on this machine send requests to a server on loopback: it may
 * even have its own name resolve to 127.0.0.1 and then read the answers (DNS rebinding). So the header Host has to name this
 * server, and where a browser says by Origin or Sec-Fetch-Site which page sends a request, it has to be one of ours.
 */
final class Callers {
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

    private final Set<String> names;
    private final boolean anyAddress;

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
        this.anyAddress = ANY_ADDRESS.contains(bracketed(host));
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
        if (authority == null || !isName(withoutPort(authority))) {
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

    /** Where all of the machine's addresses are listened on, each is a name: no page can make another site's name of a number. */
    private boolean isName(String host) {
        return names.contains(host) || anyAddress && ADDRESS.matcher(host).matches();
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
