package io.tallywatt.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which methods a path has, for the header Allow, without which no answer may say 405 (RFC 9110, 15.5.6). */
final class Methods {
    private record Route(Pattern path, List<String> methods) {}

    private static final List<Route> ROUTES = routes(
            ConsumptionResource.class,
            SeriesResource.class,
            RecordsResource.class,
            SitesResource.class,
            GroupsResource.class,
            AnomaliesResource.class,
            FlowsResource.class,
            PricesResource.class,
            LiveResource.class,
            FilesResource.class,
            UploadsResource.class,
            ReadingsResource.class);

    private Methods() {}

    private static List<Route> routes(Class<?>... resources) {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : resources) {
            String base = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                Path own = method.getAnnotation(Path.class);
                Pattern path = pattern(own == null ? base : base + "/" + own.value());
                if (method.isAnnotationPresent(GET.class)) {
                    routes.add(new Route(path, List.of("GET", "HEAD")));
                }
                if (method.isAnnotationPresent(POST.class)) {
                    routes.add(new Route(path, List.of("POST")));
                }
                if (method.isAnnotationPresent(PUT.class)) {
                    routes.add(new Route(path, List.of("PUT")));
                }
                if (method.isAnnotationPresent(DELETE.class)) {
                    routes.add(new Route(path, List.of("DELETE")));
                }
            }
        }
        return routes;
    }

    /** {@code {name}} is one part of the path, {@code {name: pattern}} what it says. */
    private static Pattern pattern(String template) {
        return Pattern.compile(template.replaceAll("\\{\\w+: *([^}]+)}", "$1").replaceAll("\\{\\w+}", "[^/]+"));
    }

    /** As the header has them: {@code GET, HEAD, OPTIONS}. */
    static String of(String path) {
        TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
        String bare = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (Route route : ROUTES) {
            if (route.path().matcher(bare).matches()) {
                methods.addAll(route.methods());
            }
        }
        return String.join(", ", methods);
    }
}
