package io.tallywatt.server.http;

import io.tallywatt.api.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Ends a request before it reaches the API. */
final class Refusal {
    private Refusal() {}

    /** Time for an answer to arrive before its connection is cut. */
    private static final long LINGER_MILLIS = 2000;

    /** Whoever was answered before its body was read may go on sending it for ever: not to us. */
    static void endConnection(RoutingContext context) {
        context.addEndHandler(done -> {
            if (!context.request().isEnded()) {
                context.vertx().setTimer(LINGER_MILLIS, late -> {
                    if (!context.request().isEnded()) {
                        context.request().connection().close();
                    }
                });
            }
        });
        context.next();
    }

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
