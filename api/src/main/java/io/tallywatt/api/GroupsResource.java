package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.GroupShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.core.store.MeterGroup;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups of meters, which totals can be asked of: those that there are, and the way in for them. */
@Path("/api/v1/groups")
@RunOnVirtualThread
public class GroupsResource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final String LIST = "groups";

    private static final Listed<MeterGroup.Entry> GROUPS =
            new Listed<>(GroupShape.HEADER, GroupShape::cells, GroupShape::write);

    private final Backend backend;
    private final Answering answering;
    private final KnownGroups known;

    @Inject
    GroupsResource(Backend backend, Answering answering, KnownGroups known) {
        this.backend = backend;
        this.answering = answering;
        this.known = known;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("cursor", "limit", "format"));
        @Nullable String after = asked.value("cursor", cursor -> Cursor.read(LIST, cursor));
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        List<MeterGroup.Entry> found = backend.ask(() -> backend.groups().list(after == null ? "" : after, limit + 1));
        List<MeterGroup.Entry> page = found.subList(0, Math.min(limit, found.size()));
        @Nullable
        String next = found.size() > limit ? Cursor.of(LIST, page.getLast().key()) : null;
        // The ledger knows nothing of groups: the page itself tells whether it is the same.
        return answering.page(uri, request, form, found.toString(), out -> {
            GROUPS.write(out, form, page, next);
            return next;
        });
    }

    @GET
    @Path("{group}")
    public Response one(@PathParam("group") String key, @Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        String checked = Asked.read(KnownGroups.PARAMETER, key, KnownGroups::key);
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        MeterGroup group = known.find(checked);
        return answering.small(uri, request, form, null, group.digest(), out -> {
            if (form == Form.CSV) {
                try (CsvWriter csv = Csv.writer(out)) {
                    csv.writeRecord(GroupShape.METER);
                    group.meterKeys().forEach(csv::writeRecord);
                }
            } else {
                try (JsonGenerator json = Json.generator(out)) {
                    GroupShape.write(json, group);
                }
            }
        });
    }

    /** Puts a group in place of what is there of it; a name that is not stated stays. */
    @PUT
    @Path("{group}")
    public Response put(
            @PathParam("group") String key, @Context UriInfo uri, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        Asked asked = Asked.of(uri, Set.of("name"));
        String checked = Asked.read(KnownGroups.PARAMETER, key, KnownGroups::key);
        @Nullable String named = asked.text("name");
        if (named != null && (named.isBlank() || !GroupShape.isName(named))) {
            throw Problem.parameter("name", named, GroupShape.NAMES);
        }
        GroupShape.Given given = given(headers, body);
        if (given.group() != null && !given.group().equals(checked)) {
            throw Problem.parameter(
                    KnownGroups.PARAMETER, given.group(), "the group of the address, or none in the body");
        }
        if (named != null && given.name() != null) {
            throw Problem.parameter("name", named, "one name: the body has another");
        }
        @Nullable String name = named == null ? given.name() : named;
        MeterGroup[] kept = new MeterGroup[1];
        boolean fresh = backend.ask(() -> {
            String stays = name != null
                    ? name
                    : backend.groups().find(checked).map(MeterGroup::name).orElse("");
            kept[0] = MeterGroup.of(checked, stays, given.meters());
            return backend.groups().put(kept[0]);
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            GroupShape.write(json, kept[0].entry());
        }
        return Response.status(fresh ? 201 : 200)
                .location(uri.getBaseUriBuilder()
                        .path(GroupsResource.class)
                        .path(checked)
                        .build())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(out.toByteArray())
                .build();
    }

    private static GroupShape.Given given(HttpHeaders headers, InputStream body) throws IOException {
        @Nullable MediaType type = IngestQuery.type(headers);
        String bare = type == null ? "none" : type.getType() + "/" + type.getSubtype();
        boolean json = bare.equals("application/json");
        if (!json && !bare.equals("text/csv")) {
            throw Problem.of(
                    415,
                    "Unsupported media type",
                    "Expected the header Content-Type to be application/json or text/csv, but got "
                            + Problem.shortened(bare));
        }
        byte[] bytes = body.readNBytes(GroupShape.LARGEST + 1);
        if (bytes.length > GroupShape.LARGEST) {
            throw Problem.of(413, "Content too large", "A group is at most " + (GroupShape.LARGEST >> 20) + " MB");
        }
        try {
            return json ? GroupShape.json(bytes) : GroupShape.csv(bytes);
        } catch (GroupShape.Unreadable e) {
            throw Problem.parameter(e.part(), e.got(), e.expected());
        }
    }

    @DELETE
    @Path("{group}")
    public Response remove(@PathParam("group") String key, @Context UriInfo uri) {
        Asked.of(uri, Set.of());
        String checked = Asked.read(KnownGroups.PARAMETER, key, KnownGroups::key);
        if (!backend.ask(() -> backend.groups().remove(checked))) {
            throw KnownGroups.none(checked);
        }
        return Response.noContent().build();
    }
}
