package io.tallywatt.api;

import io.tallywatt.core.store.StoreException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Turns whatever ends a request early into a {@link Problem}. */
class Problems {
    private static final Logger LOG = Logger.getLogger("io.tallywatt.api");

    @ServerExceptionMapper
    Response known(Problem problem) {
        return problem.response();
    }

    @ServerExceptionMapper
    Response store(StoreException e) {
        int status = switch (e.kind()) {
            case BUSY -> 503;
            case RESOURCES -> 507;
            case DAMAGED, INTERNAL -> 500;
        };
        LOG.error(e.getMessage(), e.kind() == StoreException.Kind.INTERNAL ? e : null);
        return Problem.of(status, "The store cannot answer", String.valueOf(e.getMessage()))
                .response();
    }

    /** Most likely nobody is there to read this. */
    @ServerExceptionMapper
    Response broken(Reception.BrokenOff e) {
        return Problem.of(400, "Broken off", "The body ended before it was whole; nothing was taken")
                .response();
    }

    /** What the framework knows of a path's methods is those of its neighbours too. */
    @ServerResponseFilter
    void options(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals("OPTIONS") && response.getStatus() == 200) {
            response.getHeaders()
                    .putSingle(
                            "Allow",
                            Methods.of(request.getUriInfo().getRequestUri().getRawPath()));
        }
    }

    @ServerExceptionMapper
    Response room(Reception.NoRoom e) {
        return Problem.of(507, "No room", String.valueOf(e.getMessage())).response();
    }

    @ServerExceptionMapper
    Response large(Reception.TooLarge e) {
        return Problem.of(413, "Content too large", String.valueOf(e.getMessage()))
                .response();
    }

    @ServerExceptionMapper
    Response stopping(RejectedExecutionException e) {
        return Problem.of(503, "Stopping", "The server is being stopped; try again in a moment")
                .response();
    }

    /** No such path, no such method on it, a body of another type. */
    @ServerExceptionMapper
    Response web(WebApplicationException e, @Context UriInfo uri) {
        Response given = e.getResponse();
        String path = Problem.shortened(uri.getRequestUri().getPath());
        Problem problem = switch (given.getStatus()) {
            case 400 ->
                Problem.of(
                        400,
                        "Bad request",
                        "A header cannot be read; Accept and Content-Type name types such as application/json or text/csv");
            case 404 -> Problem.notFound("There is nothing at " + path + "; /openapi lists what there is");
            case 405 -> Problem.of(405, "Method not allowed", path + " is not asked this way; /openapi tells how");
            case 415 ->
                Problem.of(415, "Unsupported media type", path + " does not read such a body; /openapi tells which");
            default ->
                Problem.of(given.getStatus(), given.getStatusInfo().getReasonPhrase(), path + ": " + e.getMessage());
        };
        Response.ResponseBuilder response = Response.fromResponse(problem.response());
        if (given.getStatus() == 405) {
            response.header("Allow", Methods.of(uri.getRequestUri().getRawPath()));
        }
        return response.build();
    }

    @ServerExceptionMapper
    Response mistake(Exception e) {
        LOG.error("A request failed", e);
        return Problem.of(500, "Our mistake", "This should not have happened; the server's log tells more")
                .response();
    }
}
