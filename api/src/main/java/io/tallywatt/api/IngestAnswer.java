package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.IngestShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.Sum;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Outcome;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Tells what came of documents. */
final class IngestAnswer {
    private IngestAnswer() {}

    /** 201 where something was taken, 200 where it was all known; what could not be read at all is a problem. */
    static Response of(List<Dealt> all) throws IOException {
        Sum sum = Sum.NONE;
        for (Dealt dealt : all) {
            sum = sum.plus(dealt.outcome());
        }
        if (sum.taken() + sum.known() == 0) {
            throw notTaken(all);
        }
        if (sum.known() == 0 && sum.counts().rejected() > 0 && sum.counts().readings() == 0) {
            throw nothingGood(all);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            IngestShape.begin(json);
            for (Dealt dealt : all) {
                IngestShape.write(json, dealt);
            }
            IngestShape.end(json, sum);
        }
        Response.ResponseBuilder response = Response.status(sum.taken() > 0 ? 201 : 200)
                .entity(out.toByteArray())
                .type(MediaType.APPLICATION_JSON_TYPE);
        long id = all.size() == 1 ? delivery(all.getFirst().outcome()) : 0;
        if (id > 0) {
            response.location(URI.create("/api/v1/files/" + id));
        }
        return response.build();
    }

    private static long delivery(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken taken -> taken.delivery().id();
            case Outcome.Known known -> known.delivery().id();
            case Outcome.Quarantined quarantined -> quarantined.delivery().id();
            case Outcome.Refused refused -> 0;
        };
    }

    private static Problem notTaken(List<Dealt> all) {
        Outcome first = all.getFirst().outcome();
        String more =
                all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more documents, none of which can be read)";
        return switch (first) {
            case Outcome.Quarantined q ->
                Problem.of(
                                422,
                                "Cannot be read",
                                named(q.name(), q.reason()) + more + "; it is kept in quarantine as delivery "
                                        + q.delivery().id())
                        .about(q.delivery().id());
            case Outcome.Refused refused ->
                Problem.of(422, "Cannot be read", named(refused.name(), refused.reason()) + more);
            case Outcome.Taken taken -> throw new IllegalStateException("Taken after all: " + taken);
            case Outcome.Known known -> throw new IllegalStateException("Known after all: " + known);
        };
    }

    private static Problem nothingGood(List<Dealt> all) {
        Dealt first = all.getFirst();
        long id = delivery(first.outcome());
        Reject reject = first.rejects().getFirst();
        return Problem.of(
                        422,
                        "No reading was taken",
                        "Line " + reject.line() + (reject.column().isEmpty() ? "" : ", " + reject.column()) + ": "
                                + reject.message() + "; /api/v1/files/" + id + "/rejects lists them all")
                .about(id);
    }

    /** Most reasons name the document themselves. */
    private static String named(String name, String reason) {
        return reason.contains(name) ? reason : name + ": " + reason;
    }
}
