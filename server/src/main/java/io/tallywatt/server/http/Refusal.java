package io.tallywatt.server.http;

import io.tallywatt.api.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Ends a request before it reaches the API. */
final class Refusal {
    private Refusal() {}

    static void send(RoutingContext context, int status, String title, String detail) {
        // The rest of a body that nobody reads must not be taken for the next request.
        context.response()
                .putHeader("Connection", "close")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .setStatusCode(status)
                .end(Buffer.buffer(Problem.of(status, title, detail).json()));
    }
}
